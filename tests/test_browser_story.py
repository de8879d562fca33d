"""The whole story in a real browser, with the command that newcomers run. It also makes the README's picture."""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page

from bot import texts
from bot.core.messages import Phrase, phrase
from bot.words import words
from tests.browser import whole_sandbox
from tests.sandbox.page_desk import ASHA, OFFICER, Hand

PICTURE = Path(__file__).parent.parent / "docs" / "sandbox.png"
RAJWADA = "/near 22.7185 75.8550 10"


@pytest_asyncio.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    async with whole_sandbox(tmp_path) as page:
        yield page


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


async def registers(who: Hand, language: str = "hi") -> str:
    """By tapping alone."""

    def said(text: str, **values: str) -> str:
        return words(phrase(text, **values), language)

    await who.presses("START")
    await who.presses(said(texts.AGREE))
    await who.presses(said(texts.SHARE_NUMBER_KEY))
    await who.presses(said(texts.SEND_PLACE_KEY))
    await who.page.get_by_role("radio", name="Rajwada").check()
    await who.page.get_by_role("button", name="Send this place").click()
    await who.presses(said(texts.YES_HERE))
    await who.presses("4")
    await who.presses(said(texts.SAVE))
    saved = who.message(said(texts.SAVED, number="").split("\n")[0])
    await saved.wait_for()
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", await saved.inner_text())
    assert found is not None
    return found.group()


async def take_picture(page: Page) -> None:
    """For the README, when asked: `PICTURE=1 make test ARGS=tests/test_browser_story.py`."""
    if os.environ.get("PICTURE"):
        await page.wait_for_timeout(1800)  # until nothing moves any more
        await page.screenshot(path=PICTURE)
