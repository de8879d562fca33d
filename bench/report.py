"""Writes docs/performance.md from the sections of a run: what was measured, on what, and which goals were met."""

import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench import servers
from bench.section import Goal, Section, Table

LIBRARIES = ("cryptography", "h3", "psycopg", "pyproj", "SQLAlchemy", "sqlmodel")
PROGRAMS = {"Redis": ("redis-server", "--version")}
HEAD = """# Performance

Made by `{command}` on {day}; not edited by hand. Times depend on the machine and on what else it does; compare within
one run only. What each measurement does stands in `bench/README.md`.

{machine}

"""
PACE = "The machine's pace: a plain loop of a million steps took {:.0f} ms of CPU before this, and {:.0f} after it.\n\n"
PICTURE = "![Times beside PostGIS, on a log axis](performance.svg)\n\n"


def written(sections: Sequence[Section], left_out: Iterable[str], command: str, day: str) -> str:
    parts = [HEAD.format(command=command, day=day, machine=_machine())]
    parts += [f"Left out, for want of it: {program}.\n\n" for program in left_out]
    if any(section.bars for section in sections):
        parts.append(PICTURE)
    for section in sections:
        parts.append(f"## {section.title}\n\n")
        parts += _paragraphs(section.body)
        parts.append(_goals(section.goals))
        parts += [PACE.format(*section.paces)] if section.paces else []
        parts += _paragraphs(section.why)
    return "".join(parts).rstrip("\n") + "\n"


def _paragraphs(body: Sequence[str | Table]) -> list[str]:
    return [_table(part) if isinstance(part, Table) else f"{part}\n\n" for part in body]


def _table(table: Table) -> str:
    rule = ("---", *["---:"] * (len(table.headings) - 1))
    lines = [table.headings, rule, *table.rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines) + "\n"


def _goals(goals: Sequence[Goal]) -> str:
    if not goals:
        return ""
    rows = tuple(
        (goal.what, _number(goal.value), f"{'at least' if goal.least else 'at most'} {goal.limit:g}", _verdict(goal))
        for goal in goals
    )
    return _table(Table(("goal", "measured", "asked", ""), rows))


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.2f}"


def _verdict(goal: Goal) -> str:
    if goal.met:
        return "met"
    if not goal.limit:
        return f"**missed** by {_number(goal.value)}"
    short = goal.limit / goal.value if goal.least else goal.value / goal.limit
    return f"**missed** by {short:.2f} times"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    programs = "; ".join(
        filter(None, [_postgres(), *map(_asked, PROGRAMS.values()), f"SQLite {sqlite3.sqlite_version}"])
    )
    return (
        f"- {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB; {platform.system()} {platform.release()}\n"
        f"- Python {platform.python_version()}, {_whose()}; {libraries}\n- {programs}"
    )


def _whose() -> str:
    """The same version, compiled in another way, can take longer for everything."""
    return "the system's own" if sys.base_prefix == "/usr" else "not the system's own"


def _processor() -> str:
    names = (
        re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
        if Path("/proc/cpuinfo").exists()
        else None
    )
    return names[1] if names else platform.machine()


def _postgres() -> str:
    binaries = servers.with_postgis()
    return _asked((str(binaries / "postgres"), "--version")) + " with PostGIS" if binaries else ""


def _asked(command: tuple[str, ...]) -> str:
    if not shutil.which(command[0]):
        return ""
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout  # noqa: S603 - our own words
    return said.strip().split(" sha=")[0]
