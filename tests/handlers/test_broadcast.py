"""Writing to many: shown first, counted, each person once whatever happens, stopped by a tap, muted by a tap."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.admin import broadcast as words
from bot.core.admin.broadcast import minutes
from bot.core.messages import Say, Tap
from handlers.admin import broadcast
from handlers.delivery import AT_ONCE
from handlers.mail import post
from storage import audit, outbox
from storage.admin import broadcasts, grants
from storage.engine import Store
from storage.tables.admin import Recipient
from storage.tables.register import Outbox
from tests.chat import PALASIA, RAJWADA, Chat, Phone
from tests.conftest import make_officer
from tests.handlers.test_fan_out import child, lane_of
from tests.stations import drawn
from tests.town import another

WORDS = "On Sunday at ten we meet at the station: tea, and answers to your questions."


@pytest.fixture
def admin(chat: Chat) -> Phone:
    drawn(chat)
    return make_officer(chat, 9001, Role.ADMIN)


def owners(chat: Chat, many: int, first: int = 5000) -> list[Phone]:
    """People with a camera in Palasia."""
    for number in range(first, first + many):
        chat.has_cameras(PALASIA, owner=number)
    return [chat.phone(number) for number in range(first, first + many)]


def writes(admin: Phone, text: str = WORDS) -> None:
    """Up to the preview."""
    admin.says("/broadcast")
    admin.taps(texts.TO_OWNERS)
    admin.says("palasia")
    admin.says(text)


def minute(chat: Chat) -> None:
    chat.later(minutes=1)
    chat.store.run(lambda tx: broadcast.go_on(tx, chat.house, chat.now))


def got(who: Phone) -> list[str]:
    who.looks()
    return who.reads


def test_the_message_is_shown_with_count_and_cost_before_anything_goes_out(chat: Chat, admin: Phone) -> None:
    readers = owners(chat, 3)

    writes(admin)
    minute(chat)

    assert admin.reads == [texts.BROADCAST, texts.SURE_SEND]
    for told in (WORDS, "Palasia", "3 people", "1 minute"):
        assert told in admin.sees
    assert [got(who) for who in readers] == [[], [], []]


def test_every_owner_of_the_station_reads_it_once_and_nobody_else(chat: Chat, admin: Phone) -> None:
    readers = owners(chat, 3)
    chat.has_cameras(PALASIA, PALASIA, owner=5000)  # several entries, one person
    chat.has_cameras(RAJWADA, owner=7000)
    writes(admin)
    admin.taps(texts.SEND_IT)
    for _ in range(4):
        minute(chat)

    assert [got(who) for who in readers] == [[texts.BROADCAST]] * 3
    assert got(chat.phone(7000)) == []


def test_office_bearers_are_written_to_as_well(chat: Chat, admin: Phone) -> None:
    bearers = [make_officer(chat, number, Role.BEARER) for number in (4001, 4002)]
    admin.says("/broadcast")
    admin.taps(texts.TO_BEARERS)
    admin.says(WORDS)
    admin.taps(texts.SEND_IT)

    minute(chat)

    assert [got(who) for who in bearers] == [[texts.BROADCAST]] * 2


def test_one_live_message_shows_how_far_it_is(chat: Chat, admin: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "A_MINUTE", 2)
    owners(chat, 3)
    writes(admin)
    admin.taps(texts.SEND_IT)
    seen = [admin.answers[-1]]

    for _ in range(4):
        minute(chat)
        seen += admin.looks()

    said = [one for one in seen if isinstance(one, Say)]
    assert [one.lines[0].text for one in said][-1] == texts.BROADCAST_OVER
    assert {one.keep for one in said} == {said[0].keep}
    assert all(one.over_kept for one in said)
    assert said[-1].lines[0].values["gone"] == 3


def test_the_stop_button_ends_it_and_drops_what_still_waits(
    chat: Chat, admin: Phone, tx: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "A_MINUTE", 2)
    readers = owners(chat, 5)
    writes(admin)
    admin.taps(texts.SEND_IT)
    stop = admin.button(texts.STOP)
    minute(chat)
    first_two = [got(who) for who in readers]
    chat.store.run(lambda inside: broadcast.go_on(inside, chat.house, chat.now))  # two more wait in the outbox

    admin.taps_again(stop)
    for _ in range(3):
        minute(chat)

    assert sum(one == [texts.BROADCAST] for one in first_two) == 2
    assert [got(who) for who in readers] == [[]] * 5
    assert len(tx.exec(select(Recipient).where(Recipient.outbox_id == None)).all()) == 3  # noqa: E711 - SQL
    assert [row.person_id for row in audit.rows(tx, audit.Act.STOP)] == [admin.row]


def test_another_administrator_reads_what_goes_out_and_can_stop_it(chat: Chat, admin: Phone) -> None:
    other = make_officer(chat, 9002, Role.ADMIN)
    readers = owners(chat, 2)
    writes(admin)
    admin.taps(texts.SEND_IT)
    other.looks()
    told = other.reads

    other.taps(texts.STOP)
    minute(chat)

    assert told == [texts.BROADCAST_TOLD]
    assert [got(who) for who in readers] == [[], []]


def test_whoever_muted_such_news_reads_none_until_they_want_it_again(chat: Chat, admin: Phone) -> None:
    [owner] = owners(chat, 1)
    writes(admin)
    admin.taps(texts.SEND_IT)
    minute(chat)
    owner.looks()
    owner.taps(texts.MUTE)
    muted = owner.reads
    writes(admin)
    nobody = admin.reads
    owner.taps(texts.UNMUTE)
    writes(admin)

    assert muted == [texts.MUTED]
    assert nobody == [texts.NOBODY_TO_WRITE]
    assert admin.reads == [texts.BROADCAST, texts.SURE_SEND]


def test_whoever_mutes_between_the_yes_and_their_turn_is_left_alone(chat: Chat, admin: Phone) -> None:
    owner = owners(chat, 1)[0]
    writes(admin)
    admin.taps(texts.SEND_IT)
    owner.sends(Tap("/news:off"))

    minute(chat)

    assert got(owner) == []


def test_answers_overtake_a_broadcast(chat: Chat, admin: Phone, tx: Session) -> None:
    owner = owners(chat, 1)[0]
    writes(admin)
    admin.taps(texts.SEND_IT)
    minute(chat)

    owner.sends_offline("/help")

    first = chat.store.run(lambda inside: outbox.lease(inside, "telegram", 1, chat.now))
    assert tx.get_one(Outbox, first[0].id).priority == outbox.ANSWER


def test_two_processes_that_go_on_at_once_write_to_nobody_twice(chat: Chat, admin: Phone, tx: Session) -> None:
    owners(chat, 40)
    writes(admin)
    admin.taps(texts.SEND_IT)
    stores = [another(chat.store) for _ in range(2)]

    def goes_on(store: Store) -> int:
        return store.run(lambda inside: broadcast.go_on(inside, chat.house, chat.now))

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(goes_on, stores))
    for store in stores:
        store.close()

    queued = tx.exec(select(Outbox.person_id).where(Outbox.priority == outbox.BULK)).all()
    assert sum(done) == 40
    assert len(queued) == len(set(queued)) == 40


def test_a_stop_in_the_middle_of_a_batch_stops_what_that_batch_queued(chat: Chat, admin: Phone, tx: Session) -> None:
    owners(chat, 40)
    writes(admin)
    admin.taps(texts.SEND_IT)
    queued, stopping = threading.Event(), threading.Event()

    def slowly(inside: Session) -> int:
        done = broadcast.go_on(inside, chat.house, chat.now)
        queued.set()
        stopping.wait(5)
        time.sleep(0.2)  # the stop is under way by now, and waits
        return done

    def stops() -> None:
        queued.wait(5)
        stopping.set()
        admin.taps(texts.STOP)

    other = another(chat.store)
    with ThreadPoolExecutor(1) as pool:
        batch = pool.submit(other.run, slowly)
        stops()
    other.close()

    assert batch.result() == 40
    assert tx.exec(select(Outbox).where(Outbox.priority == outbox.BULK)).all() == []


def test_a_batch_that_failed_half_way_is_undone_and_sent_whole(
    chat: Chat, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = owners(chat, 3)
    writes(admin)
    admin.taps(texts.SEND_IT)
    calls: list[int] = []

    def fails_at_the_second(*args: object, **kw: object) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise ValueError("the disk is full")
        return post(*args, **kw)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr("handlers.admin.broadcast.post", fails_at_the_second)
    chat.ticks()
    chat.later(minutes=1)
    chat.ticks()

    assert [got(who) for who in readers] == [[texts.BROADCAST]] * 3


def test_a_sender_that_is_killed_leaves_nobody_out_and_nobody_is_queued_again(
    chat: Chat, admin: Phone, tmp_path: Path
) -> None:
    chat.now = datetime.now(UTC) - timedelta(minutes=2)
    readers = owners(chat, 45)
    writes(admin)
    admin.taps(texts.SEND_IT)
    minute(chat)

    killed = child(chat, tmp_path / "sent", dies_after=30)
    chat.ticks()  # another process goes on meanwhile
    ended = child(chat, tmp_path / "sent")
    minute(chat)

    sent = Counter((tmp_path / "sent").read_text().split())
    times = [sent[lane_of(chat, who)] for who in readers]
    assert (killed, ended) == (-9, 0)
    assert min(times) == 1
    assert sum(times) - 45 <= AT_ONCE  # those that were just under way: whether they arrived, nobody knows
    assert chat.store.run(lambda tx: broadcasts.under_way(tx)) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("x" * 1001, texts.HINT_BROADCAST_LENGTH),
        ("Open https://evil.example now", texts.HINT_NO_LINKS),
        ("write to @police_help", texts.HINT_NO_LINKS),
        ("rtsp://admin:1234@10.0.0.8/live", texts.NO_CAMERA_ACCESS),
    ],
)
def test_what_a_swindler_would_write_is_not_sent(chat: Chat, admin: Phone, text: str, hint: str) -> None:
    owners(chat, 1)

    writes(admin, text)

    assert admin.reads == [hint, texts.ASK_BROADCAST]


def test_a_station_that_nobody_knows_is_answered_with_those_that_are_known(admin: Phone) -> None:
    admin.says("/broadcast")
    admin.taps(texts.TO_OWNERS)

    admin.says("Gotham")

    assert admin.reads == [texts.HINT_STATION, texts.ASK_WHICH_STATION]
    assert "Palasia, Sarafa" in admin.sees


def test_no_longer_an_administrator_no_longer_a_broadcast(chat: Chat, admin: Phone) -> None:
    readers = owners(chat, 2)
    writes(admin)
    who = admin.row
    chat.store.run(lambda inside: grants.revoke(grants.of(inside, who)[0], chat.now))

    admin.taps(texts.SEND_IT)
    minute(chat)

    assert admin.reads == [texts.NOT_FOR_YOU]
    assert [got(who) for who in readers] == [[], []]


def test_the_trace_keeps_who_wrote_what_to_how_many(chat: Chat, admin: Phone, tx: Session) -> None:
    owners(chat, 2)
    writes(admin)

    admin.taps(texts.SEND_IT)

    [line] = audit.rows(tx, audit.Act.BROADCAST)
    told = audit.detail_of(tx, line)
    assert (line.person_id, told["people"], told["words"], told["at"]) == (admin.row, 2, WORDS, "Palasia")


@pytest.mark.parametrize(
    ("many", "rate", "spent"), [(1, 25, 1), (1000, 25, 1), (1001, 25, 2), (120, 1, 2), (10_000, 30, 10)]
)
def test_the_cost_is_counted_at_the_rate_it_is_sent_at(many: int, rate: float, spent: int) -> None:
    assert minutes(many, rate) == spent


def test_words_and_readers_are_forgotten_a_month_after_the_end(chat: Chat, admin: Phone, tx: Session) -> None:
    owners(chat, 2)
    writes(admin)
    admin.taps(texts.SEND_IT)
    for _ in range(3):
        chat.ticks()
        admin.looks()
        chat.later(minutes=1)
    chat.later(days=31)

    chat.ticks()

    assert tx.exec(select(Recipient)).all() == []
