"""Opens the register: key, database, schema. Each thing that is wrong gets one sentence that says what to do."""

import os
import secrets
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings, SettingsError, read_key
from storage import schema
from storage.engine import Store, open_engine
from storage.keycheck import key_fits
from storage.seal import Seal

SQLITE = "sqlite:///"


def register(settings: Settings, *, migrate: bool = True) -> Store:
    """The store, ready to serve. Raises SettingsError with a sentence for people.

    A new database is set up; with `migrate` an older one is brought up to date.
    """
    url = settings.database_url.get_secret_value()
    path = Path(url.removeprefix(SQLITE))
    seal = Seal(settings.ring() or [_own_key(path)])
    engine = open_engine(url)
    try:
        found, ours = schema.found(engine), schema.ours()
        if not found or (migrate and found != ours and found in schema.known()):
            found = schema.migrate(engine)
    except (SQLAlchemyError, OSError) as error:
        raise SettingsError(
            f"DATABASE_URL cannot be opened ({type(error).__name__}); expected: {SQLITE}path/to/file.db"
        ) from None
    if found != ours:
        raise SettingsError(
            f"the database has schema {found}, this program works with {ours}: run `citizen-eye migrate`, or update the program"
        )
    store = Store(engine, seal)
    if not store.run(key_fits):
        raise SettingsError(
            "CITIZEN_EYE_KEY is not the key of this database; put the right key back (nothing was changed)"
        )
    return store


def _own_key(database: Path) -> bytes:
    """The key beside a SQLite database: made on the first run, mode 600, and never made again."""
    file = database.with_name("key")
    if file.exists():
        try:
            return read_key(file.read_text(encoding="ascii").strip())
        except ValueError as error:
            raise SettingsError(f"{file} does not hold a key; expected: {error}") from None
    if database.exists() and database.stat().st_size:
        raise SettingsError(
            f"CITIZEN_EYE_KEY is missing, and so is {file}: without its key this database cannot be opened"
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_bytes(32)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(key.hex() + "\n")
    return key
