"""What `/health/ready` says when a part is missing: a line for each, in words for whoever runs the bot."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from handlers.health import ANSWER_LATE_S, Health, Line
from storage import keycheck, outbox, schema
from storage.engine import LOOK_S, Store, open_engine
from storage.outage import Outage
from storage.tables.register import Outbox
from tests.chat import NOON, Chat, Phone

PARTS = ["database", "schema", "key", "queue", "clock", "receiving", "sending"]


def health_of(store: Store, minutes: float = 0) -> Health:
    health = Health(store, lambda: NOON + timedelta(minutes=minutes))
    health.receiving.works()
    return health


def bad(lines: list[Line]) -> list[str]:
    return [line.what for line in lines if not line.fine]


async def test_when_everything_is_there_every_line_is_fine(store: Store) -> None:
    lines = await health_of(store).report()

    assert [line.what for line in lines] == PARTS
    assert bad(lines) == []
    assert schema.ours() in str(lines[1])


async def test_an_answer_that_waits_for_minutes_is_said_with_its_age(chat: Chat, resident: Phone) -> None:
    resident.sends_offline("/help")

    soon = await health_of(chat.store, minutes=ANSWER_LATE_S / 60 - 0.5).report()
    late = await health_of(chat.store, minutes=ANSWER_LATE_S / 60 + 1).report()

    assert bad(soon) == []
    assert bad(late) == ["queue"]
    assert "messages that wait: 1, the oldest for 180 s" in str(late[3])


async def test_what_the_database_did_not_take_is_said_though_a_glance_still_fits_in(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    health = health_of(store)

    health.refuses(Outage.FULL)
    full = await health.report()
    health.takes()
    after = await health.report()
    health.refuses(Outage.FULL)
    monkeypatch.setattr("handlers.health.REMEMBERED_S", 0)
    long_ago = await health.report()

    assert bad(full) == ["database", "schema", "key", "queue"]
    assert Outage.FULL in str(full[0])
    assert bad(after) == bad(long_ago) == []


async def test_another_schema_is_said(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    lines = await health_of(store).report()

    assert bad(lines) == ["schema", "key", "queue"]
    assert f"restart it (9999, not {schema.ours()})" in str(lines[1])


async def test_a_key_that_this_process_lacks_is_said(store: Store) -> None:
    store.run(lambda tx: keycheck.note(tx, {store.seal.ids[0], b"ZZ"}))
    await asyncio.sleep(LOOK_S)

    lines = await health_of(store).report()

    assert bad(lines) == ["schema", "key", "queue"]
    assert "restart it with the whole ring" in str(lines[2])


@pytest.mark.parametrize(("days", "said"), [(1, "86,400 s ahead"), (-1, "86,400 s behind")])
async def test_a_clock_that_was_moved_by_a_day_is_said_until_it_is_right(store: Store, days: int, said: str) -> None:
    health = health_of(store)

    health.heard(NOON - timedelta(days=days))
    wrong = await health.report()
    health.heard(NOON - timedelta(seconds=2))
    after = await health.report()

    assert bad(wrong) == ["clock"]
    assert said in str(wrong[4])
    assert bad(after) == []


async def test_a_channel_in_trouble_is_said_until_it_works_again(store: Store) -> None:
    health = health_of(store)

    health.receiving.fails("asked us to wait 30 s")
    health.sending.works()
    waiting = await health.report()
    health.receiving.works()
    after = await health.report()

    assert bad(waiting) == ["receiving"]
    assert "asked us to wait 30 s" in str(waiting[-2])
    assert bad(after) == []


async def test_a_channel_that_takes_no_messages_is_said_for_as_long_as_some_wait(chat: Chat, resident: Phone) -> None:
    health = health_of(chat.store)
    health.sending.fails("takes no messages")

    before = await health.report()
    resident.sends_offline("/help")
    waiting = await health.report()
    health.receiving.works()
    still = await health.report()

    assert bad(before) == []
    assert bad(waiting) == bad(still) == ["sending"]


async def test_who_asks_a_hundred_times_makes_nobody_late_but_who_is_left_waiting_is(
    chat: Chat, resident: Phone
) -> None:
    for _ in range(10):
        resident.sends_offline("/help")
    chat.store.run(lambda tx: first_is_sent(tx, NOON + timedelta(minutes=4)))

    served = await health_of(chat.store, minutes=4.5).report()
    stuck = await health_of(chat.store, minutes=5.5).report()
    chat.phone(1002).sends_offline("/help")
    another = await health_of(chat.store, minutes=4.5).report()

    assert bad(served) == []
    assert bad(stuck) == bad(another) == ["queue"]


def first_is_sent(tx: Session, moment: datetime) -> None:
    message = tx.exec(select(Outbox).order_by(col(Outbox.id))).first()
    assert message
    outbox.done(tx, message.id, "sent", moment)


@pytest.mark.sqlite
async def test_one_look_at_a_time_is_enough_for_any_number_of_askers(store: Store) -> None:
    blocker = sqlite3.connect(str(store.engine.url.database), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    health = health_of(store)

    first, second = await health.look(), await health.look()
    blocker.execute("ROLLBACK")
    blocker.close()

    assert (first, second) == (Outage.AWAY, Outage.BUSY)


def locked(store: Store) -> Callable[[], object]:
    blocker = sqlite3.connect(str(store.engine.url.database), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    return blocker.close


def read_only(store: Store) -> Callable[[], object]:
    pragma(store, "query_only=ON")
    return lambda: pragma(store, "query_only=OFF")


def pragma(store: Store, words: str) -> None:
    connection = store.engine.raw_connection()  # outside any transaction, on the one connection there is
    connection.cursor().execute(f"PRAGMA {words}")
    connection.close()


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("trouble", "kind"), [(locked, Outage.BUSY), (read_only, Outage.READ_ONLY)], ids=["locked", "read-only"]
)
async def test_a_database_that_takes_nothing_is_said_in_words_and_back_when_it_is(
    store: Store, trouble: Callable[[Store], Callable[[], object]], kind: Outage
) -> None:
    pragma(store, "busy_timeout=50")
    health, mend = health_of(store), trouble(store)

    during = await health.report()
    mend()
    after = await health.report()

    assert bad(during) == ["database", "schema", "key", "queue"]
    assert kind in str(during[0])
    assert bad(after) == []


async def test_a_server_that_is_not_there_is_said() -> None:
    from storage.seal import Seal

    away = Store(open_engine("postgresql://nobody@127.0.0.1:9/none"), Seal([bytes(32)]))

    lines = await health_of(away).report()
    away.close()

    assert Outage.AWAY in str(lines[0])
