"""A case file as a paper: the incident, the map, the table, and the certificate to be signed."""

from collections import Counter
from typing import Any

from bot import texts
from bot.core.casework.casefile import CaseFile, Place
from bot.core.casework.near import Circle
from bot.core.geo import WGS84
from bot.core.phrases import counted, phrase
from bot.core.picture import MapPicture, Mark
from bot.core.registration import place_of
from bot.words import spoken, words
from handlers.casework.casefiles.table import printable
from handlers.pictures import maps
from handlers.pictures.typeset import typeset

MOST_ON_MAP = 40  # more numbers hide each other
LEAST_RADIUS_M = 100.0
BLANK, BOX = "\ue000", "\ue001"  # for these the template draws a line to write on, and a box to tick
PAGE, PAGES = "\ue002", "\ue003"  # for these it puts the number of the page, and of all pages
COLUMNS = (
    texts.COLUMN_N,
    texts.COLUMN_ENTRY,
    texts.COLUMN_PLACE,
    texts.COLUMN_CAMERAS,
    texts.COLUMN_ASKED,
    texts.COLUMN_ANSWER,
    texts.COLUMN_DAYS,
)


def pdf(case: CaseFile, language: str) -> bytes:
    """Pages of A4: the incident, the map and the table, then the certificate on pages of its own."""
    return typeset("annex", _data(case, language), "pdf", made_at=case.made_at)


def _data(case: CaseFile, language: str) -> dict[str, Any]:
    def said(text: str, **values: str | int) -> str:
        return words(phrase(text, **values), language)

    return {
        "language": language,
        "title": said(texts.CASE_TITLE),
        "police": spoken(case.police, language),
        "station": f"{said(texts.COLUMN_STATION)} {printable(case.station)}",
        "reference": printable(spoken(case.reference, language)),
        "made": printable(words(case.made, language)),
        "page": said(texts.CASE_PAGE, n=PAGE, all=PAGES),
        "training": said(texts.CASE_TRAINING) if case.training else "",
        "facts": [[said(title), printable(value)] for title, value in _facts(case, language)],
        "note": words(phrase(texts.CASE_NOTE, city=case.city), language),
        "map_title": said(texts.CASE_MAP),
        "map": maps.figure(_map(case), language),
        "map_note": said(texts.CASE_MAP_FIRST, n=MOST_ON_MAP, all=len(case.places))
        if len(case.places) > MOST_ON_MAP
        else "",
        "head": [said(title) for title in _titles(case)],
        "rows": [_row(case, n, place, language) for n, place in enumerate(case.places, 1)],
        "numbers": case.with_numbers,
        "certificate": _certificate(language),
    }


def _facts(case: CaseFile, language: str) -> list[tuple[str, str]]:
    answers = Counter(printable(words(place.answer, language)) for place in case.places)
    return [
        (texts.COLUMN_INCIDENT, spoken(case.reference, language)),
        (texts.FACT_KIND, words(case.kind, language)),
        (texts.FACT_PLACE, words(place_of(case.site), language)),
        (texts.FACT_WINDOW, words(case.window, language)),
        (texts.FACT_ASKED, f"{case.owners} · {words(counted(texts.PLACES, len(case.places)), language)}"),
        (
            texts.FACT_ANSWERS,
            " · ".join(f"{printable(words(phrase(text), language))}: {n}" for text, n in answers.most_common()),
        ),
    ]


def _titles(case: CaseFile) -> list[str]:
    return [*COLUMNS, texts.COLUMN_NUMBER] if case.with_numbers else list(COLUMNS)


def _row(case: CaseFile, n: int, place: Place, language: str) -> list[str]:
    answered = f"\n{case.time(place.answered_at)}" if place.answered_at else ""
    where = f"{place.point.lat:.5f}, {place.point.lon:.5f}"
    cells = [
        str(n),
        place.entry,
        "\n".join(filter(None, (printable(place.label), where))),
        str(place.cameras),
        case.time(place.asked_at),
        f"{printable(words(place.answer, language))}{answered}",
        "" if place.days_left is None else str(place.days_left),
    ]
    return [*cells, place.number] if case.with_numbers else cells


def _map(case: CaseFile) -> MapPicture:
    """The places around where it happened, as wide as they lie."""
    at, shown = case.site.point, case.places[:MOST_ON_MAP]
    far = [WGS84.inv(at.lon, at.lat, place.point.lon, place.point.lat)[2] for place in shown]
    marks = tuple(Mark(n, place.point) for n, place in enumerate(shown, 1))
    return MapPicture(phrase(texts.CASE_MAP), Circle(at, max([LEAST_RADIUS_M, *far])), marks, case.city)


def _certificate(language: str) -> dict[str, Any]:
    def said(text: str, **values: str) -> str:
        line = words(phrase(text, **values), language)
        return line.replace(f" {BLANK}", f"\u00a0{BLANK}").replace(f"{BOX} ", f"{BOX}\u00a0")  # on one line with it

    source = {
        "devices": said(texts.CERTIFICATE_DEVICES, box=BOX, blank=BLANK),
        "make": said(texts.CERTIFICATE_MAKE, blank=BLANK),
    }
    digest = {
        "hash": said(texts.CERTIFICATE_HASH, blank=BLANK),
        "algorithms": said(texts.CERTIFICATE_ALGORITHMS, box=BOX, blank=BLANK),
        "when": said(texts.CERTIFICATE_WHEN, blank=BLANK),
    }
    i = {"i": said(texts.CERTIFICATE_I, blank=BLANK)}
    control = {"control": said(texts.CERTIFICATE_CONTROL), "mine": said(texts.CERTIFICATE_MINE, box=BOX)}
    a = {"title": said(texts.PART_A), "source": said(texts.CERTIFICATE_SOURCE_A), "signed": texts.CERTIFICATE_SIGNED_A}
    b = {"title": said(texts.PART_B), "source": said(texts.CERTIFICATE_SOURCE_B), "signed": texts.CERTIFICATE_SIGNED_B}
    parts = [i | source | control | digest | a, i | source | {"control": "", "mine": ""} | digest | b]
    for part in parts:
        part["signed"] = said(part["signed"])
    return {"title": said(texts.CERTIFICATE), "note": said(texts.CERTIFICATE_NOTE), "parts": parts}
