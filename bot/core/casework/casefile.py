"""The file of an incident, as an officer takes it along: who was asked, what they answered, and who made it when."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot import texts
from bot.core.geo import Point
from bot.core.phrases import Name, Phrase, Value, phrase
from bot.core.registration import Site


class Form(StrEnum):
    """As what it can be taken along; the value is the ending of the file's name."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    GEOJSON = "geojson"
    KML = "kml"


FORMS: dict[Form, str] = {
    Form.PDF: texts.FORM_PDF,
    Form.XLSX: texts.FORM_XLSX,
    Form.CSV: texts.FORM_CSV,
    Form.GEOJSON: texts.FORM_GEOJSON,
    Form.KML: texts.FORM_KML,
}


@dataclass(frozen=True, slots=True)
class Place:
    """One place that its owner was asked about: which time to keep, and the answer. `number` is mostly empty."""

    entry: str
    point: Point
    label: str
    cameras: int
    asked_at: datetime
    keep: Phrase
    answer: Phrase
    answered_at: datetime | None = None
    days_left: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything that a file says, whatever its form."""

    form: Form
    reference: Value
    kind: Phrase
    site: Site
    window: Phrase
    places: tuple[Place, ...]
    owners: int
    with_numbers: bool
    officer: str
    station: str  # of the officer
    made_at: datetime
    timezone: str
    police: Name
    city: Name
    training: bool = False

    @property
    def name(self) -> str:
        """The file's name: the reference, with nothing in it that any computer minds."""
        plain = re.sub(r"[^A-Za-z0-9]+", "-", self.reference if isinstance(self.reference, str) else "").strip("-")
        return f"{plain or 'case'}.{self.form}"

    def time(self, moment: datetime) -> str:
        """A moment as it is in the town."""
        return f"{moment.astimezone(ZoneInfo(self.timezone)):%d-%m-%Y %H:%M}"

    @property
    def made(self) -> Phrase:
        """The mark that stands on every page."""
        return phrase(
            texts.CASE_MADE,
            officer=self.officer,
            station=self.station,
            time=self.time(self.made_at),
            reference=self.reference,
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: what it is called by people, and by programs."""

    title: str
    key: str
    wide: int  # letters


COLUMNS = (
    Column(texts.COLUMN_N, "n", 5),
    Column(texts.COLUMN_ENTRY, "entry", 12),
    Column(texts.COLUMN_PLACE, "place", 30),
    Column(texts.COLUMN_LAT, "latitude", 11),
    Column(texts.COLUMN_LON, "longitude", 11),
    Column(texts.COLUMN_CAMERAS, "cameras", 9),
    Column(texts.COLUMN_ASKED, "asked_at", 17),
    Column(texts.COLUMN_WINDOW, "keep", 36),
    Column(texts.COLUMN_ANSWER, "answer", 24),
    Column(texts.COLUMN_ANSWERED, "answered_at", 17),
    Column(texts.COLUMN_DAYS, "overwritten_in_days", 12),
    Column(texts.COLUMN_NUMBER, "phone", 17),
    Column(texts.COLUMN_INCIDENT, "incident", 20),
    Column(texts.COLUMN_STATION, "station", 16),
    Column(texts.COLUMN_OFFICER, "officer", 24),
    Column(texts.COLUMN_MADE, "made_at", 17),
)
