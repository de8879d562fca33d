"""Buttons that were there before, taps that come twice, updates that come again or in another order."""

import itertools

import pytest
from sqlmodel import Session, func, select

from bot import texts
from bot.core.messages import Contact, Incoming, Pin, Say, Tap, Text, Whose
from bot.core.resident.signup_questions import NeedConsent
from storage.tables.register import Registration
from tests.chat import RAJWADA, Chat, Phone
from tests.every_stage import QUESTIONS, STOPS, brought_to

pytestmark = pytest.mark.matrix


def entries(tx: Session) -> int:
    return tx.exec(select(func.count()).select_from(Registration)).one()


def buttons(who: Phone) -> list[Tap]:
    said = [said for said in who.answers if isinstance(said, Say)]
    return [Tap(button.data) for row in said[-1].buttons for button in row]


@pytest.mark.parametrize("where", QUESTIONS)
def test_a_second_tap_and_a_second_delivery_of_any_button_change_nothing_more(chat: Chat, where: str) -> None:
    for n in range(len(buttons(brought_to(where, chat.phone(1001))))):
        who = brought_to(where, chat.phone(1001))
        tap = buttons(who)[n]

        before = who.stack

        who.sends(tap, update=1_000_000)
        after, asked = who.stack, who.asked
        assert who.sends(tap, update=1_000_000) == []
        assert who.stack == after, tap
        who.sends(tap)

        assert who.stack == after, tap
        if after != before:  # else the question, and so the button, is still the one that is open
            asked = texts.CONSENT_AGAIN if asked == texts.NOTICE else asked  # it is not read out again
            assert who.reads == ([texts.OLD_BUTTON, asked] if after else [texts.NOTHING_OPEN]), tap
            assert who.note


@pytest.mark.parametrize("where", [name for name in QUESTIONS if name != "consent"])
def test_a_button_of_an_earlier_question_shows_where_one_is(chat: Chat, where: str) -> None:
    who = brought_to(where, chat.phone(1001))
    before = who.stack
    newcomer = chat.phone(1002)
    newcomer.says("/start")
    long_ago = newcomer.button(texts.AGREE)

    who.taps_again(long_ago)

    assert who.reads == [texts.OLD_BUTTON, STOPS[where].again]
    assert who.stack == before


@pytest.mark.parametrize(
    "data", ["", "|", "agree", "save", "0000|save", "|save", "yes", "/", "/nothing", "/mine:bogus:x"]
)
def test_forged_buttons_do_nothing(resident: Phone, tx: Session, data: str) -> None:
    brought_to("save", resident)
    before = resident.stack

    resident.sends(Tap(data))

    assert resident.stack == before
    assert resident.asked == texts.SUMMARY
    assert entries(tx) == 0


def test_saving_twice_saves_once(resident: Phone, tx: Session) -> None:
    brought_to("save", resident)
    save = resident.button(texts.SAVE)

    resident.taps_again(save)
    resident.taps_again(save)

    assert resident.reads == [texts.NOTHING_OPEN]
    assert entries(tx) == 1


def test_the_button_that_opens_the_four_questions_works_long_after(chat: Chat, resident: Phone) -> None:
    brought_to("saved", resident)
    more = resident.button(texts.MORE_QUESTIONS)
    chat.later(days=40)

    resident.taps_again(more)

    assert resident.reads == [texts.RECEIPT, texts.ASK_KIND]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_in_whatever_order_the_answers_arrive_only_a_whole_registration_is_saved(
    resident: Phone, tx: Session, order: tuple[int, ...]
) -> None:
    brought_to("number", resident)
    answers: tuple[Incoming, ...] = (Contact(resident.number, Whose.OWN), Pin(RAJWADA), Text("4"), Tap("back"))

    for n in order:
        resident.sends(answers[n])
    early = entries(tx)
    resident.registers()

    assert (early, entries(tx)) == (0, 1)


def test_an_older_update_that_comes_late_is_an_answer_like_any_other(resident: Phone) -> None:
    brought_to("place", resident)
    resident.sends(Pin(RAJWADA), update=5_000_001)

    resident.sends(Contact(resident.number, Whose.OWN), update=5_000_000)

    assert resident.reads == [texts.HINT_NOT_NOW, texts.ASK_HERE]


def test_the_same_update_again_after_a_restart_does_nothing(chat: Chat, resident: Phone) -> None:
    resident.says("/start")
    agree = resident.button(texts.AGREE)
    resident.sends(Tap(agree.data), update=2_000_000)
    after = resident.stack

    chat.restarts()

    assert resident.sends(Tap(agree.data), update=2_000_000) == []
    assert resident.stack == after
    assert after != [NeedConsent()]
