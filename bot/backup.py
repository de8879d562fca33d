"""`citizen-eye backup`, and the nightly one: a copy, tried, sealed to a public key, and the oldest let go."""

import asyncio
import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pyrage import EncryptError, RecipientError, decrypt_io, encrypt_io, x25519
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot import gone, texts
from bot.core.access import Role
from bot.core.messages import say
from bot.settings import Settings
from handlers import mail
from storage import people
from storage.admin import grants
from storage.engine import Store
from storage.keeping import backup, trial, upkeep
from storage.keeping.backup import BackupError
from storage.keeping.trial import CannotTryError, Tried

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
BACKUP, RESTORE_TEST = "backup", "restore test"
AT = timedelta(hours=2, minutes=30)  # in the town's own night
PREFIX, SUFFIX = "citizen-eye-", ".age"
MAKING = ".making-"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup: where it lies, its bytes, and what the trial of it found (None where it could not be tried)."""

    file: Path
    size: int
    tried: Tried | None
    untried: str = ""

    @property
    def note(self) -> str:
        """What was tried, in a few words that say nothing of anybody."""
        return f"{self.tried.rows} rows, {self.tried.boxes} boxes opened" if self.tried else self.untried


def make(settings: Settings, store: Store, moment: datetime) -> Made:
    """Copy, try, seal. Raises BackupError with a sentence; nothing half-done stays."""
    recipient = _recipient(settings.backup_key)
    url, folder = settings.database_url.get_secret_value(), settings.backup_folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(folder, moment)
    try:
        with tempfile.TemporaryDirectory(prefix=MAKING, dir=folder) as making:
            plain = Path(making) / "copy"
            backup.copy(url, plain)
            tried, untried = _tried(plain, url, store)
            sealed = Path(making) / "sealed"
            _seal(plain, sealed, recipient)
            name = f"{PREFIX}{moment:%Y%m%dT%H%M%SZ}.{backup.kind_of(url).value}{SUFFIX}"
            sealed.replace(folder / name)
    except (OSError, EncryptError) as error:
        raise BackupError(f"the folder {folder} cannot be written ({type(error).__name__})") from None
    _let_go(folder, settings.backup_keep)
    return Made(folder / name, (folder / name).stat().st_size, tried, untried)


def _tried(plain: Path, url: str, store: Store) -> tuple[Tried | None, str]:
    try:
        return trial.of_copy(plain, url, store.seal), ""
    except CannotTryError as error:
        return None, str(error)


def _recipient(written: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(written)
    except RecipientError:
        raise BackupError("BACKUP_KEY is not set: `citizen-eye backup-key FILE` makes one and says how") from None


def _seal(plain: Path, to: Path, recipient: x25519.Recipient) -> None:
    """Seal for the recipient, and for a key of this moment alone, which reads back what was sealed to compare it."""
    witness = x25519.Identity.generate()
    with plain.open("rb") as source, os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        encrypt_io(source, out, [recipient, witness.to_public()])
        out.flush()
        os.fsync(out.fileno())
    again = plain.with_name("again")
    with to.open("rb") as sealed, again.open("wb") as opened:
        decrypt_io(sealed, opened, [witness])
    if _digest(again) != _digest(plain):
        raise BackupError("what was sealed does not open to the same bytes")
    again.unlink()


def _digest(file: Path) -> bytes:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()


def kept(folder: Path) -> list[Path]:
    """The backups in a folder, the newest first."""
    return sorted(folder.glob(f"{PREFIX}*{SUFFIX}"), reverse=True)


def _sweep(folder: Path, moment: datetime) -> None:
    """What a process left behind that was killed while it made a backup: half a copy, of no use to anybody."""
    for left in folder.glob(f"{MAKING}*"):
        if datetime.fromtimestamp(left.stat().st_mtime, UTC) < moment - upkeep.GIVEN_UP:
            shutil.rmtree(left, ignore_errors=True)


def _let_go(folder: Path, keep: int) -> None:
    for old in kept(folder)[keep:]:
        old.unlink(missing_ok=True)


def night_of(moment: datetime, timezone: str) -> int:
    """Which night a moment belongs to; a night begins at half past two."""
    return (moment.astimezone(ZoneInfo(timezone)) - AT).date().toordinal()


def nightly(settings: Settings, store: Store, clock: Clock) -> Made | None:
    """Tonight's backup, once whoever ticks; a night that was missed is caught up, a failure tried again in an hour."""
    gone.write_down(settings, store)
    moment = clock()
    night = night_of(moment, settings.timezone)
    if not settings.backup_key or not store.run(lambda tx: upkeep.begin(tx, BACKUP, night, moment)):
        return None
    try:
        made = make(settings, store, moment)
    except Exception as error:
        log.error("the nightly backup failed: %s", type(error).__name__)
        note = str(error) if isinstance(error, BackupError) else type(error).__name__
        store.run(lambda tx: _failed(tx, note, clock()))
        return None
    write_down(store, made, clock())
    return made


def write_down(store: Store, made: Made, moment: datetime) -> None:
    """Keep how it went, for `/health`."""

    def noted(tx: Session) -> None:
        upkeep.end(tx, BACKUP, moment, fine=True, note=f"{made.size} bytes")
        upkeep.end(tx, RESTORE_TEST, moment, fine=made.tried is not None, note=made.note)

    store.run(noted)


def _failed(tx: Session, note: str, moment: datetime) -> None:
    upkeep.end(tx, BACKUP, moment, fine=False, note=note)
    for grant in grants.holders(tx, Role.ADMIN, moment):
        if admin := people.get(tx, grant.person_id):
            mail.post(tx, admin, say(texts.BACKUP_FAILED, reason=note), moment)


async def every_tick(settings: Settings, store: Store, clock: Clock) -> None:
    """For the clock: beside the event loop; an outage of the database waits for the next tick."""
    try:
        await asyncio.to_thread(nightly, settings, store, clock)
    except SQLAlchemyError as error:
        log.warning("the nightly backup waits: %s", type(error).__name__)
