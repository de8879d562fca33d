"""What the chat page does when the sandbox stops, comes back, and has become another one meanwhile."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from sandbox import page_files
from sandbox.server import create_app, serve
from sandbox.world import World
from tests.browser import PATIENCE_MS, chromium_path
from tests.ports import free_port
from tests.sandbox.page_desk import ASHA, Hand

NOTES = """alert => new MutationObserver(() => {
    if (!alert.hidden) sessionStorage.setItem("read", (sessionStorage.getItem("read") ?? "") + alert.textContent);
}).observe(alert, {childList: true, attributes: true})"""  # what is there for a moment before the page loads anew
TOUR = [{"person": ASHA, "do": {"en": "Say hello."}, "until": ["hello yourself"], "send": ""}]

chromium_path()  # without a Chromium all of this file is skipped in one line
pytestmark = pytest.mark.asyncio(loop_scope="module")  # so that one browser serves all of them


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser) -> AsyncIterator[Page]:
    one = await browser.new_page()
    one.set_default_timeout(PATIENCE_MS)
    yield one
    await one.close()


async def opened_once(world: World, page: Page) -> int:
    """Open the page in a sandbox that then stops; the port it had."""
    async with serve(create_app(world), free_port()) as first:
        await page.goto(first.url)
        await Hand(page, ASHA).phone.wait_for()
    await expect(page.get_by_role("alert")).to_contain_text("has stopped")
    return first.port


async def test_the_page_says_when_the_sandbox_stops_and_goes_on_when_it_is_back(page: Page) -> None:
    world = World()
    port = await opened_once(world, page)

    async with serve(create_app(world), port):
        await expect(page.get_by_role("alert")).to_be_hidden()
        world.says(ASHA, "I am back")
        await Hand(page, ASHA).reads("I am back")


async def test_a_sandbox_that_started_anew_shows_its_own_chats_and_the_tour_from_its_first_step(page: Page) -> None:
    old, new = World(), World()
    old.tour = new.tour = TOUR
    old.says(ASHA, "from yesterday")
    port = await opened_once(old, page)

    async with serve(create_app(new), port):
        new.says(ASHA, "from today")
        await Hand(page, ASHA).reads("from today")
        await expect(page.get_by_role("alert")).to_be_hidden()

        assert await Hand(page, ASHA).log.get_by_text("from yesterday").count() == 0
        await expect(page.get_by_role("region", name="Guided tour")).to_contain_text("Say hello.")


async def test_a_page_that_changed_meanwhile_loads_anew_by_itself(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    port = await opened_once(world, page)
    renewed = shutil.copytree(page_files.PAGE, tmp_path / "page")
    words = renewed / "words.js"
    words.write_text(words.read_text("utf-8").replace("I was given a link", "Somebody gave me a link"), "utf-8")
    monkeypatch.setattr(page_files, "PAGE", renewed)

    await page.get_by_role("alert").evaluate(NOTES)

    async with serve(create_app(world), port):
        await expect(Hand(page, ASHA).phone.get_by_role("button", name="Somebody gave me a link")).to_be_visible()
        assert "newer" in await page.evaluate("sessionStorage.getItem('read')")
        await expect(page.get_by_role("alert")).to_be_hidden()


async def test_an_answer_that_cannot_be_read_is_asked_for_again(page: Page) -> None:
    world = World()
    port = await opened_once(world, page)
    await page.route("**/desk/state", lambda route: route.fulfill(status=500, body="broken"), times=2)

    async with serve(create_app(world), port):
        await expect(page.get_by_role("alert")).to_be_hidden()
        world.says(ASHA, "I am back")
        await Hand(page, ASHA).reads("I am back")
