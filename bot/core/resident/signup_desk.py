"""What the sign-up conversation knows of the world, and what it decides that a handler carries out."""

from dataclasses import dataclass

from bot.core.registration import Draft, Entry
from bot.core.town import Town


@dataclass(frozen=True, slots=True)
class Desk:
    """What the conversation needs to know of the world: the town, and the person's own entries."""

    town: Town
    mine: tuple[Entry, ...] = ()
    known_phone: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class SpeakIn:
    language: str


@dataclass(frozen=True, slots=True)
class Agree:
    """The notice was accepted: its version and the time are kept as proof."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """The notice was refused: a yes from a moment ago counts no longer."""


@dataclass(frozen=True, slots=True)
class Save:
    draft: Draft


Effect = SpeakIn | Agree | Refuse | Save
