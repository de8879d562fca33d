"""`citizen-eye restore`: opens a backup with its private key and puts it back where there is no register."""

import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pyrage import DecryptError, decrypt_file, x25519
from sqlalchemy import delete
from sqlmodel import Session, col

from bot import gone, opening
from bot.settings import Settings, SettingsError
from storage import audit, outbox, schema, trace
from storage.acts import Act
from storage.engine import Store, open_engine
from storage.head_file import HeadFile
from storage.keeping import backup, trial
from storage.seal import Seal
from storage.tables.register import Outbox
from storage.trace import Head

WITHDRAWN = "withdrawn again: entries that people had withdrawn since that backup"
DECIDED = "declined, forgotten, hidden or muted again: as people had decided since"
REVOKED = "roles ended again: as they had been since"
QUEUED = "messages that waited then were let go: they may have been sent since, or be of no use any more"


def restore(
    settings: Settings, file: Path, identity: Path, moment: datetime, noted: Sequence[Head] = ()
) -> Sequence[str]:
    """Put a backup back; lines that say what was found in it. Raises BackupError and SettingsError with a sentence.

    `noted`: heads of the trace that were mailed or posted. A SQLite register is made ready beside its place, and gets
    its name only when it is whole.
    """
    url, target = settings.database_url.get_secret_value(), opening.database_file(settings)
    seal = Seal(opening.ring_there(settings))
    _refuse_a_register(settings)
    outside = opening.outside(settings)
    noted = [*noted, *_kept_outside(outside)]
    if target is None:
        head, said = _put(url, file, identity, seal, settings, moment, noted)
        outside.begin_anew(head)
        return said
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".arriving-", dir=target.parent) as folder:
        arriving = Path(folder) / target.name
        head, said = _put(f"sqlite:///{arriving}", file, identity, seal, settings, moment, noted)
        arriving.replace(target)
    outside.begin_anew(head)
    return said


def _put(
    url: str, file: Path, identity: Path, seal: Seal, settings: Settings, moment: datetime, noted: Sequence[Head]
) -> tuple[Head, Sequence[str]]:
    with tempfile.TemporaryDirectory(prefix="citizen-eye-") as folder:
        plain = Path(folder) / "copy"
        _open(file, plain, _identities(identity))
        backup.put_back(plain, url)
    engine = open_engine(url)
    before, after = schema.found(engine), schema.migrate(engine)
    found = trial.look_into(url, seal)
    store = Store(engine, seal)
    try:
        loss = store.run(lambda tx: _say_so_in_the_trace(tx, noted, moment))
        waiting = store.run(_let_go_of_the_queue)
        again = gone.end_again(settings, store, moment)
        head = store.run(trace.head)
    finally:
        store.close()  # closing the last connection moves the WAL into the file
    brought = [f"schema {before} -> {after}"] if before != after else []
    rows = f"{found.rows:>10,}  rows, {found.boxes:,} sealed values opened"
    assert head  # noqa: S101 - the restore itself is in the trace
    return head, [rows, f"{waiting:>10,}  {QUEUED}", *_ended(again), *brought, loss]


def _ended(again: Counter[Act]) -> list[str]:
    withdrawn, revoked = again[Act.WITHDRAW], again[Act.REVOKE]
    decided = again.total() - withdrawn - revoked
    return [f"{withdrawn:>10,}  {WITHDRAWN}", f"{decided:>10,}  {DECIDED}", f"{revoked:>10,}  {REVOKED}"]


def _say_so_in_the_trace(tx: Session, noted: Sequence[Head], moment: datetime) -> str:
    """Which rows of the trace are lost, as far as the heads tell that were noted: in words, and in the trace itself."""
    head = trace.head(tx)
    after, until = head.seq if head else 0, max((one.seq for one in noted), default=0)
    lost = [str(one) for one in noted if one.seq > after]
    audit.write(tx, Act.RESTORE, moment, after=after, until=max(after, until) if noted else 0, heads=lost)
    if until > after:
        return (
            f"rows {after + 1} to {until} of the trace were written after that backup and are lost; the trace says so"
        )
    if noted:
        return "no row of the trace is lost"
    return f"what the trace said after its row {after} is lost; `--head` would have told how much"


def _kept_outside(outside: HeadFile) -> list[Head]:
    try:
        return outside.noted()
    except (OSError, ValueError):
        return []


def _refuse_a_register(settings: Settings) -> None:
    file = opening.database_file(settings)
    if file is not None and file.exists():
        raise SettingsError(f"there is a file at {file.absolute()}: move it away first, a restore overwrites nothing")
    if file is None:
        engine = open_engine(settings.database_url.get_secret_value())
        try:
            if schema.found(engine):
                raise SettingsError("there is a register in that database: restore into an empty one")
        finally:
            engine.dispose()


def _identities(file: Path) -> list[x25519.Identity]:
    try:
        lines = [line.strip() for line in file.read_text(encoding="ascii").splitlines()]
        keys = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, ValueError):
        keys = []
    if not keys:
        raise SettingsError(f"{file} holds no private key (a line that begins with AGE-SECRET-KEY-1)")
    return keys


def _open(sealed: Path, to: Path, keys: list[x25519.Identity]) -> None:
    if not sealed.is_file():
        raise SettingsError(f"there is no backup at {sealed}")
    try:
        decrypt_file(str(sealed), str(to), keys)
    except (DecryptError, OSError):
        raise SettingsError(f"that key does not open {sealed.name}, or the file is damaged") from None


def _let_go_of_the_queue(tx: Session) -> int:
    waiting = outbox.waiting(tx)
    tx.connection().execute(delete(Outbox).where(col(Outbox.sent_at).is_(None)))
    return waiting


def make_key(file: Path) -> str:
    """A new pair: the private key into a file of its own (mode 600), the public one returned."""
    pair = x25519.Identity.generate()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(f"# opens the backups sealed to {pair.to_public()}\n{pair}\n")
    return str(pair.to_public())
