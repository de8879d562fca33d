"""Where one PostgreSQL is not enough: hash partitions by cell token stand in for shards, and EXPLAIN tells them.

docs/scaling.md tells what is measured here; the last test holds its table against it.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import psycopg
import pytest
from sqlalchemy import event
from sqlmodel import Session

from bot.core.casework.near import Circle
from bot.core.cover import cover
from bot.core.geo import Point
from storage import spots
from storage.engine import Store, open_engine
from storage.keeping import reseal
from storage.seal import Seal
from tests.chat import NOON, RAJWADA
from tests.postgres import Cluster
from tests.town import url_of

SHARDS = 16
PLACES = 1500
DOCUMENT = Path(__file__).parents[2] / "docs" / "scaling.md"
OWN = 4711

pytestmark = pytest.mark.xdist_group("shards")


class Recording(psycopg.Cursor[Any]):
    """Remembers what the program asks of its spots."""

    asked: ClassVar[list[tuple[Any, Any]]] = []

    def execute(self, query: Any, params: Any = None, **more: Any) -> "Recording":
        if "spot" in str(query):
            self.asked.append((query, params))
        return super().execute(query, params, **more)


@pytest.fixture(scope="module")
def sharded(postgres: Cluster) -> Iterator[Store]:
    """A city whose spots lie in hash partitions."""
    url = postgres.fresh()
    with psycopg.connect(url, autocommit=True) as keeper:
        keeper.execute("ALTER TABLE spot RENAME TO whole")
        keeper.execute("CREATE TABLE spot (LIKE whole, PRIMARY KEY (cell_token, registration_id)"
                       " INCLUDE (cameras, point_sealed)) PARTITION BY HASH (cell_token)")  # fmt: skip
        keeper.execute("CREATE INDEX ON spot (registration_id)")
        for n in range(SHARDS):
            which = f"WITH (MODULUS {SHARDS}, REMAINDER {n})"
            keeper.execute(f"CREATE TABLE shard_{n} PARTITION OF spot FOR VALUES {which}")
    engine = open_engine(url)
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "cursor_factory", Recording))
    store = Store(engine, Seal([bytes(range(32))]))
    chance = Random(16)

    def fill(tx: Session) -> None:
        spots.put(tx, OWN, RAJWADA, 4)
        for n in range(PLACES):
            spots.put(tx, n, Point(chance.uniform(22.69, 22.75), chance.uniform(75.82, 75.90)), 1)

    store.run(fill)
    with psycopg.connect(url, autocommit=True) as keeper:
        keeper.execute("ANALYZE spot")
    yield store
    store.close()
    postgres.drop(url)


def shards(store: Store, act: Callable[[Session], object]) -> set[str]:
    """The shards that the statements of an act are sent to, as PostgreSQL plans them; nothing of the act is kept."""
    Recording.asked.clear()
    with Session(store.engine, info={"seal": store.seal}) as tx:
        act(tx)
        asked = list(Recording.asked)
        tx.rollback()
    assert asked
    with psycopg.connect(url_of(store)) as planner:
        plans = [
            planner.execute(b"EXPLAIN (FORMAT JSON) " + _bytes(query), params).fetchone() for query, params in asked
        ]
    return set(re.findall(r"'Relation Name': '(shard_\d+)'", str(plans)))


def _bytes(query: Any) -> bytes:
    return query if isinstance(query, bytes) else str(query).encode()


def holding(store: Store, circle: Circle) -> set[str]:
    """The shards that the cells of a circle hash to."""
    cells = cover(circle)
    tokens = store.seal.cell_tokens([*cells.inside, *cells.rim])
    with psycopg.connect(url_of(store)) as planner:
        hashed = (
            "SELECT n FROM generate_series(0, %s) n, unnest(%s::bigint[]) token"
            " WHERE satisfies_hash_partition('spot'::regclass, %s, n, token)"
        )
        found = planner.execute(hashed, (SHARDS - 1, list(tokens), SHARDS)).fetchall()
    return {f"shard_{n}" for (n,) in found}


def search(radius_m: float) -> Callable[[Session], object]:
    return lambda tx: spots.page(tx, Circle(RAJWADA, radius_m), 0, 10)


@pytest.mark.parametrize("radius_m", [10, 50, 100, 500])
def test_a_search_asks_no_shard_but_those_that_its_cells_are_on(sharded: Store, radius_m: float) -> None:
    asked = shards(sharded, search(radius_m))

    assert asked <= holding(sharded, Circle(RAJWADA, radius_m))


def test_a_new_entry_is_one_insert_which_goes_to_the_shard_of_its_cell(sharded: Store) -> None:
    shards(sharded, lambda tx: spots.add(tx, PLACES + 1, RAJWADA, 2))

    assert [str(query).split()[0] for query, _ in Recording.asked] == ["INSERT"]


def test_what_lies_in_one_cell_is_on_one_shard(sharded: Store) -> None:
    with psycopg.connect(url_of(sharded)) as planner:
        spread = planner.execute("SELECT DISTINCT count(DISTINCT tableoid) FROM spot GROUP BY cell_token")
        assert spread.fetchall() == [(1,)]


MEASURED: dict[str, Callable[[Session], object]] = {
    "a search of 10 m": search(10),
    "a search of 50 m": search(50),
    "a search of 100 m": search(100),
    "a search of 500 m": search(500),
    "one place of a search, on the map": lambda tx: spots.find(tx, Circle(RAJWADA, 500), OWN),
    "a pause, a withdrawal, a move": lambda tx: spots.drop(tx, OWN),
    "a batch of a key rotation": lambda tx: reseal.batch(tx, reseal.SPOTS, 0, 2**62, NOON),
}


@pytest.mark.parametrize("act", MEASURED)
def test_the_document_tells_how_many_shards_each_asks(sharded: Store, act: str) -> None:
    told = re.search(rf"^\| {re.escape(act)} \| (\d+) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)

    assert told
    assert int(told[1]) == len(shards(sharded, MEASURED[act]))
