"""Texts and captions: their lengths and their entities."""

from typing import Any

from sandbox.bot_api.errors import bad
from sandbox.bot_api.given import Given
from sandbox.bot_api.html import read_html
from sandbox.sayings import utf16

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024

_ENTITIES = frozenset((
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic",
    "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link",
    "text_mention", "custom_emoji", "date_time",
))  # fmt: skip


def text(given: Given) -> dict[str, Any]:
    """`text` and perhaps `entities` of a message; there must be some."""
    if not given.text("text"):
        raise bad("message text is empty")
    words, entities = _parsed(given, "text", "entities")
    if not words.strip():
        raise bad("text must be non-empty")
    if len(words) > LONGEST_TEXT:
        raise bad("message is too long")
    preview = given.object("link_preview_options")
    said = {"text": words} | ({"entities": entities} if entities else {})
    return said | ({"link_preview_options": preview} if preview else {})


def caption(given: Given) -> dict[str, Any]:
    """`caption` and perhaps `caption_entities`, where there is one."""
    words, entities = _parsed(given, "caption", "caption_entities")
    if len(words) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    said = {"caption": words} if words else {}
    return said | ({"caption_entities": entities} if entities else {})


def _parsed(given: Given, name: str, entities: str) -> tuple[str, list[dict[str, Any]]]:
    source = given.text(name)
    match given.text("parse_mode").lower():
        case "":
            return source, [_checked(entity, source) for entity in given.list(entities) or []]
        case "html":
            return read_html(source)
        case "markdown" | "markdownv2":
            raise bad("the sandbox reads plain text and HTML only")
    raise bad("unsupported parse_mode")


def _checked(entity: Any, source: str) -> dict[str, Any]:
    match entity:
        case {"type": str(kind), "offset": int(offset), "length": int(length)}:
            pass
        case _:
            raise bad('can\'t parse MessageEntity: Can\'t find field "type", "offset" or "length"')
    if kind not in _ENTITIES:
        raise bad("can't parse MessageEntity: Unsupported type specified")
    if offset < 0 or length < 0:
        raise bad(f"receive an entity with incorrect offset {offset}")
    end = utf16(source)
    if offset > end:
        raise bad(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > end:
        where = f"UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {offset + length}"
        raise bad(f"entity beginning at {where}")
    return dict(entity)
