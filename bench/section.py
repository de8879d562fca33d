"""What a measurement gives back: a section of docs/performance.md, with its tables, its bars and its goals."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first column is text, the others are numbers already written out."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A promise with a number: met when `value` is at most `limit`, or with `least` at least that."""

    what: str
    value: float
    limit: float
    least: bool = False

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
