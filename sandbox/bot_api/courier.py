"""Delivers updates to the webhook: in order for each chat, again and again until it says 2xx."""

import asyncio
from collections.abc import Iterator

import httpx

from sandbox.inbox import Update
from sandbox.state import Webhook
from sandbox.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret
PATIENCE = 30.0  # seconds for an answer
LONGEST_PAUSE = 120  # times the first pause

Lane = tuple[str, int]


def lane_of(update: Update) -> Lane:
    """What keeps its order: messages by chat, taps by person; two lanes may hold the same person at once."""
    if tap := update.get("callback_query"):
        return "tap", int(tap["from"]["id"])
    _, body = next(item for item in update.items() if item[0] != "update_id")
    return "chat", int(body["chat"]["id"])


async def deliver(world: World) -> None:
    """Run until cancelled: whatever webhook is set gets what is pending."""
    while True:
        hook = world.webhook
        if hook is None:
            await world.inbox.bell.wait()
            continue
        courier = asyncio.create_task(_Courier(world, hook).run())
        try:
            while world.webhook is hook:
                await world.inbox.bell.wait()
        finally:
            courier.cancel()
            await asyncio.gather(courier, return_exceptions=True)


class _Courier:
    def __init__(self, world: World, hook: Webhook) -> None:
        self.world = world
        self.hook = hook
        self._busy: dict[Lane, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(hook.max_connections)

    async def run(self) -> None:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            try:
                while True:
                    for lane in self._idle_lanes():
                        self._busy[lane] = asyncio.create_task(self._carry(client, lane))
                    await self.world.inbox.bell.wait()
            finally:
                for task in self._busy.values():
                    task.cancel()
                await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def _idle_lanes(self) -> Iterator[Lane]:
        lanes = dict.fromkeys(lane_of(update) for update in self.world.inbox.pending())
        return (lane for lane in lanes if lane not in self._busy)

    async def _carry(self, client: httpx.AsyncClient, lane: Lane) -> None:
        failures = 0
        while update := self._first(lane):
            async with self._room:
                failure = await self._post(client, update)
            if not failure:
                failures = 0
                self.world.inbox.remove(update["update_id"])
                continue
            self.hook.failed_at, self.hook.failure = self.world.now, failure
            self.world.changed.ring()
            if failures:  # the first repetition comes at once
                await asyncio.sleep(self.world.webhook_pace * min(LONGEST_PAUSE, 2**failures))
            failures += 1
        del self._busy[lane]

    def _first(self, lane: Lane) -> Update | None:
        return next((update for update in self.world.inbox.pending() if lane_of(update) == lane), None)

    async def _post(self, client: httpx.AsyncClient, update: Update) -> str:
        """Empty when it was taken, else what went wrong."""
        headers = {SECRET_HEADER: self.hook.secret} if self.hook.secret else {}
        try:
            response = await client.post(self.hook.url, json=update, headers=headers)
        except httpx.TimeoutException:
            return "Read timeout expired"
        except httpx.ConnectError:
            return "Connection refused"
        except (httpx.HTTPError, httpx.InvalidURL):
            return "Connection closed"
        if response.is_success:
            return ""
        return f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
