"""Who says what, where: typed words, commands, contacts, taps, blocking; and what each means to the bot."""

from typing import Any

import pytest

from bot.core.messages import Command, Contact, Incoming, Reach, Tap, Text, Whose
from handlers.telegram.read import read
from tests.handlers.telegram.raw import FILE, FORWARDED, GROUP, PRIVATE, member, message, reading, tap, update

HERE = {"latitude": 22.7185, "longitude": 75.855}
VIDEO = FILE | {"width": 640, "height": 360, "duration": 4}
NOTE = FILE | {"length": 240, "duration": 4}
PHOTO = [FILE | {"width": 90, "height": 60}]
STICKER = FILE | {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False}
POLL = {
    "id": "p",
    "question": "?",
    "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("four", Text("four")),
        ("चार", Text("चार")),
        ("a /start in the middle", Text("a /start in the middle")),
        ("/start", Command("start")),
        ("/START", Command("start")),
        ("/start i_AbC-_1", Command("start", "i_AbC-_1")),
        ("/near@citizen_eye_bot 22.7 75.8 500", Command("near", "22.7 75.8 500")),
        ("/near\n22.7 75.8", Command("near", "22.7 75.8")),
        ("/near   22.7  75.8 ", Command("near", "22.7  75.8")),
        ("/", Command("")),
        ("/ near", Command("", "near")),
    ],
)
def test_what_is_typed_is_words_or_a_command(typed: str, meant: Incoming) -> None:
    envelope = reading(text=typed)

    assert envelope is not None
    assert envelope.got == meant


def test_an_envelope_says_who_where_and_in_which_language() -> None:
    envelope = reading(text="four")

    assert envelope is not None
    assert (envelope.channel, envelope.update_id) == ("telegram", 42)
    assert (envelope.chat, envelope.sender, envelope.language) == ("1001", "1001", "hi-IN")
    assert envelope.private


@pytest.mark.parametrize(
    ("card", "more", "whose"),
    [
        ({"user_id": 1001}, {}, Whose.OWN),
        ({"user_id": 1002}, {}, Whose.SOMEONE_ELSES),
        ({}, {}, Whose.UNKNOWN),
        ({"user_id": 1001}, FORWARDED, Whose.FORWARDED),
        ({"user_id": 1002}, FORWARDED, Whose.FORWARDED),
        ({}, FORWARDED, Whose.FORWARDED),
    ],
)
def test_only_ones_own_contact_that_was_not_forwarded_counts_as_ones_own(
    card: dict[str, Any], more: dict[str, Any], whose: Whose
) -> None:
    contact = {"phone_number": "919000001001", "first_name": "Asha"} | card

    envelope = reading(contact=contact, **more)

    assert envelope is not None
    assert envelope.got == Contact("919000001001", whose)


def test_a_message_that_a_channel_or_another_bot_left_in_a_group_is_nobodys() -> None:
    other_bot = {"id": 9, "is_bot": True, "first_name": "Other"}

    assert read(update(**message(GROUP, None, text="/start"))) is None
    assert read(update(**message(GROUP, other_bot, text="/start"))) is None


def test_an_administrator_who_writes_in_the_groups_name_is_answered_like_anyone() -> None:
    telegrams_own = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

    envelope = read(update(**message(GROUP, telegrams_own, text="/start", sender_chat=GROUP)))

    assert envelope is not None
    assert (envelope.got, envelope.private) == (Command("start"), False)


def test_a_message_in_a_group_is_not_private() -> None:
    envelope = read(update(**message(GROUP, text="/start")))

    assert envelope is not None
    assert not envelope.private
    assert envelope.chat == "-100200"


@pytest.mark.parametrize(
    ("typed", "ours"),
    [
        ("/help", True),
        ("/help@citizen_eye_bot", True),
        ("/HELP@Citizen_Eye_Bot now", True),
        ("/help@SomeOtherBot", False),
        ("/near@citizen_eye_bot2 22.7 75.8", False),
        ("/near\n22.7@SomeOtherBot", True),
        ("/help@", True),
        ("hello@SomeOtherBot", True),
    ],
)
def test_in_a_group_a_command_to_another_bot_is_not_ours(typed: str, ours: bool) -> None:
    in_group = read(update(**message(GROUP, text=typed)), "citizen_eye_bot")
    in_private = read(update(**message(text=typed)), "citizen_eye_bot")

    assert (in_group is not None, in_private is not None) == (ours, True)


@pytest.mark.parametrize(("status", "is_open"), [("kicked", False), ("left", False), ("member", True)])
def test_blocking_and_letting_in_again_are_noticed(status: str, is_open: bool) -> None:
    envelope = read(member(status))

    assert envelope is not None
    assert envelope.got == Reach(is_open)
    assert envelope.private


def test_joining_a_group_is_not_private() -> None:
    envelope = read(member("member", GROUP))

    assert envelope is not None
    assert not envelope.private


def test_a_tap_names_the_message_it_was_on() -> None:
    envelope = read(tap("yes", message(text="sure?")))

    assert envelope is not None
    assert envelope.got == Tap("yes")
    assert (envelope.tapped, envelope.message, envelope.chat) == ("q1", "5", "1001")


def test_a_tap_on_a_message_that_telegram_no_longer_shows_still_counts() -> None:
    envelope = read(tap("yes", {"chat": PRIVATE, "message_id": 5, "date": 0}))

    assert envelope is not None
    assert envelope.got == Tap("yes")
    assert (envelope.chat, envelope.private) == ("1001", True)


def test_a_tap_without_a_message_or_without_data_does_no_harm() -> None:
    without_message, without_data = read(tap("yes", None)), read(tap(None, message(text="sure?")))

    assert without_message is not None
    assert (without_message.chat, without_message.message) == ("1001", "")
    assert without_data is not None
    assert without_data.got == Tap("")
