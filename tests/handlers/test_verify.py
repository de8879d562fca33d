"""Station staff walk from entry to entry: nearest first, their own station's only, and every look leaves a trace."""

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.casework.near import Circle
from bot.core.geo import Point
from bot.core.messages import Say
from bot.core.picture import Bars
from bot.core.station.walk import AtEntry
from handlers.pictures import studio
from handlers.station import verify
from storage import audit, registrations, spots
from storage.tables.register import Registration
from tests.chat import PALASIA, RAJWADA, Chat, Phone
from tests.conftest import make_officer
from tests.stations import drawn

NEAR, FAR = Point(22.7240, 75.8852), Point(22.7300, 75.8900)  # both in Palasia


@pytest.fixture
def staff(chat: Chat) -> Phone:
    drawn(chat)
    return make_officer(chat, 3001, Role.STAFF)


def row(tx: Session, number: str) -> Registration:
    found = registrations.find(tx, number)
    assert found
    return found


def at(staff: Phone) -> str:
    """The entry they are asked about."""
    stage = staff.stack[-1]
    assert isinstance(stage, AtEntry)
    return stage.entry.number


def found_by_officers(tx: Session, place: Point) -> int:
    return spots.page(tx, Circle(place, 20), 0, 10).places


def test_the_nearest_entry_of_the_own_station_comes_first(chat: Chat, staff: Phone) -> None:
    far, near, elsewhere = chat.has_cameras(FAR, NEAR, RAJWADA)

    staff.says("/verify")
    asked = staff.reads
    staff.pins(PALASIA)
    first = at(staff)
    staff.taps(texts.WALK_THERE, n=4)
    second = at(staff)
    staff.taps(texts.WALK_THERE, n=4)

    assert asked == [texts.ASK_STAND]
    assert (first, second) == (near, far)
    assert staff.reads == [texts.WALK_NOTED, texts.WALK_DONE]
    assert elsewhere not in staff.sees


def test_an_entry_is_shown_on_the_map_and_cannot_be_passed_on(chat: Chat, staff: Phone) -> None:
    chat.has_cameras(NEAR)

    staff.says("/verify 22.7236 75.8850")
    staff.says("22.7236, 75.8850")

    shown = [said for said in staff.answers if isinstance(said, Say)]
    assert [said.pin for said in shown] == [NEAR, None]
    assert all(said.protect for said in shown)
    assert "49 m" in staff.sees
    assert "+91" not in staff.sees


def test_what_was_seen_gets_its_date_and_is_due_again_after_a_year(chat: Chat, staff: Phone, tx: Session) -> None:
    [number] = chat.has_cameras(NEAR)
    walks_to(staff)
    staff.taps(texts.WALK_THERE, n=4)

    assert row(tx, number).verified_at == chat.now
    chat.later(days=364)
    staff = make_officer(chat, 3002, Role.STAFF)  # the first one's role sleeps by now
    assert walks_to(staff) == [texts.WALK_DONE]
    chat.later(days=1)
    assert texts.WALK_ENTRY in walks_to(staff)


def test_the_mark_and_its_date_stand_wherever_the_entry_is_shown(staff: Phone, resident: Phone, officer: Phone) -> None:
    resident.registers(NEAR)
    officer.says(f"/near {NEAR.lat} {NEAR.lon} 100")
    before = officer.sees
    walks_to(staff)
    staff.taps(texts.WALK_THERE, n=4)

    officer.says(f"/near {NEAR.lat} {NEAR.lon} 100")
    listed = officer.sees
    officer.taps(texts.PIN_BUTTON, n=1)
    resident.says("/mine")

    assert ("✅" in before, "✅" in listed) == (False, True)
    assert "✅ seen 01-11-2026" in officer.sees
    assert "✅ seen 01-11-2026" in resident.sees


def walks_to(staff: Phone, place: Point = PALASIA) -> list[str]:
    staff.says("/verify")
    staff.pins(place)
    return staff.reads


def test_another_number_is_kept_and_the_owner_told(chat: Chat, staff: Phone, resident: Phone, tx: Session) -> None:
    number = resident.registers(NEAR)
    walks_to(staff)
    staff.taps(texts.WALK_COUNT)
    asked = staff.reads
    staff.says("seven")

    assert asked == [texts.ASK_TRUE_COUNT]
    assert (row(tx, number).cameras, row(tx, number).verified_at) == (7, chat.now)
    resident.looks()
    assert resident.reads == [texts.TOLD_COUNT]
    assert number in resident.sees


def test_what_is_not_there_is_hidden_and_its_owner_brings_it_back_with_one_tap(
    staff: Phone, resident: Phone, tx: Session
) -> None:
    number = resident.registers(NEAR)
    walks_to(staff)
    staff.taps(texts.WALK_GONE)

    hidden = found_by_officers(tx, NEAR)
    resident.looks()
    told = resident.reads
    resident.taps(texts.BRING_BACK)

    assert hidden == 0
    assert told == [texts.TOLD_GONE]
    assert found_by_officers(tx, NEAR) == 1
    assert row(tx, number).verified_at is None  # whoever walks there next looks again
    assert texts.WALK_ENTRY in walks_to(staff)


def test_where_nobody_answered_staff_come_again_after_a_week(chat: Chat, staff: Phone, tx: Session) -> None:
    chat.has_cameras(NEAR)
    walks_to(staff)
    staff.taps(texts.WALK_NOBODY)

    assert found_by_officers(tx, NEAR) == 1
    chat.later(days=6)
    assert walks_to(staff) == [texts.WALK_DONE]
    chat.later(days=1)
    assert texts.WALK_ENTRY in walks_to(staff)


def test_an_owner_who_changes_the_entry_is_looked_at_anew(staff: Phone, resident: Phone) -> None:
    resident.registers(NEAR)
    walks_to(staff)
    staff.taps(texts.WALK_THERE, n=4)

    resident.says("/mine")
    resident.taps(texts.CHANGE)
    resident.taps(texts.CHANGE_COUNT)
    resident.says("9")
    resident.taps(texts.SAVE)

    assert texts.WALK_ENTRY in walks_to(staff)


def test_a_new_pin_in_the_middle_says_where_they_stand_now(chat: Chat, staff: Phone) -> None:
    near, far = chat.has_cameras(NEAR, FAR)
    walks_to(staff)

    before = at(staff)
    staff.pins(FAR)

    assert (before, at(staff)) == (near, far)


def test_one_can_stop_and_go_back_and_say_nonsense(chat: Chat, staff: Phone) -> None:
    chat.has_cameras(NEAR)
    walks_to(staff)
    staff.says("what?")
    hinted = staff.reads
    staff.taps(texts.WALK_COUNT)
    staff.says("501")
    range_hint = staff.reads
    staff.says("many")
    no_number = staff.reads
    staff.taps(texts.BACK)
    again = staff.reads
    staff.taps(texts.WALK_STOP)

    assert hinted == [texts.HINT_BUTTONS, texts.WALK_ENTRY]
    assert range_hint == [texts.HINT_COUNT_RANGE, texts.ASK_TRUE_COUNT]
    assert no_number == [texts.HINT_COUNT, texts.ASK_TRUE_COUNT]
    assert again == [texts.WALK_ENTRY]
    assert (staff.reads, staff.stack) == ([texts.WALK_STOPPED], [])


@pytest.mark.parametrize(
    ("words", "hint"), [("near the temple", texts.HINT_PLACE), ("https://maps.app.goo.gl/x1", texts.HINT_SHORT_LINK)]
)
def test_a_place_that_cannot_be_read_gets_a_hint(staff: Phone, words: str, hint: str) -> None:
    staff.says("/verify")
    staff.says(words)

    assert staff.reads == [hint, texts.ASK_STAND]


def test_every_look_and_every_verdict_is_written_down(chat: Chat, staff: Phone, tx: Session) -> None:
    near, far = chat.has_cameras(NEAR, FAR)
    walks_to(staff)
    staff.taps(texts.WALK_THERE, n=4)
    staff.taps(texts.WALK_GONE)

    looks, verdicts = audit.rows(tx, audit.Act.VISIT), audit.rows(tx, audit.Act.VERIFY)
    assert [audit.detail_of(tx, one)["number"] for one in looks] == [near, far]
    assert [audit.detail_of(tx, one)["seen"] for one in verdicts] == ["there", "gone"]
    assert {(one.person_id, one.station) for one in [*looks, *verdicts]} == {(staff.row, "Palasia")}


def test_the_list_cannot_be_read_off_at_a_desk(chat: Chat, staff: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "A_DAY", 3)
    chat.has_cameras(*[Point(NEAR.lat + n / 1000, NEAR.lon) for n in range(5)])

    read = [walks_to(staff) for _ in range(4)]
    chat.later(hours=24, seconds=1)

    assert [texts.WALK_ENOUGH in words for words in read] == [False, False, False, True]
    assert texts.WALK_ENTRY in walks_to(staff)


def test_a_verdict_on_an_entry_that_left_the_station_meanwhile_changes_nothing(
    staff: Phone, resident: Phone, tx: Session
) -> None:
    number = resident.registers(NEAR)
    walks_to(staff)
    resident.says("/mine")
    resident.taps(texts.MOVE)
    resident.pins(RAJWADA)
    resident.taps(texts.YES_HERE)
    resident.taps(texts.SAVE)

    staff.taps(texts.WALK_GONE)

    assert staff.reads == [texts.NOT_THERE_NOW_WALK, texts.WALK_DONE]
    assert row(tx, number).state == "active"


def test_staff_whose_role_ended_in_the_middle_learn_nothing_more(chat: Chat, staff: Phone) -> None:
    chat.has_cameras(NEAR, FAR)
    walks_to(staff)
    tap = staff.button(texts.WALK_THERE, n=4)
    chat.later(days=366)

    staff.taps_again(tap)

    assert staff.reads == [texts.NOT_FOR_YOU]


@pytest.mark.parametrize("command", ["/verify", "/stats", "/coverage"])
def test_without_an_outline_the_station_is_not_known(chat: Chat, command: str) -> None:
    staff = make_officer(chat, 3001, Role.STAFF)

    staff.says(command)

    assert staff.reads == [texts.STATION_UNKNOWN]


def test_what_was_seen_a_year_ago_is_stale_in_the_numbers(chat: Chat, staff: Phone) -> None:
    chat.has_cameras(NEAR, FAR)
    chat.has_cameras(RAJWADA)
    staff.says("/stats")
    fresh = staff.sees
    walks_to(staff)
    staff.taps(texts.WALK_THERE, n=4)
    staff.says("/stats")
    seen = staff.sees
    chat.later(days=364)
    chat.later(days=1)
    later = make_officer(chat, 3002, Role.STAFF)
    later.says("/stats")

    numbers = [
        [line[-1] for line in words.splitlines() if line and line[0] in "✅🕰🆕"] for words in (fresh, seen, later.sees)
    ]
    assert [[digit for digit in line if digit.isdigit()] for line in numbers] == [list("002"), list("101"), list("011")]
    assert "2 places" in fresh
    assert "8 cameras" in fresh
    assert "1 seen by staff" in seen


def test_the_numbers_come_with_a_chart_of_the_last_weeks(chat: Chat, staff: Phone) -> None:
    chat.has_cameras(NEAR)
    chat.later(days=10)
    chat.has_cameras(FAR, FAR)

    staff.says("/stats")

    [said] = staff.answers
    assert isinstance(said, Say)
    assert isinstance(said.picture, Bars)
    assert [bar.value for bar in said.picture.bars] == [0, 0, 0, 0, 0, 0, 1, 2]
    assert studio.make(said.picture, "hi").startswith(b"\x89PNG")


def test_a_station_without_entries_says_so(staff: Phone) -> None:
    staff.says("/stats")

    assert staff.reads == [texts.STATS_NONE]
