"""Telegram's pace: about 30 messages a second overall, one a second to a chat, 20 a minute to a group."""

import math
from collections.abc import Callable

OVERALL = (30.0, 30.0)  # burst, and how many a second after it
PRIVATE = (3.0, 1.0)
GROUP = (20.0, 20 / 60)


class _Bucket:
    def __init__(self, burst: float, rate: float, now: float) -> None:
        self.burst, self.rate, self.level, self.at = burst, rate, burst, now

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 when it fits now."""
        self.level = min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1 - self.level) / self.rate)


class Limits:
    """Counts what is sent to each chat."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._overall = _Bucket(*OVERALL, clock())
        self._chats: dict[int, _Bucket] = {}

    def retry_after(self, chat_id: int) -> int:
        """0, and the message is counted; or the whole seconds to wait."""
        now = self._clock()
        chat = self._chats.setdefault(chat_id, _Bucket(*(PRIVATE if chat_id > 0 else GROUP), now))
        wait = max(self._overall.wait(now), chat.wait(now))
        if wait > 0:
            return math.ceil(wait)
        self._overall.level -= 1
        chat.level -= 1
        return 0
