"""Command menus, descriptions, name and menu button of the bot."""

import re
from typing import Any

from sandbox.bot_api.errors import bad
from sandbox.bot_api.given import Given
from sandbox.profile import Command, Scope
from sandbox.world import World

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
LONGEST_ABOUT = {"description": 512, "short_description": 120, "name": 64}

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_WIDE = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")


def set_commands(world: World, given: Given) -> bool:
    commands = given.list("commands")
    if commands is None:
        raise bad("commands are not specified")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_where(world, given)] = [_command(one) for one in commands]
    world.changed.ring()
    _tell_phones(world)
    return True


def _command(given: Any) -> Command:
    match given:
        case {"command": str(name), "description": str(description), **others} if not others:
            name = name.removeprefix("/")
        case _:
            raise bad("can't parse BotCommand: expected command and description")
    if not _COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= LONGEST_DESCRIPTION:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _tell_phones(world: World) -> None:
    for chat in world.chats.values():
        world.touch(chat)


def get_commands(world: World, given: Given) -> list[Command]:
    return world.profile.commands.get(_where(world, given), [])


def delete_commands(world: World, given: Given) -> bool:
    world.profile.commands.pop(_where(world, given), None)
    _tell_phones(world)
    return True


def _where(world: World, given: Given) -> tuple[Scope, str]:
    return _scope(world, given.object("scope") or {"type": "default"}), _language(given)


def _scope(world: World, scope: dict[str, Any]) -> Scope:
    match scope:
        case {"type": str(kind), **others} if kind in _WIDE and not others:
            return kind, 0, 0
        case {"type": "chat" | "chat_administrators" as kind, "chat_id": int(chat), **others} if not others:
            return kind, _known(world, chat), 0
        case {"type": "chat_member", "chat_id": int(chat), "user_id": int(user), **others} if not others:
            return "chat_member", _known(world, chat), user
    raise bad("can't parse BotCommandScope")


def _known(world: World, chat_id: int) -> int:
    chat = world.chats.get(chat_id)
    if chat is None or not chat.started:
        raise bad("chat not found")
    return chat_id


def _language(given: Given) -> str:
    language = given.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad("invalid language code specified")
    return language


def set_description(world: World, given: Given) -> bool:
    return _set_about(world, given, "description", world.profile.descriptions)


def set_short_description(world: World, given: Given) -> bool:
    return _set_about(world, given, "short_description", world.profile.short_descriptions)


def set_name(world: World, given: Given) -> bool:
    return _set_about(world, given, "name", world.profile.names)


def _set_about(world: World, given: Given, what: str, kept: dict[str, str]) -> bool:
    language, said = _language(given), given.text(what)
    if len(said) > LONGEST_ABOUT[what]:
        raise bad(f"bot {what.replace('_', ' ')} is too long")
    if said:
        kept[language] = said
    else:
        kept.pop(language, None)
    world.changed.ring()
    _tell_phones(world)
    return True


def get_description(world: World, given: Given) -> dict[str, str]:
    return {"description": _about(given, world.profile.descriptions)}


def get_short_description(world: World, given: Given) -> dict[str, str]:
    return {"short_description": _about(given, world.profile.short_descriptions)}


def get_name(world: World, given: Given) -> dict[str, str]:
    return {"name": _about(given, world.profile.names) or world.bot["first_name"]}


def _about(given: Given, kept: dict[str, str]) -> str:
    return kept.get(_language(given)) or kept.get("", "")


def set_menu_button(world: World, given: Given) -> bool:
    chat_id = _known(world, given.whole("chat_id")) if given.has("chat_id") else 0
    match given.object("menu_button") or {"type": "default"}:
        case {"type": "default" | "commands"} as button if len(button) == 1:
            world.profile.buttons[chat_id] = button
        case _:
            raise bad("the sandbox knows the menu buttons default and commands")
    return True


def get_menu_button(world: World, given: Given) -> dict[str, Any]:
    chat_id = _known(world, given.whole("chat_id")) if given.has("chat_id") else 0
    buttons = world.profile.buttons
    return buttons.get(chat_id) or buttons.get(0) or {"type": "commands"}
