"""Entering a society: its name, its place, and who asks. Staff enter one; anyone may ask for one with `/rwa`."""

from dataclasses import dataclass

from bot import texts
from bot.core.city import City
from bot.core.geo import Point
from bot.core.messages import Ask, Incoming, Phrase, Pin, Say, Tap, Text, phrase, say
from bot.core.reading.places import ShortLink, Swapped, read_place
from bot.core.registration import LONGEST_LABEL, coordinates, label
from bot.core.society.society import Named, read_name
from bot.core.turn import Turn, general_hint, hinted


@dataclass(frozen=True, slots=True)
class AskedName:
    pass


@dataclass(frozen=True, slots=True)
class AskedPlace:
    name: str


@dataclass(frozen=True, slots=True)
class AskedWho:
    named: Named


@dataclass(frozen=True, slots=True)
class NewName:
    pass


@dataclass(frozen=True, slots=True)
class NewPlace:
    name: str


Asked = AskedName | AskedPlace | AskedWho
New = NewName | NewPlace
Stage = Asked | New


@dataclass(frozen=True, slots=True)
class Founded:
    """All is known; `who` is the name and office of whoever asks, empty where staff enter it."""

    named: Named
    who: str = ""


Out = Turn[Stage, Founded]


def step(stage: Stage, got: Incoming, city: City) -> Out:
    """Name, place and, from whoever asks, their own name and office."""
    match stage, got:
        case _, Tap("back"):
            return _back(stage)
        case ((AskedName() | NewName()), Text(words)):
            name = read_name(words)
            if isinstance(name, Phrase):
                return _hint(stage, got, name)
            return _ask(AskedPlace(name) if isinstance(stage, AskedName) else NewPlace(name))
        case ((AskedPlace(name) | NewPlace(name)), (Pin() | Text())):
            place = _place(name, got, city)
            if isinstance(place, Phrase):
                return _hint(stage, got, place)
            return _ask(AskedWho(place)) if isinstance(stage, AskedPlace) else Turn(None, (), Founded(place))
        case AskedWho(named), Text(words) if general_hint(got) is None and (who := label(words)):
            return Turn(None, (), Founded(named, who))
    instead = texts.HINT_WHO if isinstance(stage, AskedWho) else texts.HINT_SOCIETY
    return _hint(stage, got, phrase(instead, most=LONGEST_LABEL) if isinstance(stage, AskedWho) else phrase(instead))


def read_both(words: str, city: City) -> Named | None:
    """`Shanti Niketan, Vijay Nagar`: name and place in one line; None where it is not clear."""
    first, _, rest = words.partition(",")
    name = read_name(first)
    place = _place(name, Text(rest), city) if isinstance(name, str) and rest.strip() else None
    return place if isinstance(place, Named) else None


def _place(name: str, got: Pin | Text, city: City) -> Named | Phrase:
    """Where it is: a point where one was sent, or the locality in words."""
    match got:
        case Pin(point, called):
            named = Named(name, label(called), point)
        case Text(words):
            match read_place(words, city):
                case Point() as point:
                    named = Named(name, "", point)
                case Swapped(point):
                    named = Named(name, "", point)
                case ShortLink():
                    return phrase(texts.HINT_SHORT_LINK)
                case _:
                    locality = read_name(words)
                    return Named(name, locality) if isinstance(locality, str) else phrase(texts.HINT_LOCALITY)
    if named.point and not city.holds(named.point):
        km = f"{city.metres_outside(named.point) / 1000:.1f}"
        return phrase(texts.HINT_SOCIETY_OUTSIDE, km=km)
    return named


def _back(stage: Stage) -> Out:
    match stage:
        case AskedPlace():
            return _ask(AskedName())
        case NewPlace():
            return _ask(NewName())
        case AskedWho(named):
            return _ask(AskedPlace(named.name))
    return Turn(None, (say(texts.FOUNDING_LEFT, ask=Ask.CLEAR),))


def _ask(stage: Stage) -> Out:
    return Turn(stage, question(stage))


def _hint(stage: Stage, got: Incoming, instead: Phrase) -> Out:
    return Turn(stage, hinted(general_hint(got) or instead, question(stage)))


def question(stage: Stage) -> tuple[Say, ...]:
    """What asks for the answer that this stage waits for."""
    match stage:
        case AskedName():
            return (say(texts.ASK_YOUR_SOCIETY),)
        case NewName():
            return (say(texts.ASK_SOCIETY),)
        case AskedPlace(name) | NewPlace(name):
            return (say(texts.ASK_SOCIETY_PLACE, society=name, ask=Ask.HERE, back=True),)
        case AskedWho():
            return (say(texts.ASK_WHO, ask=Ask.CLEAR),)


def where(named: Named) -> Phrase | str:
    """A society's place in words."""
    if named.place or named.point is None:
        return named.place
    return coordinates(named.point)
