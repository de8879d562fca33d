"""An old entry is found by nobody until its owner, who proved the number or has the code, says yes."""

from collections.abc import Sequence

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.casework.near import Circle
from bot.core.geo import Point
from bot.core.registration import Draft, Site
from bot.core.station.old_register import Old
from storage import audit, spots
from storage.keeping import reseal, ring, rotation
from storage.seal import Seal
from storage.station import old_entries
from storage.station.waiting import Outcome
from storage.tables.register import Registration
from storage.tables.waiting import ClaimCode, Waiting
from tests.chat import PALASIA, RAJWADA, Chat, Phone

NUMBER, OTHER = "+919876543210", "+919811111111"


def imported(chat: Chat, *places: Point, number: str = NUMBER, cameras: int = 3) -> str:
    """Entries of an older register; the code that their number got."""
    rows = [Old(Draft(number, Site(place), cameras), "shop") for place in places]
    invited = chat.store.run(lambda tx: old_entries.take(tx, rows, "Palasia", chat.now, lambda _: None))
    return invited[0].code


def found(tx: Session, place: Point = PALASIA) -> int:
    return spots.page(tx, Circle(place, 20), 0, 10).places


def waits(tx: Session) -> Sequence[Waiting]:
    return tx.exec(select(Waiting)).all()


def agrees_and_shares(who: Phone) -> None:
    who.says("/start")
    who.taps(texts.AGREE)
    who.shares_number()


def test_what_waits_is_found_by_nobody(chat: Chat, officer: Phone, tx: Session) -> None:
    imported(chat, PALASIA)

    officer.says(f"/near {PALASIA.lat} {PALASIA.lon} 500")

    assert found(tx) == 0
    assert texts.NOTHING_FOUND in officer.reads
    assert tx.exec(select(Registration)).all() == []


def test_it_is_offered_once_the_number_is_proved_and_kept_with_one_tap(
    chat: Chat, resident: Phone, tx: Session
) -> None:
    imported(chat, PALASIA)

    agrees_and_shares(resident)
    offered = resident.reads
    before = found(tx)
    resident.taps(texts.OFFER_KEEP)

    assert offered == [texts.OFFER]
    assert (before, found(tx)) == (0, 1)
    assert resident.reads == [texts.OFFER_TAKEN, texts.WHERE_YOU_ARE, texts.ASK_PLACE]  # the sign-up goes on
    [row] = tx.exec(select(Registration)).all()
    assert (row.source, row.kind, row.cameras, row.consent_at) == ("register", "shop", 3, chat.now)
    [kept] = waits(tx)
    assert (kept.outcome, kept.phone_sealed, kept.place_sealed, kept.phone_token) == ("kept", None, None, None)


def test_nothing_is_offered_before_there_is_consent(chat: Chat, resident: Phone) -> None:
    imported(chat, PALASIA)

    resident.says("/start")

    assert texts.OFFER not in resident.reads
    resident.says("/offer")
    assert texts.OFFER not in resident.reads


def test_it_is_not_offered_to_another_number(chat: Chat, tx: Session) -> None:
    imported(chat, PALASIA, number=OTHER)
    stranger = chat.phone(4001)

    agrees_and_shares(stranger)

    assert stranger.reads == [texts.ASK_PLACE]
    assert [row.outcome for row in waits(tx)] == [""]


def test_removed_it_is_gone_and_the_same_file_does_not_bring_it_back(chat: Chat, resident: Phone, tx: Session) -> None:
    imported(chat, PALASIA)
    agrees_and_shares(resident)
    resident.taps(texts.REMOVE)

    rows = [Old(Draft(NUMBER, Site(PALASIA), 3))]
    news = chat.store.run(lambda tx: old_entries.news(tx, rows, lambda _: None))

    assert texts.OFFER_REMOVED in resident.reads
    assert news == [False]
    assert found(tx) == 0
    assert [row.outcome for row in waits(tx)] == [Outcome.REMOVED]


def test_several_are_offered_one_after_the_other(chat: Chat, resident: Phone, tx: Session) -> None:
    imported(chat, PALASIA, RAJWADA)

    agrees_and_shares(resident)
    resident.taps(texts.OFFER_KEEP)
    second = resident.reads
    resident.taps(texts.REMOVE)

    assert second == [texts.OFFER_TAKEN, texts.OFFER]
    assert (found(tx), found(tx, RAJWADA)) == (1, 0)
    assert resident.reads == [texts.OFFER_REMOVED, texts.WHERE_YOU_ARE, texts.ASK_PLACE]


def test_a_wrong_one_is_corrected_in_the_summary_before_anybody_finds_it(
    chat: Chat, resident: Phone, tx: Session
) -> None:
    imported(chat, PALASIA)
    agrees_and_shares(resident)
    resident.taps(texts.OFFER_CORRECT)
    between = found(tx)
    resident.taps(texts.CHANGE_COUNT)
    resident.says("7")
    resident.taps(texts.SAVE)

    assert between == 0
    assert found(tx) == 1
    [row] = tx.exec(select(Registration)).all()
    assert row.cameras == 7
    assert resident.stack == []


def test_decided_later_it_waits_hidden_and_start_shows_it_again(chat: Chat, resident: Phone, tx: Session) -> None:
    imported(chat, PALASIA)
    agrees_and_shares(resident)
    resident.taps(texts.OFFER_LATER)
    later = resident.reads
    resident.says("/cancel")

    resident.says("/start")

    assert later == [texts.OFFER_WAITS, texts.WHERE_YOU_ARE, texts.ASK_PLACE]
    assert resident.reads == [texts.OFFER]
    assert found(tx) == 0


def test_one_who_is_in_the_chat_already_can_look_at_it_by_a_button(chat: Chat, resident: Phone) -> None:
    resident.registers(RAJWADA)
    imported(chat, PALASIA)

    resident.says("/start")

    assert resident.reads == [texts.OFFER]


def test_an_entry_that_one_made_oneself_within_20_metres_is_not_new(chat: Chat, resident: Phone) -> None:
    resident.registers(PALASIA)
    near, far = Point(PALASIA.lat + 0.0001, PALASIA.lon), Point(PALASIA.lat + 0.0003, PALASIA.lon)
    rows = [Old(Draft(number, Site(place), 3)) for number in (NUMBER, OTHER) for place in (near, far)]

    assert chat.store.run(lambda tx: old_entries.news(tx, rows, lambda _: None)) == [False, True, True, True]


def test_forget_takes_what_waits_as_well_and_mydata_tells_of_it(chat: Chat, resident: Phone, tx: Session) -> None:
    resident.registers(RAJWADA)
    imported(chat, PALASIA)
    resident.says("/mydata")
    [said] = resident.answers
    told = [line.text for line in said.document.lines]  # type: ignore[union-attr]  # a message with a file

    resident.says("/forget")
    resident.taps(texts.YES_FORGET)

    assert texts.MYDATA_WAITING in told
    assert [row.outcome for row in waits(tx)] == [Outcome.REMOVED]


def test_what_nobody_agreed_to_in_half_a_year_is_wiped(chat: Chat, tx: Session) -> None:
    code = imported(chat, PALASIA)
    chat.later(days=182)
    chat.ticks()
    before = [row.outcome for row in waits(tx)]
    chat.later(days=2)
    chat.ticks()

    [row] = waits(tx)
    assert before == [""]
    assert (row.outcome, row.phone_sealed, row.place_sealed) == (Outcome.LAPSED, None, None)
    late = chat.phone(4001)
    late.says(f"/claim {code}")
    assert late.reads == [texts.CODE_NOT_VALID]


# --- by the code --------------------------------------------------------------------------------------------------


def test_with_the_code_any_phone_may_keep_it_after_the_notice_and_its_own_number(chat: Chat, tx: Session) -> None:
    code = imported(chat, PALASIA, number=OTHER)
    who = chat.phone(4001)

    who.says(f"/start c_{code}")
    offered = who.reads
    who.taps(texts.OFFER_KEEP)
    notice = who.reads
    who.taps(texts.AGREE)
    who.shares_number()

    assert offered == [texts.OFFER_BY_CODE]
    assert notice == [texts.NOTICE]
    assert who.reads == [texts.OFFER_TAKEN]
    assert who.stack == []
    assert found(tx) == 1
    [row] = tx.exec(select(Registration)).all()
    assert row.person_id == who.row


def test_with_the_code_it_can_be_removed_without_any_consent(chat: Chat, tx: Session) -> None:
    code = imported(chat, PALASIA)
    who = chat.phone(4001)

    who.says("/claim")
    asked = who.reads
    who.says(code.lower().replace("-", " "))
    who.taps(texts.REMOVE)

    assert asked == [texts.ASK_CODE]
    assert who.reads == [texts.OFFER_REMOVED]
    assert [row.outcome for row in waits(tx)] == [Outcome.REMOVED]
    who.says(f"/claim {code}")
    assert who.reads == [texts.CODE_NOT_VALID]


def test_guessing_is_limited_and_written_down(chat: Chat, tx: Session) -> None:
    code = imported(chat, PALASIA)
    who = chat.phone(4001)

    for n in range(5):
        who.says(f"/claim AAAA-AAAA-AAAA-AAA{n}")
        assert who.reads == [texts.CODE_NOT_VALID]
    who.says(f"/claim {code}")
    blocked = who.reads
    chat.later(minutes=61)
    who.says(f"/claim {code}")

    assert blocked == [texts.TOO_MANY_GUESSES]
    assert who.reads == [texts.OFFER_BY_CODE]
    assert len(audit.rows(tx, audit.Act.GUESS)) == 5
    assert code not in str([audit.detail_of(tx, row) for row in audit.rows(tx)])


@pytest.mark.parametrize("words", ["nonsense", "7K4M-92QX", "", "7K4M-92QX-1B8T-ZZ0U"])
def test_what_is_no_code_gets_a_hint_and_costs_no_guess(chat: Chat, words: str, tx: Session) -> None:
    who = chat.phone(4001)

    who.says("/claim")
    who.says(words)

    assert who.reads == [texts.HINT_CODE, texts.ASK_CODE]
    assert audit.rows(tx, audit.Act.GUESS) == []


def test_a_code_is_dead_once_its_entry_is_in_somebody_s_chat(chat: Chat, resident: Phone) -> None:
    code = imported(chat, PALASIA)
    agrees_and_shares(resident)
    resident.taps(texts.OFFER_KEEP)
    finder = chat.phone(4001)

    finder.says(f"/claim {code}")

    assert finder.reads == [texts.CODE_NOT_VALID]


def codes_kept(chat: Chat) -> int:
    return len(chat.store.run(lambda tx: tx.exec(select(ClaimCode)).all()))


def test_a_code_is_forgotten_a_month_later_where_nothing_hangs_on_it_any_more(chat: Chat, resident: Phone) -> None:
    imported(chat, PALASIA)
    still_waits = imported(chat, RAJWADA, number=OTHER)
    agrees_and_shares(resident)
    resident.taps(texts.OFFER_KEEP)

    kept = []
    for days in (1, 30, 120):
        chat.later(days=days)
        chat.ticks()
        kept.append(codes_kept(chat))
    finder = chat.phone(4001)
    finder.says(f"/claim {still_waits}")

    assert kept == [2, 1, 1]
    assert finder.reads[0] != texts.CODE_NOT_VALID


def test_the_code_of_what_nobody_agreed_to_is_forgotten_with_it(chat: Chat) -> None:
    imported(chat, PALASIA)

    kept = []
    for days in (182, 2, 1):
        chat.later(days=days)
        chat.ticks()
        kept.append(codes_kept(chat))

    assert (kept[0], kept[-1]) == (1, 0)


def test_a_button_from_before_does_not_take_what_somebody_else_took(chat: Chat, resident: Phone, tx: Session) -> None:
    code = imported(chat, PALASIA)
    agrees_and_shares(resident)
    keep = resident.button(texts.OFFER_KEEP)
    finder = chat.phone(4001, number=OTHER)
    finder.says(f"/claim {code}")
    finder.taps(texts.REMOVE)

    resident.taps_again(keep)

    assert resident.reads[0] == texts.OFFER_GONE
    assert found(tx) == 0


def test_no_code_lies_in_the_register(chat: Chat) -> None:
    code = imported(chat, PALASIA)

    register = chat.saved()

    assert code.encode() not in register
    assert code.replace("-", "").encode() not in register


def test_codes_and_entries_are_found_after_the_key_has_changed(chat: Chat) -> None:
    code = imported(chat, PALASIA)
    old, new = bytes(range(32)), b"n" * 32
    chat.store.seal = Seal([new, old])
    assert ring.take_up(chat.store)
    doing = rotation.Rotation(chat.now)
    for work in (rotation.reseal, rotation.verify):
        for _ in work(chat.store, doing):
            pass
    chat.store.seal = Seal([new])

    who = chat.phone(4001)
    who.says(f"/claim {code}")
    rows = [Old(Draft(NUMBER, Site(PALASIA), 3))]

    assert doing.complete
    assert all(part in reseal.PARTS for part in (reseal.WAITING, reseal.CODES))
    assert who.reads == [texts.OFFER_BY_CODE]
    assert chat.store.run(lambda tx: old_entries.news(tx, rows, lambda _: None)) == [False]
