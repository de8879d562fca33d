"""What a row of handlers/routes.py says: what may be done by whom, and how."""

from dataclasses import dataclass

from bot.core.access import Action
from handlers.visit import Asker, Handler


@dataclass(frozen=True, slots=True)
class Route:
    """What may be done by whom, and how; `menu` describes a command in Telegram's command menu."""

    action: Action
    run: Handler
    menu: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """A kind of conversation: who may lead it, what an answer does, and how its question is asked again."""

    action: Action
    stages: object
    answered: Handler
    ask_again: Asker
    reminded: bool = False  # whoever stops in the middle of it is reminded once, a day later
