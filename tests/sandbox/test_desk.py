"""The desk: what the page reads, what it posts, and who is kept out."""

from typing import Any

import httpx
import pytest
from telegram import Bot, ReplyKeyboardMarkup

from sandbox.files import Upload
from sandbox.people import CAST
from sandbox.server import create_app, serve
from sandbox.world import World
from tests.sandbox.wire import ASHA, IMRAN, OFFICER


async def test_the_page_reads_everything_at_once(http: httpx.AsyncClient, bot: Bot, world: World) -> None:
    world.starts(ASHA)
    await bot.set_my_commands([("mine", "मेरे कैमरे")], language_code="hi")
    await bot.send_message(ASHA, "Which?", reply_markup=ReplyKeyboardMarkup([["A"]]))

    state = (await http.get("/desk/state")).json()

    chat = state["chats"][str(ASHA)]
    assert [(one["text"], one["out"]) for one in chat["messages"]] == [("/start", True), ("Which?", False)]
    assert chat["keyboard"]["keyboard"] == [[{"text": "A"}]]
    assert chat["commands"] == [{"command": "mine", "description": "मेरे कैमरे"}]
    assert chat["started"]
    assert not state["chats"][str(IMRAN)]["started"]
    assert set(state["chats"]) == {str(person.id) for person in CAST}


async def test_the_page_reads_who_is_there_and_what_the_bot_says_of_itself(
    http: httpx.AsyncClient, bot: Bot, world: World
) -> None:
    await bot.set_my_description("A register of cameras.")
    await bot.set_my_description("कैमरों का रजिस्टर।", language_code="hi")

    state = (await http.get("/desk/state")).json()

    asha = world.people[ASHA]
    who = {"id": ASHA, "name": "Asha Verma", "role": "resident", "language": "hi", "of": "", "codes": False}
    assert state["people"][0] == who | {"colour": asha.colour, "phone": asha.phone}
    assert state["bot"] == {"name": "Citizen-Eye (sandbox)", "username": "citizen_eye_sandbox_bot"}
    welcomes = [state["chats"][str(one)]["welcome"] for one in (ASHA, IMRAN)]
    assert welcomes == ["कैमरों का रजिस्टर।", "A register of cameras."]
    assert set(state["city"]) == {"bounds", "landmarks", "roads", "water"}
    assert state["tour"] == []
    assert (state["run"], state["timezone"]) == (world.run, "Asia/Kolkata")


async def test_the_page_reads_the_tour_and_who_has_a_code_generator() -> None:
    world = World()
    world.generators[OFFICER] = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    world.tour = [{"person": ASHA, "do": {"en": "Press START."}, "until": ["Welcome"], "send": ""}]

    async with serve(create_app(world)) as server, httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        state = (await http.get("/desk/state")).json()

    assert state["tour"] == world.tour
    assert [one["id"] for one in state["people"] if one["codes"]] == [OFFICER]


async def test_one_chat_reads_as_in_the_whole(http: httpx.AsyncClient, world: World) -> None:
    world.starts(ASHA)

    chat = (await http.get(f"/desk/chats/{ASHA}")).json()

    assert chat == (await http.get("/desk/state")).json()["chats"][str(ASHA)]
    assert (await http.get("/desk/chats/77")).status_code == 404


@pytest.mark.parametrize(
    ("deed", "body", "field", "value"),
    [
        ("text", {"text": "/near"}, "text", "/near"),
        ("start", {"payload": "join-7"}, "text", "/start join-7"),
        ("start", {}, "text", "/start"),
        ("contact", {"whose": "own"}, "contact", {"user_id": ASHA}),
        ("contact", {"whose": "other"}, "contact", {"user_id": IMRAN}),
        ("place", {"lat": 22.7, "lon": 75}, "location", {"latitude": 22.7, "longitude": 75.0}),
        ("place", {"lat": 22.7, "lon": 75, "live": True}, "location", {"live_period": 900}),
        ("place", {"lat": 22.7, "lon": 75, "venue": "Rajwada"}, "venue", {"title": "Rajwada"}),
        ("place", {"lat": 22.7, "lon": 75, "forwarded": True}, "forward_origin", {"type": "hidden_user"}),
        ("media", {"kind": "voice"}, "voice", {"duration": 4}),
    ],
)
async def test_what_a_person_does_on_the_page_reaches_the_bot(
    http: httpx.AsyncClient, world: World, deed: str, body: dict[str, Any], field: str, value: Any
) -> None:
    answer = await http.post(f"/desk/people/{ASHA}/{deed}", json=body)

    assert answer.json() == {"ok": True}
    got = world.inbox.pending()[-1]["message"][field]
    assert got == value if isinstance(value, str) else got.items() >= value.items()


async def test_a_tap_on_the_page_reaches_the_bot(http: httpx.AsyncClient, bot: Bot, world: World) -> None:
    world.starts(ASHA)
    sent = await bot.send_message(ASHA, "Sure?")

    await http.post(f"/desk/people/{ASHA}/tap", json={"message_id": sent.message_id, "data": "yes"})

    assert world.inbox.pending()[-1]["callback_query"]["data"] == "yes"


async def test_blocking_on_the_page_shows_the_start_button_again(http: httpx.AsyncClient, world: World) -> None:
    world.starts(ASHA)

    await http.post(f"/desk/people/{ASHA}/block")
    blocked = (await http.get(f"/desk/chats/{ASHA}")).json()["started"]
    await http.post(f"/desk/people/{ASHA}/start")

    assert not blocked
    assert (await http.get(f"/desk/chats/{ASHA}")).json()["started"]


@pytest.mark.parametrize(
    ("deed", "body", "words"),
    [
        ("text", {"text": ""}, "a message has 1 to 4096 characters"),
        ("text", {}, "expected a text"),
        ("start", {"payload": "a b"}, "a start link carries at most 64 of A-Z, a-z, 0-9, _ and -"),
        ("contact", {"whose": "mine"}, "whose is one of own, other, forwarded, no_id"),
        ("place", {"lat": "22", "lon": 75}, "expected lat and lon"),
        ("place", {"lat": 91, "lon": 75}, "latitude is -90 to 90 and longitude -180 to 180 degrees"),
        ("place", {"lat": 10**400, "lon": 75}, "int too large to convert to float"),
        ("tap", {"data": "yes"}, "expected message_id and data"),
        ("media", {"kind": "smell"}, "kind is one of"),
    ],
)
async def test_what_nobody_could_do_is_refused_with_a_reason(
    http: httpx.AsyncClient, world: World, deed: str, body: dict[str, Any], words: str
) -> None:
    answer = await http.post(f"/desk/people/{ASHA}/{deed}", json=body)

    assert answer.status_code == 400
    assert answer.json()["description"].startswith(words)
    assert world.inbox.pending() == []


@pytest.mark.parametrize("path", ["people/77/text", f"people/{ASHA}/dance"])
async def test_nobody_and_nothing_are_not_found(http: httpx.AsyncClient, path: str) -> None:
    assert (await http.post(f"/desk/{path}", json={"text": "x"})).status_code == 404


async def test_a_body_that_is_no_json_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post(f"/desk/people/{ASHA}/text", content=b"{")

    assert answer.status_code == 400


async def test_reset_empties_the_register_first_and_then_the_chats(world: World) -> None:
    seen: list[int] = []

    async def empty_register() -> None:
        seen.append(len(world.chat(ASHA)))

    world.starts(ASHA)
    async with (
        serve(create_app(world, on_reset=empty_register)) as server,
        httpx.AsyncClient(base_url=server.url, trust_env=False) as http,
    ):
        answer = await http.post("/desk/reset")

    assert answer.json() == {"ok": True}
    assert seen == [1]
    assert world.chat(ASHA) == []


@pytest.mark.parametrize(
    ("name", "mime", "how", "boxed"),
    [
        ("मेरा डेटा.txt", "text/plain", "inline", False),
        ("map.png", "image/png", "inline", False),
        ("poster.pdf", "application/pdf", "inline", False),
        ("page.html", "text/html", "attachment", True),
        ("drawing.svg", "image/svg+xml", "attachment", True),
    ],
)
async def test_a_file_is_shown_only_where_it_can_run_nothing(
    http: httpx.AsyncClient, world: World, name: str, mime: str, how: str, boxed: bool
) -> None:
    file = world.files.keep(Upload(name, mime, b"<script>alert(1)</script>"), "document")

    answer = await http.get(f"/desk/files/{file.file_id}")

    assert answer.content == file.content
    assert answer.headers["content-type"].startswith(mime)
    assert answer.headers["content-disposition"].startswith(f"{how}; filename*=UTF-8''")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ("sandbox" in answer.headers["content-security-policy"]) == boxed


async def test_a_file_that_is_gone_is_not_found(http: httpx.AsyncClient) -> None:
    assert (await http.get("/desk/files/document-000009")).status_code == 404
