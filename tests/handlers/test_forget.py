"""`/forget`: everything is removed, found by nobody from that second, and destroyed on its day."""

from dataclasses import replace

from sqlmodel import Session, col, select

from bot import texts
from bot.core.access import Role
from bot.core.casework.near import Circle
from bot.core.messages import Ask, Erase, Say
from bot.core.resident.signup_questions import NeedNumber
from storage import audit, people, registrations, spots
from storage.society import wishes
from storage.tables.register import Person, Registration, Spot
from storage.tables.societies import Wish
from tests.chat import PALASIA, RAJWADA, Chat, Phone
from tests.conftest import make_officer
from tests.every_stage import brought_to


def keeps_nothing(chat: Chat) -> None:
    """From now on the retention time is 0 days."""
    chat.house = replace(chat.house, town=replace(chat.house.town, retention_days=0))


def forgets(who: Phone) -> None:
    who.says("/forget")
    who.taps(texts.YES_FORGET)


def brought_to_asking(who: Phone) -> None:
    who.says("/rwa")
    for answer in ("Shanti Niketan", "Vijay Nagar", "Sunita Verma, secretary"):
        who.says(answer)


def test_it_asks_once_and_says_what_stays_and_how_long(resident: Phone) -> None:
    resident.registers()

    resident.says("/forget")

    assert resident.reads == [texts.SURE_FORGET]
    assert "1 entry" in resident.sees
    assert "365 days" in resident.sees


def test_with_a_retention_of_nought_it_says_that_nothing_stays(chat: Chat, resident: Phone) -> None:
    keeps_nothing(chat)
    resident.registers()

    resident.says("/forget")

    assert texts.NO_LEFTOVERS in resident.sees


def test_keep_it_forgets_nothing(resident: Phone, tx: Session) -> None:
    resident.registers()
    resident.says("/forget")

    resident.taps(texts.KEEP)

    assert resident.reads == [texts.KEPT_AS_IT_WAS]
    assert len(registrations.owned(tx, resident.row)) == 1


def test_someone_who_is_not_in_the_register_is_told_so(resident: Phone) -> None:
    resident.says("/forget")

    assert resident.reads == [texts.NOTHING_TO_FORGET]


def test_from_that_second_nobody_finds_any_of_it(resident: Phone, officer: Phone, tx: Session) -> None:
    resident.registers(RAJWADA)
    resident.registers(PALASIA)

    forgets(resident)
    officer.says("/near 22.7185 75.8550 5000")

    assert officer.reads[-1] == texts.NOTHING_FOUND
    assert tx.exec(select(Spot)).all() == []
    person = people.get(tx, resident.row)
    assert person
    assert (person.phone_token, person.consent_at, person.consent_version) == (None, None, "")


def test_the_answer_says_that_it_is_done(resident: Phone) -> None:
    resident.registers()

    forgets(resident)

    assert resident.reads == [texts.FORGOTTEN]
    assert resident.stack == []


def test_half_finished_answers_go_with_it(resident: Phone) -> None:
    brought_to("second here", resident)

    forgets(resident)

    assert resident.reads == [texts.FORGOTTEN]
    assert resident.stack == []


def test_before_any_consent_half_finished_answers_can_be_forgotten_too(resident: Phone) -> None:
    brought_to("rwa who", resident)

    forgets(resident)

    assert resident.reads == [texts.FORGOTTEN]
    assert resident.stack == []


def test_a_wish_to_spread_the_word_goes_too_and_out_of_the_chats_of_those_who_were_to_decide(
    chat: Chat, resident: Phone, tx: Session
) -> None:
    staff = make_officer(chat, 3001, Role.STAFF)
    brought_to_asking(resident)
    staff.looks()
    approve = staff.button(texts.RWA_APPROVE)

    forgets(resident)
    staff.looks()
    erased = [answer for answer in staff.answers if isinstance(answer, Erase)]
    staff.taps_again(approve)

    assert wishes.of(tx, resident.row) == []
    assert [wishes.opened(tx, wish).named.name for wish in tx.exec(select(Wish))] == [""]
    assert len(erased) == 1
    assert staff.reads == [texts.RWA_GONE]


def test_nobody_asks_without_end_by_being_forgotten_in_between(resident: Phone) -> None:
    for _ in range(wishes.MOST):
        brought_to_asking(resident)
        forgets(resident)

    resident.says("/rwa")

    assert resident.reads == [texts.RWA_TOO_MANY]


def test_the_keys_of_a_question_go_with_it(resident: Phone) -> None:
    brought_to("number", resident)

    forgets(resident)

    assert [said.ask for said in resident.answers if isinstance(said, Say)] == [Ask.CLEAR]


def test_consent_alone_can_be_forgotten_before_anything_was_saved(resident: Phone, tx: Session) -> None:
    brought_to("count", resident)

    forgets(resident)

    person = people.get(tx, resident.row)
    assert person
    assert person.consent_at is None
    assert resident.stack == []


def test_each_withdrawn_entry_leaves_a_line_in_the_trace(resident: Phone, tx: Session) -> None:
    resident.registers(RAJWADA)
    resident.registers(PALASIA)

    forgets(resident)

    assert [row.person_id for row in audit.rows(tx, audit.Act.WITHDRAW)] == [resident.row] * 2


def test_with_a_retention_of_nought_it_is_destroyed_at_once(chat: Chat, resident: Phone, tx: Session) -> None:
    keeps_nothing(chat)
    resident.registers()

    forgets(resident)

    assert tx.exec(select(Registration)).all() == []
    assert tx.exec(select(Person).where(col(Person.phone_sealed).is_not(None))).all() == []


def test_what_was_withdrawn_is_destroyed_by_the_clock_on_its_day(chat: Chat, resident: Phone, tx: Session) -> None:
    resident.registers()
    forgets(resident)

    kept = {}
    for days in (364, 1):
        chat.later(days=days, minutes=1)
        chat.ticks()
        left = len(tx.exec(select(Registration)).all())
        phones = len(tx.exec(select(Person).where(col(Person.phone_sealed).is_not(None))).all())
        kept[days] = (left, phones)

    assert kept == {364: (1, 1), 1: (0, 0)}


def test_an_entry_removed_by_itself_is_destroyed_on_its_day_and_the_others_stay(
    chat: Chat, resident: Phone, tx: Session
) -> None:
    resident.registers(RAJWADA)
    resident.says("/mine")
    resident.taps(texts.REMOVE)
    resident.taps(texts.YES_REMOVE)
    kept = resident.registers(PALASIA)

    chat.later(days=365, minutes=1)
    chat.ticks()

    assert [row.number for row in tx.exec(select(Registration))] == [kept]
    person = people.get(tx, resident.row)
    assert person
    assert people.phone_of(tx, person) == resident.number


def test_whoever_comes_back_is_asked_everything_again(resident: Phone) -> None:
    resident.registers()
    forgets(resident)

    resident.says("/start")
    asked = resident.asked
    resident.taps(texts.AGREE)

    assert asked == texts.NOTICE
    assert resident.asked == texts.ASK_NUMBER
    assert resident.stack == [NeedNumber()]


def test_whoever_comes_back_and_registers_has_the_new_entry_alone(resident: Phone, tx: Session) -> None:
    old = resident.registers(RAJWADA)
    forgets(resident)

    new = resident.registers(RAJWADA)

    assert new != old
    assert [row.number for row in registrations.owned(tx, resident.row)] == [new]
    assert len(spots.within(tx, Circle(RAJWADA, 50.0))[0]) == 1


def test_the_old_yes_button_forgets_nothing_later(resident: Phone, tx: Session) -> None:
    resident.registers()
    resident.says("/forget")
    yes = resident.button(texts.YES_FORGET)
    resident.taps(texts.KEEP)

    resident.taps_again(yes)

    assert resident.reads == [texts.NOTHING_OPEN]
    assert len(registrations.owned(tx, resident.row)) == 1


def test_an_officer_who_forgets_their_own_entry_stays_an_officer(officer: Phone) -> None:
    officer.registers()

    forgets(officer)
    officer.says("/near 22.7185 75.8550 500")

    assert texts.SEARCHED in officer.reads


def test_the_person_themselves_is_forgotten_when_nothing_is_left(chat: Chat, resident: Phone, tx: Session) -> None:
    resident.registers()
    forgets(resident)

    chat.later(days=365, minutes=1)
    chat.ticks()
    chat.later(hours=2)
    chat.ticks()

    assert tx.exec(select(Person)).all() == []
