"""Troubles on demand: refusals, dropped connections, slowness, and Telegram's pace."""

import time

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

from sandbox.world import World
from tests.sandbox.wire import ASHA, GROUP, IMRAN, Api, Clock


@pytest.fixture(autouse=True)
def asha_has_started(world: World) -> None:
    world.starts(ASHA)


async def test_too_many_requests_name_the_seconds_and_send_nothing(
    bot: Bot, api: Api, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it the library warns that retry_after will be a timedelta
    world.faults.add("sendMessage", status=429, retry_after=2, times=2)

    answer = await api("sendMessage", chat_id=ASHA, text="x")
    with pytest.raises(RetryAfter):
        await bot.send_message(ASHA, "x")

    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 2",
        "parameters": {"retry_after": 2},
    }
    assert len(world.chat(ASHA)) == 1
    assert [call.ok for call in world.calls if call.method == "sendMessage"] == [False, False]


async def test_a_fault_is_used_up_and_meets_its_own_method_only(bot: Bot, world: World) -> None:
    world.faults.add("sendMessage", status=500)

    assert await bot.send_location(ASHA, 22.7, 75.8)
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(ASHA, "x")
    assert await bot.send_message(ASHA, "x")


async def test_a_fault_for_any_method_meets_the_next_call(api: Api, world: World) -> None:
    world.faults.add(status=502)

    assert await api.refusal("getMe") == (502, "Bad Gateway")
    assert await api.result("getMe")


async def test_a_refusal_can_have_words_of_its_own(api: Api, world: World) -> None:
    world.faults.add("sendMessage", status=403, description="Forbidden: user is deactivated")

    refusal = await api.refusal("sendMessage", chat_id=ASHA, text="x")

    assert refusal == (403, "Forbidden: user is deactivated")


async def test_a_dropped_connection_sends_nothing(bot: Bot, world: World) -> None:
    world.faults.add("sendMessage", status="drop")

    with pytest.raises(NetworkError):
        await bot.send_message(ASHA, "x")

    assert len(world.chat(ASHA)) == 1
    assert (world.calls[-1].ok, world.calls[-1].answer) == (False, {})
    assert await bot.send_message(ASHA, "x")


async def test_a_connection_dropped_afterwards_has_sent_the_message(bot: Bot, world: World) -> None:
    world.faults.add("sendMessage", status="after")

    with pytest.raises(NetworkError):
        await bot.send_message(ASHA, "x")
    await bot.send_message(ASHA, "x")

    assert [message["text"] for message in world.chat(ASHA)[1:]] == ["x", "x"]
    assert world.calls[-2].ok


async def test_dropping_one_connection_leaves_the_others_alone(bot: Bot, api: Api, world: World) -> None:
    world.starts(IMRAN)
    assert await api.result("getMe")
    world.faults.add("sendMessage", status="drop")

    with pytest.raises(NetworkError):
        await bot.send_message(IMRAN, "x")

    assert await api.result("getMe")


async def test_a_slow_answer_comes_late_or_too_late(bot: Bot, world: World) -> None:
    world.faults.add("sendMessage", status="slow", seconds=0.2, times=2)
    began = time.monotonic()

    assert await bot.send_message(ASHA, "x")

    assert time.monotonic() - began >= 0.2
    with pytest.raises(TimedOut):
        await bot.send_message(ASHA, "x", read_timeout=0.05)


async def test_without_limits_nothing_is_too_fast(api: Api, world: World) -> None:
    for number in range(60):
        assert await api.result("sendMessage", chat_id=ASHA, text=str(number))

    assert len(world.chat(ASHA)) == 61


async def test_with_limits_one_chat_gets_a_burst_and_then_one_a_second(api: Api, world: World, clock: Clock) -> None:
    world.limits_on = True
    for number in range(3):
        await api.result("sendMessage", chat_id=ASHA, text=str(number))

    refused = await api("sendMessage", chat_id=ASHA, text="too fast")

    assert refused["parameters"] == {"retry_after": 1}
    clock.passes(1)
    assert await api.result("sendMessage", chat_id=ASHA, text="in time")
    assert (await api.refusal("sendMessage", chat_id=ASHA, text="too fast"))[0] == 429


async def test_with_limits_edits_count_and_reading_does_not(api: Api, world: World) -> None:
    world.limits_on = True
    sent = await api.result("sendMessage", chat_id=ASHA, text="0")
    target = {"chat_id": ASHA, "message_id": sent["message_id"]}
    for number in (1, 2):
        await api.result("editMessageText", text=str(number), **target)

    refusal = await api.refusal("editMessageText", text="3", **target)

    assert refusal == (429, "Too Many Requests: retry after 1")
    assert await api.result("getMe")
    assert await api.result("deleteMessage", **target)


async def test_with_limits_all_chats_together_get_about_30_a_second(api: Api, world: World, clock: Clock) -> None:
    world.limits_on = True
    groups = [GROUP - number for number in range(31)]
    for group in groups:
        world.says_in_group(ASHA, group, "/start")
    for group in groups[:30]:
        await api.result("sendMessage", chat_id=group, text="x")

    assert (await api.refusal("sendMessage", chat_id=groups[30], text="x"))[0] == 429

    clock.passes(1)
    assert await api.result("sendMessage", chat_id=groups[30], text="x")


async def test_with_limits_a_group_gets_20_a_minute(api: Api, world: World, clock: Clock) -> None:
    world.limits_on = True
    world.says_in_group(ASHA, GROUP, "/start")
    for number in range(20):
        await api.result("sendMessage", chat_id=GROUP, text=str(number))

    refused = await api("sendMessage", chat_id=GROUP, text="x")

    assert refused["parameters"] == {"retry_after": 3}
    clock.passes(3)
    assert await api.result("sendMessage", chat_id=GROUP, text="x")
