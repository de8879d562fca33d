"""Command menus, descriptions, name and menu button."""

from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonDefault,
)
from telegram.error import BadRequest

from sandbox.profile import Profile
from sandbox.world import World
from tests.sandbox.wire import ASHA, IMRAN, OFFICER, Api

MINE = [BotCommand("mine", "My cameras")]
HINDI = [BotCommand("mine", "मेरे कैमरे")]
NEAR = [BotCommand("near", "Look"), *MINE]


def menu(world: World, person_id: int) -> list[str]:
    language = world.people[person_id].language_code
    return [command["description"] for command in world.profile.menu(person_id, language)]


async def test_everyone_reads_the_menu_in_their_language(bot: Bot, world: World) -> None:
    await bot.set_my_commands(MINE)
    await bot.set_my_commands(HINDI, language_code="hi")

    assert menu(world, ASHA) == ["मेरे कैमरे"]
    assert menu(world, IMRAN) == ["My cameras"]
    assert await bot.get_my_commands() == tuple(MINE)
    assert await bot.get_my_commands(language_code="hi") == tuple(HINDI)


async def test_the_narrower_menu_wins_until_it_is_deleted(bot: Bot, world: World) -> None:
    world.starts(OFFICER)
    own = BotCommandScopeChat(OFFICER)
    await bot.set_my_commands(MINE)
    await bot.set_my_commands([BotCommand("help", "Help")], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(NEAR, scope=own)

    with_own = menu(world, OFFICER)
    await bot.delete_my_commands(scope=own)

    assert with_own == ["Look", "My cameras"]
    assert menu(world, OFFICER) == ["Help"]
    assert await bot.get_my_commands(scope=own) == ()


async def test_a_menu_for_a_chat_that_is_not_there_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands(NEAR, scope=BotCommandScopeChat(OFFICER))


def command(name: str = "mine", description: str = "My cameras") -> dict[str, str]:
    return {"command": name, "description": description}


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "commands are not specified"),
        ({"commands": [command()] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [command("Mine")]}, "BOT_COMMAND_INVALID"),
        ({"commands": [command("मेरे")]}, "BOT_COMMAND_INVALID"),
        ({"commands": [command("m" * 33)]}, "BOT_COMMAND_INVALID"),
        ({"commands": [command(description="")]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [command(description="x" * 257)]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "mine"}]}, "can't parse BotCommand: expected command and description"),
        ({"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope"),
        ({"commands": [], "language_code": "hindi"}, "invalid language code specified"),
    ],
)
async def test_a_menu_that_telegram_refuses_is_refused(api: Api, params: dict[str, Any], words: str) -> None:
    assert await api.refusal("setMyCommands", **params) == (400, f"Bad Request: {words}")


async def test_a_menu_of_the_largest_size_fits(api: Api) -> None:
    commands = [command(f"c{number}".ljust(32, "_"), "ख" * 256) for number in range(100)]

    assert await api.result("setMyCommands", commands=commands)

    assert await api.result("getMyCommands") == commands


async def test_the_bot_describes_itself_in_both_languages(bot: Bot) -> None:
    await bot.set_my_description("A register of cameras.")
    await bot.set_my_description("कैमरों का रजिस्टर।", language_code="hi")
    await bot.set_my_short_description("Cameras")
    await bot.set_my_name("Citizen-Eye")

    assert (await bot.get_my_description("hi")).description == "कैमरों का रजिस्टर।"
    assert (await bot.get_my_description("en")).description == "A register of cameras."
    assert (await bot.get_my_short_description()).short_description == "Cameras"
    assert (await bot.get_my_name()).name == (await bot.get_me()).first_name == "Citizen-Eye"


async def test_an_empty_description_takes_it_away(bot: Bot) -> None:
    await bot.set_my_description("A register of cameras.")

    await bot.set_my_description("")

    assert (await bot.get_my_description()).description == ""


@pytest.mark.parametrize(
    ("method", "what", "most"),
    [
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
        ("setMyName", "name", 64),
    ],
)
async def test_a_description_has_its_length(api: Api, method: str, what: str, most: int) -> None:
    assert await api.result(method, **{what: "ख" * most})

    code, words = await api.refusal(method, **{what: "x" * (most + 1)})
    assert (code, words) == (400, f"Bad Request: bot {what.replace('_', ' ')} is too long")


async def test_the_menu_button_is_set_for_all_or_for_one(bot: Bot, api: Api, world: World) -> None:
    world.starts(ASHA)
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    await bot.set_chat_menu_button(ASHA, MenuButtonDefault())

    assert await bot.get_chat_menu_button() == MenuButtonCommands()
    assert await bot.get_chat_menu_button(ASHA) == MenuButtonDefault()
    refusal = await api.refusal("setChatMenuButton", menu_button={"type": "web_app"})
    assert refusal == (400, "Bad Request: the sandbox knows the menu buttons default and commands")


def test_a_reset_forgets_the_menus_of_single_chats_only() -> None:
    profile = Profile()
    wide, own = [command("help", "Help")], [command("near", "Look")]
    profile.commands = {(("default", 0, 0), ""): wide, (("chat", OFFICER, 0), ""): own}
    profile.buttons = {0: {"type": "commands"}, OFFICER: {"type": "default"}}

    profile.forget_chats()

    assert profile.menu(OFFICER, "en") == wide
    assert profile.buttons == {0: {"type": "commands"}}
