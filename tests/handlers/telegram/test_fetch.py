"""Documents: fetched for the one question that a file may answer, by whom it was asked, and small ones only."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import texts
from bot.commands import keeper
from bot.core.access import Role
from bot.core.casework.areas import LARGEST_BYTES
from sandbox.world import World
from storage.engine import Store
from tests.live import Hands, Live, alive, opens_an_incident, words_of

OFFICER, IMRAN = 2001, 1002
SQUARE = [[75.85, 22.71], [75.86, 22.71], [75.86, 22.72], [75.85, 22.72], [75.85, 22.71]]
FILE = json.dumps({"type": "Polygon", "coordinates": [SQUARE]}).encode()


@pytest.fixture
async def live(store: Store, tmp_path: Path) -> AsyncIterator[Live]:
    async with alive(World(), store, tmp_path / "register.db") as live:
        yield live


@pytest.fixture
async def officer(live: Live) -> Hands:
    payload = keeper.invite(live.store, Role.OFFICER, "Palasia", "SI, Palasia 1", timedelta(days=365)).payload
    officer = live.hands(OFFICER)
    live.world.starts(OFFICER, payload)
    await officer.takes_up(Role.OFFICER, "Palasia")
    await opens_an_incident(officer)
    return officer


async def asks_for_a_file(live: Live, officer: Hands) -> None:
    live.world.says(OFFICER, "/area")
    await officer.sees(lambda said: officer.in_words(texts.ASK_AREA) == said.get("text"))


async def test_a_polygon_file_is_fetched_and_searched(live: Live, officer: Hands) -> None:
    await asks_for_a_file(live, officer)

    live.world.sends_file(OFFICER, "beat.geojson", FILE)
    await officer.sees(lambda said: officer.in_words(texts.SEARCHED_AREA, km2="1.1") in words_of(said))

    assert len(live.calls("getFile")) == 1


async def test_a_large_file_is_not_even_fetched(live: Live, officer: Hands) -> None:
    await asks_for_a_file(live, officer)

    live.world.sends_file(OFFICER, "beat.geojson", b" " * (LARGEST_BYTES + 1))
    await officer.sees(lambda said: officer.in_words(texts.HINT_FILE_LARGE) in said.get("text", ""))

    assert live.calls("getFile") == []


async def test_a_file_that_does_not_come_is_asked_for_again(live: Live, officer: Hands) -> None:
    await asks_for_a_file(live, officer)
    live.world.faults.add("getFile", status=400)

    live.world.sends_file(OFFICER, "beat.geojson", FILE)

    await officer.sees(lambda said: officer.in_words(texts.HINT_FILE) in said.get("text", ""))


async def test_a_file_that_nobody_asked_for_is_not_fetched(live: Live, officer: Hands) -> None:
    imran = live.hands(IMRAN)
    live.world.starts(IMRAN)

    live.world.sends_file(OFFICER, "beat.geojson", FILE)
    live.world.sends_file(IMRAN, "beat.geojson", FILE)
    await officer.sees(lambda said: officer.in_words(texts.NO_PICTURES) in said.get("text", ""))
    await imran.sees(lambda said: imran.in_words(texts.NO_PICTURES) in said.get("text", ""))

    assert live.calls("getFile") == []
