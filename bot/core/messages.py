"""What a person can send and what they can be sent, in words that belong to no channel."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.access import Role
from bot.core.files import Document as Document
from bot.core.files import File
from bot.core.geo import Point
from bot.core.phrases import Name as Name
from bot.core.phrases import Phrase as Phrase
from bot.core.phrases import Value as Value
from bot.core.phrases import counted as counted
from bot.core.phrases import phrase as phrase
from bot.core.picture import Picture

# --- what comes in ---------------------------------------------------------------------------------


class Whose(StrEnum):
    """Whose phone number a shared contact is. Only the channel can know; only OWN counts as proof."""

    OWN = "own"
    SOMEONE_ELSES = "someone_elses"
    FORWARDED = "forwarded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Text:
    words: str


@dataclass(frozen=True, slots=True)
class Contact:
    number: str
    whose: Whose


@dataclass(frozen=True, slots=True)
class Pin:
    """A place: GPS button, dropped or forwarded pin, venue (with its name), first point of a live location."""

    point: Point
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    """An inline button. `data` is what the button carried, written by us, so possibly long ago."""

    data: str


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A photo, video, voice message, document or the like: refused without being looked at or kept.

    `document`: the channel's name for a file, and its size in bytes, for the one question that a file may answer.
    """

    document: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that was asked for, and was fetched: what it holds; None where it is too large or did not come."""

    content: bytes | None = None
    large: bool = False


@dataclass(frozen=True, slots=True)
class Other:
    """Anything else a channel can carry: stickers, polls, dice."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The person blocked the bot (False) or let it in again (True)."""

    open: bool


Incoming = Text | Contact | Pin | Tap | Command | Media | Upload | Other | Reach


@dataclass(frozen=True, slots=True)
class Envelope:
    """One update: who sent what, where. `chat` and `sender` are the channel's own ids, as text."""

    channel: str
    update_id: int
    chat: str
    sender: str
    got: Incoming
    private: bool = True
    language: str = ""  # what the channel says of the person's language: "hi", "en-GB", ""
    tapped: str = ""  # the tap's own id, for the channel's acknowledgement
    message: str = ""  # the message that carried the tapped button
    said: str = ""  # the message itself, where it may have to be deleted from the chat


# --- what goes out ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: `data` comes back as a Tap (at most 64 bytes), or `url` opens."""

    label: Phrase
    data: str = ""
    url: str = ""


class Ask(StrEnum):
    """What the keyboard under the text field offers; CLEAR takes it away."""

    NUMBER = "number"
    PLACE = "place"  # "I am at the camera"
    HERE = "here"  # "here, where I am"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Say:
    """One message: lines of words, and at most one of buttons or ask."""

    lines: tuple[Phrase, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    ask: Ask | None = None
    back: bool = False  # with ask: a Back key under it
    pin: Point | None = None
    document: File | None = None  # made at delivery; the lines are its caption
    picture: Picture | None = None  # drawn at delivery; where that fails, the words go without it
    brief: tuple[Phrase, ...] = ()  # instead of the lines, where they are too long to stand under a picture
    protect: bool = False  # cannot be forwarded or saved
    replace: bool = False  # takes the place of the message whose button was tapped
    address_of: Point | None = None  # add its street address at delivery, where a geocoder is configured
    keep: str = ""  # the name under which this message can be changed or deleted later
    over_kept: bool = False  # takes the place of the message kept under that name, where there is one


@dataclass(frozen=True, slots=True)
class Menu:
    """This person's menu offers from now on what these roles may do."""

    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete the message that is kept under a name."""

    name: str


Answer = Say | Menu | Erase


Rows = tuple[tuple[Button, ...], ...]


def say(
    text: str | Phrase,
    *,
    buttons: Rows = (),
    ask: Ask | None = None,
    back: bool = False,
    replace: bool = False,
    **values: Value,
) -> Say:
    """The usual message: one sentence, perhaps with buttons or an ask."""
    line = text if isinstance(text, Phrase) else Phrase(text, values)
    return Say((line,), buttons, ask, back, replace=replace)
