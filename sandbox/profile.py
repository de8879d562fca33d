"""What the bot tells Telegram about itself: command menus, descriptions, name, menu button."""

from dataclasses import dataclass, field
from typing import Any

Scope = tuple[str, int, int]  # kind, chat id, user id; 0 where the kind has none
Command = dict[str, str]

DEFAULT: Scope = ("default", 0, 0)


@dataclass(slots=True)
class Profile:
    """Words are kept for each language; "" stands for every other language."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[Scope, str], list[Command]] = field(default_factory=dict)
    buttons: dict[int, dict[str, Any]] = field(default_factory=dict)  # by chat id; 0 is every other chat

    def menu(self, person_id: int, language: str) -> list[Command]:
        """The commands a person is offered in their private chat: the narrowest scope, then the language."""
        for scope in (("chat", person_id, 0), ("all_private_chats", 0, 0), DEFAULT):
            for tongue in (language, ""):
                if found := self.commands.get((scope, tongue)):
                    return found
        return []

    def welcome(self, language: str) -> str:
        """What stands in a chat before its first message."""
        return self.descriptions.get(language) or self.descriptions.get("", "")

    def forget_chats(self) -> None:
        """Drop what was set for single chats."""
        self.commands = {key: menu for key, menu in self.commands.items() if key[0][1] == 0}
        self.buttons = {chat_id: button for chat_id, button in self.buttons.items() if chat_id == 0}
