"""Is everything there that the bot needs? A line for each part, for `/health/ready` and `citizen-eye check`."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from storage import schema
from storage.engine import Store
from storage.glance import Glance, glance
from storage.outage import Outage, outage

PATIENCE_S = 3.0
ANSWER_LATE_S = 120.0
REMEMBERED_S = 60.0
APART_S = 30.0  # a code of a second factor lives as long


@dataclass(frozen=True, slots=True)
class Line:
    """What was looked at, whether it is fine, and what to know or do."""

    what: str
    fine: bool
    said: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.fine else 'BAD '} {self.what:9} {self.said}"


class Pulse:
    """What became of the last calls to a channel, in one direction: whoever makes one says so here."""

    def __init__(self, name: str, trouble: str = "") -> None:
        self.name = name
        self._trouble, self._since = trouble, time.monotonic()

    def works(self) -> None:
        self._trouble = ""

    def fails(self, said: str) -> None:
        if not self._trouble:
            self._since = time.monotonic()
        self._trouble = said

    def line(self) -> Line:
        if not self._trouble:
            return Line(self.name, True, "Telegram answers")
        long = time.monotonic() - self._since
        return Line(self.name, False, f"Telegram {self._trouble}, for {long:.0f} s; nothing is lost")


class Health:
    """Looks at the register in a transaction of its own, one at a time however many ask."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self.receiving, self.sending = Pulse("receiving", "was not reached yet"), Pulse("sending")
        self._found = schema.ours()
        self._looking: asyncio.Task[Glance | Outage] | None = None
        self._refused: tuple[Outage, float] | None = None
        self._ahead_s: float | None = None

    def heard(self, moment: datetime) -> None:
        """What time it is elsewhere."""
        self._ahead_s = (self._clock() - moment).total_seconds()

    def refuses(self, kind: Outage) -> None:
        """The database did not take what somebody wrote: a full disk may still have room for a glance."""
        self._refused = kind, time.monotonic()

    def takes(self) -> None:
        """It took something since."""
        self._refused = None

    async def look(self) -> Glance | Outage:
        """What there is in the register, or what is the matter with it; within three seconds."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            return await asyncio.wait_for(asyncio.shield(self._looking), PATIENCE_S)
        except TimeoutError:
            return Outage.AWAY

    async def _look(self) -> Glance | Outage:
        try:
            return await self._store.turn(lambda tx: glance(tx, self._clock()))
        except schema.OtherSchemaError as error:
            self._found = error.found
            return Outage.SCHEMA
        except SQLAlchemyError as error:
            return outage(error)

    async def report(self) -> list[Line]:
        """A line for each part."""
        seen = await self.look()
        vague = not isinstance(seen, Outage) or seen is Outage.AWAY  # so says who waited in vain as well
        if vague and self._refused and time.monotonic() - self._refused[1] < REMEMBERED_S:
            seen = self._refused[0]
        return [*_register(seen, self._found), _clock(self._ahead_s), self.receiving.line(), self._sends(seen)]

    def _sends(self, seen: Glance | Outage) -> Line:
        """What failed and was given up is no trouble any more once nothing waits."""
        if isinstance(seen, Glance) and not seen.waiting:
            return Line(self.sending.name, True, "nothing waits")
        return self.sending.line()


def _register(seen: Glance | Outage, found: str) -> list[Line]:
    """`found`: the schema that the database had when it was another one."""
    unknown = "not known until then"
    lines = {what: Line(what, False, unknown) for what in ("database", "schema", "key", "queue")}
    match seen:
        case Glance():
            fine = {"database": "reads and writes", "schema": schema.ours(), "key": "fits"}
            return [*(Line(what, True, said) for what, said in fine.items()), _queue(seen)]
        case Outage.SCHEMA:
            said = f"the database {seen} ({found or 'none'}, not {schema.ours()}); no update is confirmed until then"
            known = [Line("database", True, "answers"), Line("schema", False, said)]
        case Outage.KEY:
            known = [Line("database", True, "answers"), Line("key", False, f"the database {seen}")]
        case _:
            known = [Line("database", False, f"{seen}; no update is confirmed until it is back")]
    return list((lines | {line.what: line for line in known}).values())


def _clock(ahead_s: float | None) -> Line:
    if ahead_s is None:
        return Line("clock", True, "not compared yet")
    if abs(ahead_s) < APART_S:
        return Line("clock", True, f"right within {abs(ahead_s):.0f} s")
    wrong = f"{abs(ahead_s):,.0f} s {'ahead' if ahead_s > 0 else 'behind'}"
    return Line("clock", False, f"{wrong}: set it right (NTP); second factors fail and what is due comes at odd hours")


def _queue(seen: Glance) -> Line:
    late = seen.oldest_answer_s > ANSWER_LATE_S
    said = f"messages that wait: {seen.waiting}, the oldest for {seen.oldest_s:.0f} s; updates set aside: {seen.aside}"
    return Line("queue", not late, f"{said}: answers are late" if late else said)
