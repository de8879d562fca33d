"""A whole case in a real browser, led by the guided tour: two owners, one of them in Hindi, and the officer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot import texts
from bot.core.messages import counted, phrase
from bot.words import label, words
from tests.browser import whole_sandbox
from tests.sandbox.page_desk import ASHA, IMRAN, OFFICER, Hand
from tests.test_browser_story import hindi, registers

pytestmark = pytest.mark.timeout(300)  # two sign-ups, a search, answers and a file, tap by tap


@pytest_asyncio.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    async with whole_sandbox(tmp_path) as page:
        yield page


def english(text: str, **values: str | int) -> str:
    return words(phrase(text, **values), "en")


def tour(page: Page) -> Locator:
    """The tour, which is open from the beginning."""
    return page.get_by_role("region", name="Guided tour")


def ticked(page: Page) -> Locator:
    return tour(page).get_by_role("button", name="done")


async def asks_both(officer: Hand) -> None:
    await officer.presses(english(texts.TRAINING_INCIDENT))
    await officer.presses(english(texts.LAST_HOUR))
    await officer.presses(english(texts.ASK_OWNERS))
    await officer.presses(english(texts.ASK_ALL, n=2))
    await officer.presses(english(texts.SAME_TIME))
    await officer.presses(label(counted(texts.IN_HOURS, 24), "en"))
    await officer.presses(english(texts.SEND_REQUEST))


async def takes_the_file_with_numbers(officer: Hand) -> None:
    await officer.presses(english(texts.EXPORT_WITH))
    await officer.phone.get_by_role("button", name=english(texts.EXPORT_WITHOUT)).wait_for()
    await officer.presses(english(texts.FORM_PDF))
    await officer.presses(english(texts.REASON_RECORDING))
    await officer.reads(english(texts.ASK_SIX_DIGITS))
    await officer.attaches("Six digits from the code generator")
    await officer.phone.get_by_role("link", name="View").last.wait_for()


async def test_a_case_from_the_search_to_what_the_owner_may_know(page: Page) -> None:
    asha, imran, officer = (Hand(page, person) for person in (ASHA, IMRAN, OFFICER))
    hers, his = await registers(asha), await registers(imran, "en")

    await tour(page).get_by_role("button", name="/near").click()
    await asks_both(officer)
    await asha.presses(hindi(texts.I_HAVE_IT))
    await asha.presses(hindi(texts.SHARE_YES))
    await imran.presses(english(texts.CALL_ME))
    await imran.presses(english(texts.SHARE_NO))
    await officer.reads("01001")
    await tour(page).get_by_role("button", name="/export").click()
    await takes_the_file_with_numbers(officer)
    await tour(page).get_by_role("button", name="/seen").click()
    await asha.reads(hindi(texts.SEEN_NUMBER))

    seen = await asha.message(hindi(texts.SEEN_TITLE).strip()).inner_text()
    assert hers in seen
    assert "Palasia" in seen
    assert his not in seen
    assert "Rao" not in seen
    assert "01002" not in await officer.log.inner_text()
    await expect(ticked(page)).to_have_count(6)
    assert await officer.phone.locator(".screen").evaluate("screen => screen.scrollHeight - screen.clientHeight") == 0


async def test_the_tour_speaks_hindi_and_starts_over_with_the_sandbox(page: Page) -> None:
    await registers(Hand(page, ASHA))
    await expect(ticked(page)).to_have_count(1)

    await tour(page).get_by_role("button", name="Step 6 of 9").click()
    await expect(tour(page)).to_contain_text(texts.TOUR_SEEN)
    await page.get_by_role("button", name="Reset").click()
    await page.get_by_role("dialog").get_by_role("button", name="Reset").click()

    await expect(tour(page)).to_contain_text("START", timeout=20_000)  # the demo city is made again
    await expect(ticked(page)).to_have_count(0)
    await page.get_by_role("button", name="हिन्दी", exact=True).click()
    await page.locator("#tour").get_by_role("button").nth(5).click()
    await expect(page.locator("#tour")).to_contain_text(hindi(texts.TOUR_SEEN))
