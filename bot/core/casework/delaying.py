"""A senior officer puts off what owners are told of a live case: for how many days, and why."""

from dataclasses import dataclass

from bot import texts
from bot.core.messages import Button, Incoming, Phrase, Say, Tap, Text, counted, phrase, say
from bot.core.reading.counts import read_days
from bot.core.turn import Turn, general_hint, hinted, in_place

MOST_DAYS, LEAST_REASON, LONGEST_REASON = 30, 10, 300
DAYS = (7, 14, 30)


@dataclass(frozen=True, slots=True)
class NeedDelay:
    incident_id: int


@dataclass(frozen=True, slots=True)
class NeedWhy:
    incident_id: int
    days: int


Stage = NeedDelay | NeedWhy


@dataclass(frozen=True, slots=True)
class PutOff:
    incident_id: int
    days: int
    reason: str


Out = Turn[Stage, PutOff]


def step(stage: Stage, got: Incoming) -> Out:
    """Days, then a reason in words; whoever goes back delays nothing."""
    match stage, got:
        case _, Tap("no" | "back"):
            return Turn(None, in_place(got, (Say((phrase(texts.DELAY_LEFT),)),)))
        case NeedDelay(incident_id), (Tap(words) | Text(words)) if days := read_days(words):
            if days <= MOST_DAYS:
                after = NeedWhy(incident_id, days)
                return Turn(after, in_place(got, question(after)))
            return _hint(stage, phrase(texts.HINT_DELAY_DAYS, most=MOST_DAYS), got)
        case NeedWhy(incident_id, days), Text(words) if LEAST_REASON <= len(words.strip()) <= LONGEST_REASON:
            return Turn(None, (), PutOff(incident_id, days, words.strip()))
        case NeedWhy(), _:
            return _hint(stage, phrase(texts.HINT_DELAY_WHY, most=LONGEST_REASON), got)
    return _hint(stage, phrase(texts.HINT_DELAY_DAYS, most=MOST_DAYS), got)


def _hint(stage: Stage, hint: Phrase, got: Incoming) -> Out:
    return Turn(stage, hinted(general_hint(got) or hint, question(stage)))


def question(stage: Stage) -> tuple[Say, ...]:
    """For how long, or why."""
    no = (Button(phrase(texts.DELAY_NOT), "no"),)
    match stage:
        case NeedDelay():
            days = tuple(Button(counted(texts.DAYS, n), str(n)) for n in DAYS)
            return (say(texts.ASK_DELAY, buttons=(days, no), most=MOST_DAYS),)
        case NeedWhy(_, days):
            return (say(texts.ASK_DELAY_WHY, days=counted(texts.DAYS, days), buttons=(no,)),)
