"""Telegram away for an hour, answering 500 or 429, or listening to another program: counts, and nothing lost."""

import asyncio
from pathlib import Path

import httpx
import pytest
from sqlmodel import Session, and_, col, func, or_, select

from bot import texts
from bot.core.messages import phrase, say
from bot.words import words
from handlers import mail
from handlers.delivery import Later, Outcome
from sandbox.people import Person
from sandbox.world import World
from storage import claims, people
from storage.engine import Store
from storage.outbox import Leased
from storage.tables.register import Claim, Outbox
from tests.handlers.channel import Channel
from tests.live import Live, alive
from tests.ports import free_port

CROWD = [Person(5000 + n, f"Neighbour {n}", language_code="en") for n in range(30)]
CLERK = Person(6000, "Clerk", language_code="en")
ANSWER = words(phrase(texts.NOTHING_TO_CANCEL), "en")


class Away(Channel):
    """A channel that cannot be reached for so many seconds of its clock."""

    until_s = 3600.0

    async def send(self, message: Leased) -> Outcome:
        begun = self.__dict__.setdefault("begun", self.at)
        if (self.at - begun).total_seconds() < self.until_s:
            self.tried.append(message.message)
            return Later()
        return await super().send(message)


def open_tries(channel: Channel) -> int:
    """Messages that are being sent, or that failed and are due again."""
    due = and_(Outbox.attempts > 0, col(Outbox.due_at) <= channel.at)
    waiting = select(func.count()).where(col(Outbox.sent_at).is_(None), or_(col(Outbox.leased_until).is_not(None), due))
    return channel.store.run(lambda tx: tx.exec(waiting).one())


async def test_after_an_hour_without_telegram_everything_leaves_once_and_in_order(store: Store) -> None:
    channel = Away(store)
    for n in range(20):
        channel.queue(str(1000 + n), f"{n} first", f"{n} second")

    async with channel.working():
        for _ in range(58):
            before = len(channel.tried)
            await channel.until(lambda: len(channel.tried) > before and not open_tries(channel))  # noqa: B023 - at once
            channel.later(61)
        tries = len(channel.tried)
        channel.later(180)
        await channel.delivered()

    assert channel.outcomes() == ["sent"] * 40
    assert tries <= 20 * 70
    sent = channel.tried[-40:]
    assert sorted(set(sent)) == sorted(sent)
    assert all(sent.index(f"{n} first".encode()) < sent.index(f"{n} second".encode()) for n in range(20))


def writes_to_the_clerk(tx: Session) -> None:
    clerk = people.find(tx, "telegram", str(CLERK.id))
    assert clerk
    mail.post(tx, clerk, say(texts.NOTHING_TO_CANCEL), clerk.seen_at)


async def ready(live: Live) -> list[str]:
    async with httpx.AsyncClient(trust_env=False) as keeper:
        return (await keeper.get(f"http://127.0.0.1:{live.settings.listen_port}/health/ready")).text.splitlines()


@pytest.mark.parametrize(
    ("method", "fault", "said"),
    [
        ("getUpdates", {"status": 409, "description": "Conflict: terminated by other getUpdates request"}, "unhook"),
        ("getUpdates", {"status": 500}, "cannot be reached"),
        ("getUpdates", {"status": 429, "retry_after": 1}, "asked us to wait 1 s"),
        ("sendMessage", {"status": 500}, "takes no messages"),
        ("sendMessage", {"status": 429, "retry_after": 1}, "asked us to wait 1 s"),
    ],
)
async def test_a_telegram_in_trouble_is_said_and_every_update_is_taken_and_answered_once(
    store: Store, tmp_path: Path, method: str, fault: dict[str, object], said: str
) -> None:
    world = World([*CROWD, CLERK])
    async with alive(world, store, tmp_path / "unused.db", listen_port=free_port()) as live:
        world.says(CLERK.id, "/cancel")
        await live.settles()
        world.faults.add(method, times=1000, **fault)  # type: ignore[arg-type]  # one of the troubles above
        lines: list[str] = []
        for person in CROWD:
            world.says(person.id, "/cancel")
        await live.until(lambda: live.calls(method, ok=False))
        async with asyncio.timeout(20):
            while not any(said in line for line in lines):
                lines = await ready(live)
        if method == "getUpdates":  # what can still be sent does not hide it
            store.run(writes_to_the_clerk)
            await live.until(lambda: not live.outbox())
            lines = await ready(live)
        world.faults.clear()
        world.says(CLERK.id, "/cancel")
        await live.settles()
        after = await ready(live)

    way = "receiving" if method == "getUpdates" else "sending"
    assert [line.split()[1] for line in lines if line.startswith("BAD")] == [way]
    assert all(line.startswith("ok") for line in after), after
    assert store.run(lambda tx: tx.exec(select(func.count()).select_from(Claim)).one()) == len(CROWD) + 2
    assert store.run(claims.set_aside) == 0
    assert all(live.hands(person.id).texts == [ANSWER] for person in CROWD)
