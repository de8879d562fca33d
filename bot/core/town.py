"""The town that the bot serves: its city, its police, and whom to ask about one's data."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.city import City
from bot.core.messages import Name

NOTICE_VERSION = "2026-11"  # changes with the wording of texts.NOTICE: consent is kept with it


@dataclass(frozen=True, slots=True)
class Town:
    """`contact` answers data questions; `region` is the ISO 3166 code that phone numbers are read in."""

    city: City
    police: Name
    contact: Name
    region: str
    timezone: str
    retention_days: int  # how long what was withdrawn stays sealed away; 0 removes it at once

    @property
    def name(self) -> Name:
        return Name(self.city.name_en, self.city.name_hi)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def day(self, moment: datetime) -> str:
        """The date there, as people write it: 24-11-2026."""
        return moment.astimezone(self.zone).strftime("%d-%m-%Y")
