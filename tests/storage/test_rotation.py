"""The key changes under a living town: nobody is lost, nothing is found twice, and the old key can go."""

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from bot import texts
from bot.core.casework.near import Circle
from bot.core.geo import Point
from storage import engine as engines
from storage import keycheck, outbox, people, spots
from storage.admin import invites
from storage.engine import Store, open_engine
from storage.keeping import reseal, ring, rotation
from storage.keeping.rotation import Rotation
from storage.keycheck import MissingKeyError
from storage.seal import Seal
from storage.tables.register import Outbox, Person
from storage.tables.societies import Funnel
from tests.chat import NOON, RAJWADA, Chat, hasty
from tests.commands import COMMAND, surroundings
from tests.conftest import become_officer, invitation, make_officer
from tests.societies import founded

pytestmark = pytest.mark.xdist_group("rotation")
OLD, NEW = b"o" * 32, b"n" * 32
OWNERS = 30
PATIENCE_S = 100.0
AROUND = Circle(RAJWADA, 2000)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (engines, ring):
        monkeypatch.setattr(module, "LOOK_S", 0.02)
    monkeypatch.setattr(rotation, "BETWEEN_PASSES_S", 0.02)
    monkeypatch.setattr(reseal, "BATCH", 4)


@pytest.fixture
def stores() -> Iterator[list[Store]]:
    opened: list[Store] = []
    yield opened
    for store in opened:
        store.close()


class Town:
    """A register that bots with different rings open."""

    def __init__(self, url: str, opened: list[Store]) -> None:
        self.url, self.opened = url, opened
        with_old = self.bot(OLD)
        with_old.store.run(keycheck.key_fits)
        assert ring.take_up(with_old.store)
        for n in range(OWNERS):
            with_old.has_cameras(around(n), owner=n)
        make_officer(with_old, 2001)

    def bot(self, *ring: bytes) -> Chat:
        engine = open_engine(self.url)
        self.opened.append(Store(hasty(engine) if self.url.startswith("sqlite") else engine, Seal(ring)))
        return Chat(self.opened[-1])


@pytest.fixture
def town(url: str, stores: list[Store]) -> Town:
    return Town(url, stores)


def around(n: int) -> Point:
    return Point(RAJWADA.lat + (n % 7 - 3) * 0.002, RAJWADA.lon + (n // 7 - 2) * 0.002)


def rotate(chat: Chat) -> Rotation:
    assert ring.take_up(chat.store)
    doing = Rotation(chat.now)
    looked = sum(sum(work(chat.store, doing)) for work in (rotation.reseal, rotation.verify))
    assert looked >= rotation.rows(chat.store)
    return doing


def found(chat: Chat) -> int:
    return chat.store.run(lambda tx: spots.page(tx, AROUND, 0, 10).places)


def persons(chat: Chat) -> int:
    return len(chat.store.run(lambda tx: tx.exec(select(Person)).all()))


def held_by(chat: Chat, key: bytes) -> dict[str, int]:
    """How many values of each table a key still seals."""
    key_id = Seal([key]).ids[0]
    counts = {part.name: rotation.held(chat.store, part)[key_id] for part in reseal.PARTS}
    return {name: many for name, many in counts.items() if many}


def test_a_society_s_link_and_who_came_by_it_are_known_after_the_rotation(town: Town) -> None:
    before = town.bot(OLD)
    society = founded(before)
    society.neighbour(1001)
    payload = society.payload()

    rotate(town.bot(NEW, OLD))

    after = town.bot(NEW)
    after.phone(1001).says(f"/start {payload}")
    again = after.phone(1002)
    again.says(f"/start {payload}")
    assert texts.INVITED_BY in again.reads
    assert after.store.run(lambda tx: tx.exec(select(Funnel.opened).where(Funnel.week == 0)).all()) == [2]


def test_after_the_rotation_everything_works_without_the_old_key(town: Town) -> None:
    before = town.bot(OLD)
    asha = before.phone(1001)
    number = asha.registers(around(3))
    asha.says("/add")
    before.phone(7).sends_offline("/help")  # a message waits

    done = rotate(town.bot(NEW, OLD))

    after = town.bot(NEW)
    assert after.store.run(keycheck.key_fits)
    assert (done.complete, done.links) == (True, 0)
    assert held_by(after, OLD) == {}
    assert ring.take_up(after.store)
    assert found(after) == OWNERS + 1
    waiting = after.phone(7)
    waiting.answers = after.store.run(waiting._delivered)  # noqa: SLF001 - delivery without a message of one's own
    assert texts.HELP in waiting.reads
    asha = after.phone(1001)
    asha.says("/mine")
    assert number in asha.sees
    asha.says("/mydata")
    assert asha.number in str(asha.answers)
    officer = after.phone(2001)
    officer.says("/near 22.7185 75.8550 2000")
    assert texts.NOT_FOR_YOU not in officer.reads
    assert persons(after) == OWNERS + 2
    asha.says("/forget")
    asha.taps(texts.YES_FORGET)
    assert found(after) == OWNERS


def test_people_register_and_officers_find_all_while_batches_go_by(town: Town) -> None:
    bot = town.bot(NEW, OLD)
    ring.take_up(bot.store)
    doing, newcomers = Rotation(bot.now), 0
    seen: list[int] = []

    for looked in rotation.reseal(bot.store, doing):
        if len(seen) % 3 == 0 and newcomers < 12:
            bot.phone(9000 + newcomers).registers(around(newcomers))
            newcomers += 1
        bot.phone(len(seen) % OWNERS).says("/mine")  # someone who may be sealed anew already, or not
        seen.append(found(bot) - newcomers)
        assert looked <= 4
    sum(rotation.verify(bot.store, doing))

    assert set(seen) == {OWNERS}
    assert len(seen) > OWNERS // 2
    assert persons(bot) == OWNERS + 1 + newcomers
    assert doing.complete
    assert found(town.bot(NEW)) == OWNERS + newcomers


def test_a_bot_serves_from_another_thread_all_the_while(town: Town) -> None:
    bot, keeper = town.bot(NEW, OLD), town.bot(NEW, OLD)
    assert ring.take_up(keeper.store)
    stop, wrong, served = threading.Event(), [], [0]

    def serve() -> None:
        while not stop.is_set() and served[0] < 200:
            try:
                owner = bot.phone(served[0] % OWNERS)
                owner.says("/mine")
                if not owner.sees or found(bot) != OWNERS:
                    wrong.append(f"turn {served[0]}")
            except Exception as error:
                wrong.append(type(error).__name__)
            served[0] += 1

    serving = threading.Thread(target=serve)
    serving.start()
    try:
        done = [rotate(keeper) for _ in range(2)]
    finally:
        stop.set()
        serving.join(timeout=60)

    assert wrong == []
    assert served[0] > 3
    assert (done[0].complete, done[1].sealed) == (True, 0)
    assert persons(bot) == OWNERS + 1
    assert held_by(keeper, OLD) == {}


@pytest.mark.parametrize("batches", [1, 4, 9, 17, 22])
def test_a_rotation_goes_on_where_it_was_stopped(town: Town, batches: int) -> None:
    first = town.bot(NEW, OLD)
    ring.take_up(first.store)
    stopped = Rotation(first.now)
    steps = rotation.reseal(first.store, stopped)
    for _ in range(batches):
        next(steps)
    del steps
    in_between = found(first)

    done = rotate(town.bot(NEW, OLD))

    assert in_between == found(town.bot(NEW)) == OWNERS
    assert stopped.sealed + done.sealed >= 3 * OWNERS
    assert done.complete


def still_old(chat: Chat) -> int:
    """How many registrations the old key seals."""
    [part] = [part for part in reseal.PARTS if part.name == "registration"]
    return rotation.held(chat.store, part)[Seal([OLD]).ids[0]]


@pytest.mark.timeout(3 * PATIENCE_S)
def test_a_rotation_that_is_killed_is_finished_by_the_next(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reseal, "BATCH", 500)
    bot = town.bot(NEW, OLD)
    more = [Point(RAJWADA.lat + n / 100_000, RAJWADA.lon) for n in range(1500)]
    town.bot(OLD).has_cameras(*more, owner=77)
    ring = f"{NEW.hex()},{OLD.hex()}"
    settings = surroundings(tmp_path, DATABASE_URL=town.url, CITIZEN_EYE_KEY=ring)
    all_of_them = still_old(bot)
    left: list[int] = []

    for _ in range(2):
        with subprocess.Popen(
            [COMMAND, "keys", "rotate"], cwd=tmp_path, env=settings, stdout=subprocess.DEVNULL
        ) as rotating:
            than, until = left[-1] if left else all_of_them, time.monotonic() + PATIENCE_S
            while still_old(bot) >= than and time.monotonic() < until:
                time.sleep(0.005)
            rotating.send_signal(signal.SIGKILL)
        left.append(still_old(bot))
    done = rotate(bot)

    assert all_of_them > left[0] > left[1]
    assert done.complete
    assert found(town.bot(NEW)) == OWNERS + len(more)


def test_a_link_that_nobody_opened_works_until_it_dies_and_is_spoken_of(town: Town) -> None:
    payload = invitation(town.bot(OLD))
    bot = town.bot(NEW, OLD)

    first = rotate(bot)
    clerk = bot.phone(3001)
    clerk.says(f"/start {payload}")
    clerk.taps(texts.ACCEPT_ROLE)
    clerk.says("/near 22.7185 75.8550 2000")
    second = rotate(bot)

    assert (first.complete, first.links, first.links_until) == (True, 1, NOON + invites.LIVES)
    assert texts.NOT_FOR_YOU not in clerk.reads
    assert (second.complete, second.links) == (True, 0)
    assert held_by(bot, OLD) == {}


def test_a_link_that_died_no_longer_keeps_the_old_key(town: Town) -> None:
    invitation(town.bot(OLD))
    bot = town.bot(NEW, OLD)
    bot.later(hours=49)

    done = rotate(bot)

    assert (done.complete, done.links) == (True, 0)
    assert held_by(bot, OLD) == {}


def test_a_damaged_value_is_named_and_the_old_key_stays_needed(town: Town) -> None:
    bot = town.bot(NEW, OLD)
    row = bot.store.run(lambda tx: _damage(tx))

    done = rotate(bot)

    assert (done.complete, done.stuck) == (False, {"person": {row}})
    assert not town.bot(NEW).store.run(keycheck.key_fits)
    assert found(bot) == OWNERS


def _damage(tx: Session) -> int:
    person = tx.exec(select(Person)).first()
    assert person is not None
    person.chat_sealed = person.chat_sealed[:-1] + bytes([person.chat_sealed[-1] ^ 1])
    return person.id


def test_a_second_row_for_the_same_chat_is_named_and_left(town: Town) -> None:
    town.bot(NEW).store.run(lambda tx: people.meet(tx, "telegram", "7", "en", NOON))  # a worker without the old key
    bot = town.bot(NEW, OLD)

    done = rotate(bot)

    first = min(bot.store.run(lambda tx: [row.id for row in tx.exec(select(Person)) if people.chat_of(tx, row) == "7"]))
    assert (done.complete, done.twice) == (False, {first})
    assert found(bot) == OWNERS


def test_messages_that_wait_keep_their_order_and_one_lane(town: Town) -> None:
    before = town.bot(OLD)
    for command in ("/help", "/privacy"):
        before.phone(7).sends_offline(command)
    bot = town.bot(NEW, OLD)

    rotate(bot)
    bot.phone(7).sends_offline("/language")

    waiting = bot.store.run(lambda tx: tx.exec(select(Outbox).where(sa.column("sent_at").is_(None))).all())
    assert len(waiting) >= 3
    assert {row.lane for row in waiting} == {bot.store.run(lambda tx: people.lane_of(tx, "telegram", "7"))}
    seven = bot.phone(7)
    seven.answers = bot.store.run(seven._delivered)  # noqa: SLF001 - delivery without a message of one's own
    order = [text for text in seven.reads if text in (texts.HELP, texts.CHOOSE_NOW)]
    assert order == [texts.HELP, texts.CHOOSE_NOW]


def test_a_message_that_someone_else_queued_in_the_old_lane_meanwhile_changes_over(town: Town) -> None:
    bot = town.bot(NEW, OLD)
    ring.take_up(bot.store)
    person = bot.store.run(lambda tx: people.find(tx, "telegram", "7"))
    assert person is not None
    doing = Rotation(bot.now)
    steps = rotation.reseal(bot.store, doing)
    for _ in range(OWNERS // 4 + 2):
        next(steps)
    bot.store.run(lambda tx: outbox.put(tx, "telegram", person.chat_token, b"{}", NOON, person_id=person.id))

    sum(steps)

    lanes = bot.store.run(lambda tx: {row.lane for row in tx.exec(select(Outbox).where(Outbox.person_id == person.id))})
    assert lanes == {bot.store.run(lambda tx: people.lane_of(tx, "telegram", "7"))}


def test_buttons_from_before_the_new_key_still_answer_their_question(town: Town) -> None:
    asha = town.bot(OLD).phone(1001)
    asha.says("/start")
    agree = asha.button(texts.AGREE)

    asha.chat = town.bot(NEW, OLD)
    asha.taps_again(agree)

    assert asha.asked == texts.ASK_NUMBER


def test_a_bot_without_the_newest_key_stops_instead_of_taking_its_people_for_strangers(town: Town) -> None:
    lagging = town.bot(OLD)
    rotate(town.bot(NEW, OLD))
    time.sleep(0.03)

    with pytest.raises(MissingKeyError):
        lagging.phone(7).says("/start")

    assert persons(town.bot(NEW)) == OWNERS + 1
    assert not ring.take_up(town.bot(OLD).store)


def test_the_old_key_cannot_be_taken_out_too_early(town: Town) -> None:
    bot = town.bot(NEW, OLD)
    ring.take_up(bot.store)
    next(rotation.reseal(bot.store, Rotation(bot.now)))

    without = town.bot(NEW)

    assert not without.store.run(keycheck.key_fits)
    assert not ring.take_up(without.store)


def test_a_key_that_was_put_in_by_mistake_and_sealed_nothing_can_be_taken_out_again(town: Town) -> None:
    ring.take_up(town.bot(b"x" * 32, OLD).store)

    assert ring.take_up(town.bot(OLD).store)
    assert found(town.bot(OLD)) == OWNERS


def test_the_oldest_of_three_keys_goes_as_well(town: Town) -> None:
    rotate(town.bot(NEW, OLD))
    town.bot(NEW).phone(1001).registers()

    done = rotate(town.bot(b"3" * 32, NEW, OLD))

    assert done.complete
    assert found(town.bot(b"3" * 32)) == OWNERS + 1


def test_a_row_that_someone_works_on_is_left_and_sealed_on_the_next_pass(
    postgres_url: str, stores: list[Store]
) -> None:
    town = Town(postgres_url, stores)
    bot, busy = town.bot(NEW, OLD), town.bot(NEW, OLD)
    ring.take_up(bot.store)
    doing = Rotation(bot.now)

    with Session(busy.store.engine, info={"seal": busy.store.seal}) as tx:
        people.meet(tx, "telegram", "7", "en", NOON).language = "hi"
        tx.flush()
        steps = rotation.reseal(bot.store, doing)
        for _ in range(OWNERS // 4 + 2):
            next(steps)
        left = held_by(bot, OLD)["person"]
        tx.rollback()
    sum(steps)
    sum(rotation.verify(bot.store, doing))

    assert left == 2  # the chat and the phone number of one person
    assert doing.complete


def test_two_workers_whose_rings_are_in_another_order_meet_a_person_once(
    postgres_url: str, stores: list[Store]
) -> None:
    town = Town(postgres_url, stores)
    workers = [town.bot(NEW, OLD), town.bot(OLD, NEW)]

    def meet(worker: Chat) -> None:
        for n in range(40):
            worker.store.run(lambda tx: people.meet(tx, "telegram", f"new {n}", "en", NOON))  # noqa: B023 - it runs at once

    threads = [threading.Thread(target=meet, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert persons(workers[0]) == OWNERS + 1 + 40


def test_every_sealed_and_every_keyed_column_has_its_part_in_a_rotation() -> None:
    sealed = {(part.name, column) for part in reseal.PARTS for column in part.boxes}
    remade = {("person", "chat_token"), ("person", "phone_token"), ("spot", "cell_token"), ("outbox", "lane")}
    remade |= {("incident", "reference_token"), ("kept", "token"), ("door", "token")}
    remade |= {("claim_code", "token"), ("waiting", "phone_token"), ("waiting", "once_token")}
    of_dying_links = {("invite", "token")}
    of_moments = {("pace", "lane")}  # a bucket is whole again within seconds: under a new token it begins anew

    columns = [(table.name, column.name) for table in SQLModel.metadata.sorted_tables for column in table.c]
    assert sealed == {column for column in columns if column[1].endswith("_sealed")}
    assert remade | of_dying_links | of_moments == {
        column for column in columns if column[1].endswith("token") or column[1] == "lane"
    }


def test_those_who_become_officers_in_the_middle_are_officers_afterwards(town: Town) -> None:
    bot = town.bot(NEW, OLD)
    ring.take_up(bot.store)
    doing = Rotation(bot.now)
    steps = rotation.reseal(bot.store, doing)
    for _ in range(3):
        next(steps)
    clerk = become_officer(bot.phone(3001))

    sum(steps)
    sum(rotation.verify(bot.store, doing))

    clerk.chat = town.bot(NEW)
    clerk.chat.later(minutes=1)
    clerk.says("/near 22.7185 75.8550 2000")
    assert texts.NOT_FOR_YOU not in clerk.reads
