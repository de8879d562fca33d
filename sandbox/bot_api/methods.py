"""The table of methods: what each is called, what it takes, what it does."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.bot_api import edits, menus, messages, taps, updates, webhook
from sandbox.bot_api.errors import bad
from sandbox.bot_api.given import Given, Kind
from sandbox.world import World

LARGEST_DOWNLOAD = 20 * 1024 * 1024  # bytes

Run = Callable[[World, Given], object] | Callable[[World, Given], Awaitable[object]]
Takes = Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class Method:
    run: Run
    takes: Takes


_CANNOT = ("can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business", "has_main_web_app")


def get_me(world: World, _given: Given) -> dict[str, Any]:
    return world.bot | {"can_join_groups": True} | dict.fromkeys(_CANNOT, False)


def get_file(world: World, given: Given) -> dict[str, Any]:
    file = world.files.by_id(given.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    if len(file.content) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    return file.as_file | {"file_path": file.path}


def _takes(**kinds: str) -> dict[str, Kind]:
    """Parameters by kind: _takes(whole="offset limit")."""
    takes: dict[str, Kind] = {}
    for kind, names in kinds.items():
        takes |= dict.fromkeys(names.split(), Kind[kind.upper()])
    return takes


_CHAT = _takes(chat="chat_id")
_SEND = _CHAT | _takes(object="reply_markup reply_parameters", flag="disable_notification protect_content")
_CAPTION = _takes(text="caption parse_mode", list="caption_entities")
_WORDS = _takes(text="text parse_mode", list="entities", object="link_preview_options")
_PLACE = _takes(number="latitude longitude horizontal_accuracy")
_EDIT = _CHAT | _takes(whole="message_id", object="reply_markup")
_MENU = _takes(object="scope", text="language_code")

METHODS: Mapping[str, Method] = {
    "getMe": Method(get_me, {}),
    "getUpdates": Method(updates.get_updates, _takes(whole="offset limit timeout", list="allowed_updates")),
    "setWebhook": Method(
        webhook.set_webhook,
        _takes(text="url secret_token", whole="max_connections", list="allowed_updates", flag="drop_pending_updates"),
    ),
    "deleteWebhook": Method(webhook.delete_webhook, _takes(flag="drop_pending_updates")),
    "getWebhookInfo": Method(webhook.get_webhook_info, {}),
    "sendMessage": Method(messages.send_message, _SEND | _WORDS),
    "sendLocation": Method(messages.send_location, _SEND | _PLACE),
    "sendVenue": Method(messages.send_venue, _SEND | _takes(number="latitude longitude", text="title address")),
    "sendPhoto": Method(messages.send_photo, _SEND | _CAPTION | _takes(file="photo")),
    "sendDocument": Method(
        messages.send_document,
        _SEND | _CAPTION | _takes(file="document", flag="disable_content_type_detection"),
    ),
    "sendChatAction": Method(messages.send_chat_action, _CHAT | _takes(text="action")),
    "editMessageText": Method(edits.edit_text, _EDIT | _WORDS),
    "editMessageCaption": Method(edits.edit_caption, _EDIT | _CAPTION),
    "editMessageMedia": Method(edits.edit_media, _EDIT | _takes(object="media")),
    "editMessageReplyMarkup": Method(edits.edit_markup, _EDIT),
    "deleteMessage": Method(edits.delete_message, _CHAT | _takes(whole="message_id")),
    "answerCallbackQuery": Method(
        taps.answer,
        _takes(text="callback_query_id text", flag="show_alert", whole="cache_time"),
    ),
    "setMyCommands": Method(menus.set_commands, _MENU | _takes(list="commands")),
    "getMyCommands": Method(menus.get_commands, _MENU),
    "deleteMyCommands": Method(menus.delete_commands, _MENU),
    "setMyDescription": Method(menus.set_description, _takes(text="description language_code")),
    "getMyDescription": Method(menus.get_description, _takes(text="language_code")),
    "setMyShortDescription": Method(menus.set_short_description, _takes(text="short_description language_code")),
    "getMyShortDescription": Method(menus.get_short_description, _takes(text="language_code")),
    "setMyName": Method(menus.set_name, _takes(text="name language_code")),
    "getMyName": Method(menus.get_name, _takes(text="language_code")),
    "setChatMenuButton": Method(menus.set_menu_button, _takes(whole="chat_id", object="menu_button")),
    "getChatMenuButton": Method(menus.get_menu_button, _takes(whole="chat_id")),
    "getFile": Method(get_file, _takes(text="file_id")),
}
BY_LOWER_NAME = {name.lower(): name for name in METHODS}  # Telegram does not mind the case
