"""Older registers: how long `citizen-eye import registrations` takes, the trial and the import, from CSV and XLSX."""

import csv
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import xlsxwriter

from bench.section import Goal, Section, Table
from bench.stage import KEY, Bench

ROWS, LIMIT_S = 100_000, 120.0
HEADER = ("नाम", "मोबाइल नंबर", "अक्षांश", "देशांतर", "कैमरों की संख्या", "प्रकार")
COMMAND = Path(sys.executable).with_name("citizen-eye")
ABOUT = (
    f"An older register of {ROWS:,} rows, two for each number, read as `citizen-eye import registrations FILE` does:"
    " every cell is looked at, every new entry sealed, and an invitation written for each number; the start of the"
    " program included. `--commit` reads and compares everything once more, then keeps all of it in one transaction."
)


def measure(bench: Bench) -> Section:
    rows, goals = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name, write in (("CSV", _csv), ("XLSX", _xlsx)):
            home = Path(folder) / name
            home.mkdir()
            file = home / f"old.{name.lower()}"
            write(file)
            _run(home, "migrate")
            trial, whole = (_run(home, "import", "registrations", file.name, *more) for more in (_HERE, _COMMIT))
            rows.append((name, f"{trial:.1f}", f"{whole:.1f}"))
            goals.append(Goal(f"{ROWS:,} rows of {name} taken over: seconds", whole, LIMIT_S))
            bench.say(f"imports: {name}")
    return Section("Older registers", (ABOUT, Table(("", "trial, s", "import, s"), tuple(rows))), tuple(goals))


_HERE = ("--station", "Palasia")
_COMMIT = (*_HERE, "--commit")


def _made_up() -> Iterator[tuple[str, str, float, float, int, str]]:
    chance = random.Random(1857)  # noqa: S311 - made-up places, the same in every run
    for n in range(ROWS):
        lat, lon = (round(middle + chance.uniform(-0.15, 0.15), 6) for middle in (22.7196, 75.8577))
        yield f"Demo {n}", str(9_000_000_000 + n // 2), lat, lon, chance.randint(1, 9), "दुकान"


def _csv(file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEADER, *_made_up()])


def _xlsx(file: Path) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate([HEADER, *_made_up()]):
            sheet.write_row(n, 0, row)


def _run(home: Path, *words: str) -> float:
    """Seconds of a command in a register of its own."""
    own = {"DATABASE_URL": f"sqlite:///{home / 'register.db'}", "CITIZEN_EYE_KEY": KEY.hex()}
    begun = perf_counter()
    subprocess.run([COMMAND, *words], cwd=home, env=os.environ | own, check=True, capture_output=True)  # noqa: S603 - our own command
    return perf_counter() - begun
