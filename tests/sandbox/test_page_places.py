"""The chat page's place picker in a real browser: by mouse, by keyboard, by typing, on a small phone."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser import Window, chromium_path, window
from tests.sandbox.page_desk import ASHA, IMRAN, SPILLS, Desk, Hand

chromium_path()  # without a Chromium all of this file is skipped in one line
pytestmark = pytest.mark.asyncio(loop_scope="module")  # so that one browser serves all of them


@pytest_asyncio.fixture(loop_scope="module")
async def seen(desk: Desk) -> AsyncIterator[Window]:
    async with window(desk.browser, desk.url) as opened:
        yield opened
        assert opened.errors == []
        assert opened.strangers == set()


@pytest_asyncio.fixture(loop_scope="module")
async def imran(seen: Window) -> Hand:
    hand = Hand(seen.page, IMRAN)
    await hand.starts()
    return hand


async def test_the_key_for_a_place_opens_the_picker_and_a_landmark_is_sent(imran: Hand) -> None:
    await imran.says("keys")
    await imran.presses("Send the place")

    await imran.page.get_by_role("radio", name="Palasia Square").check()
    await imran.page.get_by_role("button", name="Send this place").click()

    await imran.reads("A still place: 22.7236 75.8850")
    assert await imran.log.get_by_role("img", name="Palasia Square").is_visible()


async def test_a_click_on_the_map_drops_the_pin_there(imran: Hand) -> None:
    await imran.attaches("A place")
    send = imran.page.get_by_role("button", name="Send this place")
    assert await send.is_disabled()

    await imran.page.get_by_role("application").click()

    typed = await imran.page.get_by_label("Coordinates").input_value()
    await send.click()
    lat, lon = (float(part) for part in typed.split(","))
    await imran.reads(f"A still place: {lat:.4f} {lon:.4f}")
    assert 22.6 < lat < 22.8
    assert 75.7 < lon < 76.0


async def test_typed_coordinates_go_out_as_a_live_location(imran: Hand) -> None:
    await imran.attaches("Live location")

    await imran.page.get_by_label("Coordinates").fill("22.7001, 75.8002")
    await imran.page.keyboard.press("Enter")

    await imran.reads("A live place: 22.7001 75.8002")


async def test_a_landmark_can_be_sent_with_its_name(imran: Hand) -> None:
    await imran.attaches("A place")
    await imran.page.get_by_role("radio", name="Rajwada").check()

    await imran.page.get_by_label("Send its name too").check()
    await imran.page.get_by_role("button", name="Send this place").click()

    await imran.reads("A venue: Rajwada")


async def test_the_place_picker_fits_a_small_phone(desk: Desk) -> None:
    async with window(desk.browser, desk.url, width=360, height=640) as opened:
        asha = Hand(opened.page, ASHA)
        await asha.starts()

        await asha.attaches("A place")
        await opened.page.get_by_role("radio", name="Airport").check()

        await expect(opened.page.get_by_role("button", name="Send this place")).to_be_in_viewport(ratio=1)
        await expect(opened.page.get_by_role("application")).to_be_in_viewport(ratio=1)
        assert not await opened.page.evaluate(SPILLS)


async def test_an_arrow_key_moves_the_pin_on_the_map(desk: Desk) -> None:
    async with window(desk.browser, desk.url) as opened:
        asha = Hand(opened.page, ASHA)
        await asha.starts()
        await asha.attaches("A place")
        await opened.page.get_by_role("radio", name="Rajwada").check()
        await opened.page.get_by_role("application").focus()

        await opened.page.keyboard.press("ArrowUp")

        lat, lon = (await opened.page.get_by_label("Coordinates").input_value()).split(", ")
        assert 22.7185 < float(lat) < 22.725
        assert float(lon) == pytest.approx(75.8550, abs=1e-5)


async def test_zooming_in_makes_the_arrow_keys_step_finer(imran: Hand) -> None:
    await imran.attaches("A place")
    await imran.page.get_by_role("radio", name="Rajwada").check()
    await imran.page.get_by_role("application").focus()

    await imran.page.keyboard.press("ArrowUp")
    far = float((await imran.page.get_by_label("Coordinates").input_value()).split(",")[0])
    for key in ("+", "+", "+", "ArrowUp"):
        await imran.page.keyboard.press(key)
    near = float((await imran.page.get_by_label("Coordinates").input_value()).split(",")[0])

    assert near - far == pytest.approx((far - 22.7185) / 8, rel=0.05)
