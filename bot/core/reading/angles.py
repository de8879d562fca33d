"""Latitude and longitude as people type them: decimal degrees or degrees and minutes, Hindi or English."""

import re

from bot.core.reading.digits import folded

Pair = tuple[float, float]  # latitude and longitude as written: nothing says yet that they lie on Earth

_SIGNS_FOR = {
    "°": "degrees? deg डिग्री अंश",
    "'": "minutes? mins? मिनट कला",
    '"': "seconds? secs? सेकंड सेकेंड सेकण्ड विकला ''",
    "n": r"north उत्तर उत्तरी उ\.?",
    "s": r"south दक्षिण दक्षिणी द\.?",
    "e": r"east पूर्व पूर्वी पू\.?",
    "w": r"west पश्चिम पश्चिमी प\.?",
    "lat": "latitude अक्षांश",
    "lon": "longitude long lng देशांतर देशान्तर रेखांश",
}
_LETTER = "[a-z\u0900-\u0963]"
_WORD_FOR = [
    (rf"(?<!{_LETTER})(?:{'|'.join(folded(words).split())})(?!{_LETTER})", sign) for sign, words in _SIGNS_FOR.items()
]

# Patterns are put together where they are first used: that takes a while, and a bot that starts is in a hurry.
# Every blank is single and optional, every run of digits bounded: matching takes linear time.
_WHOLE = r"\d{1,25}"
_NUMBER = rf"{_WHOLE}(?:\.\d{{1,25}})?"
_SIGN = r"(?:[+-] ?)?"
_DECIMAL = rf"{_SIGN}{_NUMBER}(?: ?°)?"
_MARKED = rf"""{_SIGN}{_WHOLE} ?[°:d] ?{_NUMBER}(?: ?[':] ?(?:{_NUMBER} ?"?)?)?"""
_SPACED = rf"{_WHOLE} {_NUMBER}(?: {_NUMBER})?"
_FRONT = "(?<![a-z])[nsew] ?"
_BACK = "(?: ?[nsew](?![a-z]))"
_LABEL = r"""(?:["']?l(?:at|on)["']? ?[:=]? ?)?"""
_ANGLE = f"{_LABEL}(?:{_SPACED}{_BACK}|{_FRONT}(?:{_SPACED}|{_MARKED}|{_DECIMAL})|(?:{_MARKED}|{_DECIMAL}){_BACK}?)"
_BETWEEN = r"""(?: ?[,;/|~] ?| - |(?<=\d)-(?=\d)| |(?<=[nsew°'"])(?=[\dnsewl+-])|(?<=\d)(?=[nsewl]))"""
_PAIR = f"({_ANGLE}){_BETWEEN}({_ANGLE})"

_ALONE = rf"[(\[{{]? ?{_PAIR} ?[)\]}}]?[.,;।]?"
_BARE = rf"({_WHOLE} {_NUMBER} {_NUMBER}) ?[, ;] ?({_WHOLE} {_NUMBER} {_NUMBER})"
_WITHIN = rf"(?<![\w.+-]){_PAIR}(?!\w|\.\d)"
_EXACT = r"\.\d{3}"
_ADORNED = r"[.°:'nsewl]"  # two bare whole numbers are no place


def read_pair(words: str) -> Pair | None:
    """The one pair of coordinates in the words, or None where there is none or more than one."""
    text = _with_signs(words)
    for writing in _writings(text):
        if found := re.fullmatch(_ALONE, writing) or re.fullmatch(_BARE, writing):
            return _pair(found) if re.search(_ADORNED, " ".join(found.groups())) else None
    for writing in _writings(text):
        pairs = {_pair(found) for found in re.finditer(_WITHIN, writing) if _unmistakable(found)}
        if pairs:
            return pairs.pop() if len(pairs) == 1 else None
    return None


def _with_signs(words: str) -> str:
    text = folded(words)
    for word, sign in _WORD_FOR:
        text = re.sub(word, sign, text)
    return text.replace("''", '"')


def _writings(text: str) -> list[str]:
    """As typed; without the blanks that keyboards add after a full stop; with points for decimal commas.

    Three digits behind a comma may be thousands, so they stay as they are.
    """
    joined = re.sub(r"(?<=\d)\. (?=\d)", ".", text)
    pointed = re.sub(r"(?<![\d.])(\d{1,3}),(?=\d{4}|\d{1,2}(?!\d))", r"\1.", text)
    return [text, joined] if re.search(r"\d\.\d", text) else [text, joined, pointed]


def _unmistakable(found: re.Match[str]) -> bool:
    """Among other words, only numbers that can hardly be anything else than coordinates count."""
    return all(
        re.search(_EXACT, angle) or "°" in angle or ("." in angle and re.search("[nsewl]", angle))
        for angle in found.groups()
    )


def _pair(found: re.Match[str]) -> Pair | None:
    first, second = (_degrees(angle) for angle in found.groups())
    if first is None or second is None:
        return None
    one, other = _axis(found[1]), _axis(found[2])
    if "?" in (one, other) or (one and one == other):
        return None
    return (second, first) if one == "lon" or other == "lat" else (first, second)


def _axis(angle: str) -> str:
    """What the angle's letters say it is: lat, lon, nothing, or both at once ("?")."""
    label = re.search("lat|lon", angle)
    said = {label[0]} if label else set()
    if side := re.search("[nsew]", angle.replace("lon", "")):
        said.add("lat" if side[0] in "ns" else "lon")
    return "?" if len(said) > 1 else "".join(said)


def _degrees(angle: str) -> float | None:
    parts = [float(number) for number in re.findall(_NUMBER, angle)]
    degrees, minutes, seconds = [*parts, 0.0, 0.0][:3]
    below = "-" in angle
    if minutes >= 60 or seconds >= 60 or (below and re.search("[ne]", angle.replace("lon", ""))):
        return None
    whole = degrees + minutes / 60 + seconds / 3600
    return -whole if below or re.search("[sw]", angle) else whole
