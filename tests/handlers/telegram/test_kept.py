"""Messages that are changed or taken back later: at the wire, through a real sender, whatever happens in between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select
from telegram import Bot

from bot import texts
from bot.core.geo import Point
from bot.core.messages import Answer, Envelope, Erase, Reach, Say, phrase
from bot.words import words
from handlers import mail, turn
from handlers.delivery import Outcome, Post
from handlers.mail import OUTGOING
from handlers.telegram import send
from sandbox.world import World
from storage import kept, outbox, people
from storage.engine import Store
from storage.outbox import BULK, Leased
from storage.pace import Rates
from storage.tables.register import Kept, Outbox
from tests.chat import HOUSE, NOON, UPDATES
from tests.sandbox.wire import Clock

ASHA = 1001
PATIENCE_S = 5.0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    world = World(clock=clock)
    world.says(ASHA, "/start")
    return world


class Desk:
    """A register, its sender, and the clock of both."""

    def __init__(self, store: Store, world: World, bot: Bot, clock: Clock) -> None:
        self.store, self.world, self.bot, self.clock = store, world, bot, clock
        self.at = NOON
        self.post = self.sender()

    def sender(self) -> Post:
        return Post(self.store, "telegram", self.send, lambda: self.at, Rates(1e6, 1e6, 1e6))

    async def send(self, leased: Leased) -> Outcome:
        return await send.deliver(self.bot, OUTGOING.validate_json(leased.message), nowhere, kept=leased.kept)

    def writes(self, answer: Answer, *, due: datetime | None = None, priority: int = outbox.ANSWER) -> None:
        def put(tx: Session) -> None:
            person = people.meet(tx, "telegram", str(ASHA), "en", self.at)
            mail.post(tx, person, answer, self.at, due=due, priority=priority)

        self.store.run(put)
        self.post.ring()

    def hears(self, reach: Reach) -> None:
        """Telegram tells that Asha blocked the bot, or let it in again."""
        envelope = Envelope("telegram", next(UPDATES), str(ASHA), str(ASHA), reach)
        self.store.run(lambda tx: turn.take(tx, HOUSE, envelope, self.at))
        self.post.ring()

    def passes(self, **span: float) -> None:
        self.at += timedelta(**span)
        self.clock.passes(timedelta(**span).total_seconds())
        self.post.ring()

    @property
    def shown(self) -> list[str]:
        """What Asha reads of the bot."""
        return [said["text"] for said in self.world.chat(ASHA) if not said["out"] and not said["deleted"]]

    def waits(self) -> int:
        return self.store.run(
            lambda tx: len(
                tx.exec(select(Outbox).where(Outbox.sent_at.is_(None), Outbox.due_at <= self.at)).all()  # type: ignore[union-attr]  # a column
            )
        )

    async def sent(self) -> None:
        """Until all that is due has left."""
        async with asyncio.timeout(PATIENCE_S):
            while self.waits():  # noqa: ASYNC110 - the register rings no bell
                await asyncio.sleep(0.01)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        running = asyncio.create_task(self.post.run())
        try:
            yield
        finally:
            running.cancel()
            await asyncio.wait((running,))


async def nowhere(_point: Point, _language: str) -> str:
    return ""


@pytest.fixture
def desk(store: Store, world: World, bot: Bot, clock: Clock) -> Desk:
    return Desk(store, world, bot, clock)


def live(n: int, *, over: bool = True) -> Say:
    return Say((phrase(texts.COUNT_BUTTON, n=n),), keep="live", over_kept=over)


async def test_a_kept_message_changes_in_its_place(desk: Desk) -> None:
    async with desk.working():
        desk.writes(live(1))
        await desk.sent()
        desk.writes(live(2))
        await desk.sent()

    assert desk.shown == ["2"]
    assert [call.method for call in desk.world.calls][1:] == ["sendMessage", "editMessageText"]


async def test_changes_that_come_at_once_leave_as_one_when_they_are_due(desk: Desk) -> None:
    async with desk.working():
        for n in range(20):
            desk.writes(live(n), due=NOON + timedelta(seconds=3 + n))
        await desk.sent()
        before = list(desk.shown)
        desk.passes(seconds=3)
        await desk.sent()

    assert (before, desk.shown) == ([], ["19"])
    assert desk.store.run(outbox.waiting) == 0


async def test_what_waits_for_its_moment_holds_up_nothing_else(desk: Desk) -> None:
    async with desk.working():
        desk.writes(Say((phrase(texts.YES),)), due=NOON + timedelta(hours=1))
        desk.writes(Say((phrase(texts.NO),)))
        await desk.sent()
        before = list(desk.shown)
        desk.passes(hours=1)
        await desk.sent()

    assert before == [texts.NO]
    assert desk.shown == [texts.NO, texts.YES]


async def test_a_message_is_taken_back_when_its_time_is_over(desk: Desk) -> None:
    async with desk.working():
        desk.writes(Say((phrase(texts.YES),), keep="number", protect=True))
        desk.writes(Erase("number"), due=NOON + timedelta(minutes=10))
        await desk.sent()
        before = list(desk.shown)
        desk.passes(minutes=10)
        await desk.sent()

    assert (before, desk.shown) == ([texts.YES], [])


async def test_after_48_hours_it_is_emptied_instead_and_twice_changes_nothing(desk: Desk) -> None:
    async with desk.working():
        desk.writes(live(1))
        await desk.sent()
        desk.passes(hours=49)
        desk.writes(Erase("live"))
        await desk.sent()
        once = list(desk.shown)
        desk.writes(Erase("live"))
        await desk.sent()

    assert once == desk.shown == [words(phrase(texts.ERASED), "en")]


async def test_what_the_person_deleted_themselves_counts_as_taken_back(desk: Desk) -> None:
    async with desk.working():
        desk.writes(live(1))
        await desk.sent()
        desk.world.chat_with(ASHA).delete(desk.world.chat(ASHA)[-1]["message_id"])
        desk.writes(Erase("live"))
        await desk.sent()

    outcomes = desk.store.run(lambda tx: [row.outcome for row in tx.exec(select(Outbox))])
    assert outcomes == ["sent", "sent"]


async def test_a_kept_message_that_is_gone_comes_anew_and_is_the_kept_one_from_then_on(desk: Desk) -> None:
    async with desk.working():
        desk.writes(live(1))
        await desk.sent()
        desk.world.chat_with(ASHA).delete(desk.world.chat(ASHA)[-1]["message_id"])
        desk.writes(live(2))
        await desk.sent()
        desk.writes(live(3))
        await desk.sent()

    assert desk.shown == ["3"]


async def test_a_change_that_was_made_but_not_noted_is_made_again_and_not_sent_again(desk: Desk) -> None:
    async with desk.working():
        desk.writes(live(1))
        await desk.sent()
        desk.world.faults.add("editMessageText", status="after")
        desk.writes(live(2))
        await desk.sent()
        desk.passes(seconds=2)
        await desk.sent()

    assert desk.shown == ["2"]
    assert [call.method for call in desk.world.calls].count("sendMessage") == 1


async def test_the_next_run_changes_what_a_run_before_it_sent(desk: Desk) -> None:
    async with desk.working():
        desk.writes(live(1))
        await desk.sent()
    desk.post = desk.sender()
    async with desk.working():
        desk.writes(live(2))
        await desk.sent()

    assert desk.shown == ["2"]


async def test_who_blocks_the_bot_keeps_no_message_that_was_to_be_taken_back(desk: Desk) -> None:
    async with desk.working():
        desk.writes(Say((phrase(texts.YES),), keep="number", protect=True))
        await desk.sent()
        desk.writes(Erase("number"), due=desk.at + timedelta(minutes=10))
        desk.world.blocks(ASHA)
        desk.passes(minutes=10)
        await desk.sent()
        kept_back = list(desk.shown)
        desk.hears(Reach(open=False))
        desk.world.unblocks(ASHA)
        desk.hears(Reach(open=True))
        await desk.sent()

    assert (kept_back, desk.shown) == ([texts.YES], [])


async def test_bulk_is_kept_as_well(desk: Desk) -> None:
    async with desk.working():
        desk.writes(live(1), priority=BULK)
        await desk.sent()
        desk.writes(live(2), priority=BULK)
        await desk.sent()

    assert desk.shown == ["2"]


async def test_two_people_s_messages_of_one_name_are_two_messages(store: Store) -> None:
    def name_both(tx: Session) -> set[int]:
        both = [people.meet(tx, "telegram", chat, "en", NOON) for chat in ("1", "2")]
        return {kept.named(tx, person.id, "live", NOON) for person in both for _ in range(2)}

    assert len(store.run(name_both)) == 2


async def test_what_nobody_changed_for_two_months_is_forgotten_but_not_what_something_waits_for(desk: Desk) -> None:
    desk.writes(live(1))
    desk.writes(Erase("other"), due=NOON + timedelta(days=80))
    async with desk.working():
        await desk.sent()

    gone = desk.store.run(lambda tx: kept.purge(tx, NOON + timedelta(days=60)))

    assert gone == 1
    assert len(desk.store.run(lambda tx: tx.exec(select(Kept)).all())) == 1
