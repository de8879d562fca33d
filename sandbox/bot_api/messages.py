"""Sending: text, places, photos, documents, and "typing"."""

from typing import Any

from sandbox.bot_api import media, words
from sandbox.bot_api.errors import bad
from sandbox.bot_api.given import Given
from sandbox.bot_api.sending import open_chat, post
from sandbox.chats import Message
from sandbox.world import World

ACTIONS = frozenset((
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
))  # fmt: skip


def send_message(world: World, given: Given) -> Message:
    return post(world, given, words.text(given))


def send_location(world: World, given: Given) -> Message:
    return post(world, given, {"location": _location(given)})


def send_venue(world: World, given: Given) -> Message:
    location = _location(given)
    if not given.text("title"):
        raise bad("venue title must be non-empty")
    if not given.text("address"):
        raise bad("venue address must be non-empty")
    venue = {"location": location, "title": given.text("title"), "address": given.text("address")}
    return post(world, given, {"venue": venue, "location": location})


def _location(given: Given) -> dict[str, Any]:
    for name, most in (("latitude", 90), ("longitude", 180)):
        if not given.has(name):
            raise bad(f"{name} is empty")
        if not abs(given.values[name]) <= most:
            raise bad("wrong location specified")
    location = {"latitude": given.values["latitude"], "longitude": given.values["longitude"]}
    if given.has("horizontal_accuracy"):
        location["horizontal_accuracy"] = min(1500.0, max(0.0, float(given.values["horizontal_accuracy"])))
    return location


def send_photo(world: World, given: Given) -> Message:
    caption = words.caption(given)
    open_chat(world, given)
    return post(world, given, media.photo(world, given, given.text("photo")) | caption)


def send_document(world: World, given: Given) -> Message:
    caption = words.caption(given)
    open_chat(world, given)
    return post(world, given, media.document(world, given, given.text("document")) | caption)


def send_chat_action(world: World, given: Given) -> bool:
    open_chat(world, given)
    if given.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    return True
