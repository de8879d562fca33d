"""The updates that wait for the bot, until it confirms them."""

from collections.abc import Callable
from typing import Any

from sandbox.bell import Bell

KEPT_FOR = 24 * 3600  # seconds; Telegram drops what is older
ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

Update = dict[str, Any]


class Poll:
    """One getUpdates call that waits; `ended_by` says why it must give up."""

    def __init__(self) -> None:
        self.ended_by = ""


class Inbox:
    """Updates in order, each with an id that is never used twice."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: dict[int, tuple[float, Update]] = {}
        self._poll = Poll()
        self.polls = 0  # how many getUpdates calls have begun
        self.next_id = int(clock())  # a later run never repeats the ids of an earlier one
        self.allowed: tuple[str, ...] = ()
        self.bell = Bell()

    def add(self, kind: str, body: dict[str, Any]) -> Update | None:
        """Queue an update of this kind; None where the bot did not ask for such."""
        if kind not in self.allowed if self.allowed else kind in ONLY_WHEN_ASKED:
            return None
        update: Update = {"update_id": self.next_id, kind: body}
        self.next_id += 1
        self._waiting[update["update_id"]] = (self._clock(), update)
        self.bell.ring()
        return update

    def confirm(self, offset: int) -> None:
        """Forget what comes before `offset`; a negative one keeps only that many of the newest."""
        known = sorted(self._waiting)
        before = offset if offset >= 0 else (known[offset:] or [self.next_id])[0]
        for update_id in known:
            if update_id < before:
                del self._waiting[update_id]

    def pending(self, limit: int | None = None) -> list[Update]:
        """The oldest `limit` updates that wait."""
        too_old = self._clock() - KEPT_FOR
        self._waiting = {key: kept for key, kept in self._waiting.items() if kept[0] >= too_old}
        return [update for _, update in self._waiting.values()][:limit]

    def remove(self, update_id: int) -> None:
        self._waiting.pop(update_id, None)
        self.bell.ring()

    def clear(self) -> None:
        self._waiting.clear()
        self.bell.ring()

    def begin_poll(self) -> Poll:
        """A new getUpdates call: whoever waited before must give up."""
        self.end_poll("other getUpdates request; make sure that only one bot instance is running")
        self._poll = Poll()
        self.polls += 1
        return self._poll

    def end_poll(self, why: str) -> None:
        self._poll.ended_by = why
        self.bell.ring()
