"""The studio: beside the event loop, and in memory that does not grow."""

import asyncio
from dataclasses import replace

import psutil
import pytest

from bot.core.casework.near import Circle
from bot.core.files import Document
from bot.core.messages import Name
from bot.core.picture import Bar, Bars, MapPicture, Mark
from handlers.pictures import studio
from tests.chat import RAJWADA

CROWDED = MapPicture("A map", Circle(RAJWADA, 500.0), tuple(Mark(n, RAJWADA) for n in range(1, 26)), Name("I", "इ"))


async def test_others_are_answered_while_pictures_are_drawn() -> None:
    heard, drawing = 0, True

    async def others() -> None:
        nonlocal heard
        while drawing:
            await asyncio.sleep(0.005)
            heard += 1

    listening = asyncio.create_task(others())
    await asyncio.gather(*(studio.made(replace(CROWDED, title=f"Map {n}"), "hi") for n in range(6)))
    drawing = False
    await listening

    assert heard >= 15  # in the event loop itself they would be heard six times at most: between two pictures


async def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio, "PATIENCE_S", 0.0)

    with pytest.raises(TimeoutError):
        await studio.made(CROWDED, "hi")


async def test_the_same_picture_comes_out_for_everyone_at_once() -> None:
    one, two, three = await asyncio.gather(*(studio.made(CROWDED, "hi") for _ in range(3)))

    assert one == two == three


def test_memory_does_not_grow_with_the_number_of_pictures() -> None:
    def draw(n: int) -> int:
        studio.make(Bars(f"Chart {n}", tuple(Bar(f"{n} {week}", week, week) for week in range(8))), "hi")
        return int(psutil.Process().memory_info().rss)

    before = max(draw(n) for n in range(20))
    after = max(draw(n) for n in range(20, 160))

    assert after - before < 30 * 2**20


def test_a_text_file_needs_no_drawing() -> None:
    assert studio.make(Document("a.txt", ()), "en") == b"\xef\xbb\xbf"
