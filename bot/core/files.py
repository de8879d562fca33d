"""Files that a message hands over, described: handlers/pictures/studio.py makes them when the message is sent."""

from dataclasses import dataclass

from bot.core.casework.casefile import CaseFile
from bot.core.phrases import Phrase
from bot.core.picture import Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A text file to hand over."""

    name: str
    lines: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """A picture as a file, to print or to keep sharp; the name's ending says which: .pdf or .png."""

    name: str
    picture: Picture


File = Document | Print | CaseFile
