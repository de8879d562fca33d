"""Entries that may be the same cameras: offered to the station's staff, and never merged by themselves."""

import pytest
import shapely
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.casework.near import Circle
from bot.core.geo import WGS84, Point
from bot.core.station.outlines import Outline
from bot.core.station.pairs import AtPair
from storage import audit, spots
from storage.station import rehoming, stations
from storage.tables.stations import JudgedPair
from tests.chat import PALASIA, Chat, Phone
from tests.conftest import make_officer
from tests.handlers.test_assist import enters, signs

BORDER = 75.87


@pytest.fixture
def staff(chat: Chat) -> Phone:
    west, east = shapely.box(75.8, 22.6, BORDER, 22.8), shapely.box(BORDER, 22.6, 75.95, 22.8)
    outlines = [Outline("Sarafa", west), Outline("Palasia", east)]
    chat.store.run(lambda tx: (stations.put(tx, outlines, chat.now), rehoming.rehome(tx, lambda _: None)))
    return make_officer(chat, 3001, Role.STAFF)


def away(metres: float, point: Point = PALASIA, bearing: float = 90) -> Point:
    lon, lat, _ = WGS84.fwd(point.lon, point.lat, bearing, metres)
    return Point(lat, lon)


def found(tx: Session, place: Point = PALASIA, radius: float = 30) -> int:
    return spots.page(tx, Circle(place, radius), 0, 10).places


def pair(staff: Phone) -> set[str]:
    staff.says("/duplicates")
    stage = staff.stack[-1] if staff.stack else None
    return {stage.first.number, stage.second.number} if isinstance(stage, AtPair) else set()


@pytest.mark.parametrize(("apart", "offered"), [(19.9, True), (20.1, False)])
def test_one_number_within_20_metres_is_offered(chat: Chat, staff: Phone, apart: float, offered: bool) -> None:
    numbers = chat.has_cameras(PALASIA, away(apart))

    assert pair(staff) == (set(numbers) if offered else set())


@pytest.mark.parametrize(("apart", "offered"), [(4.9, True), (5.1, False)])
def test_one_place_from_two_people_is_offered(chat: Chat, staff: Phone, apart: float, offered: bool) -> None:
    numbers = chat.has_cameras(PALASIA) + chat.has_cameras(away(apart), owner=5001)

    assert pair(staff) == (set(numbers) if offered else set())
    assert (texts.NO_DUPLICATES in staff.reads) is not offered


def test_nothing_is_merged_by_itself(chat: Chat, staff: Phone, tx: Session) -> None:
    chat.has_cameras(PALASIA, PALASIA)
    pair(staff)
    staff.taps(texts.WALK_STOP)
    chat.later(days=30)
    chat.ticks()

    assert found(tx) == 2


def test_merged_one_is_hidden_and_its_owner_brings_it_back_for_good(
    chat: Chat, staff: Phone, resident: Phone, tx: Session
) -> None:
    [kept] = chat.has_cameras(PALASIA)
    hidden = resident.registers(PALASIA)
    offered = pair(staff)
    staff.taps(texts.KEEP_FIRST)
    answered = staff.reads
    between = found(tx)
    resident.looks()
    told, said = resident.reads, resident.sees
    resident.taps(texts.BRING_BACK_OTHER)

    assert offered == {kept, hidden}
    assert answered == [texts.MERGED, texts.NO_DUPLICATES]
    assert (between, found(tx)) == (1, 2)
    assert told == [texts.TOLD_MERGED]
    assert hidden in said
    assert kept not in said  # another's number is nobody's business
    assert pair(staff) == set()


def test_both_kept_they_are_not_asked_about_again(chat: Chat, staff: Phone, tx: Session) -> None:
    chat.has_cameras(PALASIA, PALASIA)
    pair(staff)
    staff.taps(texts.KEEP_BOTH)

    assert staff.reads == [texts.BOTH_KEPT, texts.NO_DUPLICATES]
    assert found(tx) == 2
    assert pair(staff) == set()


def test_what_staff_said_of_a_pair_is_forgotten_once_one_of_them_is_destroyed(
    chat: Chat, staff: Phone, resident: Phone
) -> None:
    chat.has_cameras(PALASIA)
    resident.registers(PALASIA)
    chat.has_cameras(away(500), away(500))
    for _ in range(2):
        pair(staff)
        staff.taps(texts.KEEP_BOTH)
    resident.says("/forget")
    resident.taps(texts.YES_FORGET)

    kept = []
    for days in (1, 365):
        chat.later(days=days)
        chat.ticks()
        kept.append(len(chat.store.run(lambda tx: tx.exec(select(JudgedPair)).all())))

    assert kept == [2, 1]  # withdrawn it could come back; destroyed it cannot


def test_the_nearest_pair_comes_first(chat: Chat, staff: Phone) -> None:
    far = chat.has_cameras(away(500), away(515))
    near = chat.has_cameras(away(1000), away(1003))

    first = pair(staff)
    staff.taps(texts.KEEP_BOTH)
    stage = staff.stack[-1]

    assert isinstance(stage, AtPair)
    assert (first, {stage.first.number, stage.second.number}) == (set(near), set(far))


def test_a_pair_across_the_border_is_offered_to_both_stations_and_one_elsewhere_to_neither(
    chat: Chat, staff: Phone
) -> None:
    on_border = Point(22.7, BORDER)
    numbers = chat.has_cameras(away(2, on_border, 90), away(2, on_border, 270))
    chat.has_cameras(Point(22.7, 75.82), Point(22.7, 75.82))

    assert pair(staff) == set(numbers)
    staff.taps(texts.KEEP_BOTH)
    assert staff.reads == [texts.BOTH_KEPT, texts.NO_DUPLICATES]


def test_one_that_was_removed_meanwhile_ends_the_question(
    chat: Chat, staff: Phone, resident: Phone, tx: Session
) -> None:
    chat.has_cameras(PALASIA)
    resident.registers(PALASIA)
    pair(staff)
    resident.says("/forget")
    resident.taps(texts.YES_FORGET)

    staff.taps(texts.KEEP_SECOND)

    assert staff.reads == [texts.KEPT_AS_IT_WAS, texts.NO_DUPLICATES]
    assert found(tx) == 1


def test_looks_and_decisions_are_written_down_and_no_number_is_shown(chat: Chat, staff: Phone, tx: Session) -> None:
    numbers = chat.has_cameras(PALASIA, PALASIA)
    pair(staff)
    shown = staff.sees
    staff.taps(texts.KEEP_SECOND)

    [row] = audit.rows(tx, audit.Act.MERGE)
    assert audit.detail_of(tx, row) == {"numbers": numbers, "keep": "second"}
    assert len(audit.rows(tx, audit.Act.VISIT)) == 2
    assert "+91" not in shown


def test_both_owners_read_that_staff_looked(chat: Chat, staff: Phone, resident: Phone) -> None:
    resident.registers(PALASIA)
    chat.has_cameras(PALASIA)
    pair(staff)

    resident.says("/seen")

    assert "Palasia" in resident.sees


def test_one_number_on_paper_and_in_the_chat_is_offered(staff: Phone, resident: Phone, tx: Session) -> None:
    slip = enters(staff, away(15))
    signs(staff, slip)
    resident.says("/start")
    resident.taps(texts.AGREE)
    resident.shares_number()
    resident.taps(texts.OFFER_LATER)
    resident.pins(PALASIA)
    resident.taps(texts.YES_HERE)
    resident.says("2")
    resident.taps(texts.SAVE)

    assert found(tx) == 2
    assert slip.number in pair(staff)
    assert texts.DUPLICATE in staff.reads
