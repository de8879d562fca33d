"""Four questions after saving, each of which can be skipped: kind of place, road, days kept, a label."""

from dataclasses import dataclass

from bot import texts
from bot.core.messages import Button, Incoming, Phrase, Rows, Say, Tap, Text, phrase
from bot.core.reading.counts import read_days
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
_ORDER = (AskKind, AskRoad, AskDays, AskLabel)


def step(stage: Stage, got: Incoming) -> Out:
    """One answer; every answer is kept at once, and the next question follows."""
    match stage, got:
        case _, Tap("finish"):
            return _next(None, got)
        case _, Tap("skip"):
            return _next(_beside(stage, 1), got)
        case _, Tap("back") if earlier := _beside(stage, -1):
            return _next(earlier, got)
        case AskKind(number), Tap(data) if data in set(Kind):
            return _next(_beside(stage, 1), got, SetKind(number, Kind(data)))
        case AskRoad(number), Tap("yes" | "no" as data):
            return _next(_beside(stage, 1), got, SetRoad(number, data == "yes"))
        case AskDays(number), (Tap(words) | Text(words)) if (days := read_days(words)) is not None:
            return _next(_beside(stage, 1), got, SetDays(number, days))
        case AskLabel(number), Text(words) if not general_hint(got) and (name := _label(words)):
            return _next(None, got, SetLabel(number, name))
    return Turn(stage, hinted(general_hint(got) or _what_instead(stage), question(stage)))


def question(stage: Stage) -> tuple[Say, ...]:
    """The question of a stage, with how far one is, and Back, Skip and Finish under it."""
    back, finish = Button(phrase(texts.BACK), "back"), Button(phrase(texts.FINISH), "finish")
    skip = (Button(phrase(texts.SKIP), "skip"), finish)
    rows: Rows
    match stage:
        case AskKind():
            words = phrase(texts.ASK_KIND)
            kinds = [Button(phrase(words), kind.value) for kind, words in KINDS.items()]
            rows = (tuple(kinds[:2]), tuple(kinds[2:4]), tuple(kinds[4:]), skip)
        case AskRoad():
            words = phrase(texts.ASK_ROAD)
            rows = ((Button(phrase(texts.YES), "yes"), Button(phrase(texts.NO), "no")), (back, *skip))
        case AskDays():
            words = phrase(texts.ASK_DAYS)
            rows = (tuple(Button(phrase(texts.DAYS_BUTTON, n=n), str(n)) for n in _DAYS), (back, *skip))
        case AskLabel():
            words, rows = phrase(texts.ASK_LABEL), ((back, finish),)
    return (Say((phrase(texts.STEP, n=_ORDER.index(type(stage)) + 1, most=len(_ORDER), question=words),), rows),)


def _beside(stage: Stage, steps: int) -> Stage | None:
    """The question so many steps further on, or back."""
    place = _ORDER.index(type(stage)) + steps
    return _ORDER[place](stage.number) if 0 <= place < len(_ORDER) else None


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
