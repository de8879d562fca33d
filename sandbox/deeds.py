"""What the page can have a person do, each from the JSON that the page posts."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.sayings import KINDS, WHOSE
from sandbox.world import World

Deed = Callable[[World, int, Any], None]


def _text(world: World, person_id: int, given: Any) -> None:
    match given:
        case {"text": str(text)}:
            world.says(person_id, text)
        case _:
            raise ValueError("expected a text")


def _code(world: World, person_id: int, _given: Any) -> None:
    world.says_code(person_id)


def _start(world: World, person_id: int, given: Any) -> None:
    match given:
        case {"payload": str(payload)}:
            world.starts(person_id, payload)
        case _:
            world.starts(person_id)


def _contact(world: World, person_id: int, given: Any) -> None:
    match given:
        case {"whose": whose} if whose in WHOSE:
            world.shares_contact(person_id, whose)
        case _:
            raise ValueError(f"whose is one of {', '.join(WHOSE)}")


def _place(world: World, person_id: int, given: Any) -> None:
    match given:
        case {"lat": int() | float() as lat, "lon": int() | float() as lon}:
            live, forwarded = bool(given.get("live")), bool(given.get("forwarded"))
            venue = str(given.get("venue") or "")
            world.drops_pin(person_id, float(lat), float(lon), live=live, forwarded=forwarded, venue=venue)
        case _:
            raise ValueError("expected lat and lon")


def _tap(world: World, person_id: int, given: Any) -> None:
    match given:
        case {"message_id": int(message_id), "data": str(data)}:
            world.taps(person_id, message_id, data)
        case _:
            raise ValueError("expected message_id and data")


def _media(world: World, person_id: int, given: Any) -> None:
    match given:
        case {"kind": kind} if kind in KINDS:
            world.sends_media(person_id, kind)
        case _:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")


def _block(world: World, person_id: int, _given: Any) -> None:
    world.blocks(person_id)


DEEDS: Mapping[str, Deed] = {
    "text": _text,
    "code": _code,
    "start": _start,
    "contact": _contact,
    "place": _place,
    "tap": _tap,
    "media": _media,
    "block": _block,
}
