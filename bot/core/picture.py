"""What a picture shows, described without drawing it: handlers/pictures/ draws it when its message is sent."""

from dataclasses import dataclass

from bot.core.coverage import Coverage
from bot.core.phrases import Value


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


Picture = Bars | Cells
