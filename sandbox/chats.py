"""One chat: its messages as both sides see them, and the keyboard in force."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]


@dataclass(slots=True)
class Kept:
    """A message as Telegram would show it now. `fixed` ones (sent with a reply keyboard) cannot be edited."""

    message: Message
    by_bot: bool
    deleted: bool = False
    edited: bool = False
    fixed: bool = False

    def shown(self) -> Message:
        marks = {"out": not self.by_bot, "edited": self.edited, "deleted": self.deleted}
        return self.message | marks


@dataclass(slots=True)
class Chat:
    """`about` is Telegram's Chat; `started` once the person has written to the bot."""

    about: dict[str, Any]
    started: bool = False
    blocked: bool = False
    version: int = 0
    keyboard: dict[str, Any] | None = None
    keyboard_of: int = 0
    _kept: dict[int, Kept] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.about["id"])

    @property
    def private(self) -> bool:
        return bool(self.about["type"] == "private")

    def __iter__(self) -> Iterator[Kept]:
        return iter(self._kept.values())

    def keep(self, message: Message, *, by_bot: bool, fixed: bool = False) -> None:
        self._kept[message["message_id"]] = Kept(message, by_bot, fixed=fixed)

    def find(self, message_id: int) -> Kept | None:
        """The message, unless there is none or it was deleted."""
        kept = self._kept.get(message_id)
        return None if kept is None or kept.deleted else kept

    def delete(self, message_id: int) -> None:
        """Take the message away; a keyboard that came with it goes too."""
        self._kept[message_id].deleted = True
        if self.keyboard_of == message_id:
            self.keyboard = None

    def follow(self, markup: dict[str, Any], message_id: int) -> None:
        """What a phone does with the reply keyboard, its removal or a forced reply that a message brings."""
        keeps = "keyboard" in markup
        self.keyboard, self.keyboard_of = (markup, message_id) if keeps else (None, 0)
