"""The installed command `citizen-eye`, run as a real process."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("citizen-eye"))
KEY = bytes(range(32)).hex()


def surroundings(folder: Path, **settings: str) -> dict[str, str]:
    """An environment with these settings and no others; the register lies in `folder`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    own = {"DATABASE_URL": f"sqlite:///{folder / 'register.db'}", "CITIZEN_EYE_KEY": KEY, "COLUMNS": "100"}
    return kept | own | settings


def run(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end, in `folder`."""
    return subprocess.run(
        [COMMAND, *words],
        cwd=folder,
        env=surroundings(folder, **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@asynccontextmanager
async def process(folder: Path, *words: str, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run it beside the test; at the end it is gone, whatever happened. What it printed lies in `folder`/printed."""
    with (folder / "printed").open("ab") as printed:
        running = await asyncio.create_subprocess_exec(
            COMMAND, *words, cwd=folder, env=surroundings(folder, **settings), stdout=printed, stderr=printed
        )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()
