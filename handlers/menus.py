"""The command menu of each role: what routes.py lists and access allows."""

from bot.core.access import Role, may
from bot.core.messages import Menu, phrase


def for_roles(roles: frozenset[Role]) -> Menu:
    """The commands that someone with these roles may use, in the order of the table."""
    from handlers.routes import COMMANDS

    shown = ((name, route) for name, route in COMMANDS.items() if may(roles, route.action))
    return Menu(tuple((name, phrase(route.menu)) for name, route in shown))
