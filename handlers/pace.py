"""Keeps to the channel's limits: so many messages a second overall, and fewer to one chat."""

import asyncio
import time

EMPTY_AFTER_S = 60.0


class Bucket:
    """A token bucket: `burst` at once, then `rate` a second."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst, self._level, self._at = rate, burst, burst, time.monotonic()

    def take(self) -> float:
        """Take one token and return how many seconds to wait for it."""
        now = time.monotonic()
        self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
        self._level -= 1
        return max(0.0, -self._level / self._rate)

    def empty(self) -> bool:
        """Whether the next one would have to wait."""
        return self._level + (time.monotonic() - self._at) * self._rate < 1

    def idle(self) -> bool:
        """Whether nothing was taken for so long that the bucket need not be remembered."""
        return time.monotonic() - self._at > EMPTY_AFTER_S


class Pace:
    """Telegram asks for at most 30 messages a second, and about one a second to a chat after a short burst."""

    def __init__(self, a_second: float, to_one_chat: float = 1.0, burst_to_one_chat: float = 3.0) -> None:
        self._all = Bucket(a_second, max(1.0, a_second / 5))
        self._chat_rate, self._chat_burst = to_one_chat, burst_to_one_chat
        self._chats: dict[bytes, Bucket] = {}
        self._paused_until = 0.0

    async def turn(self, lane: bytes) -> None:
        """Wait until a message to this chat may leave; a pause that begins meanwhile counts as well."""
        bucket = self._chats.get(lane)
        if bucket is None:
            self._forget_idle()
            bucket = self._chats[lane] = Bucket(self._chat_rate, self._chat_burst)
        await asyncio.sleep(bucket.take())
        await asyncio.sleep(self._all.take())
        while (pause := self._paused_until - time.monotonic()) > 0:
            await asyncio.sleep(pause)
            await asyncio.sleep(self._all.take())

    def resting(self) -> list[bytes]:
        """The chats whose turn has not come yet: nobody should wait behind them."""
        return [lane for lane, bucket in self._chats.items() if bucket.empty()]

    def pause(self, until: float) -> None:
        """Nobody sends before `until` (monotonic seconds): the channel asked for it."""
        self._paused_until = max(self._paused_until, until)

    def _forget_idle(self) -> None:
        if len(self._chats) > 1000:
            self._chats = {lane: bucket for lane, bucket in self._chats.items() if not bucket.idle()}
