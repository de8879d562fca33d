"""Stations, old registers, slips and look-alikes on PostgreSQL: the same as on SQLite."""

import pytest
import shapely
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.registration import Draft, Site
from bot.core.station.old_register import Old
from bot.core.station.outlines import Outline
from storage.keeping import ring
from storage.station import numbers, old_entries, rehoming, stations
from storage.tables.register import Registration
from tests.chat import PALASIA, RAJWADA, Chat
from tests.conftest import make_officer
from tests.handlers.test_assist import enters, signs

pytestmark = pytest.mark.xdist_group("move")


@pytest.fixture
def town(on_postgres: Chat) -> Chat:
    assert ring.take_up(on_postgres.store)
    return on_postgres


def draw(tx: Session, chat: Chat) -> int:
    west, east = shapely.box(75.8, 22.6, 75.87, 22.8), shapely.box(75.87, 22.6, 75.95, 22.8)
    stations.put(tx, [Outline("Sarafa", west), Outline("Palasia", east)], chat.now)
    return rehoming.rehome(tx, lambda _: None)


def test_a_station_s_day(town: Chat) -> None:
    town.has_cameras(PALASIA, PALASIA, RAJWADA)
    assert town.store.run(lambda tx: draw(tx, town)) == 3
    staff = make_officer(town, 3001, Role.STAFF)

    staff.says("/verify")
    staff.pins(PALASIA)
    staff.taps(texts.WALK_THERE, n=4)
    staff.taps(texts.WALK_STOP)
    staff.says("/duplicates")
    staff.taps(texts.KEEP_FIRST)
    merged = staff.reads
    slip = enters(staff, RAJWADA)
    signs(staff, slip)
    staff.says("/stats")
    stats = staff.reads
    staff.says("/coverage")

    assert merged == [texts.MERGED, texts.NO_DUPLICATES]
    assert stats[0] == texts.STATS
    assert texts.COVERAGE in staff.reads
    palasia = town.store.run(lambda tx: stations.find(tx, "Palasia"))
    assert palasia
    assert town.store.run(lambda tx: numbers.totals(tx, palasia.id, town.now)).places == 1


def test_an_old_register_is_taken_over_offered_and_kept(town: Chat) -> None:
    rows = [Old(Draft(f"+91987654321{n}", Site(PALASIA), 3), "shop") for n in range(3)]
    take = town.store.run(lambda tx: old_entries.take(tx, rows, "Palasia", town.now, lambda _: None))
    again = town.store.run(lambda tx: old_entries.news(tx, rows, lambda _: None))
    owner = town.phone(1001, number="+919876543210")
    owner.says("/start")
    owner.taps(texts.AGREE)
    owner.shares_number()
    owner.taps(texts.OFFER_KEEP)
    other = town.phone(1002, number="+919811111111")
    other.says(f"/claim {take[1].code}")
    other.taps(texts.REMOVE)
    town.later(days=200)
    town.ticks()

    kept = town.store.run(lambda tx: [row.source for row in tx.exec(select(Registration))])
    assert again == [False, False, False]
    assert texts.OFFER_TAKEN in owner.reads or kept == ["register"]
    assert kept == ["register"]
    assert other.reads == [texts.OFFER_REMOVED]
