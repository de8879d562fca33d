"""Who is asked for all places within a circle; ours first: the register, through its own storage functions."""

from time import perf_counter
from typing import NamedTuple, Protocol

from bot.core.casework.near import Circle
from storage import spots
from storage.casework import scoped
from storage.engine import Store

Row = tuple[int, float, float, int, float]  # id, latitude, longitude, cameras, metres from the centre


class Answer(NamedTuple):
    """Seconds until a Python client had the rows, and the rows in the order they came."""

    seconds: float
    rows: list[Row]


class Contender(Protocol):
    """Finds all places within a circle, nearest first, and brings the whole row of each."""

    name: str
    note: str

    def ask(self, circle: Circle) -> Answer: ...


class Ours:
    """The register, every position sealed; each search a transaction, as in the bot."""

    note = "sealed"

    def __init__(self, name: str, store: Store) -> None:
        self.name, self.store = name, store

    def ask(self, circle: Circle) -> Answer:
        begun = perf_counter()
        seen, _ = self.store.run(lambda tx: spots.within(tx, circle))
        seconds = perf_counter() - begun
        return Answer(seconds, [(one.id, one.lat, one.lon, one.cameras, one.metres) for one in seen])

    def ask_page(self, circle: Circle) -> Answer:
        """What an officer reads first: ten places, the road first within each step, with the totals of all."""
        begun = perf_counter()
        page, _ = self.store.run(lambda tx: scoped.page(tx, circle, circle.centre, 0, 10))
        seconds = perf_counter() - begun
        return Answer(seconds, [(one.id, one.lat, one.lon, one.cameras, one.metres) for one in page.seen])
