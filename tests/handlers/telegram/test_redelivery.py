"""Restarts, redelivery, another order, an update that cannot be read: each is taken once, and none stops the others."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from bot import texts
from bot.core.access import Role
from bot.core.messages import phrase
from bot.words import words
from sandbox.people import Person
from sandbox.world import World
from storage import claims, people
from storage.admin import grants
from storage.engine import Store
from storage.tables.register import Claim, Invite, Outbox
from tests.chat import NOON
from tests.live import Hands, Live, alive, bot_running

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


async def test_an_update_that_cannot_be_read_is_set_aside_and_the_next_one_goes_on(
    live: Live, caplog: pytest.LogCaptureFixture
) -> None:
    imran = asks(live, IMRAN)
    await imran.reads(texts.NOTHING_TO_CANCEL)
    admin = await made_admin(live)
    chat = live.world.chat_with(IMRAN).about
    live.world.inbox.add("message", {"message_id": 9, "chat": chat, "date": "yesterday", "text": "private words"})
    live.world.says(IMRAN, "/mine")

    await imran.reads(texts.MINE_NONE)
    await live.settles()

    assert imran.texts[-2:] == [words(phrase(text), "en") for text in (texts.OUR_FAULT, texts.MINE_NONE)]
    assert admin.in_words(texts.FAULT_TOLD, error="TypeError") in admin.texts
    assert live.store.run(claims.set_aside) == 1
    assert "private words" not in caplog.text


async def made_admin(live: Live) -> Hands:
    """Someone who is told of trouble."""
    admin = asks(live, CROWD[1].id)
    await admin.reads(texts.NOTHING_TO_CANCEL)
    link = Invite(id=1, token=b"t", role=Role.ADMIN, station="HQ", name_sealed=b"", created_at=NOON, expires_at=NOON)

    def grant(tx: object) -> None:
        person = people.find(tx, "telegram", str(admin.id))  # type: ignore[arg-type]  # a session
        assert person is not None
        link.name_sealed = seal_name(tx)
        grants.give(tx, person.id, link, NOON)  # type: ignore[arg-type]  # a session

    live.store.run(grant)
    return admin


def seal_name(tx: object) -> bytes:
    from storage.seal import seal_of

    return seal_of(tx).close("invite.name", 1, b"Keeper")  # type: ignore[arg-type]  # a session


async def test_an_unconfirmed_update_is_delivered_again_after_a_restart_and_does_nothing(
    live: Live, caplog: pytest.LogCaptureFixture
) -> None:
    live.world.says(IMRAN, "/start")
    await live.hands(IMRAN).sees(lambda said: "reply_markup" in said)
    live.world.faults.add("getUpdates", status=500)
    live.world.says(IMRAN, "/cancel")
    await live.hands(IMRAN).reads(texts.CANCELLED)
    before = live.hands(IMRAN).texts

    async with bot_running(live.settings, live.store):  # the update above was never confirmed
        await live.settles()

    assert live.hands(IMRAN).texts == before
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_updates_that_arrive_in_another_order_are_each_taken_once(live: Live) -> None:
    first = live.world.inbox.next_id
    for number, command in ((first + 9, "/cancel"), (first + 4, "/mine"), (first + 6, "/language")):
        live.world.inbox.next_id = number
        live.world.says(IMRAN, command)

    await live.settles()

    expected = [words(phrase(text), "en") for text in (texts.NOTHING_TO_CANCEL, texts.MINE_NONE, texts.CHOOSE_NOW)]
    assert live.hands(IMRAN).texts == expected
    taken = live.store.run(lambda tx: {row.update_id - first for row in tx.exec(select(Claim))})
    assert taken == {4, 6, 9}


async def test_a_poll_whose_answer_is_lost_is_asked_again(live: Live) -> None:
    live.world.faults.add("getUpdates", status="after", times=2)

    imran = asks(live, IMRAN, times=3)
    await live.settles()

    assert imran.texts == [HELP] * 3


async def test_a_second_program_with_the_token_is_noticed_and_the_bot_goes_on(
    live: Live, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"{live.settings.telegram_api_url}/bot{live.world.token}/getUpdates"
    await live.until(lambda: live.calls("setMyShortDescription"))
    async with httpx.AsyncClient(trust_env=False) as other:
        await other.get(url, params={"timeout": 0})
    await live.until(lambda: [call for call in live.calls("getUpdates") if not call.ok])

    imran = asks(live, IMRAN)
    await imran.reads(texts.NOTHING_TO_CANCEL)

    assert "another program polls with the same token" in caplog.text


async def test_a_restart_in_the_middle_of_a_message_sends_it_without_waiting_for_a_lease(
    store: Store, tmp_path: Path
) -> None:
    world = World()
    async with alive(world, store, tmp_path / "register.db") as live:
        world.faults.add("sendMessage", status="slow", seconds=10)
        world.says(IMRAN, "/cancel")
        await live.until(lambda: leased(store))
    async with alive(world, store, tmp_path / "register.db") as live:
        await live.hands(IMRAN).reads(texts.NOTHING_TO_CANCEL)
        await live.settles()

    assert live.hands(IMRAN).texts.count(HELP) in (1, 2)


def leased(store: Store) -> list[bool]:
    return store.run(lambda tx: [True for row in tx.exec(select(Outbox)) if row.leased_until])


async def test_what_was_written_while_the_bot_was_away_is_answered_when_it_is_back(
    store: Store, tmp_path: Path
) -> None:
    world = World()
    world.says(IMRAN, "/cancel")
    world.says(IMRAN, "/mine")

    async with alive(world, store, tmp_path / "register.db") as live:
        await live.settles()

    none = words(phrase(texts.MINE_NONE), "en")
    assert live.hands(IMRAN).texts == [HELP, none]


async def test_a_second_run_on_the_same_register_goes_on_where_the_first_stopped(live: Live) -> None:
    imran = live.hands(IMRAN)
    live.world.starts(IMRAN)
    await imran.taps(texts.AGREE)
    await imran.gets_key("request_contact")

    async with bot_running(live.settings, live.store):
        live.world.shares_contact(IMRAN)
        await imran.gets_key("request_location")

    assert any(imran.in_words(texts.ASK_PLACE) in said for said in imran.texts)
