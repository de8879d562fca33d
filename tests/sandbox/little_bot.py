"""A little bot for the tests of the chat page: it talks over the real Bot API and answers a few words."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from telegram.error import NetworkError

HINDI = "नमस्ते! कैमरा कहाँ लगा है?"
PAPER = "Everything kept about you.\nसब कुछ यहीं लिखा है।\n"
MARKUP = '<b>bold</b> <img src="x" onerror="document.title=1">'
COMMANDS = [("mine", "My cameras"), ("mydata", "All that is kept"), ("near", "Look")]
YES = InlineKeyboardMarkup.from_row(
    [InlineKeyboardButton("हाँ", callback_data="yes"), InlineKeyboardButton("No", callback_data="no")]
)
LINK = InlineKeyboardMarkup.from_button(
    InlineKeyboardButton("Join", url="https://t.me/citizen_eye_sandbox_bot?start=join-7")
)
KEYS = ReplyKeyboardMarkup(
    [
        [KeyboardButton("मेरा नंबर", request_contact=True)],
        [KeyboardButton("Send the place", request_location=True), KeyboardButton("Back")],
    ],
    input_field_placeholder="Press a key",
    one_time_keyboard=True,
)


class LittleBot:
    """Answers each person's words by the method of that name, until it is stopped."""

    def __init__(self, token: str, url: str) -> None:
        self.bot = Bot(token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")

    async def listen(self) -> None:
        """Read updates and answer them, one after the other."""
        offset = 0
        while True:
            for update in await self.bot.get_updates(offset=offset, timeout=10):
                offset = update.update_id + 1
                if update.callback_query:
                    await self.tapped(update.callback_query)
                elif update.message:
                    await self.heard(update.message)

    async def tapped(self, query: CallbackQuery) -> None:
        await self.bot.answer_callback_query(query.id, f"Noted: {query.data}", show_alert=query.data == "no")
        if query.data == "yes" and query.message:
            await self.bot.edit_message_text("Saved.", query.message.chat.id, query.message.message_id)

    async def heard(self, message: Message) -> None:
        chat, person = message.chat_id, message.from_user
        if message.contact and person:
            own = message.contact.user_id == person.id
            await self.bot.send_message(chat, "Your own number." if own else "Not your own number.")
        elif message.venue:
            await self.bot.send_message(chat, f"A venue: {message.venue.title}")
        elif message.location:
            here = message.location
            kind = "live" if here.to_dict().get("live_period") else "still"
            await self.bot.send_message(chat, f"A {kind} place: {here.latitude:.4f} {here.longitude:.4f}")
        elif message.photo:
            await self.bot.send_message(chat, "No pictures, please.")
        else:
            await self.answered(chat, message.text or "")

    async def answered(self, chat: int, text: str) -> None:
        match text.split():
            case ["/start", payload]:
                await self.bot.send_message(chat, f"Joined with {payload}.")
            case ["/start"]:
                await self.bot.send_message(chat, HINDI, reply_markup=YES)
            case ["keys"]:
                await self.bot.send_message(chat, "Which?", reply_markup=KEYS)
            case ["link"]:
                await self.bot.send_message(chat, "Here.", reply_markup=LINK)
            case ["paper"]:
                await self.bot.send_document(chat, PAPER.encode(), filename="my-data.txt")
            case ["markup"]:
                await self.bot.send_message(chat, MARKUP)
            case ["secret"]:
                await self.bot.send_message(chat, "Police only.", protect_content=True)
            case ["pin"]:
                await self.bot.send_venue(chat, 22.7236, 75.8850, "Blue gate", "Palasia")
            case _:
                await self.bot.send_message(chat, f"You said: {text}")


@asynccontextmanager
async def little_bot(token: str, url: str) -> AsyncIterator[Bot]:
    """Start the little bot against the sandbox at `url`; stop it at the end."""
    little = LittleBot(token, url)
    async with little.bot:
        await little.bot.set_my_commands(COMMANDS)
        listening = asyncio.create_task(little.listen())
        try:
            yield little.bot
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError, NetworkError):
                await listening
