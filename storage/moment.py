"""What time it is for the bot: where workers share a PostgreSQL, its server says; else this machine does."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session

AGAIN_S = 1.0


def wall_clock() -> datetime:
    """This machine's clock, in UTC."""
    return datetime.now(UTC)


class Clock:
    """The moment, in UTC. Workers whose machines disagree by a day order messages and share limits all the same."""

    def __init__(self, *, follows: bool, wall: Callable[[], datetime] = wall_clock) -> None:
        self._follows, self._wall = follows, wall
        self._heard: tuple[datetime, float] | None = None

    def __call__(self) -> datetime:
        if self._heard is None:
            return self._wall()
        said, at = self._heard
        return said + timedelta(seconds=time.monotonic() - at)

    def follow(self, tx: Session) -> None:
        """Once a second, ask the server. Between two answers a clock runs that nobody can set."""
        if self._follows and (self._heard is None or time.monotonic() >= self._heard[1] + AGAIN_S):
            said: datetime = tx.connection().execute(select(func.clock_timestamp())).scalar_one()
            self._heard = said.astimezone(UTC), time.monotonic()
