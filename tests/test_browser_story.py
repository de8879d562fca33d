"""The whole story in a real browser, with the command that newcomers run. It also makes the README's picture."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page

from bot import texts
from bot.core.messages import Phrase, phrase
from bot.words import words
from tests.browser import chromium, window
from tests.sandbox.page_desk import ASHA, OFFICER, Hand

PICTURE = Path(__file__).parent.parent / "docs" / "sandbox.png"
RAJWADA = "/near 22.7185 75.8550 10"


@pytest_asyncio.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """`citizen-eye sandbox` as a process of its own, in an empty folder."""
    command = [sys.executable, "-m", "bot", "sandbox", "--no-open", "--port", "0"]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=tmp_path, stdout=asyncio.subprocess.PIPE, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            while not (found := re.search(r"http://127\.0\.0\.1:\d+", (await process.stdout.readline()).decode())):
                assert process.returncode is None
        yield found.group()
    finally:
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 10) == 0


@pytest_asyncio.fixture
async def page(address: str) -> AsyncIterator[Page]:
    async with chromium() as browser, window(browser, address, width=1440, height=960) as opened:
        opened.page.set_default_timeout(15_000)
        yield opened.page
        assert opened.errors == []
        assert opened.strangers == set()


def hindi(text: str, **values: str | int | Phrase) -> str:
    return words(phrase(text, **values), "hi")


async def test_a_camera_is_registered_found_removed_and_found_no_more(page: Page) -> None:
    asha, officer = Hand(page, ASHA), Hand(page, OFFICER)

    number = await registers(asha)
    await officer.presses("START")
    await officer.says(RAJWADA)
    await officer.presses(words(phrase(texts.TRAINING_INCIDENT), "en"))
    await officer.presses(words(phrase(texts.LAST_HOUR), "en"))
    await officer.reads(number)
    await officer.presses(words(phrase(texts.PIN_BUTTON, n=1), "en"))
    await officer.reads(f"{number} · 4 cameras")
    await take_picture(page)

    await asha.says("/mine")
    await asha.presses(hindi(texts.REMOVE))
    await asha.presses(hindi(texts.YES_REMOVE))
    await asha.reads(hindi(texts.REMOVED, number=number))
    await officer.says(RAJWADA)

    await officer.reads(words(phrase(texts.NOTHING_FOUND), "en").strip())
    assert number not in await officer.log.get_by_role("article").last.inner_text()


async def registers(asha: Hand) -> str:
    """In Hindi, by tapping alone."""
    await asha.presses("START")
    await asha.presses(hindi(texts.AGREE))
    await asha.presses(hindi(texts.SHARE_NUMBER_KEY))
    await asha.presses(hindi(texts.SEND_PLACE_KEY))
    await asha.page.get_by_role("radio", name="Rajwada").check()
    await asha.page.get_by_role("button", name="Send this place").click()
    await asha.presses(hindi(texts.YES_HERE))
    await asha.presses("4")
    await asha.presses(hindi(texts.SAVE))
    saved = asha.message(hindi(texts.SAVED, number="").split("\n")[0])
    await saved.wait_for()
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", await saved.inner_text())
    assert found is not None
    return found.group()


async def take_picture(page: Page) -> None:
    """For the README, when asked: `PICTURE=1 make test ARGS=tests/test_browser_story.py`."""
    if os.environ.get("PICTURE"):
        await page.get_by_role("button", name="Three things to try").click()
        await page.wait_for_timeout(600)
        await page.screenshot(path=PICTURE)
