"""`python -m bench`: measures everything in one run and writes docs/performance.md and its picture."""

import argparse
import sys
import traceback
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    chart,
    delivery,
    growth,
    imports,
    nation,
    pace,
    pictures,
    profile,
    report,
    search,
    start,
    turns,
    workers,
)
from bench.section import Section
from bench.stage import Bench, Settings

MEASUREMENTS = {
    "search": search.measure,
    "growth": growth.measure,
    "nation": nation.measure,
    "turns": turns.measure,
    "workers": workers.measure,
    "delivery": delivery.measure,
    "start": start.measure,
    "pictures": pictures.measure,
    "imports": imports.measure,
}  # in the order of the document, and of the work: who signs up in one register is not to be found by another's search
DOCS = Path(__file__).parent.parent / "docs"
BROKE = "This could not be measured: it ended with {error}. Everything else was measured without it."


def main() -> int:
    """What was measured is written even where something could not be: then this ends with 1."""
    asked = _asked()
    settings = Settings(tuple(sorted(asked.sizes)), asked.centres, nation=asked.nation, updates=asked.updates)
    with Bench(settings) as bench:
        tried = {name: _measured(name, bench) for name in MEASUREMENTS if name in asked.only}
    sections = list(tried.values())
    day = datetime.now(UTC).date().isoformat()
    words = report.written(sections, bench.left_out, " ".join(["python -m bench", *sys.argv[1:]]), day)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "performance.md").write_text(words, encoding="utf-8")
    if bars := [bar for section in sections for bar in section.bars]:
        (asked.out / "performance.svg").write_text(chart.drawn(bars), encoding="utf-8")
    broken = [f"broke: {name}\n" for name, section in tried.items() if section.broken]
    missed = [f"missed: {goal.what}\n" for section in sections for goal in section.goals if not goal.met]
    sys.stdout.write("".join([*broken, *missed]) or "every goal is met\n")
    return 1 if broken else 0


def _measured(name: str, bench: Bench) -> Section:
    before = pace.loop_ms()
    try:
        measured = MEASUREMENTS[name](bench)
        return profile.explained(replace(measured, paces=(before, pace.loop_ms())))
    except Exception as error:
        traceback.print_exc()
        return Section(name.capitalize(), (BROKE.format(error=type(error).__name__),), broken=True)


def _asked() -> argparse.Namespace:
    usual = Settings()
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=usual.sizes, help="registrations in the register")
    parser.add_argument("--centres", type=int, default=usual.centres, help="searches for each radius and size")
    parser.add_argument("--nation", type=int, default=usual.nation, help="registrations of the nation")
    parser.add_argument("--updates", type=int, default=usual.updates, help="that workers take while they are killed")
    parser.add_argument("--only", choices=MEASUREMENTS, nargs="+", default=list(MEASUREMENTS))
    parser.add_argument("--out", type=Path, default=DOCS, help="the folder to write to")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
