"""Stations in the register: each entry belongs to the one whose outline holds it, and moves when that changes."""

import pytest
import shapely
from sqlmodel import Session

from bot import texts
from bot.core.geo import Point
from bot.core.station.outlines import Outline
from storage import registrations
from storage.station import rehoming, stations
from storage.station.stations import Changes
from tests.chat import PALASIA, RAJWADA, Chat, Phone

BORDER = 75.87  # between Rajwada in the west and Palasia in the east


def halves(border: float = BORDER) -> list[Outline]:
    west, east = shapely.box(75.8, 22.6, border, 22.8), shapely.box(border, 22.6, 75.95, 22.8)
    return [Outline("Sarafa", west, "0731 1"), Outline("Palasia", east)]


def draws(chat: Chat, outlines: list[Outline], *, remove_others: bool = False) -> tuple[Changes, int]:
    def put(tx: Session) -> tuple[Changes, int]:
        changes = stations.put(tx, outlines, chat.now, remove_others=remove_others)
        return changes, rehoming.rehome(tx, lambda _: None)

    return chat.store.run(put)


def station_of(tx: Session, number: str) -> str:
    row = registrations.find(tx, number)
    assert row
    station = stations.get(tx, row.station_id)
    return station.name if station else ""


def test_without_outlines_an_entry_belongs_to_no_station(chat: Chat, tx: Session) -> None:
    [number] = chat.has_cameras(RAJWADA)

    assert station_of(tx, number) == ""
    assert stations.of_point(tx, RAJWADA) is None
    assert stations.outline(tx, "Palasia") is None


def test_a_new_entry_belongs_to_the_station_whose_outline_holds_it(chat: Chat, tx: Session) -> None:
    draws(chat, halves())

    numbers = chat.has_cameras(RAJWADA, PALASIA, Point(22.7, BORDER), Point(22.9, 75.9))

    assert [station_of(tx, number) for number in numbers] == ["Sarafa", "Palasia", "Palasia", "Palasia"]


def test_entries_from_before_the_outlines_get_their_station_and_change_it_with_them(chat: Chat, tx: Session) -> None:
    numbers = chat.has_cameras(RAJWADA, PALASIA)

    _, first = draws(chat, halves())
    before = [station_of(tx, number) for number in numbers]
    _, again = draws(chat, halves())
    _, moved = draws(chat, halves(border=75.86))
    _, back = draws(chat, halves(border=75.84))

    assert (first, again, moved, back) == (2, 0, 0, 1)
    assert before == ["Sarafa", "Palasia"]
    assert [station_of(tx, number) for number in numbers] == ["Palasia", "Palasia"]


def test_an_entry_that_its_owner_moves_changes_its_station(chat: Chat, resident: Phone, tx: Session) -> None:
    draws(chat, halves())
    number = resident.registers(RAJWADA)

    resident.says("/mine")
    resident.taps(texts.MOVE)
    resident.pins(PALASIA)
    resident.taps(texts.YES_HERE)
    resident.taps(texts.SAVE)

    assert station_of(tx, number) == "Palasia"


def test_more_entries_than_one_batch_all_move(chat: Chat, monkeypatch: pytest.MonkeyPatch, tx: Session) -> None:
    monkeypatch.setattr(rehoming, "BATCH", 2)
    numbers = chat.has_cameras(*[PALASIA] * 5)

    _, moved = draws(chat, halves())

    assert moved == 5
    assert {station_of(tx, number) for number in numbers} == {"Palasia"}


def test_a_second_import_says_what_is_new_changed_and_as_before(chat: Chat) -> None:
    first, _ = draws(chat, halves())
    second, _ = draws(chat, [halves()[0], Outline("PALASIA", shapely.box(75.87, 22.6, 76.0, 22.8)), *lonely()])
    third, _ = draws(chat, halves(), remove_others=True)

    assert (first.added, first.same) == (["Sarafa", "Palasia"], [])
    assert (second.same, second.changed, second.added) == (["Sarafa"], ["Palasia"], ["Rau"])
    assert (third.changed, third.removed, third.others) == (["Palasia"], ["Rau"], [])


def lonely() -> list[Outline]:
    return [Outline("Rau", shapely.box(75.7, 22.6, 75.8, 22.65))]


def test_a_station_that_is_removed_leaves_its_entries_to_the_nearest(chat: Chat, tx: Session) -> None:
    draws(chat, [*halves(), *lonely()])
    [number] = chat.has_cameras(Point(22.62, 75.75))
    before = station_of(tx, number)

    draws(chat, halves(), remove_others=True)

    assert (before, station_of(tx, number)) == ("Rau", "Sarafa")


def test_roles_find_their_station_by_its_name_however_it_is_spelled(chat: Chat, tx: Session) -> None:
    draws(chat, halves())

    found = stations.find(tx, "  PALASIA ")

    assert found
    assert found.name == "Palasia"
    assert shapely.from_wkb(found.outline).equals(stations.outline(tx, "palasia"))
    assert stations.find(tx, "Palasi") is None
