"""Start and memory: from the command to the first answer, and what the process takes, with a large register."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import attrgetter
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeAlias

import psutil

from bench.section import Goal, Section, Table
from bench.stage import KEY, SQLITE, Bench
from sandbox.server import create_app, serve
from sandbox.world import World

PERSON, HELPS, STARTS = 1001, 50, 7
START_S, MEMORY_MB = 1.5, 150.0
PATIENCE_S = 60.0
COMMAND = (str(Path(sys.executable).with_name("citizen-eye")), "run")
TIMED = (sys.executable, "-X", "importtime", "-m", "bot", "run")
ERRORS = "errors.txt"  # what the process says beside its answers
LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")  # microseconds of a module alone, its name
SHOWN = 14
Held: TypeAlias = Counter[str]  # kilobytes that the process alone has, by the file they were read from


class Start(NamedTuple):
    """One start: seconds until the answer, and what the process had said by then; what it holds later."""

    seconds: float
    said: str
    megabytes: float
    held: Held


LOADING = (
    "**{what}**: where the time goes, in another start that says of each module how long it takes to load (which takes"
    " a little time itself), up to the answer: each package without those that it loads in turn; then everything else,"
    " from opening the register to the answer."
)
HOLDING = (
    "**{what}**: what the process alone holds, by the file it was read from; `[heap]` and `[anon]` are what it made"
    " itself: its program, as Python keeps it, and what it works with."
)
ABOUT = (
    "The command `citizen-eye run` as a process of its own, against a Bot API server on loopback, with the largest"
    " register of this run on SQLite; one person's `/help` waits for it. `CITY_OUTLINE` is not set: to read"
    " an outline loads at once what otherwise waits (decision 14). {starts} starts: the middle one, and in"
    " brackets each as they came; whatever else the machine does only adds to one. Memory is what the process alone"
    " holds (USS) after {helps} more updates, at most, when all has been loaded that waits for the first answer."
)


def measure(bench: Bench) -> Section:
    size = max(bench.settings.sizes)
    built = bench.register(SQLITE, size)
    database = built.ours.store.engine.url.render_as_string(hide_password=False)
    starts = [asyncio.run(_first_answer(database, bench.folder)) for _ in range(STARTS)]
    seconds = median(start.seconds for start in starts)
    largest = max(starts, key=attrgetter("megabytes"))
    bench.say("start")
    each = ", ".join(f"{start.seconds:.2f}" for start in starts)
    rows = ((f"{size:,} registrations", f"{seconds:.2f} ({each})", f"{largest.megabytes:.0f}"),)
    goals = (
        Goal("start to the first answer, s", seconds, START_S, why=lambda what: _loaded(what, database, bench.folder)),
        Goal("memory of the process, MB", largest.megabytes, MEMORY_MB, why=lambda what: _where(what, largest.held)),
    )
    table = Table(("", "first answer after, s", "memory, MB"), rows)
    return Section("Start and memory", (ABOUT.format(starts=STARTS, helps=HELPS), table), goals)


async def _first_answer(database: str, folder: Path, command: Sequence[str] = COMMAND) -> Start:
    world = World()
    async with serve(create_app(world)) as server:
        world.says(PERSON, "/help")
        settings = {
            "DATABASE_URL": database,
            "CITIZEN_EYE_KEY": KEY.hex(),
            "TELEGRAM_TOKEN": world.token,
            "TELEGRAM_API_URL": server.url,
            "PATH": os.environ["PATH"],
        }
        begun = time.monotonic()
        with (folder / ERRORS).open("wb") as errors:
            bot = subprocess.Popen(command, cwd=folder, env=settings, stdout=subprocess.DEVNULL, stderr=errors)  # noqa: S603, ASYNC220 - our own words
        try:
            await _until_answered(world, 1)
            seconds = time.monotonic() - begun
            said = (folder / ERRORS).read_text(encoding="utf-8")
            for _ in range(HELPS):
                world.says(PERSON, "/language")
            await asyncio.sleep(5)
            process = psutil.Process(bot.pid)
            return Start(seconds, said, process.memory_full_info().uss / 2**20, _held(process))
        finally:
            bot.terminate()
            await asyncio.to_thread(bot.wait, 20)


async def _until_answered(world: World, many: int) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if sum(not said["out"] for said in world.chat(PERSON)) >= many:
            return
        await asyncio.sleep(0.01)
    raise TimeoutError(f"no answer after {PATIENCE_S:.0f} s")


def _loaded(what: str, database: str, folder: Path) -> Iterable[str | Table]:
    """Start once more, with a clock at each module."""
    seconds, said, _, _ = asyncio.run(_first_answer(database, folder, TIMED))
    lines = LINE.findall(said)
    took, modules = Counter[str](), Counter[str]()
    for module, us in {module: us for us, module in reversed(lines)}.items():  # what is not there is looked for again
        package = module.partition(".")[0]
        took[package] += int(us)
        modules[package] += 1
    largest = dict(took.most_common(SHOWN))
    rest = {name for name in took if name not in largest}
    ms = {f"`{name}`": us / 1000 for name, us in largest.items()}
    ms |= {f"{len(rest)} others": sum(took[name] for name in rest) / 1000}
    ms |= {"everything else": seconds * 1000 - took.total() / 1000}
    many = [*(modules[name] for name in largest), sum(modules[name] for name in rest), 0]
    rows = zip(ms.items(), many, strict=True)
    table = tuple((name, f"{n or ''}", f"{own:,.0f}", f"{own / seconds / 10:.1f}") for (name, own), n in rows)
    return LOADING.format(what=what), Table(("package", "modules", "ms", "of the start, %"), table)


def _held(process: psutil.Process) -> Held:
    held = Held()
    for part in process.memory_maps(grouped=True):
        held[Path(part.path).name] += (part.private_clean + part.private_dirty) // 1024
    return held


def _where(what: str, held: Held) -> Iterable[str | Table]:
    rows = tuple((f"`{name}`", f"{kilobytes / 1024:.1f}") for name, kilobytes in held.most_common(SHOWN))
    return HOLDING.format(what=what), Table(("read from", "MB"), rows)
