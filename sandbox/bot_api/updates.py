"""getUpdates: long polling, one poller at a time."""

import asyncio
from contextlib import suppress

from sandbox.bot_api.errors import bad, conflict
from sandbox.bot_api.given import Given
from sandbox.inbox import Poll, Update
from sandbox.world import World

LONGEST_POLL = 50  # seconds
MOST = 100

UPDATE_KINDS = frozenset((
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "chat_boost", "removed_chat_boost",
))  # fmt: skip
_WEBHOOK_IS_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


async def get_updates(world: World, given: Given) -> list[Update]:
    """Updates from `offset` on; earlier ones are confirmed by it and gone."""
    if world.webhook is not None:
        raise conflict(_WEBHOOK_IS_SET)
    choose_kinds(world, given)
    poll = world.inbox.begin_poll()
    world.inbox.confirm(given.whole("offset"))
    limit = given.whole("limit", MOST)
    most = limit if 1 <= limit <= MOST else MOST
    with suppress(TimeoutError):
        async with asyncio.timeout(min(LONGEST_POLL, max(0, given.whole("timeout")))):
            while not world.inbox.pending(1):
                await world.inbox.bell.wait()
                _still(poll)
    return world.inbox.pending(most)


def _still(poll: Poll) -> None:
    if poll.ended_by:
        raise conflict(f"terminated by {poll.ended_by}")


def choose_kinds(world: World, given: Given) -> None:
    """allowed_updates holds until it is given again; an empty list means the usual kinds."""
    kinds = given.list("allowed_updates")
    if kinds is None:
        return
    for kind in kinds:
        if kind not in UPDATE_KINDS:
            raise bad(f"unknown kind of update {kind}")
    world.inbox.allowed = tuple(kinds)
