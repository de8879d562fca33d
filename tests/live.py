"""The whole bot, live: the real app with a real python-telegram-bot, over real HTTP, against the sandbox's server."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import app, texts
from bot.core.access import Role
from bot.core.admin.joining import role_name
from bot.core.messages import Phrase, Value
from bot.settings import Settings, load
from bot.words import label as on_button
from bot.words import words
from sandbox.people import Person
from sandbox.server import create_app, serve
from sandbox.state import Call
from sandbox.world import World
from storage import outbox
from storage.engine import Store
from tests.ports import free_port
from tests.sandbox.schema import check_call

PATIENCE_S = 20.0
LEASE_S = 60.0  # so long waits what was being sent when the database went away
WRITING = ("sendMessage", "sendLocation", "sendVenue", "sendDocument", "editMessageText")
Shown = dict[str, Any]


def live_settings(token: str, url: str, register: Path, **more: Any) -> Settings:
    """Settings of a bot that talks to this server and to nobody else."""
    database = f"sqlite:///{register}"
    return load(_env_file=None, telegram_token=token, telegram_api_url=url, database_url=database, **more)


def hooked() -> dict[str, Any]:
    """Settings of a bot that updates are posted to."""
    port = free_port()
    return {"webhook_url": f"http://127.0.0.1:{port}/updates", "listen_port": port}


@dataclass
class Hands:
    """A person with a phone in the sandbox: what they do there, and what they wait to read."""

    world: World
    person: Person
    patience: float = PATIENCE_S

    @property
    def id(self) -> int:
        return self.person.id

    @property
    def language(self) -> str:
        return "hi" if self.person.language_code == "hi" else "en"

    @property
    def shown(self) -> list[Shown]:
        """What the bot wrote, as the chat shows it now."""
        return [said for said in self.world.chat(self.id) if not said["out"] and not said["deleted"]]

    @property
    def texts(self) -> list[str]:
        return [words_of(said) for said in self.shown if words_of(said)]

    def in_words(self, text: str, **values: Value) -> str:
        return words(Phrase(text, values), self.language)

    async def reads(self, text: str, **values: Value) -> Shown:
        """Wait until the newest message that has words says exactly this."""
        wanted = self.in_words(text, **values)
        return await self.sees(lambda said: words_of(said) == wanted, newest=True, what=wanted)

    async def takes_up(self, role: Role, station: str, *, newest: bool = True) -> None:
        """Accept the role of an open link, and read which it is: taps and words come in lanes of their own.

        `newest`: nothing is said after that.
        """
        await self.taps(texts.ACCEPT_ROLE)
        told = self.in_words(texts.ROLE_GRANTED, role=role_name(role), station=station)
        await self.sees(lambda said: told in words_of(said), newest=newest, what=told)

    async def sees(self, fits: Callable[[Shown], bool], *, newest: bool = False, what: str = "it") -> Shown:
        """Wait until a message fits (`newest`: the last one with words), and give the last that does."""
        chat, looked = self.world.chat_with(self.id), -1

        def look() -> Shown | None:
            nonlocal looked
            if looked == chat.version:
                return None
            looked = chat.version
            said = [message for message in self.shown if words_of(message)][-1:] if newest else self.shown
            return next((message for message in reversed(said) if fits(message)), None)

        try:
            return await self.world.wait_for(lambda: look() or {}, self.patience)
        except TimeoutError:
            raise AssertionError(f"{self.person.name} did not read {what!r} but {self.texts[-2:]}") from None

    async def taps(self, label: str, **values: Value) -> None:
        """Wait for a button with this label, and press it where it is newest."""
        wanted = on_button(Phrase(label, values), self.language)
        said = await self.sees(lambda message: bool(button(message, wanted)), what=f"[{wanted}]")
        self.world.taps(self.id, said["message_id"], button(said, wanted))

    async def gets_key(self, asks: str) -> None:
        """Wait for the key under the text field that shares a contact or a location."""
        await self.world.wait_for(lambda: asks in str(self.world.keyboard(self.id)), self.patience)


def words_of(message: Shown) -> str:
    """What a message says, alone or under a picture; empty where it has no words."""
    return str(message.get("text") or message.get("caption", ""))


async def opens_an_incident(officer: Hands) -> None:
    """What stands before every search."""
    officer.world.says(officer.id, "/incident FIR 123/2026; theft; 22.7185 75.8550; yesterday 14:00-15:00")
    await officer.sees(lambda said: "FIR 123/2026" in said.get("text", ""))


def button(message: Shown, label: str) -> str:
    """What a message's button of this label carries; empty where it has none."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return next((str(key.get("callback_data", "")) for row in rows for key in row if key["text"] == label), "")


@dataclass
class Live:
    """A running bot, its register, and the world it runs in."""

    world: World
    store: Store
    settings: Settings

    def hands(self, person_id: int) -> Hands:
        return Hands(self.world, self.world.people[person_id])

    def calls(self, *methods: str, ok: bool | None = None) -> list[Call]:
        return [call for call in self.world.calls if call.method in methods and ok in (None, call.ok)]

    async def settles(self) -> None:
        """Wait until no update is pending and every message has left."""
        await self.until(lambda: not self.world.inbox.pending(1) and not self.outbox())

    def outbox(self) -> int:
        """How many messages wait to be sent."""
        return self.store.run(lambda tx: outbox.waiting(tx))

    async def until(self, happened: Callable[[], object]) -> None:
        """Wait for something that rings no bell, such as a change in the register."""
        deadline = time.monotonic() + (PATIENCE_S + LEASE_S)
        while not happened():
            assert time.monotonic() < deadline, f"what the test waits for did not happen: {self.outbox()} messages wait"
            await asyncio.sleep(0.02)


@asynccontextmanager
async def bot_running(settings: Settings, store: Store) -> AsyncIterator[None]:
    """The app, from ready to stopped; what makes it fail is raised here."""
    stop, ready = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(app.serve(settings, store, stop, ready))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait((serving, waiting), return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE_S)
    waiting.cancel()
    try:
        yield
    finally:
        stop.set()
        await serving


@asynccontextmanager
async def alive(world: World, store: Store, register: Path, **more: Any) -> AsyncIterator[Live]:
    """Server and bot in this event loop; at the end every call that was made is held against the real schema."""
    async with serve(create_app(world)) as server:
        settings = live_settings(world.token, server.url, register, **more)
        async with bot_running(settings, store):
            yield Live(world, store, settings)
    for call in world.calls:
        check_call(call.method, call.params)


async def registers(hands: Hands, lat: float, lon: float, cameras: int) -> str:
    """Go from /start to saved as people do, and give the registration number."""
    hands.world.starts(hands.id)
    await hands.taps(texts.AGREE)
    await hands.gets_key("request_contact")
    hands.world.shares_contact(hands.id)
    await hands.gets_key("request_location")
    hands.world.drops_pin(hands.id, lat, lon)
    await hands.taps(texts.YES_HERE)
    asked = hands.in_words(texts.ASK_COUNT)
    await hands.sees(lambda said: asked in said.get("text", ""), what=asked)
    hands.world.says(hands.id, str(cameras))
    await hands.taps(texts.SAVE)
    before, _, after = hands.in_words(texts.SAVED, number="\0").partition("\0")
    saved = await hands.sees(lambda said: said.get("text", "").startswith(before), what=before)
    return str(saved["text"]).removeprefix(before).removesuffix(after)
