"""A database that says neither yes nor no, and one that is away for half a minute: told, waited for, nothing lost."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from handlers.telegram import sorry
from storage import claims, engine
from storage.dialect import lock
from storage.engine import Store, open_engine
from storage.keycheck import key_fits
from storage.outage import Outage
from storage.seal import Seal
from tests.outages import test_database as outages
from tests.outages.test_database import ANSWER, CROWD, KNOWN, WAITS, Away, count, ready, told, town
from tests.postgres import Cluster
from tests.relay import Wire, wire

own = outages.own
on_postgres = outages.on_postgres
HALF_A_MINUTE_S = 30.0


@pytest.fixture
def line(postgres: Cluster) -> Iterator[Wire]:
    with wire(make_url(postgres.url).port or 0) as made:
        yield made


@pytest.fixture
def far(postgres: Cluster, line: Wire) -> Iterator[Store]:
    """A register at the end of that wire."""
    near = postgres.fresh()
    url = make_url(near).set(port=line.port).render_as_string(hide_password=False)
    store = Store(open_engine(url), Seal([bytes(range(32))]))
    store.run(key_fits)
    yield store
    line.flows.set()
    store.close()
    postgres.drop(near)


async def test_who_writes_while_the_database_is_silent_is_told_and_answered_once_it_speaks(
    far: Store, line: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorry, "SLOW_S", 1.5)
    monkeypatch.setattr(sorry, "BETWEEN_S", 0.01)
    async with town(far, tmp_path) as live:
        before = count(far)
        line.flows.clear()
        for person in CROWD:
            live.world.says(person.id, "/cancel")
        async with asyncio.timeout(20):
            while not any(told(live, person) for person in CROWD):  # noqa: ASYNC110 - rings no bell
                await asyncio.sleep(0.05)
        during = await ready(live)
        line.flows.set()
        await live.settles()
        after = count(far)
        aside = far.run(claims.set_aside)

    assert f"database  {Outage.AWAY}" in during[0]
    assert (after - before, aside) == (len(CROWD), 0)
    for person in CROWD:
        said = live.hands(person.id).texts
        assert said.count(ANSWER) == 1 + (person in KNOWN)
        assert said.count(WAITS) <= 1


async def test_half_a_minute_without_a_database_is_told_and_costs_nobody_anything(
    on_postgres: Store, own: Cluster, tmp_path: Path
) -> None:
    async with town(on_postgres, tmp_path) as live:
        before = count(on_postgres)
        with Away(on_postgres, own):
            for person in CROWD:
                live.world.says(person.id, "/cancel")
            await asyncio.sleep(HALF_A_MINUTE_S)
            during = await ready(live)
            at_once = [person for person in CROWD if told(live, person)]
        await live.settles()
        after = await ready(live)

    assert f"database  {Outage.AWAY}" in during[0]
    assert len(at_once) == len(CROWD)
    assert all(line.startswith("ok") for line in after), after
    assert count(on_postgres) == before + len(CROWD)
    for person in CROWD:
        said = live.hands(person.id).texts
        assert (said.count(ANSWER), said.count(WAITS)) == (1 + (person in KNOWN), 1)


def test_a_worker_that_stands_still_in_the_middle_lets_go_of_whom_it_held(
    postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "FROZEN_MS", 300)
    url, somebody = postgres.fresh(), b"somebody's token"
    frozen, other = open_engine(url), open_engine(url)

    with Session(frozen) as still, Session(other) as tx:
        lock(still, somebody)
        lock(tx, somebody)  # raises where it waits for too long
        with pytest.raises(DBAPIError):
            lock(still, b"another")
    for one in (frozen, other):
        one.dispose()
    postgres.drop(url)
