"""The words of the chat page itself, and its clock: English or Hindi, and the city's time."""

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.people import CAST
from tests.browser import chromium_path, window
from tests.sandbox.page_desk import ASHA, IMRAN, Desk, Hand, a_desk

# Runs in the page: what it says itself, seen or read aloud, that has no Hindi letter in it. People's names, the bot's
# words, coordinates, links and START, which reads the same on every phone, are not the page's own.
LEFT_IN_ENGLISH = """names => {
  const found = new Set();
  const look = words => {
    const own = names.reduce((rest, name) => rest.replaceAll(name, ""), words ?? "");
    if (/[a-z]{2}/i.test(own) && !/[\\u0900-\\u097f]/.test(own)) found.add(words.trim());
  };
  const strangers = "script, noscript, noscript *, .log *, .welcome, .face, svg.map *";
  for (const node of document.body.querySelectorAll(`*:not(${strangers})`)) {
    for (const part of node.childNodes) if (part.nodeType === Node.TEXT_NODE) look(part.data);
    for (const name of ["aria-label", "title", "placeholder", "alt"]) look(node.getAttribute(name));
  }
  look(document.title);
  return [...found];
}"""
NOT_THE_PAGES = ["Citizen-Eye (sandbox)", "citizen_eye_sandbox_bot", "START", "English", "https://t.me/", "start="]

chromium_path()  # without a Chromium all of this file is skipped in one line
pytestmark = pytest.mark.asyncio(loop_scope="module")  # so that one browser serves all of them


async def in_hindi(page: Page) -> None:
    await page.get_by_role("button", name="हिन्दी", exact=True).click()


async def left_in_english(page: Page) -> list[str]:
    names = [*NOT_THE_PAGES, *(word for person in CAST for word in (person.name, person.of) if word)]
    names += await page.locator(".landmarks .names > :first-child").all_inner_texts()
    found: list[str] = await page.evaluate(LEFT_IN_ENGLISH, sorted(names, key=len, reverse=True))
    return found


async def test_each_word_of_the_page_is_there_in_both_languages_with_the_same_values(desk: Desk) -> None:
    async with window(desk.browser, desk.url) as opened:
        words: dict[str, list[str]] = await opened.page.evaluate("import('/page/words.js').then(all => all.WORDS)")

    for english, hindi in words.values():
        assert any("\u0900" <= letter <= "\u097f" for letter in hindi)
        assert sorted(part.split("}")[0] for part in english.split("{")[1:]) == sorted(
            part.split("}")[0] for part in hindi.split("{")[1:]
        )


@pytest.mark.parametrize("width", [390, 1600])
async def test_in_hindi_the_page_says_nothing_in_english(browser: Browser, width: int) -> None:
    async with a_desk(browser, CAST) as desk, window(browser, desk.url, width=width) as opened:
        page, asha = opened.page, Hand(opened.page, ASHA)
        await in_hindi(page)
        assert await left_in_english(page) == []

        await asha.presses("START")
        await asha.reads("कैमरा")
        await asha.presses("जोड़ें")
        assert await left_in_english(page) == []

        await asha.presses("जगह")
        await page.get_by_role("radio", name="राजवाड़ा").check()
        assert await left_in_english(page) == []
        await page.get_by_role("button", name="यह जगह भेजें").click()
        await asha.reads("A still place: 22.7185 75.8550")
        assert await asha.log.get_by_text("राजवाड़ा पर").is_visible()
        assert await page.locator("html").get_attribute("lang") == "hi"


async def test_another_language_costs_nobody_their_chat(desk: Desk) -> None:
    async with window(desk.browser, desk.url) as opened:
        imran = Hand(opened.page, IMRAN)
        await imran.starts()
        await imran.says("keys")
        await imran.reads("Which?")

        await in_hindi(opened.page)

        await imran.reads("Which?")
        await imran.presses("Back")
        await imran.reads("You said: Back")
        assert opened.errors == []


async def test_the_chosen_language_stays_when_the_page_is_loaded_again(desk: Desk) -> None:
    async with window(desk.browser, desk.url) as opened:
        await in_hindi(opened.page)

        await opened.page.reload()

        await expect(opened.page.get_by_role("button", name="मुझे एक लिंक मिला है").first).to_be_visible()


async def test_before_start_each_reads_about_the_bot_in_their_own_language(desk: Desk) -> None:
    async with window(desk.browser, desk.url) as opened:
        await desk.bot.set_my_description("A register of cameras.")
        await desk.bot.set_my_description("कैमरों का रजिस्टर।", language_code="hi")

        await expect(Hand(opened.page, ASHA).phone).to_contain_text("कैमरों का रजिस्टर।")
        await expect(Hand(opened.page, IMRAN).phone).to_contain_text("A register of cameras.")


@pytest.mark.parametrize(("timezone", "shown"), [("Asia/Kolkata", "14:05"), ("America/Lima", "03:35")])
async def test_the_clock_beside_a_message_goes_by_the_citys_time(desk: Desk, timezone: str, shown: str) -> None:
    desk.world.timezone = timezone
    desk.world.clock = lambda: 1_795_509_300.0  # 24 November 2026, 08:35 in Greenwich
    desk.world.says(IMRAN, "hello")

    async with window(desk.browser, desk.url) as opened:
        assert await Hand(opened.page, IMRAN).message("hello").locator("time").first.inner_text() == shown
