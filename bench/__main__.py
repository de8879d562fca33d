"""`python -m bench`: measures everything in one run and writes docs/performance.md and its picture."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import chart, delivery, growth, imports, pictures, report, search, start, turns
from bench.stage import Bench, Settings

MEASUREMENTS = {
    "search": search.measure,
    "growth": growth.measure,
    "turns": turns.measure,
    "delivery": delivery.measure,
    "start": start.measure,
    "pictures": pictures.measure,
    "imports": imports.measure,
}  # in the order of the document
DOCS = Path(__file__).parent.parent / "docs"


def main() -> None:
    asked = _asked()
    settings = Settings(tuple(sorted(asked.sizes)), asked.centres, min(asked.sample, asked.centres))
    with Bench(settings) as bench:
        sections = [MEASUREMENTS[name](bench) for name in asked.only]
    day = datetime.now(UTC).date().isoformat()
    words = report.written(sections, bench.left_out, " ".join(["python -m bench", *sys.argv[1:]]), day)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "performance.md").write_text(words, encoding="utf-8")
    if bars := [bar for section in sections for bar in section.bars]:
        (asked.out / "performance.svg").write_text(chart.drawn(bars), encoding="utf-8")
    missed = [goal.what for section in sections for goal in section.goals if not goal.met]
    sys.stdout.write("".join(f"missed: {what}\n" for what in missed) or "every goal is met\n")


def _asked() -> argparse.Namespace:
    usual = Settings()
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=usual.sizes, help="registrations in the register")
    parser.add_argument("--centres", type=int, default=usual.centres, help="searches for each radius and size")
    parser.add_argument("--sample", type=int, default=usual.sample, help="searches compared with brute force")
    parser.add_argument("--only", choices=MEASUREMENTS, nargs="+", default=list(MEASUREMENTS))
    parser.add_argument("--out", type=Path, default=DOCS, help="the folder to write to")
    return parser.parse_args()


if __name__ == "__main__":
    main()
