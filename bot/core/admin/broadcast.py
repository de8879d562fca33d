"""Writing to many at once: to whom, at which station, which words; shown just as it will be read before it goes out."""

from dataclasses import dataclass
from enum import StrEnum

from bot import texts
from bot.core.messages import Button, Incoming, Name, Phrase, Rows, Say, Tap, Text, counted, phrase, say
from bot.core.registration import label
from bot.core.resident.camera_access import looks_like_camera_access
from bot.core.turn import Turn, general_hint, hinted, in_place

LONGEST = 1000  # letters: nobody reads more, and it fits with its heading into one message
A_MINUTE = 1000  # messages queued in one minute, so that nobody who writes meanwhile waits behind them


class Audience(StrEnum):
    BEARERS = "bearers"
    OWNERS = "owners"  # of one station's entries


AUDIENCES: dict[Audience, str] = {Audience.BEARERS: texts.TO_BEARERS, Audience.OWNERS: texts.TO_OWNERS}


@dataclass(frozen=True, slots=True)
class NeedAudience:
    pass


@dataclass(frozen=True, slots=True)
class NeedWhichStation:
    names: tuple[str, ...]  # those that are known, for the hint


@dataclass(frozen=True, slots=True)
class NeedWords:
    audience: Audience
    station: str = ""


@dataclass(frozen=True, slots=True)
class SureSend:
    """`people` and `minutes` are what was said before the yes."""

    audience: Audience
    station: str
    words: str
    people: int
    minutes: int


Stage = NeedAudience | NeedWhichStation | NeedWords | SureSend


@dataclass(frozen=True, slots=True)
class Chosen:
    """Owners: of which station? `wanted` empty: ask."""

    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The words are there: how many would read them?"""

    audience: Audience
    station: str
    words: str


@dataclass(frozen=True, slots=True)
class Send:
    audience: Audience
    station: str
    words: str


Effect = Chosen | Written | Send
Out = Turn[Stage, Effect]


def step(stage: Stage, got: Incoming) -> Out:
    """One answer."""
    match stage, got:
        case _, Tap("no" | "back"):
            return Turn(None, in_place(got, (say(texts.NOT_SENT),)))
        case NeedAudience(), Tap(Audience.BEARERS):
            return _asks(NeedWords(Audience.BEARERS), got)
        case NeedAudience(), Tap(Audience.OWNERS):
            return Turn(stage, (), Chosen())
        case NeedWhichStation(), Text(words) if wanted := label(words):
            return Turn(stage, (), Chosen(wanted))
        case NeedWords(audience, station), Text(words) if (hint := trouble(words)) is None:
            return Turn(stage, (), Written(audience, station, words.strip()))
        case NeedWords(), Text(words) if hint := trouble(words):
            return Turn(stage, hinted(hint, question(stage)))
        case SureSend(audience, station, words), Tap("yes"):
            return Turn(None, (), Send(audience, station, words))
    return Turn(stage, hinted(general_hint(got) or _hint(stage), question(stage)))


def trouble(words: str) -> Phrase | None:
    """What is wrong with words for many: too long, or a link, which is what a swindler would send."""
    if looks_like_camera_access(words):
        return phrase(texts.NO_CAMERA_ACCESS)
    if not words.strip() or len(words) > LONGEST:
        return phrase(texts.HINT_BROADCAST_LENGTH, most=LONGEST)
    lowered = words.lower()
    if any(sign in lowered for sign in ("://", "www.", "t.me/", "@")):
        return phrase(texts.HINT_NO_LINKS)
    return None


def minutes(people: int, a_second: float) -> int:
    """How long it takes at the channel's rate, in minutes, rounded up."""
    a_minute = min(A_MINUTE, a_second * 60)
    return max(1, -int(-people // a_minute))


def question(stage: Stage) -> tuple[Say, ...]:
    """What is asked at this stage."""
    match stage:
        case NeedAudience():
            rows: Rows = tuple((Button(phrase(text), audience),) for audience, text in AUDIENCES.items())
            return (say(texts.ASK_AUDIENCE, buttons=(*rows, _leave())),)
        case NeedWhichStation():
            return (say(texts.ASK_WHICH_STATION, buttons=(_leave(),)),)
        case NeedWords():
            return (say(texts.ASK_BROADCAST, most=LONGEST, buttons=(_leave(),)),)
        case SureSend(audience, station, _, people, spent):
            to = phrase(texts.TO_OWNERS_OF, station=station) if station else phrase(AUDIENCES[audience])
            count, cost = counted(texts.PEOPLE, people), counted(texts.MINUTES, spent)
            yes = (Button(phrase(texts.SEND_IT), "yes"), *_leave())
            return (say(texts.SURE_SEND, to=to, people=count, minutes=cost, buttons=(yes,)),)


def _leave() -> tuple[Button, ...]:
    return (Button(phrase(texts.SEND_NOTHING), "no"),)


def _asks(stage: Stage, got: Incoming) -> Out:
    return Turn(stage, in_place(got, question(stage)))


def _hint(stage: Stage) -> Phrase:
    if isinstance(stage, NeedAudience | SureSend):
        return phrase(texts.HINT_BUTTONS)
    return phrase(texts.HINT_FEW_WORDS if isinstance(stage, NeedWhichStation) else texts.HINT_BROADCAST)


def as_read(words: str, police: Name, audience: Audience) -> Say:
    """The message just as people read it; owners can turn such news off."""
    mute = (Button(phrase(texts.MUTE), "/news:off"),)
    return say(texts.BROADCAST, police=police, words=words, buttons=(mute,) if audience is Audience.OWNERS else ())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one is: everyone, queued, gone out, blocked."""

    people: int
    queued: int
    gone: int
    stopped: bool

    @property
    def over(self) -> bool:
        return self.gone == (self.queued if self.stopped else self.people)


def live(progress: Progress, broadcast_id: int) -> Say:
    """The one message that shows how far it is, with the button that stops it."""
    going = not (progress.over or progress.stopped)
    stop: Rows = ((Button(phrase(texts.STOP), f"/news:stop:{broadcast_id}"),),) if going else ()
    text = texts.BROADCAST_GOES if going else texts.BROADCAST_STOPPED if progress.stopped else texts.BROADCAST_OVER
    name = f"broadcast:{broadcast_id}"
    words = phrase(text, gone=progress.gone, people=counted(texts.PEOPLE, progress.people))
    return Say((words,), stop, keep=name, over_kept=True)
