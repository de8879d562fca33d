"""How someone comes to each stage at which the bot can wait for an answer, and what it asks there."""

from collections.abc import Callable
from dataclasses import dataclass

from bot import texts
from bot.core.messages import Answer
from tests.chat import PALASIA, RAJWADA, Phone
from tests.conftest import become_officer, invitation


@dataclass(frozen=True)
class Stop:
    """A stage: the one before it, what the person does there, and what the bot asks then."""

    after: str
    does: Callable[[Phone], object]
    asks: str

    @property
    def again(self) -> str:
        """What is asked when it is asked once more: the notice, which is long, is not read out again."""
        return texts.CONSENT_AGAIN if self.asks == texts.NOTICE else self.asks


def searches_for_a_case(who: Phone) -> None:
    """An incident is opened, and a search for it finds two places."""
    who.chat.has_cameras(RAJWADA, PALASIA)
    who.says("/incident FIR 123/2026; theft; 22.7185, 75.8550; 31 Oct 14:00 to 15:00")
    who.says("/near 22.7185 75.8550 5 km")


STOPS: dict[str, Stop] = {
    "language": Stop("", lambda who: who.starts_in("ta"), texts.CHOOSE_LANGUAGE),
    "consent": Stop("", lambda who: who.says("/start"), texts.NOTICE),
    "number": Stop("consent", lambda who: who.taps(texts.AGREE), texts.ASK_NUMBER),
    "place": Stop("number", lambda who: who.shares_number(), texts.ASK_PLACE),
    "here": Stop("place", lambda who: who.pins(RAJWADA), texts.ASK_HERE),
    "count": Stop("here", lambda who: who.taps(texts.YES_HERE), texts.ASK_COUNT),
    "many": Stop("count", lambda who: who.says("60"), texts.ASK_MANY),
    "save": Stop("count", lambda who: who.says("4"), texts.SUMMARY),
    "another number": Stop("save", lambda who: who.taps(texts.CHANGE_NUMBER), texts.ASK_NUMBER),
    "another place": Stop("save", lambda who: who.taps(texts.CHANGE_PLACE), texts.ASK_PLACE),
    "here instead": Stop("another place", lambda who: who.pins(PALASIA), texts.ASK_HERE),
    "another count": Stop("save", lambda who: who.taps(texts.CHANGE_COUNT), texts.ASK_COUNT),
    "many instead": Stop("another count", lambda who: who.says("60"), texts.ASK_MANY),
    "saved": Stop("save", lambda who: who.taps(texts.SAVE), texts.SAVED),
    "second place": Stop("saved", lambda who: who.says("/add"), texts.ASK_PLACE),
    "second here": Stop("second place", lambda who: who.pins(RAJWADA), texts.ASK_HERE),
    "same": Stop("second here", lambda who: who.taps(texts.YES_HERE), texts.ASK_SAME),
    "same, count": Stop("same", lambda who: who.taps(texts.UPDATE_IT), texts.ASK_COUNT),
    "same, save": Stop("same, count", lambda who: who.taps(texts.COUNT_BUTTON, n=5), texts.SUMMARY_CHANGE),
    "card": Stop("saved", lambda who: who.says("/mine"), texts.CARD),
    "change": Stop("card", lambda who: who.taps(texts.CHANGE), texts.SUMMARY_CHANGE),
    "change count": Stop("change", lambda who: who.taps(texts.CHANGE_COUNT), texts.ASK_COUNT),
    "change many": Stop("change count", lambda who: who.says("60"), texts.ASK_MANY),
    "move": Stop("card", lambda who: who.taps(texts.MOVE), texts.ASK_PLACE),
    "move here": Stop("move", lambda who: who.pins(PALASIA), texts.ASK_HERE),
    "kind": Stop("saved", lambda who: who.taps(texts.MORE_QUESTIONS), texts.ASK_KIND),
    "road": Stop("kind", lambda who: who.taps(texts.KIND_SHOP), texts.ASK_ROAD),
    "days": Stop("road", lambda who: who.taps(texts.YES), texts.ASK_DAYS),
    "label": Stop("days", lambda who: who.taps(texts.DAYS_BUTTON, n=15), texts.ASK_LABEL),
    "sure to remove": Stop("card", lambda who: who.taps(texts.REMOVE), texts.SURE_REMOVE),
    "sure to forget": Stop("saved", lambda who: who.says("/forget"), texts.SURE_FORGET),
    "accept": Stop("", lambda who: who.says(f"/start {invitation(who.chat)}"), texts.ASK_ACCEPT),
    "officer": Stop("", lambda who: become_officer(who), texts.HELP_SHOWS),
    "rwa name": Stop("", lambda who: who.says("/rwa"), texts.ASK_YOUR_SOCIETY),
    "rwa place": Stop("rwa name", lambda who: who.says("Shanti Niketan"), texts.ASK_SOCIETY_PLACE),
    "rwa who": Stop("rwa place", lambda who: who.says("Vijay Nagar"), texts.ASK_WHO),
    "where": Stop("officer", lambda who: who.says("/near"), texts.ASK_WHERE),
    "radius": Stop("where", lambda who: who.pins(PALASIA), texts.ASK_RADIUS),
    "reference": Stop("officer", lambda who: who.says("/incident"), texts.ASK_REFERENCE),
    "what happened": Stop("reference", lambda who: who.says("FIR 123/2026"), texts.ASK_INCIDENT_KIND),
    "scene": Stop("what happened", lambda who: who.taps(texts.INCIDENT_THEFT), texts.ASK_WHERE),
    "window": Stop("scene", lambda who: who.pins(RAJWADA), texts.ASK_WINDOW),
    "long window": Stop("window", lambda who: who.says("30 Oct 08:00 to 30 Oct 22:00"), texts.ASK_LONG_WINDOW),
    "way": Stop("officer", lambda who: who.says("/route"), texts.ASK_WAY),
    "way on": Stop("way", lambda who: who.pins(RAJWADA), texts.ASK_WAY_ON),
    "more of it": Stop("way on", lambda who: who.pins(PALASIA), texts.ASK_WAY_ON),
    "width": Stop("more of it", lambda who: who.taps(texts.WAY_DONE), texts.ASK_WIDTH),
    "area": Stop("officer", lambda who: who.says("/area"), texts.ASK_AREA),
    "results": Stop("officer", lambda who: searches_for_a_case(who), texts.FOUND_LINE),
    "whom": Stop("results", lambda who: who.taps(texts.ASK_OWNERS), texts.ASK_WHOM),
    "each": Stop("whom", lambda who: who.taps(texts.ASK_EACH), texts.ASK_EACH_OF[0]),
    "which time": Stop("whom", lambda who: who.taps(texts.ASK_ALL, n=2), texts.ASK_TIME),
    "deadline": Stop("which time", lambda who: who.taps(texts.SAME_TIME), texts.ASK_DEADLINE),
    "send": Stop("deadline", lambda who: who.taps(texts.IN_HOURS[1], n=24), texts.PREVIEW),
}
NO_QUESTION = ("saved", "card", "officer", "results")
QUESTIONS = tuple(name for name in STOPS if name not in NO_QUESTION)


@dataclass(frozen=True)
class Moment:
    """A register as it was when someone stood at a stage, and what was on their screen."""

    register: bytes
    language: str
    answers: list[Answer]


_MOMENTS: dict[tuple[str, str], Moment] = {}


def brought_to(name: str, who: Phone) -> Phone:
    """The first person of a new register, led to a stage from the very beginning, update by update.

    That is done once for all tests: the others go on with a copy of the register as it was then.
    """
    moment = _MOMENTS.get((name, who.id)) or _first_time(name, who)
    who.chat.goes_on_with(moment.register)
    who.language, who.answers = moment.language, moment.answers
    return who


def _first_time(name: str, who: Phone) -> Moment:
    stop = STOPS[name]
    if stop.after:
        brought_to(stop.after, who)
    stop.does(who)
    assert who.asked == stop.asks
    moment = _MOMENTS[name, who.id] = Moment(who.chat.saved(), who.language, who.answers)
    return moment
