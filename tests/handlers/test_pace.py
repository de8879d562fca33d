"""The pace of sending, in real time: overall, to one chat, and when the channel asks for a pause."""

import asyncio
import time

from handlers.pace import Bucket, Pace

ASHA, IMRAN = b"asha", b"imran"


async def seconds(pace: Pace, lanes: list[bytes]) -> float:
    """How long it takes until all these messages may have left."""
    began = time.monotonic()
    await asyncio.gather(*(pace.turn(lane) for lane in lanes))
    return time.monotonic() - began


def crowd(size: int) -> list[bytes]:
    return [f"person {n}".encode() for n in range(size)]


async def test_a_few_messages_leave_at_once() -> None:
    pace = Pace(25)

    assert await seconds(pace, crowd(5)) < 0.2


async def test_a_crowd_is_written_to_at_25_a_second() -> None:
    pace = Pace(25)

    took = await seconds(pace, crowd(55))

    assert 2.0 <= took < 3.0  # five at once, then fifty at 25 a second


async def test_never_more_than_telegrams_30_leave_within_a_second() -> None:
    pace, left = Pace(25), []

    async def leave(lane: bytes) -> None:
        await pace.turn(lane)
        left.append(time.monotonic())

    await asyncio.gather(*map(leave, crowd(60)))

    busiest = max(sum(1 for other in left if moment <= other < moment + 1) for moment in left)
    assert 25 <= busiest <= 31  # 30, and one for the clock's grain


async def test_one_chat_gets_three_at_once_and_then_one_a_second() -> None:
    pace = Pace(25)

    took = await seconds(pace, [ASHA] * 5)

    assert 2.0 <= took < 2.6


async def test_one_busy_chat_does_not_hold_up_another() -> None:
    pace = Pace(25)
    busy = asyncio.create_task(seconds(pace, [ASHA] * 5))
    await asyncio.sleep(0)

    took = await seconds(pace, [IMRAN] * 2)

    assert took < 0.5
    assert await busy >= 2.0


async def test_a_pause_holds_everyone() -> None:
    pace = Pace(25)

    pace.pause(time.monotonic() + 0.5)

    assert 0.5 <= await seconds(pace, [ASHA, IMRAN]) < 0.9


async def test_a_pause_holds_those_too_who_were_waiting_for_their_turn() -> None:
    pace = Pace(25, to_one_chat=10)
    waiting = asyncio.create_task(seconds(pace, [ASHA] * 4))
    await asyncio.sleep(0.02)

    pace.pause(time.monotonic() + 0.6)

    assert await waiting >= 0.6


async def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    pace = Pace(25)

    pace.pause(time.monotonic() + 0.5)
    pace.pause(time.monotonic() + 0.1)

    assert await seconds(pace, [ASHA]) >= 0.5


async def test_after_a_pause_the_crowd_does_not_leave_all_at_once() -> None:
    pace = Pace(20)
    pace.pause(time.monotonic() + 0.3)

    took = await seconds(pace, crowd(14))

    assert took >= 0.3 + 10 / 20


async def test_a_message_every_second_never_waits() -> None:
    bucket = Bucket(rate=20, burst=1)
    waits = []

    for _ in range(4):
        waits.append(bucket.take())
        await asyncio.sleep(0.06)

    assert waits == [0.0] * 4


async def test_a_bucket_is_idle_only_after_a_minute() -> None:
    bucket = Bucket(rate=1, burst=3)

    bucket.take()

    assert not bucket.idle()
