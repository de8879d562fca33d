"""A society's name and place as they will stand on its poster: read from what someone wrote, or a hint why not."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bot import texts
from bot.core.geo import Point
from bot.core.messages import Phrase, phrase
from bot.core.reading.digits import folded

SHORTEST, LONGEST = 3, 60
_JOINERS = "\u200c\u200d"  # they shape Devanagari
_MARKS = " .,'’&()-–/+"
_NUMBER = re.compile(r"(?:\d[ -]?){7,}")
_ADDRESS = re.compile(r"://|www\.|\.(?:com|org|net|in|me|info|io|co|xyz)\b", re.IGNORECASE)


class Purpose(StrEnum):
    """What a link is printed on or sent with: a society has one for each, so that it sees which of them works."""

    MESSAGE = "message"
    POSTER = "poster"


@dataclass(frozen=True, slots=True)
class Named:
    """What a society is called, and where it is: in words, and on the map where that was told."""

    name: str
    place: str
    point: Point | None = None


def read_name(words: str) -> str | Phrase:
    """A name in one line that any printer can print: Hindi or English letters, digits, a few marks."""
    name = unicodedata.normalize("NFC", " ".join(words.split()))
    if any(unicodedata.category(sign) in ("Cf", "Cc", "Cs", "Co", "Cn") and sign not in _JOINERS for sign in name):
        return phrase(texts.HINT_NAME_UNSEEN)
    if strange := next((sign for sign in name if not _prints(sign)), ""):
        return phrase(texts.HINT_NAME_SIGN, sign=strange)
    if len(name) > LONGEST:
        return phrase(texts.HINT_NAME_LONG, n=len(name), most=LONGEST)
    if _NUMBER.search(folded(name)) or _ADDRESS.search(name):
        return phrase(texts.HINT_NAME_NUMBER)
    if sum(unicodedata.category(sign)[0] in "LM" for sign in name) < SHORTEST:
        return phrase(texts.HINT_NAME_SHORT)
    return name


def _prints(sign: str) -> bool:
    return sign in _MARKS or sign in _JOINERS or (sign.isascii() and sign.isalnum()) or "\u0900" <= sign <= "\u097f"
