"""One consistent copy of the register as a file, while it serves; and putting such a copy back."""

import os
import shutil
import sqlite3
import subprocess
from enum import StrEnum
from pathlib import Path

from sqlalchemy import URL, make_url

from storage.engine import POSTGRES

LONGEST_S = 3600


class Kind(StrEnum):
    SQLITE = "sqlite"
    POSTGRES = "postgres"


class BackupError(Exception):
    """What is missing or went wrong, in a sentence."""


def kind_of(url: str) -> Kind:
    """Which kind of copy a register gives."""
    return Kind.POSTGRES if url.startswith(POSTGRES) else Kind.SQLITE


def kind_in(file: Path) -> Kind:
    """Which kind of copy a file is. Raises BackupError for any other file."""
    with file.open("rb") as opened:
        head = opened.read(16)
    if head.startswith(b"SQLite format 3\x00"):
        return Kind.SQLITE
    if head.startswith(b"PGDMP"):
        return Kind.POSTGRES
    raise BackupError("that file holds no copy of a register")


def copy(url: str, to: Path) -> None:
    """Write a consistent copy of what is committed now; others go on reading and writing meanwhile."""
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if kind_of(url) is Kind.POSTGRES:
        _run("pg_dump", make_url(url), "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")
        return
    source = sqlite3.connect(f"{Path(make_url(url).database or '').absolute().as_uri()}?mode=rw", uri=True)
    try:
        source.execute("PRAGMA busy_timeout=30000")
        source.isolation_level = None
        source.execute("VACUUM INTO ?", (str(to),))
    finally:
        source.close()


def put_back(file: Path, url: str) -> None:
    """Make the register at `url` that copy. Its place has to be free. Raises BackupError."""
    kind = kind_in(file)
    if kind is not kind_of(url):
        raise BackupError(
            f"that copy is of {kind.value}, and DATABASE_URL names another kind of database:"
            " put it back into its own kind, then `citizen-eye move` it"
        )
    if kind is Kind.POSTGRES:
        _run("pg_restore", make_url(url), "--no-owner", "--no-privileges", "--single-transaction", str(file))
        return
    target = Path(make_url(url).database or "")
    with (
        file.open("rb") as source,
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
    ):
        shutil.copyfileobj(source, out)
        out.flush()
        os.fsync(out.fileno())


def _run(tool: str, url: URL, *words: str) -> None:
    """One of PostgreSQL's own programs, found on the PATH; the password goes by the environment, not in words."""
    found = shutil.which(tool)
    if found is None:
        raise BackupError(f"{tool} is not on the PATH: install PostgreSQL's client programs (postgresql-client)")
    address = ("-h", url.host or "localhost", "-p", str(url.port or 5432), "-U", url.username or "", "-d", url.database)
    given = [part for part in address if part]
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    done = subprocess.run(  # noqa: S603 - the program is PostgreSQL's own, and no shell reads the words
        [found, "--no-password", *given, *words], env=environment, capture_output=True, check=False, timeout=LONGEST_S
    )
    if done.returncode:
        raise BackupError(f"{tool} ended with {done.returncode}: {_reason(done.stderr)}")


def _reason(said: bytes) -> str:
    """The first line of what the program said, without data: it names versions, rights and missing things."""
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[0][:200] if lines else "it said nothing"
