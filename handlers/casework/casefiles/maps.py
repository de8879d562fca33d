"""A case file for programs that draw maps: GeoJSON (RFC 7946) and KML 2.2."""

import io
import json
from xml.etree import ElementTree  # it writes here, and reads nothing

from bot.core.casework.casefile import CaseFile
from bot.words import words
from handlers.casework.casefiles.table import table_of

KML = "http://www.opengis.net/kml/2.2"


def geojson(case: CaseFile, language: str) -> bytes:
    """A point for each place; whatever stands in the table stands in its properties."""
    table = table_of(case, language, iso=True)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(place.point.lon, 6), round(place.point.lat, 6)]},
            "properties": dict(zip(table.keys, row, strict=True)),
        }
        for place, row in zip(case.places, table.rows, strict=True)
    ]
    whole = {"type": "FeatureCollection", "name": words(case.made, language), "features": features}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def kml(case: CaseFile, language: str) -> bytes:
    """A placemark for each place; whatever stands in the table stands in its data."""
    ElementTree.register_namespace("", KML)
    table = table_of(case, language, iso=True)
    root = ElementTree.Element(f"{{{KML}}}kml")
    document = _under(root, "Document")
    _under(document, "name", words(case.made, language))
    for place, row in zip(case.places, table.rows, strict=True):
        mark = _under(document, "Placemark")
        _under(mark, "name", place.entry)
        data = _under(mark, "ExtendedData")
        for key, cell in zip(table.keys, row, strict=True):
            if cell is not None:
                _under(_under(data, "Data", name=key), "value", str(cell))
        _under(_under(mark, "Point"), "coordinates", f"{place.point.lon:.6f},{place.point.lat:.6f}")
    out = io.BytesIO()
    ElementTree.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue()


def _under(parent: ElementTree.Element, tag: str, text: str | None = None, **names: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{KML}}}{tag}", names)
    child.text = text
    return child
