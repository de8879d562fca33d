"""The channel's limits as rows: what one worker uses, no other has; and a clock that was put back stops nobody."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlmodel import Session, func, select

from storage import pace
from storage.engine import Store
from storage.pace import Rates
from storage.tables.pace import Pace
from tests.chat import NOON

ASHA, IMRAN = b"asha", b"imran"
RATES = Rates()


def slots(store: Store, now: datetime, most: int = 20) -> list[float]:
    return store.run(partial(pace.slots, channel="telegram", most=most, rates=RATES, now=now))


def take(store: Store, now: datetime, *lanes: bytes) -> None:
    store.run(partial(pace.take, channel="telegram", lanes=lanes, rates=RATES, now=now))


def crowd(size: int) -> list[bytes]:
    return [f"person {n}".encode() for n in range(size)]


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def sent_in(store: Store, seconds: float, *, every: float = 0.05) -> list[float]:
    """When messages leave, if somebody looks so often and there is always a message to send."""
    left: list[float] = []
    for step in range(round(seconds / every)):
        now = after(step * every)
        found = slots(store, now)
        if found:
            take(store, now, *crowd(len(found)))
        left += [step * every + wait for wait in found]
    return left


def test_a_few_messages_leave_at_once_and_the_next_in_steps_of_a_25th_of_a_second(store: Store) -> None:
    found = slots(store, NOON)

    assert found[:7] == pytest.approx([0, 0, 0, 0, 0, 0.04, 0.08])
    assert max(found) <= 0.25


def test_a_crowd_is_written_to_at_25_a_second(store: Store) -> None:
    left = sent_in(store, 4)

    assert len([moment for moment in left if moment < 4]) == pytest.approx(5 + 4 * 25, abs=1)


def test_never_more_than_telegrams_30_leave_within_a_second(store: Store) -> None:
    left = sent_in(store, 3)

    busiest = max(sum(1 for other in left if moment <= other < moment + 1) for moment in left)
    assert 25 <= busiest <= 30


def test_what_one_worker_took_no_other_gets(store: Store) -> None:
    mine = slots(store, NOON)
    take(store, NOON, *crowd(len(mine)))

    assert slots(store, NOON) == []
    assert slots(store, after(0.04)) == pytest.approx([0.25], abs=0.03)


def test_one_chat_gets_three_at_once_and_then_one_a_second(store: Store) -> None:
    left = []

    for tenth in range(50):
        if not rests(store, after(tenth / 10)):
            take(store, after(tenth / 10), ASHA)
            left.append(tenth / 10)

    assert left == [0, 0.1, 0.2, 1, 2, 3, 4]


def rests(store: Store, now: datetime, lane: bytes = ASHA) -> bool:
    over = now.timestamp() * pace.SECOND + RATES.chat_burst_us
    row = store.run(lambda tx: tx.exec(select(Pace.free_us).where(Pace.lane == lane)).first())
    return (row or 0) > over


def test_a_pause_holds_every_worker_and_a_shorter_one_does_not_end_it(store: Store) -> None:
    for seconds in (30, 5):
        store.run(partial(pace.pause, channel="telegram", seconds=seconds, now=NOON))

    assert [bool(slots(store, after(seconds))) for seconds in (0, 6, 29.9, 30.1)] == [False, False, False, True]
    assert store.run(partial(pace.wait, channel="telegram", rates=RATES, now=NOON)) == 30


def test_a_pause_of_one_channel_is_not_one_of_another(store: Store) -> None:
    store.run(partial(pace.pause, channel="telegram", seconds=30, now=NOON))

    assert store.run(partial(pace.slots, channel="whatsapp", most=3, rates=RATES, now=NOON)) == [0, 0, 0]


def test_after_a_pause_the_crowd_does_not_leave_all_at_once(store: Store) -> None:
    store.run(partial(pace.pause, channel="telegram", seconds=10, now=NOON))

    assert len([wait for wait in slots(store, after(11)) if wait == 0]) == 5


def test_a_clock_that_is_put_back_a_day_stops_nobody(store: Store) -> None:
    tomorrow = NOON + timedelta(days=1)
    take(store, tomorrow, *[ASHA] * 20)
    store.run(partial(pace.pause, channel="telegram", seconds=3600, now=tomorrow))

    assert slots(store, NOON)[0] == 0
    take(store, NOON, ASHA)
    assert slots(store, NOON)


def test_buckets_are_forgotten_once_they_are_whole(store: Store, tx: Session) -> None:
    take(store, NOON, *crowd(30))
    store.run(partial(pace.pause, channel="telegram", seconds=3600, now=NOON))

    store.run(partial(pace.purge, before=after(600)))

    assert tx.exec(select(func.count()).select_from(Pace)).one() == 1
    assert slots(store, after(600)) == []
