"""What a registration is: the three answers the founding document asks for, and a few that help."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot import texts
from bot.core.geo import Point
from bot.core.phrases import Phrase, counted, phrase

FEWEST, MOST = 1, 500
SAME_PLACE_M = 20.0
LONGEST_LABEL = 60
MOST_DAYS = 365
_JOINERS = "\u200c\u200d"  # they shape Devanagari and emoji; everything else that cannot be seen goes
_VIRAMA = 9  # Unicode's combining class: what follows is written as one sign with what comes before


class Kind(StrEnum):
    HOME = "home"
    SHOP = "shop"
    INSTITUTION = "institution"
    SOCIETY = "society"
    OTHER = "other"


class State(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """How sure the register is that an entry is still true; bot/core/resident/standing.py says how it goes on."""

    SURE = "sure"  # registered, corrected or confirmed within the half-year
    ASKED = "asked"
    ASKED_TWICE = "asked twice"
    HIDDEN = "hidden"  # two questions went unanswered: no search finds it
    WARNED = "warned"  # the same, and its owner was told on which day it is removed


UNSEEN = frozenset({Standing.HIDDEN, Standing.WARNED})


KINDS: dict[Kind, str] = {
    Kind.HOME: texts.KIND_HOME,
    Kind.SHOP: texts.KIND_SHOP,
    Kind.INSTITUTION: texts.KIND_INSTITUTION,
    Kind.SOCIETY: texts.KIND_SOCIETY,
    Kind.OTHER: texts.KIND_OTHER,
}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the camera is, and the name that came with the place or was given to it."""

    point: Point
    name: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The three answers: phone (E.164), site, cameras. `updates` is the number of the entry they correct."""

    phone: str
    site: Site
    cameras: int
    updates: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A saved registration as its owner and the bot see it."""

    number: str
    site: Site
    cameras: int
    state: State
    kind: Kind | None = None
    sees_road: bool | None = None
    days_kept: int | None = None
    standing: Standing = Standing.SURE
    verified: date | None = None  # station staff saw it there on that day


def label(words: str) -> str:
    """A name for a place from what someone wrote: one line, LONGEST_LABEL at most, no formula to a spreadsheet."""
    name = " ".join("".join(map(_seen, words)).split())
    while name and (name[0] in " =+-@" + _JOINERS or _goes_on(name[0])):
        name = name[1:]
    cut = len(name)
    if cut > LONGEST_LABEL:
        whole = (n for n in range(LONGEST_LABEL, 0, -1) if _ends_before(name, n))
        cut = next(whole, LONGEST_LABEL)
    return name[:cut].rstrip(" " + _JOINERS)


def _seen(sign: str) -> str:
    match unicodedata.category(sign):
        case "Cc":
            return " "
        case "Cf" | "Cs" if sign not in _JOINERS:
            return ""
    return sign


def _ends_before(name: str, n: int) -> bool:
    """Whether a sign ends before this place: nothing that belongs together is cut in two."""
    after, before = name[n], name[n - 1]
    return not (_goes_on(after) or after in _JOINERS or before in _JOINERS or unicodedata.combining(before) == _VIRAMA)


def _goes_on(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


def coordinates(point: Point) -> Phrase:
    """A point in words, to about a metre: `22.71960, 75.85770`."""
    return phrase(texts.COORDINATES, lat=f"{point.lat:.5f}", lon=f"{point.lon:.5f}")


def place_of(site: Site) -> Phrase:
    """A place by its name, if it has one, and its coordinates."""
    where = coordinates(site.point)
    return phrase(texts.PLACE_NAMED, name=site.name, place=where) if site.name else where


def cameras(n: int) -> Phrase:
    """`1 camera`, `4 cameras`."""
    return counted(texts.CAMERAS, n)


def about(entry: Entry) -> tuple[Phrase, ...]:
    """The optional answers that were given, each as a short phrase."""
    said: list[Phrase] = []
    if entry.kind is not None:
        said.append(phrase(KINDS[entry.kind]))
    if entry.sees_road is not None:
        said.append(phrase(texts.SEES_ROAD if entry.sees_road else texts.SEES_NO_ROAD))
    if entry.days_kept is not None:
        said.append(counted(texts.DAYS_KEPT, entry.days_kept))
    return tuple(said)


def verified(entry: Entry) -> tuple[Phrase, ...]:
    """The mark that station staff saw it, with its date; nothing where they did not."""
    return (phrase(texts.VERIFIED, date=f"{entry.verified:%d-%m-%Y}"),) if entry.verified else ()


def pin_of(entry: Entry) -> Phrase:
    """What stands beside its pin on the map."""
    seen = [phrase(texts.ALSO, before="", part=mark) for mark in verified(entry)]
    return phrase(texts.PIN_OF, number=entry.number, cameras=cameras(entry.cameras), verified=seen[0] if seen else "")
