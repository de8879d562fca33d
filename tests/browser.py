"""A real Chromium for the tests that look at real pages, and a note of everything a page complains about."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Request, ViewportSize, async_playwright, expect

from tests.live import PATIENCE_S

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = PATIENCE_S * 1000
expect.set_options(timeout=PATIENCE_MS)


def chromium_path() -> str:
    """This machine's Chromium; where there is none the test or file is skipped, or fails under REQUIRE_CHROMIUM=1."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    if os.environ.get("REQUIRE_CHROMIUM") == "1":
        pytest.fail("REQUIRE_CHROMIUM=1, but there is no Chromium on this machine", pytrace=False)
    pytest.skip("no Chromium on this machine", allow_module_level=True)


@dataclass
class Window:
    """One open page and what went wrong in it."""

    page: Page
    errors: list[str] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)

    def watch(self) -> None:
        """Note every console error, script error and request to a host that is not this computer."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda problem: self.errors.append(str(problem)))
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _asked(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host not in ("127.0.0.1", None):
            self.strangers.add(str(host))


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A headless Chromium that talks to nobody by itself."""
    path = chromium_path()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def window(
    browser: Browser,
    url: str,
    *,
    width: int = 1600,
    height: int = 900,
    scheme: Literal["light", "dark"] = "light",
) -> AsyncIterator[Window]:
    """A window of this size with the page open in it."""
    size = ViewportSize(width=width, height=height)
    context = await browser.new_context(viewport=size, color_scheme=scheme)
    context.set_default_timeout(PATIENCE_MS)
    opened = Window(await context.new_page())
    opened.watch()
    await opened.page.goto(url)
    try:
        yield opened
    finally:
        await context.close()


@asynccontextmanager
async def whole_sandbox(folder: Path) -> AsyncIterator[Page]:
    """The page of `citizen-eye sandbox`, a process of its own in an empty folder; it must complain about nothing."""
    async with (
        sandbox_process(folder) as address,
        chromium() as browser,
        window(browser, address, width=1440, height=960) as opened,
    ):
        yield opened.page
        assert opened.errors == []
        assert opened.strangers == set()


@asynccontextmanager
async def sandbox_process(folder: Path) -> AsyncIterator[str]:
    """The address where `citizen-eye sandbox` serves; it stops without complaint."""
    command = [sys.executable, "-m", "bot", "sandbox", "--no-open", "--port", "0"]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.PIPE, env={"PATH": os.environ["PATH"], "HOME": str(folder)}
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            while not (found := re.search(r"http://127\.0\.0\.1:\d+", (await process.stdout.readline()).decode())):
                assert process.returncode is None
        yield found.group()
    finally:
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 10) == 0
