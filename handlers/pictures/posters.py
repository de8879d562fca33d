"""A society's poster: A4, in Hindi and English, with a QR code that survives a small photo of it."""

import segno

from bot import texts
from bot.core.messages import phrase
from bot.core.picture import Poster
from bot.words import words
from handlers.pictures.typeset import Kind, typeset

PPI = 160.0  # A4 in 1323 x 1871 pixels: sharp on a phone, and small enough to forward
QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
STEPS = (texts.POSTER_STEP_SCAN, texts.POSTER_STEP_START, texts.POSTER_STEP_TELL)
PROMISES = (texts.POSTER_PROMISE_FEED, texts.POSTER_PROMISE_LOOK, texts.POSTER_PROMISE_FREE)


def drawn(poster: Poster, kind: Kind) -> bytes:
    """The poster as a picture or for the printer."""
    data = {
        "society": poster.society,
        "city": [poster.city.hi, poster.city.en],
        "police": [poster.police.hi, poster.police.en],
        "head": _both(texts.POSTER_HEAD),
        "call": [words(phrase(texts.POSTER_CALL, police=poster.police), language) for language in ("hi", "en")],
        "steps": [_both(step) for step in STEPS],
        "promises": [_both(promise) for promise in PROMISES],
        "ask": [words(phrase(texts.POSTER_ASK, contact=poster.contact), language) for language in ("hi", "en")],
        "link": poster.link.removeprefix("https://"),
        "code": qr(poster.link),
    }
    return typeset("poster", data, kind, ppi=PPI)


def _both(text: str) -> list[str]:
    return [words(phrase(text), language) for language in ("hi", "en")]


def qr(link: str) -> str:
    """A QR code as an SVG, its white margin included."""
    matrix = segno.make_qr(link, error="m").matrix
    side = len(matrix) + 2 * QUIET
    dark = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(matrix) for x, module in enumerate(row) if module
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
    return f'{head}<rect width="{side}" height="{side}" fill="white"/><path d="{dark}"/></svg>'
