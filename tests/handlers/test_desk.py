"""The front desk: help, the notice, the language, leaving a question, commands nobody knows, and groups."""

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.messages import Command, Contact, Envelope, Incoming, Media, Menu, Pin, Reach, Say, Tap, Text, Whose
from handlers import menus, routes
from handlers.desk import PROMISES
from storage import outbox, people
from storage.tables.register import Person
from tests.chat import RAJWADA, Chat, Phone
from tests.conftest import make_officer
from tests.every_stage import brought_to
from tests.handlers.test_access import COMMANDS, answers

GROUP = -100123


def test_help_tells_a_resident_what_residents_can_do_and_no_more(resident: Phone) -> None:
    resident.says("/help")

    assert resident.reads == [texts.HELP]
    assert "/near" not in resident.sees
    assert "Indore" in resident.sees
    assert "the data officer" in resident.sees


def test_help_in_the_middle_of_a_question_is_short_and_leads_back_to_it(resident: Phone) -> None:
    brought_to("place", resident)
    before = resident.stack

    resident.says("/help")
    short = resident.reads
    resident.taps(texts.HELP_WHOLE)

    assert short == [texts.HELP_MIDDLE, texts.ASK_PLACE]
    assert resident.reads == [texts.HELP, texts.ASK_PLACE]
    assert resident.stack == before


def test_the_short_help_is_shorter_than_the_question_it_leads_back_to() -> None:
    assert len(texts.HELP_MIDDLE) < len(texts.ASK_PLACE)


def test_help_names_every_command_that_a_resident_has(resident: Phone) -> None:
    resident.says("/help")

    named = {name for name, _ in menus.commands(frozenset())} - {"start", "help"}
    assert [name for name in sorted(named) if f"/{name} " not in resident.sees] == []


def test_help_tells_an_officer_how_to_search(officer: Phone) -> None:
    officer.says("/help")

    assert officer.reads == [texts.HELP, texts.HELP_OFFICER]
    assert "Palasia" in officer.sees


def test_help_tells_an_administrator_what_comes_to_them(chat: Chat) -> None:
    admin = make_officer(chat, 3001, Role.ADMIN)

    admin.says("/help")

    assert admin.reads == [texts.HELP, texts.HELP_ADMIN]


def test_the_notice_and_the_promises_can_be_read_at_any_time(resident: Phone) -> None:
    resident.says("/privacy")

    assert resident.reads == [texts.NOTICE, texts.PROMISES, *PROMISES]
    assert "Indore Police" in resident.sees


@pytest.mark.parametrize(("label", "language"), [(texts.HINDI, "hi"), (texts.ENGLISH, "en")])
def test_the_language_can_be_changed_at_any_time_and_the_menu_with_it(
    resident: Phone, tx: Session, label: str, language: str
) -> None:
    brought_to("place", resident)
    resident.sends(Tap("/language:hi" if language == "en" else "/language:en"))

    resident.says("/language")
    resident.taps(label)

    assert resident.reads == [texts.LANGUAGE_SET, texts.ASK_PLACE]
    assert any(isinstance(answer, Menu) for answer in resident.answers)
    person = people.get(tx, resident.row)
    assert person
    assert person.language == language


def test_a_language_that_the_bot_does_not_speak_changes_nothing(resident: Phone, tx: Session) -> None:
    resident.says("/start")

    resident.sends(Tap("/language:ta"))

    person = people.get(tx, resident.row)
    assert person
    assert person.language == "en"


def test_cancel_without_a_question_says_so(resident: Phone) -> None:
    resident.says("/cancel")

    assert resident.reads == [texts.NOTHING_TO_CANCEL]


def test_cancel_leads_back_to_the_question_that_waited_underneath(resident: Phone) -> None:
    brought_to("place", resident)
    resident.says("/forget")

    resident.says("/cancel")

    assert resident.reads == [texts.CANCELLED, texts.ASK_PLACE]


@pytest.mark.parametrize("name", ["nonsense", "", "NEAR", "start2", "नमस्ते", "x" * 5000])
def test_a_command_nobody_knows_is_answered_with_where_to_look(resident: Phone, name: str) -> None:
    resident.sends(Command(name))

    assert resident.reads == [texts.UNKNOWN_COMMAND]


@pytest.mark.parametrize("command", [*routes.COMMANDS, "nonsense"])
def test_a_group_reads_one_line_with_a_button_whatever_the_command(chat: Chat, tx: Session, command: str) -> None:
    group = chat.phone(GROUP)

    group.sends(Command(command, "22.7196 75.8577 500"), private=False)

    assert group.reads == [texts.IN_GROUPS]
    said = group.answers[0]
    assert isinstance(said, Say)
    assert [button.url for row in said.buttons for button in row] == ["https://t.me/citizen_eye_bot"]
    assert tx.exec(select(Person)).all() == []


def test_a_group_is_answered_every_time_within_what_telegram_allows(chat: Chat) -> None:
    group, read = chat.phone(GROUP), []

    for _ in range(60):  # a command a second, for a minute
        chat.later(seconds=1)
        read += group.sends(Command("start"), private=False)

    assert 15 <= len(read) <= 20


def test_an_officer_who_searches_in_a_group_reads_no_more_than_anyone(chat: Chat, officer: Phone) -> None:
    group = chat.phone(GROUP)
    search = Envelope("telegram", next(chat.updates), group.id, officer.id, Command("near", "22.7 75.8"), private=False)

    group.sends_as(search)

    assert group.reads == [texts.IN_GROUPS]


@pytest.mark.parametrize(
    "got", [Text("hello"), Pin(RAJWADA), Contact("+919876543210", Whose.OWN), Media(), Tap("/mine"), Reach(open=True)]
)
def test_what_people_say_in_a_group_is_none_of_the_bots_business(chat: Chat, tx: Session, got: Incoming) -> None:
    group = chat.phone(GROUP)

    assert group.sends(got, private=False) == []
    assert tx.exec(select(Person)).all() == []


def test_whoever_blocks_the_bot_gets_nothing_more_until_they_come_back(resident: Phone, tx: Session) -> None:
    resident.says("/start")
    resident.sends_offline("/help")

    resident.sends(Reach(open=False))
    waiting = outbox.waiting(tx)
    resident.sends(Reach(open=True))
    person = people.get(tx, resident.row)

    assert (waiting, resident.answers) == (0, [])
    assert person
    assert person.reachable


def test_whoever_writes_again_can_be_reached_again(resident: Phone, tx: Session) -> None:
    resident.sends(Reach(open=False))

    resident.says("/help")

    person = people.get(tx, resident.row)
    assert person
    assert person.reachable


@pytest.mark.parametrize("roles", [frozenset({role}) for role in Role] + [frozenset(Role)])
def test_the_menu_lists_what_the_person_may_do_and_nothing_else(roles: frozenset[Role]) -> None:
    listed = {name for name, _ in menus.commands(roles)}

    allowed = {name for name, row in COMMANDS.items() for role, cell in answers(row) if cell and role in roles}
    assert ("near" in listed) == bool({Role.OFFICER, Role.SENIOR} & roles)
    assert listed == allowed
