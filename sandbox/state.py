"""What Telegram would keep: people, chats, files, the bot's updates and calls, all in memory."""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sandbox.bell import Bell, Broadcast
from sandbox.chats import Chat, Message
from sandbox.faults import Faults
from sandbox.files import Files, Upload
from sandbox.inbox import Inbox
from sandbox.limits import Limits
from sandbox.people import CAST, Person
from sandbox.profile import Profile

T = TypeVar("T")

BOT_ID = 7_000_000_001
USERNAME = "citizen_eye_sandbox_bot"
DEFAULT_TOKEN = f"{BOT_ID}:made-up-for-the-sandbox-and-good-nowhere-else"
TAP_LASTS = 15 * 60  # seconds in which a tap can be answered


@dataclass(frozen=True, slots=True)
class Call:
    """One Bot API call: parameters with JSON decoded, files apart, and the answer ({} when dropped)."""

    method: str
    params: dict[str, Any]
    at: float
    ok: bool
    answer: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Toast:
    """What answerCallbackQuery showed."""

    chat: int
    text: str
    alert: bool


@dataclass(slots=True)
class Tapped:
    """A tap that the bot may still answer."""

    person_id: int
    at: float
    answered: bool = False


@dataclass(slots=True)
class Webhook:
    """Where updates are delivered, and how that goes."""

    url: str
    secret: str = ""
    max_connections: int = 40
    failed_at: int = 0
    failure: str = ""


class State:
    """Lives in one asyncio loop, without locks."""

    timezone = "Asia/Kolkata"  # the demo city's; clocks on the page go by it
    limits_on = False

    def __init__(
        self,
        people: Iterable[Person] = CAST,
        *,
        token: str = DEFAULT_TOKEN,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.people = {person.id: person for person in people}
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.clock = clock
        self.chats: dict[int, Chat] = {}
        self.inbox = Inbox(clock)
        self.files = Files()
        self.faults = Faults()
        self.profile = Profile()
        self.limits = Limits(clock)
        self.calls: list[Call] = []
        self.toasts: list[Toast] = []
        self.tapped: dict[str, Tapped] = {}
        self.webhook: Webhook | None = None
        self.webhook_pace = 1.0  # seconds of the first pause between deliveries that fail; it doubles
        self.generators: dict[int, str] = {}  # person id -> seed (base32) of the code generator on their phone
        self.tour: list[dict[str, Any]] = []  # person, do (by language), send, until (words that tick it off)
        self.run = secrets.token_hex(8)  # tells an open page that this is another world
        self.changed = Bell()
        self.events = Broadcast()
        self._last_message = 0
        self._last_tap = self.bot_id * 1000
        self._version = 0

    @property
    def now(self) -> int:
        return int(self.clock())

    @property
    def bot(self) -> dict[str, Any]:
        """The bot as Telegram's User."""
        name = self.profile.names.get("", "Citizen-Eye (sandbox)")
        return {"id": self.bot_id, "is_bot": True, "first_name": name, "username": USERNAME}

    def chat_with(self, person_id: int) -> Chat:
        """The private chat of a person, or a group that somebody has written in."""
        if person_id not in self.chats:
            self.chats[person_id] = Chat(self.people[person_id].as_chat)
        return self.chats[person_id]

    def chat(self, person_id: int) -> list[Message]:
        """The messages as Telegram would show them now, with `out`, `edited` and `deleted` marks."""
        return [kept.shown() for kept in self.chat_with(person_id)]

    def keyboard(self, person_id: int) -> dict[str, Any] | None:
        """The reply keyboard in force."""
        return self.chat_with(person_id).keyboard

    def next_message_id(self) -> int:
        self._last_message += 1
        return self._last_message

    def next_tap_id(self) -> str:
        self._last_tap += 1
        return str(self._last_tap)

    def touch(self, chat: Chat) -> None:
        """Say that a chat changed."""
        self._version += 1
        chat.version = self._version
        if chat.id in self.people:
            self.events.tell({"chat": chat.id, "version": chat.version})
        self.changed.ring()

    def record(self, call: Call) -> None:
        self.calls.append(call)
        self.changed.ring()

    def toast(self, toast: Toast) -> None:
        self.toasts.append(toast)
        if toast.text:
            self.events.tell({"toast": toast.text, "chat": toast.chat, "alert": toast.alert})

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 5.0) -> T:  # noqa: ASYNC109 - a limit for a condition
        """Wait until the predicate holds, and return what it gave; TimeoutError after so many seconds."""
        async with asyncio.timeout(timeout):
            while not (found := predicate()):
                await self.changed.wait()
        return found

    def reset(self) -> None:
        """Empty the chats and the queue; people, and what the bot says of itself, stay."""
        self.chats.clear()
        self.inbox.clear()
        self.files.clear()
        self.faults.clear()
        self.profile.forget_chats()
        self.calls.clear()
        self.toasts.clear()
        self.tapped.clear()
        self.limits = Limits(self.clock)
        self.events.tell({"reset": True})
        self.changed.ring()
