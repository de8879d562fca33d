"""A whole desk for the tests of the chat page: a sandbox, the little bot, a browser, people."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, Page
from telegram import Bot

from sandbox.people import CAST, Person
from sandbox.server import create_app, serve
from sandbox.world import World
from tests.sandbox.little_bot import little_bot

ASHA, IMRAN, OFFICER = 1001, 1002, 2001
SPILLS = "document.documentElement.scrollWidth > window.innerWidth"  # wider than the screen


@dataclass(frozen=True)
class Desk:
    """Everything a test needs: the world, the page's address, the bot, and a browser."""

    world: World
    url: str
    bot: Bot
    browser: Browser


@asynccontextmanager
async def a_desk(browser: Browser, people: Iterable[Person] = CAST[:3]) -> AsyncIterator[Desk]:
    """The sandbox with the little bot in it, on a free port; without others, two residents and an officer."""
    world = World(people)
    async with serve(create_app(world), 0) as server, little_bot(world.token, server.url) as bot:
        yield Desk(world, server.url, bot, browser)


@dataclass(frozen=True)
class Hand:
    """A hand that uses one person's phone on the page."""

    page: Page
    person: int

    @property
    def phone(self) -> Locator:
        return self.page.locator(f".phone[data-person='{self.person}']")

    @property
    def log(self) -> Locator:
        return self.phone.get_by_role("log")

    @property
    def field(self) -> Locator:
        return self.phone.get_by_role("combobox")

    async def starts(self) -> None:
        await self.presses("START")
        await self.reads("कैमरा")

    async def says(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def presses(self, name: str) -> None:
        await self.phone.get_by_role("button", name=name, exact=True).click()

    async def attaches(self, name: str) -> None:
        await self.presses("Attach")
        await self.presses(name)

    def message(self, text: str) -> Locator:
        return self.log.get_by_role("article").filter(has_text=text).last

    async def reads(self, text: str) -> None:
        """Wait until the words stand in the chat."""
        await self.message(text).wait_for()
