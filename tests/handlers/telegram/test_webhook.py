"""Telegram posts updates to the bot: only with its secret, 200 only after the commit, each taken once."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlmodel import SQLModel, func, select
from starlette.applications import Starlette
from starlette.routing import Route
from telegram import Bot

from bot import texts
from handlers.telegram import door, webhook
from handlers.telegram.door import HEADER, LARGEST, Door
from sandbox.world import World
from storage.engine import Store
from storage.seal import Seal
from storage.tables.register import Claim, Outbox
from tests.handlers.arrivals import Trouble
from tests.live import Hands, Live, alive, hooked, registers
from tests.statements import listen

ASHA, IMRAN = 1001, 1002


@pytest.fixture
async def live(store: Store, tmp_path: Path) -> AsyncIterator[Live]:
    world = World()
    world.webhook_pace = 0.02
    async with alive(world, store, tmp_path / "register.db", **hooked()) as live:
        await live.until(lambda: world.webhook)
        yield live


@pytest.fixture
async def poster() -> AsyncIterator[httpx.AsyncClient]:
    """Anyone on the internet who found the address."""
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client


def secret(live: Live) -> dict[str, str]:
    return {HEADER: webhook.secrets(live.store.seal)[0]}


def said(live: Live, update: int, words: str = "/cancel", who: int = IMRAN) -> dict[str, object]:
    """An update as Telegram would post it."""
    person = live.world.people[who]
    sender = {"id": who, "is_bot": False, "first_name": person.name, "language_code": "en"}
    chat = {"id": who, "type": "private", "first_name": person.name}
    message = {"message_id": update, "date": 1_790_000_000, "chat": chat, "from": sender, "text": words}
    return {"update_id": update, "message": message}


def rows(live: Live, table: type[SQLModel]) -> int:
    return live.store.run(lambda tx: tx.exec(select(func.count()).select_from(table)).one())


async def test_a_resident_registers_through_the_webhook(live: Live) -> None:
    number = await registers(live.hands(ASHA), 22.7185, 75.8550, 4)

    assert number
    assert live.calls("getUpdates") == []
    assert live.world.inbox.pending() == []


async def test_telegram_is_told_our_secret_and_which_updates_we_want(live: Live) -> None:
    call = live.calls("setWebhook")[0]

    assert call.params["secret_token"] == webhook.secrets(live.store.seal)[0]
    assert set(call.params["allowed_updates"]) == {"message", "callback_query", "my_chat_member"}


def test_the_secret_is_well_formed_made_of_the_key_and_differs_from_key_to_key() -> None:
    old, new = bytes(32), bytes(range(32))
    allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")

    ring = webhook.secrets(Seal([new, old]))

    assert all(set(one) <= allowed and 32 <= len(one) <= 256 for one in ring)
    assert ring == webhook.secrets(Seal([new])) + webhook.secrets(Seal([old]))
    assert len(set(ring)) == 2


@pytest.mark.parametrize(
    "headers",
    [{}, {HEADER: ""}, {HEADER: "a" * 43}, {HEADER: "\u007f"}, {"X-Other": "x"}],
)
async def test_without_the_secret_nothing_is_taken(
    live: Live, poster: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    refused = await poster.post(live.settings.webhook_url, json=said(live, 77), headers=headers)

    assert refused.status_code == 403
    assert rows(live, Claim) == 0


async def test_a_secret_of_an_older_key_of_the_ring_is_still_accepted(store: Store, tmp_path: Path) -> None:
    old = webhook.secrets(store.seal)[0]
    rotating = Store(store.engine, Seal([bytes(reversed(range(32))), bytes(range(32))]))

    async with alive(World(), rotating, tmp_path / "register.db", **hooked()) as live, httpx.AsyncClient() as poster:
        await live.until(lambda: live.world.webhook)
        taken = await poster.post(live.settings.webhook_url, json=said(live, 77), headers={HEADER: old})

    assert taken.status_code == 200
    rotating.close()


async def test_an_endless_body_is_cut_off(live: Live, poster: httpx.AsyncClient) -> None:
    body = b'{"update_id": 1, "message": "' + b"x" * LARGEST + b'"}'

    refused = await poster.post(live.settings.webhook_url, content=body, headers=secret(live))

    assert refused.status_code == 413
    assert rows(live, Claim) == 0


async def test_a_body_that_does_not_end_is_not_waited_for(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "BODY_S", 0.2)
    begun = f"POST /updates HTTP/1.1\r\nHost: here\r\nContent-Length: 900\r\n{HEADER}: {{}}\r\n\r\n{{{{"
    reader, writer = await asyncio.open_connection("127.0.0.1", live.settings.listen_port)

    writer.write(begun.format(secret(live)[HEADER]).encode())
    async with asyncio.timeout(10):
        said = await reader.readline()
    writer.close()

    assert b" 413 " in said
    assert rows(live, Claim) == 0


async def test_before_the_bot_has_met_telegram_updates_are_to_come_again(live: Live) -> None:
    there = Door(Bot("1:x"), ["s3cret"])
    app = Starlette(routes=[Route("/updates", there.update, methods=["POST"])])
    here = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://here")

    async with here:
        answer = await here.post("/updates", json=said(live, 77), headers={HEADER: "s3cret"})

    assert answer.status_code == 503


@pytest.mark.sqlite
async def test_telegram_hears_200_only_once_the_update_is_committed(live: Live, poster: httpx.AsyncClient) -> None:
    other = sqlite3.connect(str(live.store.engine.url.database), isolation_level=None)
    other.execute("PRAGMA busy_timeout=5000")
    other.execute("BEGIN IMMEDIATE")

    posting = asyncio.create_task(poster.post(live.settings.webhook_url, json=said(live, 77), headers=secret(live)))
    done, _ = await asyncio.wait([posting], timeout=0.5)
    other.execute("ROLLBACK")
    other.close()

    assert not done
    assert (await posting).status_code == 200
    assert rows(live, Claim) == 1


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"7", b"{}", b'{"update_id": "x"}', b"[" * 100_000])
async def test_what_is_no_update_is_refused(live: Live, poster: httpx.AsyncClient, body: bytes) -> None:
    refused = await poster.post(live.settings.webhook_url, content=body, headers=secret(live))

    assert refused.status_code == 400


async def test_other_methods_and_other_addresses_lead_nowhere(live: Live, poster: httpx.AsyncClient) -> None:
    url = live.settings.webhook_url

    assert (await poster.get(url, headers=secret(live))).status_code == 405
    assert (await poster.post(f"{url}/more", json=said(live, 7), headers=secret(live))).status_code == 404
    assert (await poster.post(url.replace("/updates", "/metrics"), headers=secret(live))).status_code == 405


async def test_the_same_update_posted_again_changes_nothing(live: Live, poster: httpx.AsyncClient) -> None:
    answers = [
        (await poster.post(live.settings.webhook_url, json=said(live, 77), headers=secret(live))).status_code
        for _ in range(5)
    ]

    assert answers == [200] * 5
    assert [rows(live, table) for table in (Claim, Outbox)] == [1, 1]


async def test_what_was_not_committed_is_answered_503_and_taken_when_it_comes_again(
    live: Live, caplog: pytest.LogCaptureFixture
) -> None:
    trouble = Trouble(ConnectionError, 2)
    listen(live.store.engine, trouble)

    live.world.says(IMRAN, "/cancel")
    await live.hands(IMRAN).reads(texts.NOTHING_TO_CANCEL)
    await live.settles()

    assert trouble.times == 0
    assert len(live.hands(IMRAN).texts) == 1
    assert rows(live, Claim) == 1
    failed = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(failed) == 2


async def test_an_update_that_always_fails_is_set_aside_and_the_next_one_goes_on(live: Live) -> None:
    imran = live.hands(IMRAN)
    live.world.says(IMRAN, "/cancel")
    await imran.reads(texts.NOTHING_TO_CANCEL)
    listen(live.store.engine, Trouble(ValueError, 3))

    live.world.says(IMRAN, "/cancel")
    live.world.says(IMRAN, "/mine")
    await imran.reads(texts.MINE_NONE)

    assert imran.texts[1:] == [imran.in_words(texts.OUR_FAULT), imran.in_words(texts.MINE_NONE)]


async def test_updates_of_many_people_are_each_taken_once(live: Live) -> None:
    for _ in range(10):
        for person in live.world.people:
            live.world.says(person, "/cancel")

    await live.settles()

    assert rows(live, Claim) == 10 * len(live.world.people)
    assert all(len(Hands(live.world, person).texts) == 10 for person in live.world.people.values())


async def test_a_webhook_that_somebody_deleted_is_set_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "LOOK_S", 0.05)

    async with alive(World(), store, tmp_path / "register.db", **hooked()) as live:
        await live.until(lambda: live.world.webhook)
        live.world.webhook = None
        live.world.says(IMRAN, "/cancel")
        await live.hands(IMRAN).reads(texts.NOTHING_TO_CANCEL)

    assert len(live.calls("setWebhook", ok=True)) == 2


async def test_another_programs_webhook_is_left_alone_and_said(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(webhook, "LOOK_S", 0.05)
    settings = hooked()
    ready = settings["webhook_url"].replace("/updates", "/health/ready")

    async with alive(World(), store, tmp_path / "register.db", **settings) as live, httpx.AsyncClient() as keeper:
        await live.until(lambda: live.world.webhook)
        assert live.world.webhook
        live.world.webhook.url = other = "http://127.0.0.1:9/elsewhere"
        await live.until(lambda: "another program" in caplog.text)
        said = await keeper.get(ready)

    assert said.status_code == 503
    assert "another program uses the same token" in said.text
    assert live.world.webhook.url == other
