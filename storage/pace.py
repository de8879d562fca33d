"""The channel's limits, shared by all workers: so many messages a second to everyone, and fewer to one chat.

Each row is one bucket of the generic cell rate algorithm (ITU-T I.371): `free_us` is when it would be whole again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import BigInteger, BindParameter, ColumnElement, Exists, and_, bindparam, case, delete, exists
from sqlmodel import Session, col, select

from storage.dialect import insert_once, is_postgres, upsert, upserting
from storage.prepared import Prepared
from storage.tables.pace import Pace
from storage.tables.register import Outbox

SECOND = 1_000_000
REACH_US = SECOND // 4  # so far ahead slots are given out: what comes next waits no longer behind them
DOUBT = timedelta(minutes=1)  # a row written so far in the future tells of a clock that was put back


@dataclass(frozen=True, slots=True)
class Rates:
    """Telegram asks for at most 30 messages a second, and about one a second to a chat after a short burst."""

    a_second: float = 25.0
    to_one_chat: float = 1.0
    burst_to_one_chat: float = 3.0

    @property
    def step_us(self) -> int:
        return max(1, round(SECOND / self.a_second))

    @property
    def burst_us(self) -> int:
        """A fifth of a second's messages may leave at once."""
        return round(max(0.0, self.a_second / 5 - 1) * self.step_us)

    @property
    def chat_step_us(self) -> int:
        return max(1, round(SECOND / self.to_one_chat))

    @property
    def chat_burst_us(self) -> int:
        return round((self.burst_to_one_chat - 1) * self.chat_step_us)


def slots(tx: Session, channel: str, most: int, rates: Rates, now: datetime) -> list[float]:
    """In how many seconds each of the next messages may leave, up to `most`; none in a pause. Others wait meanwhile."""
    here = _us(now)
    if paused(tx, channel, now):
        return []
    insert_once(tx, Pace, lane=channel.encode(), free_us=0, at=now)
    begin = max(here, _row(tx, channel.encode(), now, hold=True))
    starts = [max(0, begin + n * rates.step_us - rates.burst_us - here) for n in range(most)]
    return [start / SECOND for start in starts if start <= REACH_US]


def take(tx: Session, channel: str, lanes: Collection[bytes], rates: Rates, now: datetime) -> None:
    """Use one slot for each of these chats, whose messages leave."""
    _move(tx, {channel.encode(): len(lanes) * rates.step_us} | dict.fromkeys(lanes, rates.chat_step_us), now)


def resting(rates: Rates, now: datetime) -> Exists:
    """Whether the chat of a row of the outbox had its share just now."""
    over = col(Pace.free_us) > _us(now) + rates.chat_burst_us
    return exists().where(col(Pace.lane) == Outbox.lane, over, _believed(now + DOUBT))


def pause(tx: Session, channel: str, seconds: float, now: datetime) -> None:
    """Nobody sends for so long: the channel asked for it. A shorter pause does not end a longer one."""
    until = max(_us(now) + round(seconds * SECOND), _row(tx, _pause_of(channel), now))
    upsert(tx, Pace, {"lane": _pause_of(channel), "free_us": until, "at": now}, {"free_us": until, "at": now})


def paused(tx: Session, channel: str, now: datetime) -> float:
    """Seconds until the pause is over that the channel asked for; 0 where there is none."""
    return max(0, _row(tx, _pause_of(channel), now) - _us(now)) / SECOND


def wait(tx: Session, channel: str, rates: Rates, now: datetime) -> float:
    """Seconds until a slot is within reach again."""
    full = _row(tx, channel.encode(), now) - rates.burst_us - REACH_US - _us(now)
    return max(paused(tx, channel, now), full / SECOND)


def purge(tx: Session, before: datetime) -> int:
    """Forget buckets that were last used before then: they have long been whole."""
    old = (col(Pace.at) < before, col(Pace.free_us) < _us(before))
    return tx.connection().execute(delete(Pace).where(*old)).rowcount or 0


def forget_idle(tx: Session, _house: object, now: datetime) -> int:
    """The same for the clock."""
    return purge(tx, now - timedelta(minutes=10))


def _pause_of(channel: str) -> bytes:
    return f"{channel} pauses".encode()


def _us(moment: datetime) -> int:
    return round(moment.timestamp() * SECOND)


def _believed(until: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Written no later than a doubtful moment."""
    return col(Pace.at) <= until


def _row(tx: Session, lane: bytes, now: datetime, *, hold: bool = False) -> int:
    query = select(Pace.free_us).where(col(Pace.lane) == lane, _believed(now + DOUBT))
    return tx.exec(query.with_for_update() if hold else query).first() or 0


def _move(tx: Session, steps: dict[bytes, int], now: datetime) -> None:
    """Each bucket is whole so much later: from now on, or from when it would have been."""
    here, moves = _us(now), _moving(is_postgres(tx))
    for bucket, step in sorted(steps.items()):
        moment = {"here": here, "moment": now, "doubtful": now + DOUBT}
        moves.run(tx, {"bucket": bucket, "step": step, "whole": here + step} | moment)


@cache
def _moving(postgres: bool) -> Prepared:
    here: BindParameter[int] = bindparam("here", type_=BigInteger)
    moment: BindParameter[datetime] = bindparam("moment")
    begin = case((and_(col(Pace.free_us) > here, _believed(bindparam("doubtful"))), col(Pace.free_us)), else_=here)
    row = {"lane": bindparam("bucket"), "free_us": bindparam("whole"), "at": moment}
    later = {"free_us": begin + bindparam("step", type_=BigInteger), "at": moment}
    return Prepared(upserting(Pace, postgres, row, later))
