"""Whose answers are right: compared with brute force on a sample, and with ours, so proven, on all the others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.city import Place, sees_road
from bench.contenders import Row
from bench.embedded import by_distance
from bench.rounds import same
from bot.core.casework.near import STEP_M, Circle


@dataclass
class Tally:
    """Counts wrong answers by name. Ours must equal brute force row by row; a page, the ten that are read first."""

    ours: str
    places: Sequence[Place]
    circles: Sequence[Circle]
    sample: int
    pages: frozenset[str] = frozenset()  # the names that bring the first page only
    wrong: Counter[str] = field(default_factory=Counter)
    rows: list[int] = field(default_factory=list)
    checked: int = 0

    def look(self, n: int, answers: dict[str, list[Row]]) -> None:
        truth = answers[self.ours]
        if n < self.sample:
            truth = by_distance(self.circles[n], self.places)
            self.wrong[self.ours] += answers[self.ours] != truth
            self.checked += 1
        self.rows.append(len(truth))
        page = sorted(truth, key=_as_read)[:10]
        for name, rows in answers.items():
            if name in self.pages:
                self.wrong[name] += rows != page
            elif name != self.ours:
                self.wrong[name] += not same(rows, truth, self.circles[n].radius_m)


def _as_read(row: Row) -> tuple[float, bool]:
    """Nearest first by steps of distance, in each those that see the road first, of them the nearest first."""
    return row[4] // STEP_M, not sees_road(row[0])
