"""From a search's results to a request: whom to ask, for which time, until when, and a last look before it is sent."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot import texts
from bot.core.casework.opening import NO_WINDOW
from bot.core.casework.search_answer import PAGE
from bot.core.messages import Button, Incoming, Phrase, Rows, Say, Tap, Text, counted, phrase, say
from bot.core.reading.window import LONGEST, NoWindow, Window, read_window
from bot.core.town import Town
from bot.core.turn import Turn, general_hint, hinted, in_place

FIRST = 10
HOURS = (6, 24, 72)  # until the deadline


@dataclass(frozen=True, slots=True)
class NeedWhom:
    """`found`: the places of the search as read, as far as a request goes; `more`: there are others beyond."""

    incident_id: int
    found: tuple[int, ...]
    start: datetime
    end: datetime
    more: bool = False


@dataclass(frozen=True, slots=True)
class NeedEach:
    """One by one: which of the places were chosen so far, by their rank from 0."""

    of: NeedWhom
    page: int = 0
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedTime:
    incident_id: int
    places: tuple[int, ...]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class NeedDeadline:
    incident_id: int
    places: tuple[int, ...]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class NeedSend:
    incident_id: int
    places: tuple[int, ...]
    start: datetime
    end: datetime
    hours: int


Stage = NeedWhom | NeedEach | NeedTime | NeedDeadline | NeedSend


@dataclass(frozen=True, slots=True)
class Desk:
    """What the conversation needs to know."""

    town: Town
    moment: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """Show what owners will read, and ask whether to send it; after a hint, where the answer was none."""

    hint: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Send:
    wanted: NeedSend


Out = Turn[Stage, Preview | Send]


def step(stage: Stage, got: Incoming, desk: Desk) -> Out:
    """One answer, one outcome; nothing is sent before the last yes."""
    match stage, got:
        case _, Tap("no" | "back"):
            return Turn(None, in_place(got, (Say((phrase(texts.ASKED_NOBODY),)),)))
        case NeedWhom(), Tap("all") if not stage.more:
            return _chosen(stage, stage.found, got)
        case NeedWhom(), Tap("first"):
            return _chosen(stage, stage.found[:FIRST], got)
        case NeedWhom(), Tap("each"):
            return _ask(NeedEach(stage), got)
        case NeedEach(), Tap(data):
            return _each(stage, data, got)
        case NeedTime(), (Tap(words) | Text(words)):
            return _time(stage, words, got, desk)
        case NeedDeadline(incident_id, places, start, end), Tap(words) if words in map(str, HOURS):
            return Turn(NeedSend(incident_id, places, start, end, int(words)), (), Preview())
        case NeedSend(), Tap("send"):
            return Turn(None, (), Send(stage))
    return _hint(stage, phrase(texts.HINT_BUTTONS), got)


def _ask(stage: Stage, got: Incoming) -> Out:
    return Turn(stage, in_place(got, question(stage)))


def _hint(stage: Stage, hint: Phrase, got: Incoming) -> Out:
    if isinstance(stage, NeedSend):
        return Turn(stage, (), Preview(general_hint(got) or hint))
    return Turn(stage, hinted(general_hint(got) or hint, question(stage)))


def _chosen(stage: NeedWhom, places: tuple[int, ...], got: Incoming) -> Out:
    if not places:
        return _hint(stage, phrase(texts.HINT_CHOOSE), got)
    return _ask(NeedTime(stage.incident_id, places, stage.start, stage.end), got)


def _each(stage: NeedEach, data: str, got: Incoming) -> Out:
    of = stage.of
    if data == "done":
        if not stage.chosen:
            return _hint(stage, phrase(texts.HINT_CHOOSE), got)
        return _chosen(of, tuple(of.found[n] for n in sorted(stage.chosen)), got)
    verb, _, number = data.partition(":")
    n = int(number) if number.isdecimal() else -1
    if verb == "page" and 0 <= n * PAGE < len(of.found):
        return _ask(replace(stage, page=n), got)
    if verb == "pick" and 0 <= n < len(of.found):
        toggled = set(stage.chosen) ^ {n}
        return _ask(replace(stage, chosen=tuple(sorted(toggled))), got)
    return _hint(stage, phrase(texts.HINT_BUTTONS), got)


def _time(stage: NeedTime, words: str, got: Incoming, desk: Desk) -> Out:
    if words == "same":
        return _ask(NeedDeadline(stage.incident_id, stage.places, stage.start, stage.end), got)
    read = read_window(words, desk.moment, desk.town.zone)
    if isinstance(read, NoWindow):
        return _hint(stage, phrase(NO_WINDOW[read]), got)
    if read.length > LONGEST:
        return _hint(stage, phrase(texts.HINT_KEEP_SHORTER), got)
    return _ask(NeedDeadline(stage.incident_id, stage.places, read.start, read.end), got)


def question(stage: Stage) -> tuple[Say, ...]:
    """The open question; the last one, which shows what owners will read, is the handler's to ask."""
    no = (Button(phrase(texts.ASK_NOBODY), "no"),)
    match stage:
        case NeedWhom(found=found, more=more):
            text = texts.ASK_WHOM_OF_MORE if more else texts.ASK_WHOM
            return (say(text, places=counted(texts.PLACES, len(found)), buttons=_whom(stage, no)),)
        case NeedEach():
            return (say(counted(texts.ASK_EACH_OF, len(stage.chosen)), buttons=(*_picks(stage), no)),)
        case NeedTime():
            return (say(texts.ASK_TIME, buttons=((Button(phrase(texts.SAME_TIME), "same"),), no)),)
        case NeedDeadline():
            hours = tuple(Button(counted(texts.IN_HOURS, n), str(n)) for n in HOURS)
            return (say(texts.ASK_DEADLINE, buttons=(hours, no)),)
        case NeedSend():
            return ()


def _whom(stage: NeedWhom, no: tuple[Button, ...]) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if not stage.more:
        rows.append((Button(phrase(texts.ASK_ALL, n=len(stage.found)), "all"),))
    if len(stage.found) > FIRST:
        rows.append((Button(phrase(texts.ASK_FIRST, n=FIRST), "first"),))
    return (*rows, (Button(phrase(texts.ASK_EACH), "each"),), no)


def _picks(stage: NeedEach) -> Rows:
    first, many = stage.page * PAGE, len(stage.of.found)
    ranks = range(first, min(first + PAGE, many))
    keys = [
        Button(phrase(texts.PICKED if n in stage.chosen else texts.NOT_PICKED, n=n + 1), f"pick:{n}") for n in ranks
    ]
    moves = []
    if stage.page:
        moves.append(Button(phrase(texts.PREVIOUS_PAGE), f"page:{stage.page - 1}"))
    if first + PAGE < many:
        moves.append(Button(phrase(texts.NEXT_PAGE), f"page:{stage.page + 1}"))
    done = Button(phrase(texts.GO_ON), "done")
    return tuple(row for row in (tuple(keys[:5]), tuple(keys[5:]), tuple(moves), (done,)) if row)


def send_buttons() -> Rows:
    return ((Button(phrase(texts.SEND_REQUEST), "send"),), (Button(phrase(texts.ASK_NOBODY), "no"),))


def window(stage: NeedSend) -> Window:
    return Window(stage.start, stage.end)
