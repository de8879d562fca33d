"""One update, one transaction: all of it is kept or none, and of two who write at once neither loses anything."""

import asyncio
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, func, select

from bot.core.geo import Point
from bot.core.registration import Draft, Site
from storage import claims, ids, people, registrations
from storage.engine import Store, open_engine
from storage.tables.register import Claim, Person, Registration, Spot
from tests.chat import NOON, RAJWADA
from tests.town import another

TIMES = 60


def test_when_anything_fails_nothing_of_the_transaction_is_kept(store: Store, tx: Session) -> None:
    def registers(writing: Session) -> None:
        claims.claim(writing, "telegram", 1, NOON)
        person = people.meet(writing, "telegram", "1001", "en", NOON)
        person.consent_version, person.consent_at = "2026-11", NOON
        registrations.add(writing, person, Draft("+919876543210", Site(RAJWADA), 4), NOON)
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        store.run(registers)

    for table in (Claim, Person, Registration, Spot):
        assert tx.exec(select(table)).all() == []


def test_a_registration_without_consent_is_refused_by_the_register_itself(store: Store) -> None:
    def registers(writing: Session) -> None:
        person = people.meet(writing, "telegram", "1001", "en", NOON)
        registrations.add(writing, person, Draft("+919876543210", Site(RAJWADA), 4), NOON)

    with pytest.raises(ValueError, match="consent"):
        store.run(registers)


def test_of_two_programs_that_read_and_write_neither_loses_what_the_other_did(store: Store, tx: Session) -> None:
    store.run(lambda writing: people.meet(writing, "telegram", "1001", "en", NOON))
    programs = [another(store), another(store)]

    def counts_up(program: Store) -> None:
        for _ in range(TIMES):
            program.run(one_more)

    def one_more(writing: Session) -> None:
        person = people.meet(writing, "telegram", "1001", "en", NOON)
        person.seen_at += timedelta(seconds=1)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(counts_up, programs))
    for program in programs:
        program.close()

    person = people.find(tx, "telegram", "1001")
    assert person
    assert person.seen_at == NOON + timedelta(seconds=2 * TIMES)


@pytest.mark.sqlite
def test_a_program_that_hardly_pauses_keeps_nobody_waiting_for_long(store: Store) -> None:
    begun, enough = threading.Event(), threading.Event()

    def hardly_pauses() -> None:
        other = sqlite3.connect(str(store.engine.url.database), isolation_level=None)
        while not enough.is_set():
            other.execute("BEGIN IMMEDIATE")
            begun.set()
            time.sleep(0.05)
            other.execute("COMMIT")
            time.sleep(0.001)
        other.close()

    thread = threading.Thread(target=hardly_pauses)
    thread.start()
    begun.wait(5)
    try:
        taken = [store.run(lambda tx, n=n: claims.claim(tx, "telegram", n, NOON)) for n in range(12)]  # type: ignore[misc]  # its default
    finally:
        enough.set()
        thread.join()

    assert taken == [True] * 12


@pytest.mark.sqlite
def test_a_file_that_is_no_database_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "town.db").write_bytes(b"a letter, not a register" * 99)
    engine, begun = open_engine(f"sqlite:///{tmp_path / 'town.db'}"), time.monotonic()

    with pytest.raises(DatabaseError):
        engine.connect()

    assert time.monotonic() - begun < 2


def test_an_update_is_claimed_by_one_of_two_programs(store: Store, tx: Session) -> None:
    programs = [another(store), another(store)]

    def claims_all(program: Store) -> int:
        return sum(program.run(partial(claims.claim, channel="telegram", update_id=n, now=NOON)) for n in range(TIMES))

    with ThreadPoolExecutor(2) as pool:
        claimed = list(pool.map(claims_all, programs))
    for program in programs:
        program.close()

    assert sum(claimed) == TIMES == tx.exec(select(func.count()).select_from(Claim)).one()


async def test_async_callers_wait_until_it_is_committed(store: Store, tx: Session) -> None:
    work = [store.turn(partial(claims.claim, channel="telegram", update_id=n, now=NOON)) for n in range(20)]

    taken = await asyncio.gather(*work)

    assert taken == [True] * 20
    assert tx.exec(select(func.count()).select_from(Claim)).one() == 20


def test_ids_grow_even_when_the_clock_stands_still_or_goes_back() -> None:
    moments = [NOON, NOON, NOON - timedelta(hours=1), NOON + timedelta(milliseconds=1)]

    made = [ids.new_id(moment) for moment in moments * 50]

    assert made == sorted(set(made))
    assert all(one < 2**63 for one in made)


def test_numbers_of_registrations_differ(store: Store) -> None:
    def registers(writing: Session) -> list[str]:
        person = people.meet(writing, "telegram", "1001", "en", NOON)
        person.consent_version, person.consent_at = "2026-11", NOON
        drafts = [Draft("+919876543210", Site(Point(22.7 + n / 1000, 75.85)), 1) for n in range(50)]
        return [registrations.add(writing, person, draft, NOON).number for draft in drafts]

    assert len(set(store.run(registers))) == 50
