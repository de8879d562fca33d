"""Logging: ids, never people. What third parties print is held at WARNING, and a token never gets through."""

import logging
import re
import sys

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{10,}")
LOUD = (
    "httpx",
    "httpcore",
    "telegram",
    "apscheduler",
    "alembic",
    "sqlalchemy",
    "uvicorn",
    "asyncio",
    "geopy",
    "urllib3",
)


class _NoToken(logging.Formatter):
    """The last gate: whatever looks like a bot token is blotted out, in tracebacks as well."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("[token]", super().format(record))


def set_up(level: str) -> None:
    """Log to standard error. Ours at `level`; libraries at WARNING, at DEBUG too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_NoToken("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
