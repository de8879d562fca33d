"""The world itself: waiting for what happens in it, and emptying it."""

import asyncio

import pytest
from telegram import Bot

from sandbox.people import CAST
from sandbox.world import World
from tests.sandbox.wire import ASHA, SHORT, Clock


async def test_waiting_ends_when_it_has_happened_and_gives_what_was_found(bot: Bot, world: World) -> None:
    world.starts(ASHA)
    sending = asyncio.create_task(bot.send_message(ASHA, "hello"))

    found = await world.wait_for(lambda: [one for one in world.chat(ASHA) if not one["out"]])

    assert [one["text"] for one in found] == ["hello"]
    await sending


async def test_waiting_for_what_never_happens_ends_too(world: World) -> None:
    async with asyncio.timeout(SHORT):
        with pytest.raises(TimeoutError):
            await world.wait_for(lambda: world.calls, timeout=0.05)


async def test_a_reset_empties_the_chats_and_keeps_the_people(bot: Bot, world: World, clock: Clock) -> None:
    world.starts(ASHA)
    await bot.send_message(ASHA, "hello")
    world.faults.add(status=500)
    clock.passes(1)

    world.reset()

    assert world.chat(ASHA) == []
    assert world.inbox.pending() == []
    assert world.calls == []
    assert await bot.get_updates() == ()
    assert set(world.people) == {person.id for person in CAST}
