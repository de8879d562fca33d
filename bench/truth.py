"""Whose answers are right: each is compared with brute force."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from bench.city import Place, sees_road
from bench.contenders import Row
from bench.country import Places
from bench.embedded import by_distance, frame
from bench.rounds import same
from bot.core.casework.near import STEP_M, Circle

Follows: TypeAlias = Callable[[list[Row]], list[Row]]


@dataclass
class Tally:
    """Counts wrong answers by name. Ours must equal what follows from the truth row by row; peers may round."""

    circles: Sequence[Circle]
    places: Places
    ours: Mapping[str, Follows]
    wrong: Counter[str] = field(default_factory=Counter)
    rows: list[int] = field(default_factory=list)  # of each true answer

    def look(self, n: int, answers: dict[str, list[Row]]) -> None:
        truth = _by_brute_force(self.circles[n], self.places)
        self.rows.append(len(truth))
        for name, rows in answers.items():
            follows = self.ours.get(name)
            right = rows == follows(truth) if follows else same(rows, truth, self.circles[n].radius_m)
            self.wrong[name] += not right


def in_columns(places: Sequence[Place]) -> Places:
    return Places(*map(np.array, zip(*places, strict=True)))


def everything(truth: list[Row]) -> list[Row]:
    return truth


def nearest_ten(truth: list[Row]) -> list[Row]:
    return truth[:10]


def first_page(truth: list[Row]) -> list[Row]:
    """Nearest first by steps of distance, in each those that see the road first, of them the nearest first."""
    return sorted(truth, key=lambda row: (row[4] // STEP_M, not sees_road(row[0])))[:10]


def _by_brute_force(circle: Circle, places: Places) -> list[Row]:
    """Every place is looked at; those in a box around the circle are measured."""
    south, north, west, east = frame(circle)
    boxed = np.flatnonzero(
        (places.lats >= south) & (places.lats <= north) & (places.lons >= west) & (places.lons <= east)
    )
    columns = (column[boxed].tolist() for column in (places.ids, places.lats, places.lons, places.cameras))
    return by_distance(circle, zip(*columns, strict=True)) if len(boxed) else []
