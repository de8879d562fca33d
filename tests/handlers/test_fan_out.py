"""A request to many owners survives what can happen: kill -9, two workers, people who blocked the bot."""

import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.messages import Envelope, Tap
from handlers import turn
from handlers.delivery import AT_ONCE, Blocked, Later
from storage import people
from storage.casework import requests
from storage.outbox import BULK, LEASE
from storage.tables.register import Outbox
from storage.tables.requests import Asked, Request
from tests.chat import Chat, Phone
from tests.conftest import KEY, make_officer
from tests.handlers.channel import Channel
from tests.handlers.test_asking import asks, searches, street
from tests.town import another, is_sqlite, url_of

pytestmark = pytest.mark.xdist_group("fan out")
ROOT = Path(__file__).parent.parent.parent


def all_at_once(chat: Chat, *envelopes: Envelope) -> None:
    """Each update reaches a worker of its own, all at the same moment."""
    workers = [another(chat.store) for _ in envelopes]
    threads = [
        threading.Thread(target=worker.run, args=(partial(received, chat, envelope),))
        for worker, envelope in zip(workers, envelopes, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread, worker in zip(threads, workers, strict=True):
        thread.join(timeout=30)
        worker.close()


def received(chat: Chat, envelope: Envelope, tx: Session) -> turn.Handled:
    return turn.take(tx, chat.house, envelope, chat.now)


def tap(who: Phone, data: str, update: int) -> Envelope:
    return Envelope("telegram", update, who.id, who.id, Tap(data), language="en", message="7")


def test_one_yes_that_two_workers_receive_is_one_request(on_postgres: Chat) -> None:
    officer = make_officer(on_postgres, 2001)
    street(on_postgres, 5)
    searches(officer)
    asks(officer, n=5, send=False)
    yes = tap(officer, officer.button(texts.SEND_REQUEST).data, 9_000_001)

    all_at_once(on_postgres, yes, yes)

    made, rows = on_postgres.store.run(lambda tx: (tx.exec(select(Request)).all(), tx.exec(select(Asked)).all()))
    assert len(made) == 1
    assert len({row.person_id for row in rows}) == len(rows) == 5


def test_two_seniors_who_allow_it_at_once_send_it_once(on_postgres: Chat) -> None:
    officer = make_officer(on_postgres, 2001)
    seniors = [make_officer(on_postgres, 2002 + n, Role.SENIOR) for n in range(2)]
    street(on_postgres, 51)
    searches(officer)
    asks(officer, n=51)
    for one in seniors:
        one.looks()
    yes = [tap(one, one.button(texts.ALLOW).data, 9_000_010 + n) for n, one in enumerate(seniors)]

    all_at_once(on_postgres, *yes)

    rows = on_postgres.store.run(lambda tx: tx.exec(select(Asked)).all())
    assert len({row.person_id for row in rows}) == len(rows) == 51


def test_answers_to_two_workers_at_once_are_both_in_the_officer_s_message(on_postgres: Chat) -> None:
    officer = make_officer(on_postgres, 2001)
    owners = [on_postgres.phone(5000 + n) for n in range(2)]
    street(on_postgres, 2)
    searches(officer)
    asks(officer, n=2)
    for one in owners:
        one.looks()
    taps = [tap(one, one.button(texts.NOT_COVERED).data, 9_000_020 + n) for n, one in enumerate(owners)]

    all_at_once(on_postgres, *taps)

    on_postgres.later(seconds=3)
    officer.looks()
    answered = [line for said in officer.answers for line in said.lines if line.text == texts.LIVE_ANSWER]  # type: ignore[union-attr]  # nothing else is sent here
    assert answered[-1].values["n"] == 2


def queued(chat: Chat, officer: Phone, owners: int) -> None:
    """A request is made, and its messages wait."""
    street(chat, owners)
    searches(officer)
    asks(officer, n=owners, send=False)
    yes = tap(officer, officer.button(texts.SEND_REQUEST).data, 9_000_030)
    chat.store.run(lambda tx: turn.take(tx, chat.house, yes, chat.now))


def child(chat: Chat, log: Path, dies_after: int = 0) -> int:
    """A sender in a process of its own: its exit code. On PostgreSQL whoever lives on comes a lease later."""
    later = not dies_after and not is_sqlite(chat.store)
    ahead_s = LEASE.total_seconds() + 1 if later else 0
    command = [sys.executable, "-m", "tests.handlers.fan_out_child", url_of(chat.store)]
    ran = subprocess.run(
        [*command, KEY.hex(), str(log), str(dies_after), f"{ahead_s:.0f}"], cwd=ROOT, check=False, timeout=60
    )
    return ran.returncode


def test_a_sender_that_is_killed_in_the_middle_loses_nobody_and_repeats_no_more_than_was_under_way(
    chat: Chat, officer: Phone, tmp_path: Path
) -> None:
    chat.now = datetime.now(UTC) - timedelta(minutes=1)
    queued(chat, officer, 45)
    waits = chat.store.run(lambda tx: len(tx.exec(select(Outbox).where(Outbox.priority == BULK)).all()))

    killed = child(chat, tmp_path / "sent", dies_after=30)
    ended = child(chat, tmp_path / "sent")

    sent = Counter((tmp_path / "sent").read_text().split())
    owners = {lane: n for lane, n in sent.items() if lane != lane_of(chat, officer)}
    assert (killed, ended, waits) == (-9, 0, 45)
    assert len(owners) == 45
    assert max(owners.values()) <= 2
    assert sum(n - 1 for n in owners.values()) <= AT_ONCE
    rows = chat.store.run(lambda tx: tx.exec(select(Asked)).all())
    assert len({row.person_id for row in rows}) == len(rows) == 45


def lane_of(chat: Chat, who: Phone) -> str:
    return chat.store.run(lambda tx: people.lane_of(tx, "telegram", who.id)).hex()


def test_a_process_that_dies_before_the_commit_has_asked_nobody(chat: Chat, officer: Phone, tx: Session) -> None:
    street(chat, 3)
    searches(officer)
    asks(officer, n=3, send=False)
    yes = tap(officer, officer.button(texts.SEND_REQUEST).data, 9_000_040)

    def dies(one: Session) -> None:
        turn.take(one, chat.house, yes, chat.now)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        chat.store.run(dies)
    before = list(tx.exec(select(Asked)))
    chat.store.run(lambda one: turn.take(one, chat.house, yes, chat.now))

    assert (before, len(list(tx.exec(select(Asked))))) == ([], 3)


async def test_two_hundred_owners_are_asked_in_seconds_and_those_who_blocked_the_bot_are_counted(
    chat: Chat, officer: Phone
) -> None:
    senior = make_officer(chat, 2002, Role.SENIOR)
    street(chat, 200)
    searches(officer)
    asks(officer, n=200)
    senior.looks()
    yes = tap(senior, senior.button(texts.ALLOW).data, 9_000_050)
    chat.store.run(lambda tx: turn.take(tx, chat.house, yes, chat.now))
    channel = Channel(chat.store, at=chat.now + timedelta(minutes=1))
    blocking = chat.store.run(lambda tx: list(tx.exec(select(Outbox).where(Outbox.priority == BULK)))[:3])
    for row in blocking:
        channel.orders[chat.store.seal.open("outbox", row.id, row.message_sealed)] = [Blocked()]

    async with channel.working():  # in its patience's seconds; what Telegram's own limit adds is not ours to test
        await channel.delivered()

    [request] = chat.store.run(requests.unsettled)
    tally = chat.store.run(lambda tx: requests.tally(tx, request, chat.now))
    assert (tally.asked, tally.delivered, tally.on_the_way, tally.unreachable) == (200, 197, 0, 3)


async def test_when_telegram_asks_to_wait_everyone_waits_and_then_everyone_is_asked_once(
    chat: Chat, officer: Phone
) -> None:
    queued(chat, officer, 30)
    channel = Channel(chat.store, at=chat.now + timedelta(minutes=1))
    slowed = chat.store.run(lambda tx: list(tx.exec(select(Outbox).where(Outbox.priority == BULK)))[5:10])
    for row in slowed:
        words = chat.store.seal.open("outbox", row.id, row.message_sealed)
        channel.orders[words] = [Later(0.05, everyone=True)]

    def a_second_later() -> bool:
        channel.later(1)
        return all(channel.outcomes())

    async with channel.working():
        await channel.until(a_second_later)

    tried = Counter(channel.tried)
    assert set(channel.outcomes()) == {"sent"}
    assert sorted(tried.values()) == [1] * (len(tried) - 5) + [2] * 5
