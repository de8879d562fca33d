"""Makes a case file in the form that was asked for."""

from bot.core.casework.casefile import CaseFile, Form
from handlers.casework.casefiles import annex, maps, sheets


def made(case: CaseFile, language: str) -> bytes:
    """The whole file."""
    match case.form:
        case Form.PDF:
            return annex.pdf(case, language)
        case Form.XLSX:
            return sheets.xlsx(case, language)
        case Form.CSV:
            return sheets.csv_(case, language)
        case Form.GEOJSON:
            return maps.geojson(case, language)
        case Form.KML:
            return maps.kml(case, language)
