"""A power cut tears the end of the WAL: what was confirmed is there, what was not comes again, nothing is half done."""

import asyncio
import sqlite3
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import event
from sqlmodel import func, select

from bot.core.messages import Text
from storage.engine import Store, open_engine
from storage.tables.register import Claim, Outbox, Person
from tests.chat import Chat
from tests.handlers.test_health import bad, health_of

PEOPLE = 25
TEARS = 60


@pytest.fixture
def writing(chat: Chat) -> Chat:
    """A bot whose WAL is not moved into the file yet."""
    event.listen(chat.store.engine, "checkout", lambda one, *_: one.execute("PRAGMA wal_autocheckpoint=0"))
    return chat


def wal(chat: Chat) -> Path:
    return chat.file.with_name(f"{chat.file.name}-wal")


def everyone_writes(chat: Chat, first: int) -> list[int]:
    """An update of each person, a commit each: how long the WAL was after each of them."""
    confirmed = []
    for n in range(PEOPLE):
        chat.phone(1000 + n).sends_offline_as(Text("hello"), update=first + n)
        confirmed.append(wal(chat).stat().st_size)
    return confirmed


def counts(store: Store) -> list[int]:
    def count(tx: object) -> list[int]:
        return [tx.exec(select(func.count()).select_from(table)).one() for table in (Claim, Person, Outbox)]  # type: ignore[attr-defined]  # a session

    return store.run(count)


@pytest.mark.sqlite
def test_a_torn_wal_keeps_every_whole_commit_and_nothing_of_the_torn_one(writing: Chat, tmp_path: Path) -> None:
    chance, first = Random(7), 900_000
    confirmed = everyone_writes(writing, first)
    file, log = writing.file.read_bytes(), wal(writing).read_bytes()
    cuts = sorted({*confirmed, *(chance.randrange(len(log)) for _ in range(TEARS))})

    for n, cut in enumerate(cuts):
        torn = tmp_path / f"torn{n}.db"
        torn.write_bytes(file)
        torn.with_name(f"{torn.name}-wal").write_bytes(log[:cut] + chance.randbytes(n % 3 * 2000))
        after = Chat(Store(open_engine(f"sqlite:///{torn}"), writing.store.seal), now=writing.now)
        kept = sum(size <= cut for size in confirmed)

        assert counts(after.store) == [kept] * 3
        ready = asyncio.run(health_of(after.store).report())
        assert bad(ready) == []
        assert str(ready[3]).startswith(f"ok   queue     messages that wait: {kept}, ")
        everyone_writes(after, first)  # Telegram delivers again what was not confirmed, and what was as well
        assert counts(after.store) == [PEOPLE] * 3
        after.store.close()
        whole = sqlite3.connect(torn)
        assert whole.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        whole.close()
