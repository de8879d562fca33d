"""What a call gives: parameters by name, each of the kind its method says, and files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sandbox.bot_api.errors import bad
from sandbox.files import Upload


class Kind(Enum):
    """What a parameter holds."""

    TEXT = auto()
    WHOLE = auto()
    NUMBER = auto()
    FLAG = auto()
    CHAT = auto()  # an id, or an @name
    OBJECT = auto()
    LIST = auto()
    FILE = auto()  # an upload, a file id, or attach://name


def decode(name: str, kind: Kind, raw: Any) -> Any:
    """The value of a parameter that came as text (forms, queries) or as it is (JSON)."""
    match kind, raw:
        case ((Kind.TEXT | Kind.FILE | Kind.CHAT), str()):
            return _chat(raw) if kind is Kind.CHAT else raw
        case ((Kind.WHOLE | Kind.CHAT | Kind.NUMBER), int()) if not isinstance(raw, bool):
            return raw
        case Kind.NUMBER, float():
            return raw
        case Kind.FLAG, bool():
            return raw
        case Kind.OBJECT, dict():
            return raw
        case Kind.LIST, list():
            return raw
        case ((Kind.WHOLE | Kind.NUMBER | Kind.FLAG | Kind.OBJECT | Kind.LIST), str()):
            return _from_text(name, kind, raw)
    raise bad(f'parameter "{name}" is of the wrong type')


def _from_text(name: str, kind: Kind, raw: str) -> Any:
    try:
        value = json.loads(raw.lower() if kind is Kind.FLAG else raw)
    except ValueError:
        value = raw
    if isinstance(value, str):  # decoding again would not end
        raise bad(f'can\'t parse parameter "{name}"')
    return decode(name, kind, value)


def _chat(raw: str) -> int | str:
    return int(raw) if raw.removeprefix("-").isdecimal() else raw


@dataclass(frozen=True, slots=True)
class Given:
    """Typed reading of a call's parameters; a missing one is the empty value of its kind."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload]

    def has(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        return str(self.values.get(name, ""))

    def whole(self, name: str, default: int = 0) -> int:
        return int(self.values.get(name, default))

    def flag(self, name: str) -> bool:
        return bool(self.values.get(name, False))

    def object(self, name: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.values.get(name)
        return found

    def list(self, name: str) -> list[Any] | None:
        found: list[Any] | None = self.values.get(name)
        return found
