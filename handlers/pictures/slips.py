"""The slip that an owner without a smartphone signs and keeps: Hindi and English, with the code and its QR."""

from bot import texts
from bot.core.messages import phrase
from bot.core.picture import Slip
from bot.words import words
from handlers.pictures.posters import qr
from handlers.pictures.typeset import Kind, typeset

LANGUAGES = ("hi", "en")


def drawn(slip: Slip, kind: Kind) -> bytes:
    """The slip for the printer: A5, twice on a page would be two owners' numbers together."""
    facts = (
        (texts.SLIP_NUMBER, slip.phone),
        (texts.SLIP_PLACE, slip.place),
        (texts.SLIP_CAMERAS, slip.cameras),
        (texts.SLIP_STATION, slip.station),
    )
    data = {
        "title": slip.number,
        "head": _both(texts.SLIP_HEAD, police=slip.police),
        "slip": _both(texts.SLIP_TITLE, number=slip.number),
        "facts": [[*_both(text), str(value)] for text, value in facts],
        "promise": _both(texts.SLIP_CONSENT, police=slip.police, leftovers=slip.leftovers),
        "sign": _both(texts.SLIP_SIGN),
        "date": _both(texts.SLIP_DATE),
        "keep": _both(texts.SLIP_KEEP),
        "code": slip.code,
        "link": slip.link.removeprefix("https://"),
        "ask": _both(texts.POSTER_ASK, contact=slip.contact),
        "qr": qr(slip.link),
    }
    return typeset("slip", data, kind)


def _both(text: str, **values: object) -> list[str]:
    return [words(phrase(text, **values), language) for language in LANGUAGES]  # type: ignore[arg-type]  # of our making
