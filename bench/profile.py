"""Why a goal was missed: a profile of the work once more, with the functions that took most of its time."""

import cProfile
import pstats
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bench.section import Goal, Section, Table

SHOWN = 12
ABOUT = "**{what}**: where the time goes, as shares of the whole: in a function itself, and with all that it calls."
COUNTED = "**{what}**: counted, not timed, so that a profile would not say why."
NO_PROFILE = "**{what}**: it runs in a process of its own, of which no profile was taken."
HEADINGS = ("function", "calls", "own time, %", "with its calls, %")


def explained(section: Section) -> Section:
    """The section, with a profile below it for each piece of work that missed a goal."""
    missed = [goal for goal in section.goals if not goal.met]
    seen: set[int] = set()
    parts: list[str | Table] = []
    for goal in missed:
        if id(goal.again) not in seen or goal.again is None:
            seen.add(id(goal.again))
            parts += _of(goal)
    return replace(section, why=tuple(parts))


def _of(goal: Goal) -> Iterable[str | Table]:
    if goal.why:
        return goal.why(goal.what)
    if isinstance(goal.value, int):
        return (COUNTED.format(what=goal.what),)
    if goal.again is None:
        return (NO_PROFILE.format(what=goal.what),)
    profile = cProfile.Profile()
    profile.runcall(goal.again)
    return ABOUT.format(what=goal.what), Table(HEADINGS, tuple(_rows(pstats.Stats(profile))))


def _rows(stats: pstats.Stats) -> list[tuple[str, ...]]:
    found = stats.get_stats_profile()
    whole = found.total_tt or 1.0
    of_each = stats.stats.items()  # type: ignore[attr-defined]  # typeshed leaves it out; it is documented by its use
    largest = sorted(of_each, key=lambda one: one[1][2], reverse=True)[:SHOWN]
    return [
        (_named(*where), f"{calls:,}", f"{own / whole:.1%}".rstrip("%"), f"{total / whole:.1%}".rstrip("%"))
        for where, (_, calls, own, total, _) in largest
    ]


def _named(file: str, line: int, function: str) -> str:
    """A function as a reader looks for it: no folder of this machine, nothing that Markdown would read as its own."""
    if file == "~":
        return f"`{function.strip('<>')}`"
    path = Path(file)
    return f"`{path.parent.name}/{path.name}:{line} {function}`"
