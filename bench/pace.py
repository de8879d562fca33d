"""How fast the machine itself is just now: others may share its processors, and then everything takes longer."""

from statistics import median
from time import thread_time

STEPS, TIMES = 1_000_000, 5


def loop_ms() -> float:
    """CPU of a plain loop, the middle one of a few: milliseconds."""
    return median(_once() for _ in range(TIMES)) * 1000


def _once() -> float:
    begun, total = thread_time(), 0
    for n in range(STEPS):
        total += n * n
    return thread_time() - begun
