"""What people do on their phones, as it reaches the bot."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from telegram import Bot, Update

from sandbox.people import CAST, Person
from sandbox.sayings import KINDS, WHOSE, Kind, Whose
from sandbox.world import World
from tests.sandbox.schema import check_update
from tests.sandbox.wire import ASHA, GROUP, IMRAN, OFFICER, Clock


def last(world: World) -> dict[str, Any]:
    """The newest update, checked against both schemas."""
    update = world.inbox.pending()[-1]
    check_update(update)
    assert Update.de_json(update, None).update_id == update["update_id"]
    return update


def message(world: World) -> dict[str, Any]:
    found: dict[str, Any] = last(world)["message"]
    return found


def blocked(world: World) -> World:
    world.blocks(ASHA)
    return world


DEEDS: list[Callable[[World], object]] = [
    lambda world: world.says(ASHA, "नमस्ते"),
    lambda world: world.starts(ASHA, "join-7_a"),
    *[lambda world, whose=whose: world.shares_contact(ASHA, whose) for whose in WHOSE],
    lambda world: world.drops_pin(ASHA, 22.7185, 75.8550),
    lambda world: world.drops_pin(ASHA, 22.7185, 75.8550, live=True),
    lambda world: world.drops_pin(ASHA, 22.7185, 75.8550, forwarded=True),
    lambda world: world.drops_pin(ASHA, 22.7185, 75.8550, venue="Rajwada"),
    *[lambda world, kind=kind: world.sends_media(ASHA, kind, "look") for kind in KINDS],
    lambda world: world.taps(ASHA, 99, "yes"),
    lambda world: blocked(world),
    lambda world: blocked(world).unblocks(ASHA),
    lambda world: world.edits_text(ASHA, world.says(ASHA, "one")["message_id"], "two"),
    lambda world: world.moves_pin(ASHA, world.drops_pin(ASHA, 1, 1, live=True)["message_id"], 2, 2),
    lambda world: world.says_in_group(ASHA, GROUP, "/start"),
]


@pytest.mark.parametrize("deed", DEEDS)
async def test_every_deed_is_an_update_that_libraries_can_read(
    bot: Bot, world: World, deed: Callable[[World], object]
) -> None:
    deed(world)

    assert last(world)
    assert [update.update_id for update in await bot.get_updates()] == [
        update["update_id"] for update in world.inbox.pending()
    ]


def test_a_command_is_marked_where_it_stands_in_utf16(world: World) -> None:
    world.says(ASHA, "  /near 22.7 75.8 500 ")
    first = message(world)
    world.says(ASHA, "😀 /mine@citizen_eye_sandbox_bot and /help, not a/b or https://x.org/near")

    assert first["text"] == "/near 22.7 75.8 500"
    assert first["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
    assert message(world)["entities"] == [
        {"type": "bot_command", "offset": 3, "length": 29},
        {"type": "bot_command", "offset": 37, "length": 5},
    ]


def test_a_start_link_carries_its_payload(world: World) -> None:
    world.starts(ASHA, "join-7_a")

    assert message(world)["text"] == "/start join-7_a"


@pytest.mark.parametrize("payload", ["a" * 65, "a b", "नमस्ते"])
def test_a_start_link_that_telegram_would_not_make_is_refused(world: World, payload: str) -> None:
    with pytest.raises(ValueError, match="64"):
        world.starts(ASHA, payload)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4097])
def test_a_phone_sends_1_to_4096_characters(world: World, text: str) -> None:
    with pytest.raises(ValueError, match="4096"):
        world.says(ASHA, text)


@pytest.mark.parametrize(
    ("whose", "number_of", "user_id", "forwarded"),
    [
        ("own", ASHA, ASHA, False),
        ("other", IMRAN, IMRAN, False),
        ("forwarded", ASHA, ASHA, True),
        ("no_id", ASHA, None, False),
    ],
)
def test_a_shared_contact_says_whose_it_is(
    world: World, whose: Whose, number_of: int, user_id: int | None, forwarded: bool
) -> None:
    world.shares_contact(ASHA, whose)

    got = message(world)
    assert got["contact"]["phone_number"] == world.people[number_of].phone.removeprefix("+")
    assert got["contact"].get("user_id") == user_id
    assert ("forward_origin" in got) == forwarded
    assert got["from"]["id"] == ASHA


def test_someone_alone_can_still_share_a_neighbours_contact() -> None:
    world = World([Person(ASHA, "Asha", phone="+919000001001")])

    world.shares_contact(ASHA, "other")

    assert message(world)["contact"]["user_id"] != ASHA


def test_pins_venues_and_live_places_are_told_apart(world: World) -> None:
    world.drops_pin(ASHA, 22.7, 75.8)
    pin = message(world)
    world.drops_pin(ASHA, 22.7, 75.8, live=True)
    live = message(world)
    world.drops_pin(ASHA, 22.7, 75.8, venue="Rajwada", forwarded=True)
    venue = message(world)

    assert pin["location"] == {"latitude": 22.7, "longitude": 75.8}
    assert "live_period" in live["location"]
    assert venue["venue"]["title"] == "Rajwada"
    assert venue["venue"]["location"] == venue["location"] == pin["location"]
    assert "forward_origin" in venue


def test_a_live_place_that_moves_is_an_edited_message(world: World) -> None:
    sent = world.drops_pin(ASHA, 22.7, 75.8, live=True)

    world.moves_pin(ASHA, sent["message_id"], 22.8, 75.9)

    edited = last(world)["edited_message"]
    assert edited["message_id"] == sent["message_id"]
    assert edited["location"]["latitude"] == 22.8
    assert world.chat(ASHA)[-1]["edited"]


async def test_nobody_edits_what_is_not_theirs(bot: Bot, world: World) -> None:
    world.starts(ASHA)
    sent = await bot.send_message(ASHA, "x")

    with pytest.raises(ValueError, match="no such message"):
        world.edits_text(ASHA, sent.message_id, "y")


@pytest.mark.parametrize(("lat", "lon"), [(90.1, 0), (0, 180.1), (float("nan"), 0)])
def test_no_phone_is_off_the_earth(world: World, lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="degrees"):
        world.drops_pin(ASHA, lat, lon)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_media_has_its_own_field(world: World, kind: Kind) -> None:
    world.sends_media(ASHA, kind)

    assert kind in message(world)


async def test_the_bot_can_fetch_a_photo_that_someone_sends(bot: Bot, world: World) -> None:
    world.sends_media(ASHA, "photo")

    photo = (await bot.get_updates())[0].message

    assert photo is not None
    file = await bot.get_file(photo.photo[-1].file_id)
    assert (await file.download_as_bytearray()).startswith(b"\x89PNG")


def test_blocking_and_letting_in_are_told_once_each(world: World) -> None:
    world.blocks(ASHA)
    world.blocks(ASHA)
    blocked = last(world)["my_chat_member"]
    world.unblocks(ASHA)
    world.unblocks(ASHA)

    assert len(world.inbox.pending()) == 2
    assert [blocked[side]["status"] for side in ("old_chat_member", "new_chat_member")] == ["member", "kicked"]
    assert last(world)["my_chat_member"]["new_chat_member"]["status"] == "member"


def test_who_blocked_the_bot_writes_nothing_until_they_press_start(world: World) -> None:
    world.blocks(ASHA)

    with pytest.raises(ValueError, match="blocked"):
        world.says(ASHA, "hello")
    world.starts(ASHA)

    assert message(world)["text"] == "/start"


def test_a_group_has_a_negative_id(world: World) -> None:
    with pytest.raises(ValueError, match="negative"):
        world.says_in_group(ASHA, ASHA, "/start")


def test_someone_with_a_code_generator_sends_what_it_shows_now(world: World, clock: Clock) -> None:
    world.generators[OFFICER] = pyotp.random_base32()

    world.says_code(OFFICER)

    assert message(world)["text"] == pyotp.TOTP(world.generators[OFFICER]).at(int(clock()))


def test_nobody_reads_codes_off_a_phone_without_a_generator(world: World) -> None:
    with pytest.raises(ValueError, match="generator"):
        world.says_code(ASHA)


def test_the_cast_has_what_a_demonstration_needs() -> None:
    people = {person.id: person for person in CAST}

    assert [people[who].language_code for who in (ASHA, IMRAN, OFFICER)] == ["hi", "en", "en"]
    assert [people[who].role for who in (ASHA, IMRAN, OFFICER)] == ["resident", "resident", "officer"]
    assert people[OFFICER].name == "SI Rao, Palasia"
    assert len({person.phone for person in CAST}) == len({person.colour for person in CAST}) == len(CAST)
    assert all(person.of for person in CAST if person.role != "resident")
    assert {person.language_code for person in CAST if person.role == "resident"} == {"hi", "en"}
    assert {person.of for person in CAST if person.role == "officer"} == {"Palasia", "Vijay Nagar"}
    assert Counter(person.role for person in CAST) == {
        "resident": 4,
        "officer": 2,
        "senior officer": 1,
        "CI cell": 1,
        "RWA": 1,
        "administrator": 2,
    }
