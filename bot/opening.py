"""Opens the register: key, database, schema. Each thing that is wrong gets one sentence that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from bot import key_file, logs
from bot.settings import DATABASE_HINT, KEY_HINT, SQLITE, Settings, SettingsError, load, read_key
from storage import audit, outbox, schema
from storage.engine import Store, open_engine
from storage.head_file import HeadFile
from storage.keeping import ring
from storage.keycheck import MissingKeyError, key_fits
from storage.seal import Seal

FIND_IT = "run this in the folder of the register, or set DATABASE_URL (a new register is made by `citizen-eye run`)"
LACKS_A_KEY = "CITIZEN_EYE_KEY lacks a key that this database is sealed with; put the whole ring back (newest first)"


class WrongKeyError(SettingsError):
    """What is wrong is the key: missing, damaged, or another one than the register was sealed with."""


def settings(**given: Any) -> Settings:
    """The settings, those given before those of the environment, with the logs set up as they say."""
    loaded = load(**given)
    logs.set_up(loaded.log_level)
    return loaded


def existing(settings: Settings, *, take_up: bool = False) -> Store:
    """As `register`, for a register that is there already: a wrong folder never makes a second one by mistake.

    A new key waits for the bot that takes it up: until then this seals with the one that the bot has.
    """
    file = database_file(settings)
    with _in_a_sentence():
        if (file and not file.is_file()) or not _schema(settings):
            where = file.absolute() if file else "DATABASE_URL"
            raise SettingsError(f"there is no register at {where}: {FIND_IT}")
        return _register(settings, take_up=take_up)


def _schema(settings: Settings) -> str:
    engine = open_engine(settings.database_url.get_secret_value())
    try:
        return schema.found(engine)
    finally:
        engine.dispose()


def register(settings: Settings) -> Store:
    """The store, ready to serve. Raises SettingsError with a sentence for people.

    A new database is set up; one with another schema is refused. From now on the newest key of the ring seals.
    """
    with _in_a_sentence():
        return _register(settings, take_up=True)


def _register(settings: Settings, *, take_up: bool) -> Store:
    keys = _keys(settings)
    seal = _seal(keys)
    engine = open_engine(settings.database_url.get_secret_value())
    found, ours = schema.found(engine), schema.ours()
    if not found:
        found = schema.migrate(engine)
    if found != ours:
        todo = "run `citizen-eye migrate`" if found in schema.known() else "update the program"
        raise SettingsError(f"the database has schema {found}, this program works with {ours}: {todo}")
    store = Store(engine, seal, outside(settings))
    if not store.run(key_fits):
        raise WrongKeyError(
            "CITIZEN_EYE_KEY is not the key of this database; put the right key back (nothing was changed)"
        )
    sealing = 0 if take_up and ring.take_up(store) else ring.sealing(store)
    if sealing is None:
        raise WrongKeyError(LACKS_A_KEY)
    if sealing:
        store = Store(engine, _seal([*keys[sealing:], *keys[:sealing]]), outside(settings))
    store.run(lambda tx: audit.adopt(tx, datetime.now(UTC)))
    store.run(outbox.go_on)
    return store


def migrate(settings: Settings) -> tuple[str | None, str]:
    """Bring the database to this program's schema: the one it had before, and the one it has now."""
    with _in_a_sentence():
        file = database_file(settings)
        if file and not file.exists():
            _seal(
                _keys(settings)
            )  # its key comes first: without one, a database that is there is never given a new key
        engine = open_engine(settings.database_url.get_secret_value())
        before = schema.found(engine)
        if before and before not in schema.known():
            raise SettingsError(f"the database has schema {before}, unknown to this program: update the program")
        return before, schema.migrate(engine)


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    try:
        yield
    except SettingsError:
        raise
    except MissingKeyError:
        raise WrongKeyError(LACKS_A_KEY) from None
    except Exception as error:  # a driver may raise anything, and what it says can hold a piece of the address
        kind = type(error).__name__
        raise SettingsError(f"DATABASE_URL cannot be opened ({kind}); expected: {DATABASE_HINT}") from None


def _keys(settings: Settings) -> list[bytes]:
    """The keys, newest first; the first start of a small town makes one. Raises WrongKeyError."""
    return settings.ring() or _own_ring(settings)


def _seal(keys: list[bytes]) -> Seal:
    try:
        return Seal(keys)
    except ValueError:
        raise WrongKeyError(f"CITIZEN_EYE_KEY is wrong (a key stands in it twice); expected: {KEY_HINT}") from None


def ring_there(settings: Settings) -> list[bytes]:
    """The same, where none is ever made. Raises SettingsError where there is none."""
    file = database_file(settings)
    kept = file.with_name("key") if file else None
    if settings.ring():
        return settings.ring()
    if kept is None or not kept.exists():
        where = f" (or the file {kept})" if kept else ""
        raise SettingsError(f"the register's own key is missing: set CITIZEN_EYE_KEY{where} first")
    return _kept_in(kept)


def database_file(settings: Settings) -> Path | None:
    """Where the SQLite database is, or will be; None where it is another kind."""
    url = settings.database_url.get_secret_value()
    return Path(make_url(url).database or "") if url.startswith(SQLITE) else None


def own_key(settings: Settings) -> Path | None:
    """The file of the register's own key; None where the keys are in the settings."""
    database = database_file(settings)
    return database.with_name("key") if database and not settings.ring() else None


def head_path(settings: Settings) -> Path:
    """Where the head of the trace is kept outside the database."""
    database = database_file(settings)
    return settings.trace_head or (database.with_name("trace-head") if database else Path("data/trace-head"))


def outside(settings: Settings) -> HeadFile:
    """The same, with a folder to be written in; where none can be made, each try to write says so."""
    file = head_path(settings)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return HeadFile(file)


def _own_ring(settings: Settings) -> list[bytes]:
    """The keys beside a SQLite database, newest first: one is made on the first run, mode 600, and never again."""
    database = database_file(settings)
    if database is None:
        raise WrongKeyError(f"CITIZEN_EYE_KEY is missing; with PostgreSQL it has to be set: {KEY_HINT}")
    file = database.with_name("key")
    in_use = database.exists() and database.stat().st_size  # looked at first: a first start makes the key first
    if not file.exists():
        if in_use:
            raise WrongKeyError(
                f"CITIZEN_EYE_KEY is missing, and so is {file}: without its key this database cannot be opened"
            )
        key_file.make(file)
    return _kept_in(file)


def _kept_in(file: Path) -> list[bytes]:
    try:
        written = file.read_text(encoding="ascii")
        if not written.strip():
            raise WrongKeyError(f"{file} does not hold a key: it is empty; put a copy of the register's key there")
        return read_ring(written)
    except ValueError as error:
        raise WrongKeyError(f"{file} does not hold a key; expected: {error}") from None


def read_ring(written: str) -> list[bytes]:
    """Keys with commas or line breaks between them, newest first. Raises ValueError with what is expected."""
    keys = [part for line in written.splitlines() for part in (one.strip() for one in line.split(",")) if part]
    if not keys:
        raise ValueError(KEY_HINT)
    return [read_key(key) for key in keys]
