"""Logging: ids, never people. Third parties are held at WARNING; neither a token nor an error's words pass."""

import logging
import re
import sys
import traceback
from typing import Any

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")
OURS = ("bot", "handlers", "storage", "sandbox")


class _Discreet(logging.Formatter):
    """The last gate: an error is told by its kind and place, and whatever looks like a bot token is blotted out."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        kind, _, trace = ei
        return "".join((*traceback.format_tb(trace), kind.__name__))  # without its words: they can hold people

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("[token]", super().format(record))


def set_up(level: str) -> None:
    """Log to standard error. Ours at `level`; every library at WARNING, at DEBUG too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
