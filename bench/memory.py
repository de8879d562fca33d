"""Memory of a bot that serves: once all is loaded, and after an officer's searches where cameras are densest."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeAlias

import psutil
from sqlmodel import Session

from bench import city
from bench.process import PATIENCE_S, PERSON, Serving, serving
from bench.section import Goal, Table
from bench.stage import Bench, Built
from bench.townspeople import now
from bot.core.access import Role
from bot.core.casework.incident import IncidentKind, Told
from bot.core.casework.near import Circle
from bot.core.geo import Point
from bot.core.registration import Site
from storage import audit, people
from storage.admin import grants, invites
from storage.casework import incidents

MEMORY_MB = 150.0
STARTS, UPDATES, RADII_M = 3, 50, (500, 2000, 5000)
OFFICER, STATION = 2001, "Palasia"
LOADED_S, SETTLED_S = 5.0, 2.0  # after updates, and after the answer to a search
SHOWN = 14
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
Held: TypeAlias = Counter[str]  # resident kilobytes, by the file they were read from

ABOUT = (
    "Memory, in MB: what the process alone holds (USS), all that is resident for it (RSS), and the most that ever was"
    " (`VmHWM`). First {updates} updates, until all is loaded that waits for the first answer. Then an officer with a"
    " role and an open incident sends `/near` around the middle of the densest square kilometre of that register; each"
    " answer is its first page, as words under a map (drawn without tiles: TILE_URL is not set), and what is held is"
    " read {settled:.0f} seconds after it came. Of {starts} starts the one that had most at the end. The goal is read"
    " of that last RSS: on a machine of its own a bot shares its libraries with nobody."
)
HEADINGS = ("memory, MB", "places found", "USS", "RSS", "peak RSS")
HOLDING = (
    "**{what}**: what is resident after the searches, by the file it was read from; `[heap]` and `[anon]` are what the"
    " process made itself: its program, as Python keeps it, and what it works with. Why maps are drawn in it: decision"
    " 15."
)


class Look(NamedTuple):
    """Megabytes at one moment."""

    own: float
    resident: float
    peak: float


class Memory(NamedTuple):
    """One start: once all was loaded, then after each search; and what is held at the end."""

    looks: list[Look]
    held: Held


def measure(bench: Bench, built: Built, database: str, size: int) -> tuple[str, Table, Goal]:
    centre = city.densest(bench.places[:size])
    built.ours.store.run(lambda tx: _on_duty(tx, centre, now()))
    starts = [asyncio.run(_searched(database, bench.folder, centre)) for _ in range(STARTS)]
    largest = max(starts, key=lambda one: one.looks[-1].resident)
    found = (f"{len(built.ours.ask(Circle(centre, radius)).rows):,}" for radius in RADII_M)
    names = (("all loaded", ""), *zip((f"after `/near`, {radius:,} m" for radius in RADII_M), found, strict=True))
    rows = (
        (*name, *(f"{megabytes:.0f}" for megabytes in look)) for name, look in zip(names, largest.looks, strict=True)
    )
    goal = Goal(
        "memory of the process after the searches (RSS), MB",
        largest.looks[-1].resident,
        MEMORY_MB,
        why=lambda what: _where(what, largest.held),
    )
    return ABOUT.format(updates=UPDATES, settled=SETTLED_S, starts=STARTS), Table(HEADINGS, tuple(rows)), goal


def _on_duty(tx: Session, at: Point, moment: datetime) -> None:
    """Put an officer into the register, with the role that a link gave, who works on the theft of two hours ago."""
    officer = people.meet(tx, "telegram", str(OFFICER), "hi", moment)
    until, hour = moment + timedelta(days=365), timedelta(hours=1)
    link = invites.open_one(tx, invites.make(tx, Role.OFFICER, STATION, "SI, Palasia 1", until, moment), moment)
    if link is None or not invites.use(tx, link.id, moment):
        raise ValueError("a link that was made this moment does not open")
    grant = grants.give(tx, officer.id, link, moment)
    audit.write(tx, audit.Act.GRANT, moment, by=grant, role=Role.OFFICER)
    told = Told("FIR 123/2026", IncidentKind.THEFT, Site(at, ""), moment - 2 * hour, moment - hour)
    incidents.begin(tx, grant, told, moment)


async def _searched(database: str, folder: Path, centre: Point) -> Memory:
    async with serving(database, folder) as bot:
        for _ in range(UPDATES):
            bot.world.says(PERSON, "/language")
        await asyncio.sleep(LOADED_S)
        looks = [_look(bot.process)]
        for searches, radius in enumerate(RADII_M, 1):
            bot.world.says(OFFICER, f"/near {centre.lat} {centre.lon} {radius}")
            await _until_maps(bot, searches)
            await asyncio.sleep(SETTLED_S)
            looks.append(_look(bot.process))
        return Memory(looks, _held(bot.process))


async def _until_maps(bot: Serving, many: int) -> None:
    """A page of places is words under a map; anything else that the officer is told is no answer to a search."""
    try:
        await bot.world.wait_for(lambda: _maps(bot) >= many, PATIENCE_S)
    except TimeoutError:
        said = [one.get("text", "a picture") for one in bot.world.chat(OFFICER) if not one["out"]]
        raise TimeoutError(f"no map came after {PATIENCE_S:.0f} s, but {said}") from None


def _maps(bot: Serving) -> int:
    return sum("photo" in said for said in bot.world.chat(OFFICER))


def _look(process: psutil.Process) -> Look:
    info, status = process.memory_full_info(), Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return Look(info.uss / 2**20, info.rss / 2**20, int(PEAK.findall(status)[0]) / 2**10)


def _held(process: psutil.Process) -> Held:
    held = Held()
    for part in process.memory_maps(grouped=True):
        held[Path(part.path).name] += part.rss // 1024
    return held


def _where(what: str, held: Held) -> Iterable[str | Table]:
    rows = tuple((f"`{name}`", f"{kilobytes / 1024:.1f}") for name, kilobytes in held.most_common(SHOWN))
    return HOLDING.format(what=what), Table(("read from", "MB"), rows)
