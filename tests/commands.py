"""The command `citizen-eye` as a real process: fresh, or forked where the start of Python is not the point."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.nursery import ERRORS, OUTPUT

COMMAND = str(Path(sys.executable).with_name("citizen-eye"))
ROOT = Path(__file__).parent.parent
KEY = bytes(range(32)).hex()
LONGEST_RUN_S = 60.0


def surroundings(folder: Path, **settings: str) -> dict[str, str]:
    """An environment with these settings and no others; the register lies in `folder`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    own = {"DATABASE_URL": f"sqlite:///{folder / 'register.db'}", "CITIZEN_EYE_KEY": KEY, "COLUMNS": "100"}
    return kept | own | settings


def fresh(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The installed command, run to its end in `folder`."""
    environment = surroundings(folder, **settings)
    return subprocess.run(
        [COMMAND, *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


class Nursery:
    """The process that forks the others (tests/nursery.py); safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._answer() == "ready"

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def order(self, **order: object) -> str:
        assert self._process.stdin is not None
        with self._lock:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            return self._answer()

    def start(self, folder: Path, *words: str, **settings: str) -> "Running":
        order = {"words": words, "folder": str(folder), "settings": surroundings(folder, **settings)}
        return Running(self, folder, int(self.order(**order)))

    def run(self, folder: Path, *words: str, **settings: str) -> "Ended":
        """To its end, which has to come within a minute."""
        for name in (OUTPUT, ERRORS):
            (folder / name).unlink(missing_ok=True)
        running, deadline = self.start(folder, *words, **settings), time.monotonic() + LONGEST_RUN_S
        while (code := running.end()) is None:
            assert time.monotonic() < deadline, f"citizen-eye {words[0]} does not end"
            time.sleep(0.01)
        return Ended(code, running.output, running.errors)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


@contextmanager
def nursery_open() -> Iterator[Nursery]:
    nursery = Nursery()
    try:
        yield nursery
    finally:
        nursery.close()


@asynccontextmanager
async def beside(folder: Path, *words: str, **settings: str) -> AsyncIterator[Process]:
    """The installed command, fresh, beside the test; at the end it is gone. What it complains of is in `ERRORS`."""
    environment = surroundings(folder, **settings)
    with (folder / ERRORS).open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            COMMAND, *words, cwd=folder, env=environment, stdout=DEVNULL, stderr=errors
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it printed."""

    code: int
    output: str
    errors: str


@dataclass
class Running:
    """A process of its own. Once it has ended, `code` says how."""

    nursery: Nursery
    folder: Path
    pid: int
    code: int | None = None

    def end(self) -> int | None:
        """How it ended; None while it lives."""
        if self.code is None and (said := self.nursery.order(wait=self.pid)) != "-":
            self.code = int(said)
        return self.code

    def signal(self, number: signal.Signals) -> None:
        if self.end() is None:
            os.kill(self.pid, number)

    async def ends(self, within: float = 30.0) -> int:
        """Wait for its end."""
        async with asyncio.timeout(within):
            while (code := self.end()) is None:  # noqa: ASYNC110 - another's child rings no bell
                await asyncio.sleep(0.01)
        return code

    @property
    def output(self) -> str:
        return self._printed(OUTPUT)

    @property
    def errors(self) -> str:
        return self._printed(ERRORS)

    def _printed(self, name: str) -> str:
        file = self.folder / name
        return file.read_text(encoding="utf-8") if file.exists() else ""


@asynccontextmanager
async def started(nursery: Nursery, folder: Path, *words: str, **settings: str) -> AsyncIterator[Running]:
    """A process beside the test; at the end it is gone, whatever happened."""
    running = nursery.start(folder, *words, **settings)
    try:
        yield running
    finally:
        running.signal(signal.SIGKILL)
        await running.ends()
