"""A request to owners, in words: what each of them reads, what the asking officer reads, and the thank-you."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from bot import texts
from bot.core.casework.incident import IncidentKind
from bot.core.casework.incident_words import kind_of, name_of, window_of
from bot.core.messages import Button, Name, Phrase, Rows, Say, counted, phrase
from bot.core.reading.window import Window

MOST_ALONE, MOST = 50, 500  # owners in one request: beyond the first a second officer approves
NUMBER_SHOWN = timedelta(hours=24)
MOST_LISTED = 12  # who has it, in the officer's live message


class Reply(StrEnum):
    """What an owner can answer."""

    HAVE = "have"
    OFF = "off"
    ELSEWHERE = "elsewhere"
    CANNOT = "cannot"
    CALL = "call"


LABELS: dict[Reply, str] = {
    Reply.HAVE: texts.I_HAVE_IT,
    Reply.OFF: texts.CAMERA_WAS_OFF,
    Reply.ELSEWHERE: texts.NOT_COVERED,
    Reply.CANNOT: texts.CANNOT_HELP,
    Reply.CALL: texts.CALL_ME,
}
WANTS_A_CALL = frozenset({Reply.HAVE, Reply.CALL})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: by which station, for which incident, which time, and until when one can answer."""

    police: Name
    station: str
    reference: str
    kind: IncidentKind
    window: Window
    deadline: datetime
    zone: tzinfo

    @property
    def name(self) -> Phrase | str:
        return name_of(self.reference)

    @property
    def time(self) -> Phrase:
        return window_of(self.window, self.zone)

    @property
    def until(self) -> str:
        return f"{self.deadline.astimezone(self.zone):%d-%m-%Y %H:%M}"


def to_owner(wanted: Wanted, numbers: Sequence[str]) -> Phrase:
    """Exactly what an owner reads: it is a request, it is voluntary, and nothing is to be sent."""
    return phrase(
        texts.OWNER_ASKED,
        police=wanted.police,
        station=wanted.station,
        reference=wanted.name,
        kind=kind_of(wanted.kind),
        numbers=", ".join(numbers),
        window=wanted.time,
        deadline=wanted.until,
    )


def answered(wanted: Wanted, numbers: Sequence[str], reply: Reply) -> Phrase:
    """The same with the answer under it."""
    words = to_owner(wanted, numbers)
    return phrase(texts.OWNER_ANSWERED, asked=words, answer=phrase(LABELS[reply]), deadline=wanted.until)


def answers(asked_id: int) -> Rows:
    """The buttons under what an owner reads."""
    return tuple((Button(phrase(label), f"/answer:{reply}:{asked_id}"),) for reply, label in LABELS.items())


def may_share(wanted: Wanted, asked_id: int) -> Say:
    """Whether the number may be shown, to whom, for what and for how long."""
    yes = Button(phrase(texts.SHARE_YES), f"/share:yes:{asked_id}")
    no = Button(phrase(texts.SHARE_NO), f"/share:no:{asked_id}")
    hours = NUMBER_SHOWN // timedelta(hours=1)
    return Say((phrase(texts.MAY_SHARE, station=wanted.station, reference=wanted.name, hours=hours),), ((yes,), (no,)))


def days_left(at: datetime, days_kept: int, now: datetime) -> int:
    """In how many whole days what happened then is overwritten; none and fewer: it may be gone."""
    return (at + timedelta(days=days_kept) - now) // timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Has:
    """Someone who has it or wants a call: the entry's number, and in how many days it is overwritten, where known."""

    number: str
    reply: Reply
    days: int | None


class Over(StrEnum):
    """Why nobody can answer any more."""

    LATE = "late"
    CLOSED = "closed"


ENDS: dict[Over | None, str] = {None: texts.LIVE_UNTIL, Over.LATE: texts.LIVE_OVER, Over.CLOSED: texts.LIVE_CLOSED}


@dataclass(frozen=True, slots=True)
class Tally:
    """Where a request stands."""

    asked: int
    delivered: int
    on_the_way: int
    replies: dict[Reply, int]
    has: tuple[Has, ...]
    over: Over | None

    @property
    def silent(self) -> int:
        """Who has it and did not answer."""
        return self.delivered - sum(self.replies.values())

    @property
    def unreachable(self) -> int:
        """Whom the message neither reached nor is on its way to: they blocked the bot, or the channel refused it."""
        return self.asked - self.delivered - self.on_the_way


def live(wanted: Wanted, tally: Tally) -> tuple[Phrase, ...]:
    """The officer's one message for a request, as it stands now."""
    ends = phrase(ENDS[tally.over], deadline=wanted.until)
    owners = counted(texts.OWNERS, tally.asked)
    lines = [
        phrase(texts.LIVE_HEAD, reference=wanted.name, window=wanted.time, ends=ends),
        phrase(texts.LIVE_ASKED, owners=owners, delivered=tally.delivered, silent=tally.silent),
    ]
    if tally.on_the_way:
        lines.append(phrase(texts.LIVE_ON_THE_WAY, n=tally.on_the_way))
    if tally.unreachable:
        lines.append(phrase(texts.LIVE_UNREACHABLE, n=tally.unreachable))
    lines += [phrase(texts.LIVE_ANSWER, answer=phrase(LABELS[reply]), n=n) for reply, n in tally.replies.items() if n]
    by_days = sorted(tally.has, key=lambda one: (one.days is None, one.days, one.number))
    lines += [_has(one) for one in by_days[:MOST_LISTED]]
    if len(by_days) > MOST_LISTED:
        lines.append(phrase(texts.LIVE_MORE, n=len(by_days) - MOST_LISTED))
    return tuple(lines)


def _has(one: Has) -> Phrase:
    line = phrase(texts.LIVE_HAS, number=one.number, answer=phrase(LABELS[one.reply]))
    if one.days is None:
        return line
    left = counted(texts.OVERWRITTEN_IN, one.days) if one.days > 0 else phrase(texts.OVERWRITTEN_SOON)
    return phrase(texts.ALSO, before=line, part=left)
