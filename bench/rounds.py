"""Takes times in turns, so that whatever else the machine does hits everyone alike, and says what was typical."""

import gc
import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import quantiles
from typing import NamedTuple

from bench.contenders import Answer, Row
from bot.core.casework.near import RIM_M, Circle

Ask = Callable[[Circle], Answer]
Look = Callable[[int, dict[str, list[Row]]], None]
_WARM = 12  # searches before any time is taken


class Times(NamedTuple):
    """Milliseconds: half of the searches took less than the first, 95 of 100 less than the second."""

    p50: float
    p95: float


def typical(seconds: Sequence[float]) -> Times:
    cuts = quantiles([one * 1000 for one in seconds], n=20, method="inclusive")
    return Times(cuts[9], cuts[18])


def take_turns(asks: dict[str, Ask], circles: Sequence[Circle], look: Look) -> dict[str, Times]:
    """Everyone answers the first circle, then the second ...; who begins moves on by one each time.

    `look` sees the answers to each circle: its number, and the rows by name.
    """
    names = list(asks)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for circle in circles[:_WARM]:
        for ask in asks.values():
            ask(circle)
    gc.collect()
    gc.freeze()  # what was built before is not walked through in anyone's time
    for n, circle in enumerate(circles):
        begin = n % len(names)
        answers = {name: asks[name](circle) for name in [*names[begin:], *names[:begin]]}
        for name, answer in answers.items():
            seconds[name].append(answer.seconds)
        look(n, {name: answer.rows for name, answer in answers.items()})
    gc.unfreeze()
    return {name: typical(taken) for name, taken in seconds.items()}


def same(rows: Sequence[Row], truth: Sequence[Row], radius_m: float) -> bool:
    """The same places in the same order; what differs by less than a micrometre may change places."""
    true_metres = {row[0]: row[4] for row in truth}
    ids = {row[0] for row in rows}
    if len(ids) != len(rows) or any(key not in ids and far < radius_m - RIM_M for key, far in true_metres.items()):
        return False
    order = [true_metres.get(row[0], math.inf) for row in rows]
    rising = all(a <= b + RIM_M for a, b in pairwise(order))
    return rising and (not order or order[-1] < math.inf)
