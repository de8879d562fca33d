"""Four questions after saving, each of which can be skipped: kind of place, road, days kept, a label."""

from dataclasses import dataclass

from bot import texts
from bot.core.counts import read_days
from bot.core.messages import Button, Incoming, Phrase, Rows, Say, Tap, Text, phrase
from bot.core.registration import KINDS, LONGEST_LABEL, MOST_DAYS, Kind, label
from bot.core.turn import Turn, general_hint, hinted, in_place


@dataclass(frozen=True, slots=True)
class AskKind:
    number: str


@dataclass(frozen=True, slots=True)
class AskRoad:
    number: str


@dataclass(frozen=True, slots=True)
class AskDays:
    number: str


@dataclass(frozen=True, slots=True)
class AskLabel:
    number: str


Stage = AskKind | AskRoad | AskDays | AskLabel


@dataclass(frozen=True, slots=True)
class SetKind:
    number: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class SetRoad:
    number: str
    sees_road: bool


@dataclass(frozen=True, slots=True)
class SetDays:
    number: str
    days: int


@dataclass(frozen=True, slots=True)
class SetLabel:
    number: str
    label: str


Effect = SetKind | SetRoad | SetDays | SetLabel
Out = Turn[Stage, Effect]
_DAYS = (7, 15, 30, 60)


def step(stage: Stage, got: Incoming) -> Out:
    """One answer; every answer is kept at once, and the next question follows."""
    match stage, got:
        case _, Tap("finish"):
            return _next(None, got)
        case _, Tap("skip"):
            return _next(_after(stage), got)
        case AskKind(number), Tap(data) if data in set(Kind):
            return _next(AskRoad(number), got, SetKind(number, Kind(data)))
        case AskRoad(number), Tap("yes" | "no" as data):
            return _next(AskDays(number), got, SetRoad(number, data == "yes"))
        case AskDays(number), (Tap(words) | Text(words)) if (days := read_days(words)) is not None:
            return _next(AskLabel(number), got, SetDays(number, days))
        case AskLabel(number), Text(words) if not general_hint(got) and (name := _label(words)):
            return _next(None, got, SetLabel(number, name))
    return Turn(stage, hinted(general_hint(got) or _what_instead(stage), question(stage)))


def question(stage: Stage) -> tuple[Say, ...]:
    """The question of a stage, with Skip and Finish under it."""
    skip = (Button(phrase(texts.SKIP), "skip"), Button(phrase(texts.FINISH), "finish"))
    rows: Rows
    match stage:
        case AskKind():
            words = phrase(texts.ASK_KIND)
            kinds = [Button(phrase(words), kind.value) for kind, words in KINDS.items()]
            rows = (tuple(kinds[:2]), tuple(kinds[2:4]), tuple(kinds[4:]), skip)
        case AskRoad():
            words = phrase(texts.ASK_ROAD)
            rows = ((Button(phrase(texts.YES), "yes"), Button(phrase(texts.NO), "no")), skip)
        case AskDays():
            words = phrase(texts.ASK_DAYS)
            rows = (tuple(Button(phrase(texts.DAYS_BUTTON, n=n), str(n)) for n in _DAYS), skip)
        case AskLabel():
            words, rows = phrase(texts.ASK_LABEL), (skip[1:],)
    return (Say((words,), rows),)


def _after(stage: Stage) -> Stage | None:
    match stage:
        case AskKind(number):
            return AskRoad(number)
        case AskRoad(number):
            return AskDays(number)
        case AskDays(number):
            return AskLabel(number)
        case AskLabel():
            return None


def _next(stage: Stage | None, got: Incoming, effect: Effect | None = None) -> Out:
    says = question(stage) if stage else (Say((phrase(texts.DETAILS_DONE),)),)
    return Turn(stage, in_place(got, says), effect)


def _label(words: str) -> str:
    """The label, where nothing of what was written has to be cut off."""
    return label(words) if len(" ".join(words.split())) <= LONGEST_LABEL else ""


def _what_instead(stage: Stage) -> Phrase:
    match stage:
        case AskDays():
            return phrase(texts.HINT_DAYS, most=MOST_DAYS)
        case AskLabel():
            return phrase(texts.HINT_LABEL, most=LONGEST_LABEL)
    return phrase(texts.HINT_BUTTONS)
