"""What a measurement gives back: a section of docs/performance.md, with its tables, its bars and its goals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first column is text, the others are numbers already written out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A promise with a number: met when `value` is at most `limit`, or with `least` at least that; a count is an int.

    `again` does once more what was measured, so that a goal that was missed can be explained by a profile; `why` does
    that itself, for work in another process.
    """

    what: str
    value: float
    limit: float
    least: bool = False
    again: Callable[[], object] | None = field(default=None, compare=False)
    why: "Callable[[str], Iterable[str | Table]] | None" = field(default=None, compare=False)

    @property
    def met(self) -> bool:
        return self.value >= self.limit if self.least else self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the picture: so many times the time of the reference, on a log axis."""

    group: str
    label: str
    ratio: float
    ours: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One measurement: paragraphs and tables in the order they are read."""

    title: str
    body: tuple[str | Table, ...]
    goals: tuple[Goal, ...] = ()
    bars: tuple[Bar, ...] = ()
    why: tuple[str | Table, ...] = ()  # for goals that were missed
    broken: bool = False  # it could not be measured to its end
    paces: tuple[float, ...] = ()  # of the machine, before and after: see pace.py
