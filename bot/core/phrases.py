"""What can be said in any language: a sentence with its values, to be put into words at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence from `bot.texts` with its values; `many` and `n` where it has a plural."""

    text: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    many: str = ""
    n: int = 1


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is written differently in each language, such as the city's."""

    en: str
    hi: str


Value = Union[str, int, Phrase, Name]  # noqa: UP007 - `|` cannot name itself in a string


def phrase(text: str, **values: Value) -> Phrase:
    """A sentence with its values."""
    return Phrase(text, values)


def counted(text: tuple[str, str], n: int, **values: Value) -> Phrase:
    """A sentence that changes with a number: the pair (one, many) from `bot.texts`, `{n}` filled in."""
    return Phrase(text[0], {"n": n, **values}, many=text[1], n=n)
