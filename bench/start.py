"""Start and memory: from the command to the first answer, and what the process takes, with a large register."""

import asyncio
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench import memory
from bench.process import COMMAND, serving
from bench.section import Goal, Section, Table
from bench.stage import SQLITE, Bench

STARTS, START_S = 7, 1.5
NOTED_S = 1.0  # until it is noted that the answer was sent: the next start would send it once more
TIMED = (sys.executable, "-X", "importtime", "-m", "bot", "run")
LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")  # microseconds of a module alone, its name
SHOWN = 14


class Start(NamedTuple):
    """One start: seconds until the answer, and what the process had said by then."""

    seconds: float
    said: str


LOADING = (
    "**{what}**: where the time goes, in another start that says of each module how long it takes to load (which takes"
    " a little time itself), up to the answer: each package without those that it loads in turn; then everything else,"
    " from opening the register to the answer."
)
ABOUT = (
    "The command `citizen-eye run` as a process of its own, against a Bot API server on loopback, with the largest"
    " register of this run on SQLite; one person's `/help` waits for it. `CITY_OUTLINE` is not set: to read"
    " an outline loads at once what otherwise waits (decision 14). {starts} starts: the middle one, and in"
    " brackets each as they came; whatever else the machine does only adds to one."
)


def measure(bench: Bench) -> Section:
    size = max(bench.settings.sizes)
    built = bench.register(SQLITE, size)
    database = built.ours.store.engine.url.render_as_string(hide_password=False)
    starts = [asyncio.run(_first_answer(database, bench.folder)) for _ in range(STARTS)]
    seconds = median(start.seconds for start in starts)
    bench.say("start")
    each = ", ".join(f"{start.seconds:.2f}" for start in starts)
    table = Table(("", "first answer after, s"), ((f"{size:,} registrations", f"{seconds:.2f} ({each})"),))
    quick = Goal(
        "start to the first answer, s", seconds, START_S, why=lambda what: _loaded(what, database, bench.folder)
    )
    about, held, small = memory.measure(bench, built, database, size)
    bench.say("memory")
    return Section("Start and memory", (ABOUT.format(starts=STARTS), table, about, held), (quick, small))


async def _first_answer(database: str, folder: Path, command: Sequence[str] = COMMAND) -> Start:
    async with serving(database, folder, command) as bot:
        await asyncio.sleep(NOTED_S)
        return Start(bot.seconds, bot.said)


def _loaded(what: str, database: str, folder: Path) -> Iterable[str | Table]:
    """Start once more, with a clock at each module."""
    seconds, said = asyncio.run(_first_answer(database, folder, TIMED))
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
