"""How the Bot API is called: token, method, parameters in every encoding, and the record of it all."""

import asyncio

import httpx
import pytest
from telegram import Bot
from telegram.error import InvalidToken

from sandbox.server import Running
from sandbox.state import USERNAME
from sandbox.world import World
from tests.sandbox.wire import ASHA, Api

TEXT = {"chat_id": ASHA, "text": "नमस्ते"}


async def test_the_bot_learns_its_own_name(bot: Bot) -> None:
    me = await bot.get_me()

    assert me.username == USERNAME
    assert me.is_bot
    assert me.can_read_all_group_messages is False


async def test_a_wrong_token_is_unauthorized(server: Running, http: httpx.AsyncClient) -> None:
    answer = await http.post("/bot123:wrong/getMe")

    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    with pytest.raises(InvalidToken):
        await Bot("123:wrong", base_url=f"{server.url}/bot").__aenter__()


async def test_an_unknown_method_is_not_found_and_stays_on_record(api: Api, world: World) -> None:
    refusal = await api.refusal("sendCarrierPigeon", chat_id=ASHA)

    assert refusal == (404, "Not Found")
    assert [(call.method, call.params, call.ok) for call in world.calls] == [
        ("sendCarrierPigeon", {"chat_id": ASHA}, False)
    ]


async def test_the_case_of_a_method_does_not_matter(api: Api, world: World) -> None:
    world.starts(ASHA)

    await api.result("SENDMESSAGE", **TEXT)

    assert world.calls[-1].method == "sendMessage"


async def test_an_unknown_parameter_is_refused_and_nothing_is_sent(api: Api, world: World) -> None:
    world.starts(ASHA)

    refusal = await api.refusal("sendMessage", **TEXT, colour="red")

    assert refusal == (400, "Bad Request: unknown parameter colour")
    assert len(world.chat(ASHA)) == 1


async def test_a_file_that_no_parameter_names_is_refused(http: httpx.AsyncClient, api: Api, world: World) -> None:
    world.starts(ASHA)

    answer = await http.post(f"/bot{api.token}/sendMessage", data=TEXT, files={"stray": b"bytes"})

    assert answer.json()["description"] == "Bad Request: unknown parameter stray"


@pytest.mark.parametrize("how", ["json", "form", "multipart", "query", "both"])
async def test_a_call_reads_the_same_in_every_encoding(
    http: httpx.AsyncClient, api: Api, world: World, how: str
) -> None:
    world.starts(ASHA)
    address = f"/bot{api.token}/sendMessage"
    form = {"chat_id": "1001", "text": "नमस्ते", "protect_content": "true"}

    match how:
        case "json":
            answer = await http.post(address, json=TEXT | {"protect_content": True})
        case "form":
            answer = await http.post(address, data=form)
        case "multipart":
            answer = await http.post(address, files={name: (None, value) for name, value in form.items()})
        case "query":
            answer = await http.get(address, params=form)
        case _:
            answer = await http.post(address, params={"protect_content": "True"}, json=TEXT)

    assert answer.json()["ok"]
    assert world.calls[-1].params == TEXT | {"protect_content": True}
    assert world.chat(ASHA)[-1]["text"] == "नमस्ते"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"chat_id": ASHA, "text": 5}, 'parameter "text" is of the wrong type'),
        ({"chat_id": ASHA, "text": "x", "protect_content": "perhaps"}, 'can\'t parse parameter "protect_content"'),
        ({"chat_id": ASHA, "text": "x", "reply_markup": "{"}, 'can\'t parse parameter "reply_markup"'),
        ({"chat_id": ASHA, "text": "x", "reply_markup": "[]"}, 'parameter "reply_markup" is of the wrong type'),
        ({"chat_id": True, "text": "x"}, 'parameter "chat_id" is of the wrong type'),
    ],
)
async def test_a_parameter_of_the_wrong_kind_is_refused(
    api: Api, world: World, params: dict[str, object], words: str
) -> None:
    world.starts(ASHA)

    assert await api.refusal("sendMessage", **params) == (400, f"Bad Request: {words}")


async def test_a_body_that_is_no_json_object_is_refused(http: httpx.AsyncClient, api: Api) -> None:
    json = {"content-type": "application/json"}

    for body in (b"[1]", b"{", b"\xff"):
        answer = await http.post(f"/bot{api.token}/getMe", content=body, headers=json)

        assert answer.status_code == 400
        assert answer.json()["description"] == "Bad Request: can't parse JSON object"


async def test_every_call_is_recorded_with_what_was_asked_and_answered(bot: Bot, world: World) -> None:
    world.starts(ASHA)

    await bot.send_document(ASHA, b"all that is kept", filename="my-data.txt", caption="Yours")

    call = world.calls[-1]
    assert call.method == "sendDocument"
    assert call.params == {"chat_id": ASHA, "document": "attach://document", "caption": "Yours"}
    assert call.files["document"].content == b"all that is kept"
    assert call.files["document"].name == "my-data.txt"
    assert call.ok
    assert call.answer["result"]["caption"] == "Yours"
    assert call.at == world.clock()


async def test_a_bot_that_dies_while_it_writes_leaves_no_trace_and_no_complaint(
    server: Running, api: Api, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.starts(ASHA)
    head = f"POST /bot{world.token}/sendMessage HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    _, dying = await asyncio.open_connection("127.0.0.1", server.port)
    dying.write(f'{head}Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{{"chat_id"'.encode())
    await dying.drain()

    dying.close()
    await dying.wait_closed()

    assert await api.result("getMe")
    assert [call.method for call in world.calls] == ["getMe"]
    assert [record for record in caplog.records if record.name.startswith("uvicorn")] == []
