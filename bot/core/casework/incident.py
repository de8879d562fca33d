"""What an incident is: the reason without which nobody looks at the register."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.registration import Site

STAYS_CURRENT = timedelta(hours=12)


class IncidentKind(StrEnum):
    THEFT = "theft"
    BURGLARY = "burglary"
    SNATCHING = "snatching"
    VEHICLE = "vehicle"  # a vehicle was stolen
    ACCIDENT = "accident"
    ASSAULT = "assault"
    MISSING = "missing"  # someone is missing
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """What an officer said of an incident: its reference (FIR, GD entry or Dial 112), kind, place, and when it was."""

    reference: str
    kind: IncidentKind
    site: Site
    start: datetime
    end: datetime
    training: bool = False  # in the sandbox only
