"""A new key: what was sealed with the old one is still found and opened, and what is written now is the new one's."""

from dataclasses import dataclass

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.geo import Point
from storage import people, registrations
from storage.engine import Store
from storage.keycheck import key_fits
from storage.seal import CannotOpenError, Seal
from storage.tables.register import Person, Spot
from tests.chat import NOON, PALASIA, RAJWADA, Chat, Phone
from tests.conftest import KEY, invitation, make_officer
from tests.every_stage import QUESTIONS, STOPS, brought_to

NEW = bytes(range(100, 132))


def new_key(chat: Chat) -> None:
    """The bot starts again with a new key before the old one."""
    chat.store.close()
    chat.store = Store(chat.store.engine, Seal([NEW, KEY]))


@dataclass
class Town:
    """An owner and an officer from before the new key."""

    chat: Chat
    owner: Phone
    officer: Phone


@pytest.fixture
def town(chat: Chat) -> Town:
    chat.has_cameras(RAJWADA, owner=1001)
    town = Town(chat, chat.phone(1001), make_officer(chat, 2001))
    new_key(chat)
    return town


def test_the_ring_fits_the_database_and_the_new_key_alone_does_not(chat: Chat) -> None:
    engine = chat.store.engine

    assert Store(engine, Seal([NEW, KEY])).run(key_fits)
    assert not Store(engine, Seal([NEW])).run(key_fits)


@pytest.mark.parametrize("where", QUESTIONS)
def test_open_questions_are_still_open(chat: Chat, where: str) -> None:
    who = brought_to(where, chat.phone(1001))
    before = who.stack

    new_key(chat)
    who.says("/help")

    assert who.asked == STOPS[where].again
    assert who.stack == before


def test_people_are_recognised_and_not_met_a_second_time(town: Town, tx: Session) -> None:
    town.owner.says("/mine")

    assert town.owner.reads == [texts.CARD]
    assert len(tx.exec(select(Person)).all()) == 2


def test_an_officer_finds_old_and_new_places_alike(town: Town) -> None:
    town.chat.has_cameras(Point(RAJWADA.lat + 0.0005, RAJWADA.lon), owner=1002)

    town.officer.says("/near 22.7185 75.8550 500")

    assert town.officer.reads.count(texts.FOUND_LINE) == 2


def test_a_moved_place_is_found_once_and_only_where_it_is_now(town: Town, tx: Session) -> None:
    town.owner.says("/mine")
    town.owner.taps(texts.MOVE)
    town.owner.pins(PALASIA)
    town.owner.taps(texts.YES_HERE)
    town.owner.taps(texts.SAVE)

    town.officer.says("/near 22.7185 75.8550 5000")

    assert town.officer.reads.count(texts.FOUND_LINE) == 1
    assert len(tx.exec(select(Spot)).all()) == 1


def test_what_was_removed_is_gone_under_both_keys(town: Town, tx: Session) -> None:
    town.owner.says("/forget")
    town.owner.taps(texts.YES_FORGET)

    assert tx.exec(select(Spot)).all() == []


def test_a_link_from_before_still_works(chat: Chat, resident: Phone) -> None:
    payload = invitation(chat)

    new_key(chat)
    resident.says(f"/start {payload}")
    resident.taps(texts.ACCEPT_ROLE)

    assert resident.reads[0] == texts.ROLE_GRANTED


def test_messages_that_waited_still_go_out(chat: Chat, resident: Phone) -> None:
    resident.says("/start")
    resident.sends_offline("/help")

    new_key(chat)
    resident.says("/language")

    assert resident.reads == [texts.HELP_MIDDLE, texts.CONSENT_AGAIN, texts.CHOOSE_NOW, texts.CONSENT_AGAIN]


def test_what_is_written_now_opens_with_the_new_key_alone(town: Town) -> None:
    newcomer = town.chat.phone(1003, number="+919812345678")
    newcomer.registers(PALASIA)
    newest = Store(town.chat.store.engine, Seal([NEW]))

    def read(tx: Session) -> tuple[str, Point]:
        person = people.find(tx, "telegram", "1003")
        assert person
        return people.phone_of(tx, person), registrations.site_of(tx, registrations.owned(tx, person.id)[0]).point

    assert newest.run(read) == ("+919812345678", PALASIA)
    with pytest.raises(CannotOpenError):
        Store(town.chat.store.engine, Seal([KEY])).run(
            lambda tx: [people.phone_of(tx, person) for person in tx.exec(select(Person))]
        )


@pytest.mark.parametrize("order", [(NEW, KEY), (KEY, NEW)])
@pytest.mark.parametrize("held", [True, False])
def test_of_two_rows_of_one_chat_that_of_the_newest_key_is_found(
    store: Store, order: tuple[bytes, bytes], held: bool
) -> None:
    chats = [str(n) for n in range(20)]
    for key in order:
        Store(store.engine, Seal([key])).run(
            lambda tx: [people.meet(tx, "telegram", chat, "en", NOON).id for chat in chats]
        )

    def keys(tx: Session) -> set[bytes]:
        if held:
            people.hold_all(tx, "telegram", chats)
        found = [people.find(tx, "telegram", chat) for chat in chats]
        return {person.chat_token for person in found if person}

    newest = {Seal([NEW]).token("chat", f"telegram:{chat}".encode()) for chat in chats}
    assert Store(store.engine, Seal([NEW, KEY])).run(keys) == newest
