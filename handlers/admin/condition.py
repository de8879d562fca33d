"""`/health`: how the bot is, for administrators: versions, database, queue, last backup and its test."""

import platform
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

from bot import texts
from bot.core.messages import Answer, Phrase, Say, counted, phrase
from handlers.visit import Visit
from storage import dialect, schema
from storage.glance import glance
from storage.keeping import upkeep

LATE_S = 120.0
BACKUP, RESTORE_TEST = "backup", "restore test"  # as bot/backup.py calls them


def show(visit: Visit) -> Sequence[Answer]:
    """A line for each part."""
    seen = glance(visit.tx, visit.now)
    database = f"PostgreSQL {_postgres(visit)}" if dialect.is_postgres(visit.tx) else f"SQLite {sqlite3.sqlite_version}"
    lines = [
        phrase(texts.HEALTH_VERSIONS, program=version("citizen-eye"), python=platform.python_version()),
        phrase(texts.HEALTH_DATABASE, database=database, schema=schema.ours()),
        counted(texts.HEALTH_QUEUE, seen.waiting),
        phrase(texts.HEALTH_OLDEST, age=_age(seen.oldest_s)) if seen.waiting else phrase(texts.HEALTH_NONE_WAITS),
        counted(texts.HEALTH_ASIDE, seen.aside),
        _kept(visit, BACKUP, texts.HEALTH_BACKUP, texts.HEALTH_BACKUP_NEVER, texts.HEALTH_BACKUP_BAD),
        _kept(visit, RESTORE_TEST, texts.HEALTH_RESTORE, texts.HEALTH_RESTORE_NEVER, texts.HEALTH_RESTORE_BAD),
    ]
    if seen.oldest_answer_s > LATE_S:
        lines.append(phrase(texts.HEALTH_LATE))
    return (Say((phrase(texts.HEALTH_TITLE, at=_when(visit, visit.now)), *lines)),)


def _postgres(visit: Visit) -> str:
    info = visit.tx.connection().dialect.server_version_info or ()
    return ".".join(map(str, info))


def _kept(visit: Visit, name: str, fine: str, never: str, bad: str) -> Phrase:
    """When it was last done and how it went; what never ran, or has not ended yet, is not called fine."""
    last = upkeep.last(visit.tx, name)
    if last is None or last.ended_at is None:
        return phrase(never)
    return phrase(fine if last.fine else bad, at=_when(visit, last.ended_at), note=last.note)


def _age(seconds: float) -> Phrase:
    if seconds < 60:
        return counted(texts.AGE_SECONDS, int(seconds))
    return counted(texts.AGE_MINUTES, int(seconds // 60))


def _when(visit: Visit, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(visit.house.town.timezone)).strftime("%d-%m-%Y %H:%M")
