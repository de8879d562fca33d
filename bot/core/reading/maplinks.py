"""Links that name a place: `geo:` addresses and map services' links. They are read, never fetched."""

import re
from urllib.parse import unquote

_LINK = re.compile(
    r"(?:[a-z][a-z.+-]{1,20}://|geo:|google\.navigation:|(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,10}/)\S+",
    re.IGNORECASE,
)
_MAP_SERVICE = re.compile(
    r"maps\.app\.goo\.gl|goo\.gl/maps|google\.[a-z.]{2,7}/maps|maps\.google\.|share\.google|(?<![\w.-])g\.co/|g\.page"
    r"|maps\.apple|openstreetmap\.org|osm\.org|mappls\.com|mapmyindia\.com|bing\.com/maps"
    r"|waze\.com|(?:wego|share|www)\.here\.com",
    re.IGNORECASE,
)
_NUMBER = r"([+-]?\d{1,3}(?:\.\d{1,25})?)(?![\d.])"
_FLAGS = re.IGNORECASE
_GEO = re.compile(rf"geo:{_NUMBER},{_NUMBER}", _FLAGS)
_FOREIGN_GRID = re.compile(r";crs=(?!wgs84(?:[;?]|$))", _FLAGS)
_PIN = re.compile(rf"!3d{_NUMBER}!4d{_NUMBER}")
_EMBEDDED = re.compile(rf"!2d{_NUMBER}!3d{_NUMBER}")
_FIELD = re.compile(r"[?&#;]([a-z]{1,20})=([^&#]{1,300})", _FLAGS)
_FIELDS = ("q", "query", "destination", "daddr", "ll", "coordinate", "cbll", "point", "to", "cp", "center")
_LAT, _LON = ("mlat", "lat", "latitude"), ("mlon", "lon", "lng", "longitude")
_PATH = re.compile(r"/(?:place|search|dir|l)/([^?#@]{1,500})", _FLAGS)
_VIEW = re.compile(rf"@{_NUMBER},{_NUMBER}")
_HASH = re.compile(rf"#(?:map=)?\d{{1,2}}(?:\.\d{{1,9}})?/{_NUMBER}/{_NUMBER}", _FLAGS)
_NUMBERS = re.compile(rf"(?:loc:|ll\.)? ?{_NUMBER} ?[,~] ?{_NUMBER}", _FLAGS)


def links_in(words: str) -> tuple[list[str], str]:
    """The links among the words, and the words without them."""
    return _LINK.findall(words), _LINK.sub(" ", words)


def leads_to_a_map(link: str) -> bool:
    """Whether it is a map service's link, with or without coordinates in it."""
    return _MAP_SERVICE.search(link) is not None


def places_named(link: str) -> list[str]:
    """What the link says of its place, most exact first: coordinates as "lat 1 lon 2", plus codes, names."""
    text = unquote(unquote(link.replace("+", " ")))
    fields = {key.lower(): value.strip() for key, value in reversed(_FIELD.findall(text))}
    if text.lower().startswith("geo:"):
        return _of_geo(text, fields)
    pins = [_labelled(*numbers) for numbers in reversed(_PIN.findall(text))]
    embedded = [_labelled(lat, lon) for lon, lat in _EMBEDDED.findall(text)]
    said = [_spelt(fields[name]) for name in _FIELDS if name in fields]
    lat, lon = (next((fields[name] for name in names if name in fields), "") for names in (_LAT, _LON))
    split = [_labelled(lat, lon)] if lat and lon else []
    steps = [_spelt(step) for path in _PATH.findall(text) for step in reversed(path.split("/")) if step]
    views = [_labelled(*numbers) for pattern in (_VIEW, _HASH) for numbers in pattern.findall(text)]
    return [*pins, *said, *split, *steps, *embedded, *views, unquote(link)]


def _of_geo(text: str, fields: dict[str, str]) -> list[str]:
    """RFC 5870, and Android's `q`, which is the pin where it has coordinates."""
    if _FOREIGN_GRID.search(text):
        return []
    asked = _spelt(fields["q"]) if "q" in fields else ""
    return [asked, *(_labelled(*numbers) for numbers in _GEO.findall(text))]


def _spelt(value: str) -> str:
    numbers = _NUMBERS.match(value)
    return _labelled(numbers[1], numbers[2]) if numbers else value


def _labelled(lat: str, lon: str) -> str:
    return f"lat {lat.strip()} lon {lon.strip()}"
