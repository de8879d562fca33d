"""The command menu of each role: what routes.py lists and access allows."""

from bot.core.access import Role, may
from bot.core.phrases import Phrase, phrase
from handlers.routes import COMMANDS


def commands(roles: frozenset[Role]) -> tuple[tuple[str, Phrase], ...]:
    """Name and description of what someone with these roles may use, in the order of the table."""
    return tuple((name, phrase(route.menu)) for name, route in COMMANDS.items() if may(roles, route.action))
