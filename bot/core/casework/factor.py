"""An officer's second factor: six digits that change every half minute (TOTP, RFC 6238), beside the chat itself."""

import re
from datetime import timedelta
from enum import StrEnum

from bot.core.access import Role
from bot.core.reading.digits import plain

HAVE_ONE = frozenset({Role.OFFICER, Role.SENIOR, Role.ADMIN})
VALID = timedelta(minutes=30)  # for so long after a right code no further one is asked
LOCK = timedelta(minutes=15)
MOST_WRONG = 5  # codes in a row; then it is locked
_CODE = re.compile(r"\d{3}[ -]?\d{3}")


class Tried(StrEnum):
    """What became of a code."""

    RIGHT = "right"
    WRONG = "wrong"
    USED = "used"  # it was right, and worked once already
    LOCKS = "locks"  # wrong, and one too many
    LOCKED = "locked"  # not even looked at


def read_code(words: str) -> str:
    """The six digits, written in any script and with a blank in the middle; empty for anything else."""
    said = plain(words)
    return re.sub(r"\D", "", said) if _CODE.fullmatch(said) else ""
