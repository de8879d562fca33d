"""The chat page in a real browser: what people can do with the phones on it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.browser import Window, chromium_path, window
from tests.sandbox.little_bot import MARKUP, PAPER
from tests.sandbox.page_desk import ASHA, IMRAN, Desk, Hand

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


async def test_someone_presses_start_and_reads_the_answer_with_its_buttons(seen: Window) -> None:
    asha = Hand(seen.page, ASHA)

    await asha.starts()

    assert await asha.message("कैमरा").get_by_role("button").all_inner_texts() == ["हाँ", "No"]
    assert await asha.field.is_visible()


async def test_a_tapped_button_shows_the_bots_note_and_the_message_changes_in_place(imran: Hand) -> None:
    await imran.presses("हाँ")

    await imran.phone.get_by_role("status").get_by_text("Noted: yes").wait_for()
    await imran.reads("Saved.")
    assert "edited" in await imran.message("Saved.").inner_text()
    assert await imran.log.get_by_role("article").count() == 2


async def test_an_alert_of_the_bot_waits_for_ok(imran: Hand) -> None:
    await imran.presses("No")

    alert = imran.page.get_by_role("dialog")
    await alert.get_by_text("Noted: no").wait_for()
    await imran.page.keyboard.press("Enter")
    await alert.wait_for(state="detached")


async def test_the_reply_keyboard_shares_ones_own_number_and_then_steps_aside(imran: Hand) -> None:
    await imran.says("keys")
    await imran.reads("Which?")
    assert await imran.field.get_attribute("placeholder") == "Press a key"

    await imran.presses("मेरा नंबर")

    await imran.reads("Your own number.")
    assert not await imran.phone.get_by_role("button", name="Back").is_visible()
    await imran.presses("Keyboard")
    await imran.presses("Back")
    await imran.reads("You said: Back")


async def test_someone_elses_contact_comes_from_the_attach_menu(imran: Hand) -> None:
    await imran.attaches("Someone else’s contact")

    await imran.reads("Not your own number.")


async def test_a_photo_reaches_the_bot_which_refuses_it(imran: Hand) -> None:
    await imran.attaches("A photo")

    await imran.reads("No pictures, please.")


async def test_a_document_can_be_read_here_and_saved(imran: Hand, tmp_path: Path) -> None:
    await imran.says("paper")

    await imran.presses("View my-data.txt")
    shown = imran.page.get_by_role("dialog").get_by_role("region")
    assert await shown.inner_text() == PAPER
    await imran.page.keyboard.press("Escape")
    async with imran.page.expect_download() as saving:
        await imran.phone.get_by_role("link", name="Save my-data.txt").click()

    saved = await saving.value
    await saved.save_as(tmp_path / saved.suggested_filename)
    assert (tmp_path / "my-data.txt").read_text() == PAPER


async def test_typing_a_slash_offers_the_commands_that_fit_and_enter_sends_one(imran: Hand) -> None:
    await imran.field.press_sequentially("/m")
    offered = imran.phone.get_by_role("option")
    assert [text.split()[0] for text in await offered.all_inner_texts()] == ["/mine", "/mydata"]

    await imran.field.press("ArrowDown")
    await imran.field.press("Enter")

    await imran.reads("You said: /mydata")
    assert await imran.field.input_value() == ""


async def test_a_link_to_the_bot_starts_it_in_the_same_chat(imran: Hand) -> None:
    await imran.says("link")

    await imran.presses("Join")

    await imran.reads("Joined with join-7.")


async def test_an_invitation_that_was_handed_over_opens_before_the_first_start(seen: Window) -> None:
    asha = Hand(seen.page, ASHA)

    await asha.presses("I was given a link")
    line = seen.page.get_by_role("dialog").get_by_role("textbox")
    await line.fill("https://t.me/citizen_eye_sandbox_bot?start=abc")
    await seen.page.keyboard.press("Enter")

    await asha.reads("Joined with abc.")


async def test_markup_in_a_message_is_words_and_nothing_else(imran: Hand) -> None:
    await imran.says("markup")

    await imran.reads(MARKUP)
    assert await imran.page.title() == "Citizen-Eye sandbox"


async def test_a_protected_message_is_marked_and_a_deleted_one_vanishes(desk: Desk, imran: Hand) -> None:
    await imran.says("secret")
    await imran.reads("Police only.")
    assert "cannot be forwarded" in await imran.message("Police only.").inner_text()

    sent = next(message for message in desk.world.chat(IMRAN) if message.get("text") == "Police only.")
    await desk.bot.delete_message(IMRAN, sent["message_id"])

    await imran.message("Police only.").wait_for(state="detached")


async def test_reset_asks_first_and_then_empties_every_chat(imran: Hand) -> None:
    await imran.page.get_by_role("button", name="Reset").click()
    await imran.page.get_by_role("button", name="Cancel").click()
    await imran.reads("कैमरा")

    await imran.page.get_by_role("button", name="Reset").click()
    await imran.page.get_by_role("dialog").get_by_role("button", name="Reset").click()

    await imran.phone.get_by_role("button", name="START", exact=True).wait_for()
    assert await imran.log.get_by_role("article").count() == 0
