"""What a picture shows, described without drawing it: handlers/pictures/ draws it when its message is sent."""

from dataclasses import dataclass

from bot.core.casework.near import Circle
from bot.core.geo import Point
from bot.core.phrases import Name, Value
from bot.core.station.coverage import Coverage


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its label. `value` None: too few to be told apart, drawn as a hatched stub; `shown` says so."""

    label: Value
    value: int | None
    shown: Value


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers side by side, such as one for each week; `goal` is a line across them."""

    title: Value
    bars: tuple[Bar, ...]
    goal: Bar | None = None
    note: Value = ""


@dataclass(frozen=True, slots=True)
class Cells:
    """A map of cells with the number of cameras in each; `few` stands in those whose number is not told."""

    title: Value
    coverage: Coverage
    few: Value
    note: Value = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way through the points in their order, and how far to either side of it was searched, in metres."""

    points: tuple[Point, ...]
    within_m: float


@dataclass(frozen=True, slots=True)
class Outline:
    """An area by its rings: borders, and holes where one lies in another. Rings need not be closed."""

    rings: tuple[tuple[Point, ...], ...]


Scope = Circle | Way | Outline


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map; `n` is the number of its line in the answer."""

    n: int
    point: Point


@dataclass(frozen=True, slots=True)
class MapPicture:
    """What was searched and what was found there: up to 25 marks stay readable on a phone."""

    title: Value
    scope: Scope
    marks: tuple[Mark, ...]
    city: Value


@dataclass(frozen=True, slots=True)
class Poster:
    """A society's poster, in Hindi and English whoever reads it. `link` becomes its QR code.

    `society` in letters that a poster can show, at most 60; `contact`: whom neighbours can ask.
    """

    society: str
    city: Name
    police: Name
    contact: Name
    link: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """Steps that people take one after the other, the first one on top: where they stop can be seen."""

    title: Value
    steps: tuple[Bar, ...]
    note: Value = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of what can be said, under a head; the first column names the row, the last row and column are totals."""

    title: Value
    head: tuple[Value, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A few sentences and tables, on as many A4 pages as they take: only as PDF."""

    title: Value
    lines: tuple[Value, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """What an owner without a smartphone signs and keeps. `link` carries the code and becomes its QR code."""

    number: str
    code: str
    link: str
    phone: str
    place: str
    cameras: int
    station: str
    police: Name
    contact: Name
    leftovers: Value


Picture = Paper | Bars | Cells | Funnel | MapPicture | Poster | Slip
