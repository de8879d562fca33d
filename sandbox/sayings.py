"""What people send, as the fields of a Telegram message."""

import re
from typing import Any, Literal, get_args

from sandbox import pictures
from sandbox.files import Files, Upload
from sandbox.people import Person

Whose = Literal["own", "other", "forwarded", "no_id"]
Kind = Literal["photo", "video", "voice", "audio", "document", "sticker", "animation", "video_note", "dice"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WHOSE: tuple[Whose, ...] = get_args(Whose)

LONGEST = 4096
LIVE_FOR = 900  # seconds

_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")
_ENDINGS = {"photo": "png", "voice": "oga", "audio": "mp3", "document": "pdf", "sticker": "webp"}
_MIMES = {"photo": "image/png", "voice": "audio/ogg", "audio": "audio/mpeg", "document": "application/pdf"}
_SHAPE: dict[str, dict[str, Any]] = {
    "video": {"width": 640, "height": 360, "duration": 4},
    "voice": {"duration": 4},
    "audio": {"duration": 4},
    "document": {"file_name": "document.pdf", "mime_type": "application/pdf"},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    "animation": {"width": 320, "height": 240, "duration": 4},
    "video_note": {"length": 240, "duration": 4},
}


def words(text: str) -> dict[str, Any]:
    """Typed text; Telegram strips it and marks the commands in it."""
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise ValueError(f"a message has 1 to {LONGEST} characters")
    marks = [_mark(said, found) for found in _COMMAND.finditer(said)]
    return {"text": said, "entities": marks} if marks else {"text": said}


def _mark(text: str, found: re.Match[str]) -> dict[str, Any]:
    return {"type": "bot_command", "offset": utf16(text[: found.start()]), "length": utf16(found[0])}


def utf16(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts entities."""
    return len(text.encode("utf-16-le")) // 2


def contact(person: Person, other: Person, whose: Whose, now: int) -> dict[str, Any]:
    """A shared contact. Only "own" proves a number: a forwarded card may carry one's own id as well."""
    match whose:
        case "own":
            return {"contact": person.as_contact}
        case "other":
            return {"contact": other.as_contact}
        case "forwarded":
            return {"contact": person.as_contact} | forwarded(now)
        case "no_id":
            return {"contact": {k: v for k, v in person.as_contact.items() if k != "user_id"}}


def forwarded(now: int) -> dict[str, Any]:
    """The mark of a message that was passed on by someone who hides their account."""
    return {"forward_origin": {"type": "hidden_user", "sender_user_name": "A neighbour", "date": now - 3600}}


def place(lat: float, lon: float, *, live: bool, venue: str) -> dict[str, Any]:
    """A pin, a live location or a named venue; degrees on WGS-84."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("latitude is -90 to 90 and longitude -180 to 180 degrees")
    location: dict[str, Any] = {"latitude": lat, "longitude": lon}
    if live:
        location |= {"live_period": LIVE_FOR, "horizontal_accuracy": 12.0}
    if venue:
        return {"venue": {"location": location, "title": venue, "address": "Indore"}, "location": location}
    return {"location": location}


def media(files: Files, kind: Kind, caption: str) -> dict[str, Any]:
    """A photo, sticker, voice message and so on, with made-up bytes."""
    if kind == "dice":
        return {"dice": {"emoji": "🎲", "value": 4}}
    content = pictures.drawn() if kind == "photo" else f"made-up {kind}".encode()
    name = f"{kind}.{_ENDINGS.get(kind, 'mp4')}"
    file = files.keep(Upload(name, _MIMES.get(kind, "application/octet-stream"), content), kind).as_file
    said = {"caption": caption} if caption else {}
    match kind:
        case "photo":
            return {"photo": [file | {"width": 320, "height": 240}]} | said
        case "animation":  # Telegram shows an animation as a document too, for old programs
            return {"animation": file | _SHAPE[kind], "document": file | {"file_name": name}} | said
        case _:
            return {kind: file | _SHAPE[kind]} | said
