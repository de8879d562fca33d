"""Keyboards: which are well formed, and where each is allowed."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from sandbox.bot_api.errors import ApiError, bad
from sandbox.bot_api.given import Given

Markup = dict[str, Any]

LONGEST_DATA = 64  # bytes
LONGEST_PLACEHOLDER = 64
LONGEST_COPY = 256
MOST_IN_A_ROW = 8
MOST_INLINE = 100
MOST_KEYS = 300

_STYLES = ("primary", "success", "danger")
_INLINE = frozenset({"text", "url", "callback_data", "copy_text", "style"})
_KEYS = frozenset({"text", "request_contact", "request_location", "style"})
_REPLY = frozenset({"keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard", "selective"})
_FORCE = frozenset({"force_reply", "input_field_placeholder", "selective"})


def read(given: Given, *, private: bool) -> Markup | None:
    """The reply_markup of a call, checked: one of the four kinds, and only one."""
    markup = given.object("reply_markup")
    if not markup:
        return None
    match markup:
        case {"inline_keyboard": rows}:
            _only(markup, {"inline_keyboard"})
            return {"inline_keyboard": _inline(rows)} if rows else None
        case {"keyboard": rows}:
            _only(markup, _REPLY | {"input_field_placeholder"})
            _flags(markup)
            return markup | {"keyboard": _keys(rows, private=private)}
        case {"remove_keyboard": True}:
            _only(markup, {"remove_keyboard", "selective"})
        case {"force_reply": True}:
            _only(markup, _FORCE)
            _flags(markup)
        case _:
            raise bad("object expected as reply markup")
    return markup


def inline_only(given: Given, *, private: bool) -> Markup | None:
    """What an edit may carry."""
    markup = read(given, private=private)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    return markup


def _only(thing: dict[str, Any], known: Collection[str]) -> None:
    for name in thing:
        if name not in known:
            raise bad(f"unknown field {name}")


def _flags(markup: Markup) -> None:
    placeholder = markup.get("input_field_placeholder", "")
    if not isinstance(placeholder, str) or len(placeholder) > LONGEST_PLACEHOLDER:
        raise bad("INPUT_FIELD_PLACEHOLDER_INVALID")
    for name, value in markup.items():
        if name not in ("keyboard", "input_field_placeholder") and not isinstance(value, bool):
            raise bad(f'field "{name}" must be of type Boolean')


def _rows(rows: Any, name: str, most: int) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise bad(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{name}" must be an Array of Arrays')
    if any(len(row) > MOST_IN_A_ROW for row in rows) or sum(map(len, rows)) > most:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return [row for row in rows if row]


def _inline(rows: Any) -> list[list[Markup]]:
    return [[_inline_button(key) for key in row] for row in _rows(rows, "inline_keyboard", MOST_INLINE)]


def _inline_button(button: Any) -> Markup:
    if not isinstance(button, dict):
        raise _not_a("inline keyboard button", "InlineKeyboardButton should be an Object")
    _labelled(button, _INLINE, "inline keyboard button")
    match {name: value for name, value in button.items() if name not in ("text", "style")}:
        case {"callback_data": str(data), **others} if not others and data:
            if len(data.encode()) > LONGEST_DATA:
                raise bad("BUTTON_DATA_INVALID")
        case {"url": str(url), **others} if not others and url:
            _check_url(url)
        case {"copy_text": {"text": str(text)}, **others} if not others:
            if not 1 <= len(text) <= LONGEST_COPY:
                raise bad("BUTTON_COPY_TEXT_INVALID")
        case _:
            raise _not_a("inline keyboard button", "Text buttons are unallowed in the inline keyboard")
    return button


def _check_url(url: str) -> None:
    scheme, _, rest = url.rpartition("://")
    if scheme.lower() not in ("", "http", "https", "tg", "ton"):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    try:
        host = urlsplit(url if scheme else f"http://{url}").hostname or ""
    except ValueError:
        host = ""
    link = scheme.lower() in ("tg", "ton") and rest
    if not link and ("." not in host.strip(".") or any(c.isspace() for c in url)):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _keys(rows: Any, *, private: bool) -> list[list[Markup]]:
    keys = [[_key(key) for key in row] for row in _rows(rows, "keyboard", MOST_KEYS)]
    if not keys:
        raise bad("keyboard is empty")
    for key in (key for row in keys for key in row):
        if not private and key.get("request_contact"):
            raise bad("phone number can be requested in private chats only")
        if not private and key.get("request_location"):
            raise bad("location can be requested in private chats only")
    return keys


def _key(key: Any) -> Markup:
    if isinstance(key, str):
        key = {"text": key}
    if not isinstance(key, dict):
        raise _not_a("keyboard button", "KeyboardButton should be an Object")
    _labelled(key, _KEYS, "keyboard button")
    asks = [name for name in ("request_contact", "request_location") if name in key]
    if any(not isinstance(key[name], bool) for name in asks):
        raise _not_a("keyboard button", f'Field "{asks[0]}" must be of type Boolean')
    if sum(key[name] for name in asks) > 1:
        raise _not_a("keyboard button", "only one kind of request can be made by a button")
    return key


def _labelled(button: Markup, known: Collection[str], what: str) -> None:
    if "text" not in button:
        raise _not_a(what, 'Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise _not_a(what, 'Field "text" must be of type String')
    if not button["text"].strip():
        raise bad("BUTTON_TEXT_INVALID")
    if button.get("style", "primary") not in _STYLES:
        raise bad("BUTTON_STYLE_INVALID")
    _only(button, known)


def _not_a(what: str, why: str) -> ApiError:
    return bad(f"can't parse {what}: {why}")
