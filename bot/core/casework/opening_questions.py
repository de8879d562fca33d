"""The stages of opening an incident, each holding exactly what is known by then, and their questions."""

from dataclasses import dataclass
from datetime import datetime

from bot import texts
from bot.core.casework.incident import IncidentKind
from bot.core.casework.incident_words import KINDS, hours
from bot.core.casework.reference import TRAINING_REFERENCE
from bot.core.casework.search import Search
from bot.core.messages import Ask, Button, Rows, Say, phrase, say
from bot.core.reading.window import Window
from bot.core.registration import Site


@dataclass(frozen=True, slots=True)
class NeedReference:
    wanted: Search | None = None  # the search that was asked, and waits


@dataclass(frozen=True, slots=True)
class Same:
    """An open incident of another station under the same reference: FIRs are numbered at each station anew."""

    id: int
    station: str


@dataclass(frozen=True, slots=True)
class NeedWhose:
    reference: str
    others: tuple[Same, ...]
    wanted: Search | None = None


@dataclass(frozen=True, slots=True)
class NeedKind:
    reference: str


@dataclass(frozen=True, slots=True)
class NeedScene:
    reference: str
    kind: IncidentKind


@dataclass(frozen=True, slots=True)
class NeedWindow:
    reference: str
    kind: IncidentKind
    site: Site
    wanted: Search | None = None


@dataclass(frozen=True, slots=True)
class NeedSenior:
    """The window is longer than one officer alone may choose."""

    reference: str
    kind: IncidentKind
    site: Site
    start: datetime
    end: datetime


Stage = NeedReference | NeedWhose | NeedKind | NeedScene | NeedWindow | NeedSenior


def button(label: str, data: str) -> Button:
    return Button(phrase(label), data)


BACK = button(texts.BACK, "back")
MOST_OTHERS = 5


def question(stage: Stage, training: bool) -> tuple[Say, ...]:
    """What asks for the answer that this stage waits for; `training`: made-up incidents are offered."""
    rows: Rows
    match stage:
        case NeedReference(wanted):
            asked = phrase(texts.ASK_REFERENCE)
            words = phrase(texts.NEEDS_INCIDENT, question=asked) if wanted else asked
            rows = ((button(texts.NO_INCIDENT, "back"),),)
            made_up = ((button(texts.TRAINING_INCIDENT, TRAINING_REFERENCE),),) if training else ()
            return (Say((words,), (*made_up, *rows)),)
        case NeedWhose(reference, others):
            theirs = [Button(phrase(texts.WORK_ON_THEIRS, station=one.station[:24]), str(one.id)) for one in others]
            rows = (*((one,) for one in theirs[:MOST_OTHERS]), (button(texts.OURS_IS_ANOTHER, "own"), BACK))
            return (say(texts.ASK_WHOSE, reference=reference, buttons=rows),)
        case NeedKind():
            kinds = [button(words, kind) for kind, words in KINDS.items()]
            pairs = tuple(tuple(kinds[n : n + 2]) for n in range(0, len(kinds), 2))
            return (say(texts.ASK_INCIDENT_KIND, buttons=(*pairs, (BACK,))),)
        case NeedScene():
            return (say(texts.ASK_WHERE, ask=Ask.HERE, back=True),)
        case NeedWindow():
            spans = (button(texts.LAST_HOUR, "last:1"), button(texts.LAST_3_HOURS, "last:3"))
            return (say(texts.ASK_WINDOW, buttons=(spans, (button(texts.TODAY_SO_FAR, "today"), BACK))),)
        case NeedSenior(start=start, end=end):
            rows = ((button(texts.ASK_A_SENIOR, "ask"),), (button(texts.ANOTHER_WINDOW, "back"),))
            return (say(texts.ASK_LONG_WINDOW, hours=hours(Window(start, end)), buttons=rows),)
