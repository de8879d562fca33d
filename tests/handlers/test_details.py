"""The four optional questions about an entry: what was answered is kept, even when one stops half-way."""

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.messages import Tap
from bot.core.registration import Entry, Kind
from storage import registrations
from tests.chat import Chat, Phone
from tests.every_stage import brought_to


def entry(tx: Session, who: Phone) -> Entry:
    return registrations.entry(tx, registrations.owned(tx, who.row)[0])


def test_all_four_answers_are_kept(resident: Phone, tx: Session) -> None:
    brought_to("label", resident)
    resident.says("blue gate")

    kept = entry(tx, resident)
    assert resident.reads == [texts.DETAILS_DONE]
    assert (kept.kind, kept.sees_road, kept.days_kept, kept.site.name) == (Kind.SHOP, True, 15, "blue gate")


def test_each_answer_is_kept_at_once(resident: Phone, tx: Session) -> None:
    brought_to("days", resident)

    kept = entry(tx, resident)
    assert (kept.kind, kept.sees_road, kept.days_kept) == (Kind.SHOP, True, None)


def test_finish_in_the_middle_keeps_what_was_said(resident: Phone, tx: Session) -> None:
    brought_to("road", resident)

    resident.taps(texts.FINISH)

    assert resident.reads == [texts.DETAILS_DONE]
    assert entry(tx, resident).kind is Kind.SHOP


def test_skipping_all_of_them_keeps_nothing(resident: Phone, tx: Session) -> None:
    brought_to("kind", resident)
    for _ in range(3):
        resident.taps(texts.SKIP)
    resident.taps(texts.FINISH)

    kept = entry(tx, resident)
    assert (kept.kind, kept.sees_road, kept.days_kept, kept.site.name) == (None, None, None, "")


def test_that_is_enough_asks_nothing(resident: Phone) -> None:
    brought_to("saved", resident)

    resident.taps(texts.ENOUGH)

    assert resident.reads == [texts.RECEIPT]
    assert resident.stack == []


def test_they_can_be_answered_anew_from_the_card(resident: Phone, tx: Session) -> None:
    brought_to("label", resident)
    resident.taps(texts.FINISH)
    resident.says("/mine")
    resident.taps(texts.MORE)
    resident.taps(texts.KIND_HOME)
    resident.taps(texts.NO)

    kept = entry(tx, resident)
    assert (kept.kind, kept.sees_road, kept.days_kept) == (Kind.HOME, False, 15)


@pytest.mark.parametrize("where", ["kind", "road", "days"])
def test_an_entry_that_was_removed_meanwhile_takes_no_answers(chat: Chat, tx: Session, where: str) -> None:
    resident = brought_to(where, chat.phone(1001))
    question = resident.answers
    number = registrations.owned(tx, resident.row)[0].number
    resident.sends(Tap(f"/mine:remove:{number}"))
    resident.taps(texts.YES_REMOVE)
    resident.answers = question

    resident.taps({"kind": texts.KIND_HOME, "road": texts.YES, "days": "15"}[where])

    assert resident.reads == [texts.NOT_YOURS_NOW]
    assert resident.stack == []


def test_nobody_can_answer_for_someone_elses_entry(chat: Chat, resident: Phone, tx: Session) -> None:
    brought_to("saved", resident)
    number = registrations.owned(tx, resident.row)[0].number
    stranger = chat.phone(1002)

    for button in ("/more", "/saved:more"):
        stranger.sends(Tap(f"{button}:{number}"))
        assert stranger.reads == [texts.NOT_YOURS_NOW]

    assert stranger.stack == []
