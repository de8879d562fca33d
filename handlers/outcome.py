"""How a try to send a message ended: a closed list, in which every channel answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Delivered; with the id it got where it is to be kept."""

    message: str = ""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was to be deleted is gone."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person does not want messages from the bot, or their chat is gone."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The channel will never take this message."""

    error: str


@dataclass(frozen=True, slots=True)
class Later:
    """Try again: after `seconds` if the channel named them; `everyone` when it asked us all to wait."""

    seconds: float | None = None
    everyone: bool = False


Outcome = Sent | Erased | Blocked | Refused | Later
