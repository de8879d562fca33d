"""An incident in words: what it is called, what happened, where and when."""

from datetime import tzinfo

from bot import texts
from bot.core.casework.incident import IncidentKind, Told
from bot.core.casework.reference import TRAINING_REFERENCE
from bot.core.messages import Phrase, phrase
from bot.core.reading.window import Window
from bot.core.registration import place_of

KINDS: dict[IncidentKind, str] = {
    IncidentKind.THEFT: texts.INCIDENT_THEFT,
    IncidentKind.BURGLARY: texts.INCIDENT_BURGLARY,
    IncidentKind.SNATCHING: texts.INCIDENT_SNATCHING,
    IncidentKind.VEHICLE: texts.INCIDENT_VEHICLE,
    IncidentKind.ACCIDENT: texts.INCIDENT_ACCIDENT,
    IncidentKind.ASSAULT: texts.INCIDENT_ASSAULT,
    IncidentKind.MISSING: texts.INCIDENT_MISSING,
    IncidentKind.OTHER: texts.INCIDENT_OTHER,
}


def kind_of(kind: IncidentKind) -> Phrase:
    return phrase(KINDS[kind])


def name_of(reference: str) -> Phrase | str:
    """The reference as people read it; a training incident has none."""
    return phrase(texts.TRAINING_NAME) if reference == TRAINING_REFERENCE else reference


def window_of(start_and_end: Told | Window, zone: tzinfo) -> Phrase:
    """`24.11.2026, 14:00 to 15:00`, in the town's time; with both dates where they differ."""
    start, end = start_and_end.start.astimezone(zone), start_and_end.end.astimezone(zone)
    first, last = f"{start:%d-%m-%Y}", f"{end:%d-%m-%Y}"
    if first == last:
        return phrase(texts.WINDOW, day=first, start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    return phrase(texts.WINDOW_OF_TWO_DAYS, first=first, start=f"{start:%H:%M}", last=last, end=f"{end:%H:%M}")


def card(told: Told, zone: tzinfo) -> Phrase:
    """Everything that was said of an incident."""
    return phrase(
        texts.INCIDENT_CARD,
        reference=name_of(told.reference),
        kind=kind_of(told.kind),
        place=place_of(told.site),
        window=window_of(told, zone),
    )


def hours(window: Window) -> int:
    """How long a window is in whole hours, begun ones counted."""
    return -(-round(window.length.total_seconds()) // 3600)
