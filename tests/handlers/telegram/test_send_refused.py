"""What becomes of Telegram's refusals, and of silence."""

from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot import texts
from bot.core.geo import Point
from bot.core.messages import Button, Menu, Say, phrase, say
from handlers.delivery import Blocked, Later, Outcome, Refused
from handlers.mail import Outgoing
from handlers.telegram import send
from sandbox.server import Running
from sandbox.world import World

ASHA = 1001
YES, NO = Button(phrase(texts.YES), "s|yes"), Button(phrase(texts.NO), "s|no")


@pytest.fixture(autouse=True)
def _asha_has_written(world: World) -> None:
    world.says(ASHA, "/start")


async def nowhere(_point: Point, _language: str) -> str:
    return ""


async def sent(bot: Bot, answer: Say | Menu, *, language: str = "en", over: str = "") -> Outcome:
    return await send.deliver(bot, Outgoing(str(ASHA), language, answer, over), nowhere)


def newest(world: World) -> dict[str, Any]:
    return world.chat(ASHA)[-1]


async def test_the_seconds_that_telegram_asks_for_are_waited_by_everyone(bot: Bot, world: World) -> None:
    world.faults.add("sendMessage", status=429, retry_after=7)

    assert await sent(bot, say(texts.LANGUAGE_SET)) == Later(7, everyone=True)


@pytest.mark.parametrize("status", [500, 502, 413, 401, 404, 409, "drop", "after"])
async def test_what_is_no_fault_of_the_message_makes_it_wait(bot: Bot, world: World, status: Any) -> None:
    world.faults.add("sendMessage", status=status)

    assert await sent(bot, say(texts.LANGUAGE_SET)) == Later()


async def test_a_telegram_that_does_not_answer_in_time_makes_it_wait(server: Running, world: World) -> None:
    hasty = HTTPXRequest(read_timeout=0.2)
    world.faults.add("sendMessage", status="slow", seconds=1)

    async with hasty:
        outcome = await sent(Bot(world.token, f"{server.url}/bot", request=hasty), say(texts.LANGUAGE_SET))

    assert outcome == Later()


async def test_who_blocked_the_bot_or_is_gone_is_not_written_to(bot: Bot, world: World) -> None:
    world.blocks(ASHA)

    assert await sent(bot, say(texts.LANGUAGE_SET)) == Blocked()
    assert await send.deliver(bot, Outgoing("999", "en", say(texts.LANGUAGE_SET)), nowhere) == Blocked()


@pytest.mark.parametrize("why", ["user is deactivated", "bot can't initiate conversation with a user"])
async def test_an_account_that_is_closed_counts_as_blocked(bot: Bot, world: World, why: str) -> None:
    world.faults.add("sendMessage", status=403, description=f"Forbidden: {why}")

    assert await sent(bot, say(texts.LANGUAGE_SET)) == Blocked()


async def test_a_message_that_telegram_will_never_take_is_given_up(bot: Bot, world: World) -> None:
    too_much = Button(phrase(texts.YES), "x" * 65)

    assert await sent(bot, say(texts.LANGUAGE_SET, buttons=((too_much,),))) == Refused("BadRequest")
    assert not world.chat(ASHA)[1:]
