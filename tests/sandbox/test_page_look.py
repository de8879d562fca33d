"""How the chat page fits screens, eyes and hands, and what it does without its server."""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.people import CAST
from tests.browser import chromium_path, window
from tests.sandbox.page_desk import ASHA, IMRAN, OFFICER, SPILLS, Desk, Hand, a_desk

CONTRAST = (Path(__file__).parent / "contrast.js").read_text()


chromium_path()  # without a Chromium all of this file is skipped in one line
pytestmark = pytest.mark.asyncio(loop_scope="module")  # so that one browser serves all of them


async def tab_to(page: Page, name: str, role: str = "button") -> None:
    """Press Tab until the focus is on what has this name; give up after a hundred."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]  # a role by its name
    await wanted.wait_for()
    for _ in range(100):
        await page.keyboard.press("Tab")
        if await wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab never reaches {name}")


async def test_a_wide_screen_shows_all_phones_side_by_side(desk: Desk) -> None:
    async with window(desk.browser, desk.url, width=1600) as opened:
        for person in (ASHA, IMRAN, OFFICER):
            await expect(Hand(opened.page, person).phone).to_be_visible()

        assert not await opened.page.get_by_role("navigation").is_visible()
        assert not await opened.page.evaluate(SPILLS)


@pytest.mark.parametrize("width", [390, 1400])
async def test_a_whole_city_of_phones_stays_within_reach(browser: Browser, width: int) -> None:
    async with a_desk(browser, CAST) as desk, window(browser, desk.url, width=width) as opened:
        tabs = opened.page.get_by_role("navigation")
        last = Hand(opened.page, CAST[-1].id)
        await expect(last.phone).to_be_hidden()
        if width == 390:
            await opened.page.get_by_role("button", name="Whose phone: Asha Verma, resident").click()
        await expect(tabs.get_by_role("button")).to_have_count(len(CAST))

        await tabs.get_by_role("group", name="administrator").get_by_role("button", name=CAST[-1].name).click()
        await last.starts()

        assert not await opened.page.evaluate(SPILLS)
        await expect(last.message("कैमरा")).to_be_in_viewport()


async def test_a_menu_fits_the_phone_when_the_tour_takes_its_room(browser: Browser) -> None:
    async with a_desk(browser) as desk:
        desk.world.tour = [{"person": ASHA, "do": {"en": "Press START. " * 40}, "until": ["कैमरा"], "send": ""}]
        async with window(browser, desk.url, width=1400, height=600) as opened:
            imran = Hand(opened.page, IMRAN)
            await imran.starts()
            await opened.page.get_by_role("region", name="Guided tour").wait_for()

            await imran.presses("Attach")

            menu = await imran.phone.get_by_role("group", name="Attach").bounding_box()
            screen = await imran.phone.locator(".screen").bounding_box()
            assert menu is not None
            assert screen is not None
            assert menu["y"] >= screen["y"]


@pytest.mark.parametrize(("width", "height"), [(360, 640), (844, 390)])
async def test_on_a_small_phone_menus_and_keys_leave_each_other_room(desk: Desk, width: int, height: int) -> None:
    desk.world.tour = [{"person": ASHA, "do": {"en": "Press START. " * 8}, "until": ["?"], "send": ""}]
    async with window(desk.browser, desk.url, width=width, height=height) as opened:
        asha = Hand(opened.page, ASHA)
        await asha.starts()
        await asha.says("keys")
        await asha.reads("Which?")

        await asha.presses("Attach")

        await expect(asha.phone.get_by_role("button", name="My contact")).to_be_in_viewport(ratio=1)
        await opened.page.keyboard.press("Escape")
        await expect(asha.message("Which?")).to_be_in_viewport()
        assert not await opened.page.evaluate(SPILLS)


async def test_a_code_generator_on_the_phone_is_under_its_paper_clip(browser: Browser) -> None:
    async with a_desk(browser) as desk:
        desk.world.generators[OFFICER] = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        async with window(browser, desk.url) as opened:
            officer, imran = Hand(opened.page, OFFICER), Hand(opened.page, IMRAN)
            await officer.starts()
            await imran.starts()

            await officer.attaches("Six digits from the code generator")

            await officer.log.get_by_text(re.compile(r"^You said: \d{6}$")).wait_for()
            await imran.presses("Attach")
            await expect(imran.phone.get_by_role("button", name="Six digits from the code generator")).to_have_count(0)


async def test_a_narrow_screen_shows_one_phone_and_a_tab_brings_another_with_its_news(desk: Desk) -> None:
    async with window(desk.browser, desk.url, width=360, height=640) as opened:
        asha, imran = Hand(opened.page, ASHA), Hand(opened.page, IMRAN)
        await asha.starts()
        await expect(imran.phone).to_be_hidden()
        assert not await opened.page.evaluate(SPILLS)
        desk.world.says(IMRAN, "hello")
        opener = opened.page.get_by_role("button", name="Whose phone: Asha Verma, resident")
        await expect(opener).to_contain_text("1")

        await opener.click()
        tab = opened.page.get_by_role("navigation").get_by_role("button", name="Imran Shaikh")
        await expect(tab).to_contain_text("1")
        await tab.click()

        await imran.reads("You said: hello")
        await expect(asha.phone).to_be_hidden()
        await expect(tab).to_be_hidden()
        await expect(opened.page.get_by_role("button", name="Whose phone: Imran Shaikh")).not_to_contain_text("1")


async def test_the_keyboard_alone_is_enough(desk: Desk) -> None:
    async with window(desk.browser, desk.url) as opened:
        page, asha = opened.page, Hand(opened.page, ASHA)

        await tab_to(page, "START")
        await page.keyboard.press("Enter")
        await asha.reads("कैमरा")
        await tab_to(page, "Attach")
        await page.keyboard.press("Enter")
        await tab_to(page, "A place")
        await page.keyboard.press("Enter")
        await page.get_by_role("dialog").wait_for()
        await tab_to(page, "Coordinates", "textbox")
        await page.keyboard.type("22.7185, 75.8550")
        await page.keyboard.press("Enter")

        await asha.reads("A still place: 22.7185 75.8550")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_word_stands_out_from_its_ground(desk: Desk, scheme: Literal["light", "dark"]) -> None:
    steps = [(ASHA, "कैमरा"), (CAST[-1].id, "?"), (IMRAN, "?")]
    desk.world.tour = [{"person": who, "do": {"en": "Press."}, "until": [mark], "send": "/x"} for who, mark in steps]
    async with window(desk.browser, desk.url, scheme=scheme) as opened:
        asha = Hand(opened.page, ASHA)
        await asha.starts()
        for words in ("paper", "secret", "keys", "pin"):
            await asha.says(words)
        await asha.reads("Blue gate")
        await opened.page.wait_for_timeout(400)

        found = await opened.page.evaluate(CONTRAST)

        assert found["poor"] == []
        assert found["looked"] > 30


async def test_hindi_is_set_in_the_font_the_page_serves(desk: Desk) -> None:
    async with window(desk.browser, desk.url) as opened:
        await Hand(opened.page, ASHA).starts()

        loaded = await opened.page.evaluate(
            "document.fonts.ready.then(faces => [...faces].map(face => `${face.family} ${face.status}`))"
        )

        assert loaded == ["Desk loaded"]
