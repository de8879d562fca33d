"""Answering a pressed inline button."""

from sandbox.bot_api.errors import bad
from sandbox.bot_api.given import Given
from sandbox.state import TAP_LASTS, Toast
from sandbox.world import World

LONGEST_ANSWER = 200


def answer(world: World, given: Given) -> bool:
    """Ends the button's waiting; a first answer's text is shown, later ones are taken and not shown."""
    tapped = world.tapped.get(given.text("callback_query_id"))
    if tapped is None or world.clock() - tapped.at > TAP_LASTS:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(given.text("text")) > LONGEST_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    if not tapped.answered:
        tapped.answered = True
        world.toast(Toast(tapped.person_id, given.text("text"), given.flag("show_alert")))
        world.changed.ring()
    return True
