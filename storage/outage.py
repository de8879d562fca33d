"""What is the matter with the database: told by the codes of its driver, never by words, which could hold people."""

import sqlite3
from enum import StrEnum

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from storage.keycheck import MissingKeyError
from storage.schema import OtherSchemaError


class Outage(StrEnum):
    """Why a transaction could not be kept, in words for whoever runs the bot."""

    AWAY = "cannot be reached"
    BUSY = "is locked by another program"
    FULL = "has no room left on its disk"
    READ_ONLY = "is read-only"
    DAMAGED = "is damaged: restore the last backup"
    SCHEMA = "has another schema than this program works with: restart it"
    KEY = "is sealed with a key that this process lacks: restart it with the whole ring"
    OTHER = "refused a transaction"


_SQLITE = {
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_READONLY: Outage.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Outage.DAMAGED,
    sqlite3.SQLITE_NOTADB: Outage.DAMAGED,
    sqlite3.SQLITE_CANTOPEN: Outage.AWAY,
    sqlite3.SQLITE_IOERR: Outage.AWAY,
}
# classes of SQLSTATE, the longest first: https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES = {
    "25006": Outage.READ_ONLY,
    "55P03": Outage.BUSY,
    "40": Outage.BUSY,  # deadlock, serialization
    "53100": Outage.FULL,
    "53": Outage.AWAY,  # too many connections, out of memory
    "57": Outage.AWAY,  # shutting down, starting up
    "08": Outage.AWAY,
    "28": Outage.AWAY,  # it does not let us in
    "3D": Outage.AWAY,  # there is no such database
    "XX001": Outage.DAMAGED,
    "XX002": Outage.DAMAGED,
}


def outage(error: BaseException) -> Outage:
    """What kind of trouble an error of the database stands for; the first of a chain that can be told.

    SQLite undoes all of a transaction when its disk is full, and then says that there is no savepoint to go back to.
    """
    kind = _kind(error)
    return outage(error.__context__) if kind is Outage.OTHER and error.__context__ else kind


def _kind(error: BaseException) -> Outage:
    if isinstance(error, MissingKeyError):
        return Outage.KEY
    if isinstance(error, OtherSchemaError):
        return Outage.SCHEMA
    if isinstance(error, NoConnectionLeft):
        return Outage.BUSY
    driver = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(driver, sqlite3.Error):
        return _SQLITE.get(getattr(driver, "sqlite_errorcode", 0) & 0xFF, Outage.OTHER)  # the rest says where
    if driver and hasattr(driver, "sqlstate"):  # psycopg's; a town on SQLite need not load it to be asked this
        code = driver.sqlstate or "08"  # without a code: the connection broke
        return next((kind for start, kind in _POSTGRES.items() if code.startswith(start)), Outage.OTHER)
    return Outage.OTHER
