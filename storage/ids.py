"""Row ids made by us, since what is sealed names its row: milliseconds and 20 random bits, growing with time."""

import secrets
import threading
from datetime import UTC, datetime

_lock = threading.Lock()
_last = 0


def new_id(now: datetime) -> int:
    """A 62-bit id, larger than every one this process made before, so that messages keep their order."""
    global _last
    with _lock:
        _last = max(_last + 1, round(now.timestamp() * 1000) << 20 | secrets.randbits(20))
        return _last


def go_on_after(row: int) -> None:
    """Every id from now on is larger than this one, wherever the clock was put meanwhile."""
    global _last
    with _lock:
        _last = max(_last, row)


def born(row: int) -> datetime:
    """When an id was made."""
    return datetime.fromtimestamp((row >> 20) / 1000, UTC)
