"""Troubles to order: what goes wrong with the bot's next calls."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer with this status and do nothing; `retry_after` in seconds for 429."""

    status: int
    retry_after: int = 0
    description: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """Do nothing and close the connection without an answer."""


@dataclass(frozen=True, slots=True)
class DropAfter:
    """Do what was asked, then close the connection without an answer: how duplicates are made."""


@dataclass(frozen=True, slots=True)
class Slow:
    """Wait so many seconds, then do what was asked."""

    seconds: float


Fault = Refuse | Drop | DropAfter | Slow


class Faults:
    """Ordered faults; each is used up by as many calls as it was ordered for."""

    def __init__(self) -> None:
        self._ordered: list[tuple[str, Fault, int]] = []

    def add(
        self,
        method: str = "*",
        *,
        status: int | Literal["drop", "after", "slow"] = 500,
        retry_after: int = 0,
        seconds: float = 0.0,
        description: str = "",
        times: int = 1,
    ) -> None:
        """Let the next `times` calls of `method` ("*": of any) go wrong."""
        fault: Fault
        match status:
            case "drop":
                fault = Drop()
            case "after":
                fault = DropAfter()
            case "slow":
                fault = Slow(seconds)
            case int():
                fault = Refuse(status, retry_after, description)
        self._ordered.append((method, fault, times))

    def take(self, method: str) -> Fault | None:
        """The fault for this call, if one was ordered; it is used up by being taken."""
        for at, (wanted, fault, times) in enumerate(self._ordered):
            if wanted in (method, "*"):
                self._ordered[at : at + 1] = [(wanted, fault, times - 1)] if times > 1 else []
                return fault
        return None

    def clear(self) -> None:
        self._ordered.clear()
