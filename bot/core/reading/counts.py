"""How many, how long, how far: whole numbers, days and metres as people type them, and never a guess."""

import re

from bot.core.reading.digits import folded
from bot.core.reading.number_words import HALVES, HUNDRED, ONES, TENS, WHOLE
from bot.core.reading.unit_words import ABOUT_CAMERAS, ABOUT_DAYS, ABOUT_RADIUS, DAYS, IN_TWO, LENGTH, TIME

_LONGEST = 200
_DIGITS = re.compile(r"\d{1,9}")
_DECIMAL = re.compile(r"(\d{1,9})[.,](\d{1,9})")
_LETTER_MEETS_DIGIT = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\s\d.,+\-/^])(?=\d)")
_HINDI = "[\u0900-\u0963]"  # letters and their signs; `\w` leaves the signs out
_IDLE = re.compile(rf"[()\[\]!?;:।*\"']|[.,](?!\d)|॰|(?<=[^\W\d])-(?=[^\W\d])|(?<={_HINDI})-(?={_HINDI})")


def read_count(words: str) -> int | None:
    """The whole number named: "4", "०४", "चार कैमरे", "one hundred and twenty"; None for none or several."""
    return _whole([token for token in _tokens(words) if token not in ABOUT_CAMERAS])


def read_days(words: str) -> int | None:
    """Days from 0 to 365: "15", "१५ दिन", "2 weeks", "एक महीना" (a month is 30 days); else None."""
    tokens, unit = _without_unit(words, ABOUT_DAYS, TIME)
    if unit is None:
        days = _whole(tokens)
        return days if days is not None and days <= 365 else None
    many = 1.0 if tokens in ([], ["a"], ["an"]) and (tokens or unit != "day") else _amount(tokens)
    if many is None:
        return None
    exact = round(many * DAYS[unit], 6)
    return int(exact) if exact.is_integer() and exact <= 365 else None


def read_radius(words: str) -> float | None:
    """Metres: "500", "500m", "1.2 km", "1,2 km", "५०० मीटर", "डेढ़ किमी"; no unit means metres; else None."""
    tokens, unit = _without_unit(words, ABOUT_RADIUS, LENGTH)
    if tokens[:1] == ["a"] and tokens[1:]:
        tokens = tokens[1:]  # "a radius of 500 m", "a half km"
    if unit != "km" and len(tokens) == 1 and re.fullmatch(r"\d{1,3},\d{3}", tokens[0]):
        tokens = [tokens[0].replace(",", "")]  # "1,000 m" is a thousand, "1,5 km" one and a half
    many = 1.0 if unit is not None and tokens == ["a"] else _amount(tokens)
    return None if many is None else many * (1000.0 if unit == "km" else 1.0)


def _tokens(words: str) -> list[str]:
    if len(words) > _LONGEST:
        return []
    return _LETTER_MEETS_DIGIT.sub(" ", _IDLE.sub(_gap, folded(words))).split()


def _gap(idle: re.Match[str]) -> str:
    """A full stop inside कि.मी. joins, every other idle sign parts."""
    return "" if idle.group() in ".॰" else " "


def _without_unit(words: str, idle: frozenset[str], units: dict[str, str]) -> tuple[list[str], str | None]:
    tokens = [token for token in _tokens(words) if token not in idle or token in units]
    if tokens[-2:] in IN_TWO:
        tokens[-2:] = ["km"]
    if tokens and tokens[-1] in units:
        return tokens[:-1], units[tokens[-1]]
    return tokens, None


def _amount(tokens: list[str]) -> float | None:
    if len(tokens) == 1:
        if decimal := _DECIMAL.fullmatch(tokens[0]):
            return float(f"{decimal[1]}.{decimal[2]}")
        if tokens[0] in HALVES:
            return HALVES[tokens[0]]
    if tokens[:2] == ["half", "a"]:
        return 0.5 if len(tokens) == 2 else None
    return _whole(tokens)


def _whole(tokens: list[str]) -> int | None:
    """The number that all the tokens together name; "4 (four)" says it twice."""
    number = _hundreds(tokens)
    if number is None and len(tokens) > 1 and _DIGITS.fullmatch(tokens[0]):
        again = None if _DIGITS.fullmatch(tokens[1]) else _hundreds(tokens[1:])
        return again if again == int(tokens[0]) else None
    return number


def _hundreds(tokens: list[str]) -> int | None:
    at = next((i for i, token in enumerate(tokens) if token in HUNDRED), None)
    if at is None:
        return _below_hundred(tokens)
    before, after = tokens[:at], tokens[at + 1 :]
    if len(before) == 1 and before[0] in HALVES and not after:
        return int(100 * HALVES[before[0]])
    many = 1 if before in ([], ["a"]) else _below_hundred(before)
    if after[:1] in (["and"], ["और"]):
        after = after[1:] or after
    rest = _below_hundred(after) if after else 0
    if many is None or rest is None or not 1 <= many < 100 or rest >= 100:
        return None
    return 100 * many + rest


def _below_hundred(tokens: list[str]) -> int | None:
    """One token in digits or words (digits may name more), or English tens and ones."""
    match tokens:
        case [token] if _DIGITS.fullmatch(token):
            return int(token)
        case [token]:
            return WHOLE.get(token, ONES.get(token, TENS.get(token)))
        case [tens, ones] if tens in TENS and 1 <= ONES.get(ones, 0) <= 9:
            return TENS[tens] + ONES[ones]
    return None
