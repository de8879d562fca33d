"""A year goes by in seconds, and two processes tick: every message comes once, on its day, whoever ticked."""

import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from math import ceil

import pytest
import time_machine
from sqlmodel import Session, func, select

from bot import texts, ticking
from bot.core.resident.standing import first_check
from handlers import clock
from storage import people, registrations
from storage.engine import Store, open_engine
from storage.keycheck import key_fits
from storage.seal import Seal
from storage.tables.register import Outbox, Registration
from tests.chat import PALASIA, RAJWADA, Chat, Phone
from tests.conftest import KEY, become_officer, invitation
from tests.every_stage import brought_to
from tests.handlers.channel import Channel
from tests.town import HOUSE, NOON, Register, another

A_YEAR = 366
DAYS = [NOON + timedelta(days=day) for day in range(170, 400, 8)]


def test_a_year_in_a_small_town_with_every_message_counted(chat: Chat, resident: Phone) -> None:
    forgetful = brought_to("count", resident)
    faithful, silent, away = chat.phone(3001), chat.phone(3002), chat.phone(3003)
    for number in (3001, 3002, 3003):
        chat.has_cameras(RAJWADA, owner=number)
    began, officer = chat.now, become_officer(chat.phone(4001))
    busy = chat.phone(4002)
    busy.says(f"/start {invitation(chat, days=200)}")
    busy.taps(texts.ACCEPT_ROLE)
    everyone = {"forgetful": forgetful, "faithful": faithful, "silent": silent, "officer": officer, "busy": busy}
    chat.store.run(lambda tx: setattr(people.find(tx, "telegram", "3003"), "reachable", False))
    came: dict[str, Counter[str]] = {name: Counter() for name in everyone}

    for day in range(A_YEAR):
        chat.later(days=1)
        chat.ticks()
        for name, who in everyone.items():
            who.looks()
            came[name].update(who.reads)
        if texts.STILL_THERE in faithful.reads:
            faithful.taps(texts.STILL_YES)
        if day % 60 == 0:
            busy.says("/help")

    assert came == {
        "forgetful": Counter({texts.REMINDER: 1, texts.ASK_COUNT: 1}),
        "faithful": Counter({texts.STILL_THERE: 1 + (2 * first_day(began, faithful) <= A_YEAR)}),
        "silent": Counter([texts.STILL_THERE, *[texts.STILL_THERE_AGAIN] * (first_day(began, silent) + 182 <= A_YEAR)]),
        "officer": Counter({texts.ROLE_ASLEEP: 1, texts.ROLE_ENDS_SOON: 1, texts.ROLE_ENDED: 1}),
        "busy": Counter({texts.ROLE_ENDS_SOON: 1, texts.ROLE_ENDED: 1}),
    }
    assert away.looks() == []


@pytest.mark.sqlite  # PostgreSQL's own clock does not travel
async def test_the_computers_clock_goes_through_a_year_and_two_that_tick_send_everything_once(
    chat: Chat, resident: Phone
) -> None:
    brought_to("count", resident)
    silent = chat.phone(3002)
    chat.has_cameras(RAJWADA, owner=3002)
    officer = become_officer(chat.phone(4001))
    began, stores = chat.now, [another(chat.store) for _ in range(2)]
    postman = chat.phone(9)  # takes everything out on its day, and has no mail

    with time_machine.travel(began, tick=False) as computer:
        for _ in range(0, A_YEAR, 2):
            computer.shift(timedelta(days=2))
            for store in stores:
                await ticking.tick(store, HOUSE, Channel(store).post)
            chat.now = datetime.now(UTC)
            assert postman.looks() == []

    for store in stores:
        store.close()
    first = first_day(began, silent)
    again = first + first % 2 + 182 <= A_YEAR
    assert chat.now == began + timedelta(days=A_YEAR)
    for who in (resident, silent, officer):
        who.looks()
    assert resident.reads == [texts.REMINDER, texts.ASK_COUNT]
    assert silent.reads == [texts.STILL_THERE, *[texts.STILL_THERE_AGAIN] * again]
    assert officer.reads == [texts.ROLE_ASLEEP, texts.ROLE_ENDS_SOON, texts.ROLE_ENDED]


def first_day(began: datetime, who: Phone) -> int:
    """On which day someone who registered at the beginning is asked: half a year later, a week more or less."""
    owner = who.row
    row = who.chat.store.run(lambda tx: registrations.owned(tx, owner)[0])
    return ceil((first_check(row.id, began) - began) / timedelta(days=1))


# --- two processes ---------------------------------------------------------------------------------


def ticks(url: str, now: datetime) -> list[str]:
    """One process at one moment: what it did."""
    store = Store(open_engine(url), Seal([KEY]))
    done = store.run(partial(clock.tick, house=HOUSE, now=now))
    store.close()
    return list(done)


def test_two_processes_tick_through_a_year_and_each_message_is_queued_once(url: str) -> None:
    register = Register(Store(open_engine(url), Seal([KEY])))
    register.store.run(key_fits)
    for owner in range(20):
        register.has_cameras(RAJWADA, PALASIA, owner=3000 + owner)
    register.store.close()

    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        done = [list(pool.map(ticks, [url, url], [now, now])) for now in DAYS]

    register.store = Store(open_engine(url), Seal([KEY]))
    waiting, standings = register.store.run(_left)
    register.store.close()
    assert all(Counter(mine + theirs) == Counter({chore.name: 1 for chore in clock.CHORES}) for mine, theirs in done)
    assert waiting == standings["asked"] + 2 * standings["asked twice"] + 3 * standings["hidden"]
    assert standings["asked"] + standings["asked twice"] + standings["hidden"] == 40


def _left(tx: Session) -> tuple[int, Counter[str]]:
    """Every message that waits, and how many entries stand where."""
    messages = tx.exec(select(func.count()).select_from(Outbox)).one()
    return messages, Counter(tx.exec(select(Registration.standing)))


def test_a_night_that_nobody_ticked_through_is_caught_up_once(chat: Chat) -> None:
    chat.has_cameras(*[RAJWADA] * 3, owner=3001)
    owner = chat.phone(3001)
    chat.later(days=300)
    came = []

    for _ in range(12):
        chat.later(hours=12)
        chat.ticks()
        owner.looks()
        came += owner.reads

    assert came == [texts.STILL_THERE] * 3
