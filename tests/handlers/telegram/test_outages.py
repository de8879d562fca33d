"""The running bot and a Telegram that fails, stalls and refuses: nothing is lost, nothing happens twice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import texts
from bot.core.messages import phrase
from bot.words import words
from sandbox.people import Person
from sandbox.state import Call
from sandbox.world import World
from storage import people
from storage.engine import Store
from tests.live import Hands, Live, alive

ASHA, IMRAN = 1001, 1002
HELP = words(phrase(texts.NOTHING_TO_CANCEL), "en")
CROWD = [Person(5000 + n, f"Neighbour {n}", language_code="en") for n in range(40)]


@pytest.fixture
async def live(store: Store, tmp_path: Path) -> AsyncIterator[Live]:
    async with alive(World([*World().people.values(), *CROWD]), store, tmp_path / "register.db") as live:
        yield live


def asks(live: Live, person_id: int, times: int = 1) -> Hands:
    """Someone says something that is answered with one message each time."""
    for _ in range(times):
        live.world.says(person_id, "/cancel")
    return live.hands(person_id)


def words_to(live: Live, person_id: int) -> list[Call]:
    """The tries to write to a person."""
    return [call for call in live.calls("sendMessage") if call.params.get("chat_id") == person_id]


async def test_a_pause_that_telegram_asks_for_is_kept_by_everyone_and_nothing_is_lost(live: Live) -> None:
    live.world.faults.add("sendMessage", status=429, retry_after=2)
    imran = asks(live, IMRAN)
    await live.world.wait_for(lambda: words_to(live, IMRAN))

    neighbour = asks(live, CROWD[0].id)
    await neighbour.reads(texts.NOTHING_TO_CANCEL)
    await imran.reads(texts.NOTHING_TO_CANCEL)

    refused, *later = live.calls("sendMessage")
    assert not refused.ok
    assert min(call.at for call in later) - refused.at >= 1.9
    assert [call.ok for call in words_to(live, IMRAN)] == [False, True]


async def test_a_crowd_is_served_within_telegrams_limits(live: Live) -> None:
    live.world.limits_on = True

    for person in CROWD:
        live.world.says(person.id, "/cancel")
    await live.settles()

    assert all(live.hands(person.id).texts == [HELP] for person in CROWD)
    assert [call for call in live.calls("sendMessage") if not call.ok] == []


@pytest.mark.parametrize("status", [500, 502, "drop"])
async def test_a_failing_telegram_gets_the_message_once_it_works_again(live: Live, status: int | str) -> None:
    live.world.faults.add("sendMessage", status=status, times=2)  # type: ignore[arg-type]  # one of the literals

    imran = asks(live, IMRAN)
    await live.settles()

    assert [call.ok for call in words_to(live, IMRAN)] == [False, False, True]
    assert imran.texts == [HELP]


async def test_an_answer_lost_on_the_way_back_makes_a_duplicate_but_keeps_the_order(live: Live) -> None:
    live.world.faults.add("sendMessage", status="after")
    live.world.says(IMRAN, "/cancel")
    live.world.says(IMRAN, "/mine")

    await live.settles()

    none = words(phrase(texts.MINE_NONE), "en")
    assert live.hands(IMRAN).texts == [HELP, HELP, none]


async def test_order_in_a_chat_survives_a_failure_in_its_middle(live: Live) -> None:
    for command in ("/cancel", "/mine", "/language"):
        live.world.says(IMRAN, command)
    live.world.faults.add("sendMessage", status=500)

    await live.settles()

    expected = [words(phrase(text), "en") for text in (texts.NOTHING_TO_CANCEL, texts.MINE_NONE, texts.CHOOSE_NOW)]
    assert live.hands(IMRAN).texts == expected


async def test_who_blocks_the_bot_is_left_alone_and_welcome_again(live: Live) -> None:
    imran = asks(live, IMRAN)
    await imran.reads(texts.NOTHING_TO_CANCEL)
    live.world.says(IMRAN, "/mine")
    live.world.blocks(IMRAN)
    await live.settles()
    blocked = live.store.run(lambda tx: people.find(tx, "telegram", str(IMRAN)))

    live.world.starts(IMRAN)
    await imran.taps(texts.AGREE)
    await imran.gets_key("request_contact")

    assert blocked is not None
    assert not blocked.reachable
    again = live.store.run(lambda tx: people.find(tx, "telegram", str(IMRAN)))
    assert again is not None
    assert again.reachable


async def test_menus_that_cannot_be_set_do_not_stop_the_bot(store: Store, tmp_path: Path) -> None:
    world = World()
    world.faults.add("setMyCommands", status=500)

    async with alive(world, store, tmp_path / "register.db") as live:
        imran = asks(live, IMRAN)
        await imran.reads(texts.NOTHING_TO_CANCEL)

    assert imran.texts == [HELP]


async def test_a_conflict_names_both_things_that_can_cause_it(live: Live, caplog: pytest.LogCaptureFixture) -> None:
    live.world.faults.add(
        "getUpdates", status=409, description="Conflict: can't use getUpdates while webhook is active"
    )
    imran = asks(live, IMRAN)  # ends the poll under way; the next one is refused
    await live.until(lambda: live.calls("getUpdates", ok=False))

    await imran.reads(texts.NOTHING_TO_CANCEL)

    said = [record.getMessage() for record in caplog.records if record.name == "handlers.telegram.intake"]
    assert any("another program" in line and "webhook" in line for line in said)
