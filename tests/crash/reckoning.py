"""The reckoning: what a register holds against what people were told and what Telegram saw."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlmodel import Session, func, select

from bot.core.geo import Point
from sandbox.state import Call
from sandbox.world import World
from storage import audit, claims, outbox, people, registrations
from storage.engine import Store
from storage.tables.register import Claim, Outbox
from tests.crash.crowd import Answers, Crowd
from tests.live import WRITING

PICTURES = ("sendPhoto", "editMessageMedia", "editMessageCaption")
UNCHANGED = "message is not modified"


@dataclass(frozen=True)
class Delivered:
    """How many messages were queued, and how many deliveries Telegram saw beyond one each."""

    queued: int
    again: int


def every_resident_has_exactly_what_they_answered(tx: Session, crowd: Crowd) -> None:
    found = {person_id: kept(tx, person_id) for person_id in crowd.registered}

    assert found == {person_id: [answers] for person_id, answers in crowd.registered.items()}


def kept(tx: Session, person_id: int) -> list[Answers]:
    person = people.find(tx, "telegram", str(person_id))
    assert person is not None
    assert person.consent_at is not None
    entries = [registrations.entry(tx, row) for row in registrations.owned(tx, person.id, withdrawn=True)]
    return [Answers(people.phone_of(tx, person), one.site.point, one.cameras, one.number) for one in entries]


def every_search_left_one_trace(tx: Session, crowd: Crowd) -> None:
    traced: dict[int | None, Counter[Point]] = {}
    for row in audit.rows(tx, audit.Act.SEARCH):
        detail = audit.detail_of(tx, row)
        traced.setdefault(row.person_id, Counter())[Point(round(detail["lat"], 5), round(detail["lon"], 5))] += 1

    for person_id, points in crowd.searched.items():
        person = people.find(tx, "telegram", str(person_id))
        assert person is not None
        asked = Counter(Point(round(point.lat, 5), round(point.lon, 5)) for point in points)
        assert traced.get(person.id, Counter()) == asked


def every_update_was_taken_and_none_set_aside(tx: Session, world: World, first: int) -> None:
    taken = tx.exec(select(func.count()).select_from(Claim)).one()

    assert taken == world.inbox.next_id - first
    assert claims.set_aside(tx) == 0
    assert world.inbox.pending() == []


def every_message_was_delivered(tx: Session, world: World) -> Delivered:
    """At least once each; says how often more than that."""
    assert outbox.waiting(tx) == 0
    queued = Counter(tx.exec(select(Outbox.lane)).all())
    assert set(tx.exec(select(Outbox.outcome)).all()) == {"sent"}
    seen = Counter(people.lane_of(tx, "telegram", str(chat)) for chat, _ in deliveries(world.calls))
    assert [lane for lane in queued if seen[lane] < queued[lane]] == []
    return Delivered(queued.total(), seen.total() - queued.total())


def nothing_was_sent_twice_in_one_life(world: World) -> None:
    """Only what was on its way when the bot was killed may come again, from its next life."""
    starts = [at for at, call in enumerate(world.calls) if call.method == "getMe"]
    for begin, end in pairwise([*starts, len(world.calls)]):
        often = Counter(deliveries(world.calls[begin:end]))
        assert [what for what, times in often.items() if times > 1] == []


def deliveries(calls: Sequence[Call]) -> Iterator[tuple[int, str]]:
    """Chat and content of each message that Telegram took, or had taken before."""
    for call in calls:
        chat = call.params.get("chat_id") or call.params.get("scope", {}).get("chat_id")
        there = UNCHANGED in str(call.answer.get("description"))
        if chat and call.method in (*WRITING, *PICTURES, "setMyCommands") and (call.ok or there):
            yield chat, json.dumps([call.method, call.params], sort_keys=True)


def reckon(store: Store, world: World, crowd: Crowd, first: int) -> Delivered:
    """Everything at once. AssertionError where something was lost or happened twice."""

    def look(tx: Session) -> Delivered:
        every_resident_has_exactly_what_they_answered(tx, crowd)
        every_search_left_one_trace(tx, crowd)
        every_update_was_taken_and_none_set_aside(tx, world, first)
        nothing_was_sent_twice_in_one_life(world)
        return every_message_was_delivered(tx, world)

    return store.run(look)
