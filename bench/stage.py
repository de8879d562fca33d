"""What every measurement stands on: the settings of a run; registers and servers, made once, put away at the end."""

import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from bench import city, register, servers
from bench.contenders import Ours
from storage import schema
from storage.engine import Store, open_engine
from storage.keycheck import key_fits
from storage.seal import Seal

KEY = bytes(range(32))
SQLITE, POSTGRES = "SQLite", "PostgreSQL"


@dataclass(frozen=True, slots=True)
class Settings:
    """How large and how often."""

    sizes: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    centres: int = 300
    radii: tuple[float, ...] = (100.0, 500.0, 2000.0)
    nation: int = 10_000_000  # places in the register of a whole country
    updates: int = 100_000  # that workers take while they are killed


@dataclass(frozen=True, slots=True)
class Built:
    """A register of the made-up city, how long it took to build, and its size."""

    ours: Ours
    seconds: float
    size: int


@dataclass
class Bench:
    """Use as a context: all that was started is stopped, all that was written is deleted at its end."""

    settings: Settings
    stack: ExitStack = field(default_factory=ExitStack)
    left_out: dict[str, None] = field(
        default_factory=dict
    )  # programs that are not installed, in the order they were missed
    _built: dict[tuple[str, int], Built] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, one: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stack.close()

    def say(self, words: str) -> None:
        """Progress, for whoever waits."""
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {words}\n")

    @cached_property
    def folder(self) -> Path:
        return Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="citizen-eye-bench-")))

    @cached_property
    def places(self) -> list[city.Place]:
        """The largest city of this run; the first places of it are the smaller ones."""
        return city.places(max(self.settings.sizes))

    @cached_property
    def postgres(self) -> str:
        """A server's URL, without a database. Raises NotInstalledError."""
        return self.stack.enter_context(servers.postgres())

    def fresh_database(self, name: str) -> str:
        """The URL of an empty database on the server. Raises NotInstalledError."""
        with psycopg.connect(f"{self.postgres}/postgres", autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return f"{self.postgres}/{name}"

    def register(self, kind: str, size: int) -> Built:
        """The bot's own database with so many registrations; made once. Raises NotInstalledError."""
        if (kind, size) not in self._built:
            url = self.fresh_database(f"register_{size}") if kind == POSTGRES else f"sqlite:///{self.folder}/{size}.db"
            engine = open_engine(url)
            schema.migrate(engine)
            store = Store(engine, Seal([KEY]))
            self.stack.callback(store.close)
            begun = perf_counter()
            store.run(key_fits)
            register.build(store, self.places[:size])
            built = Built(Ours(f"Citizen-Eye on {kind}", store), perf_counter() - begun, register.size(store))
            self._built[kind, size] = built
            self.say(f"built: {size:,} registrations on {kind} in {built.seconds:.0f} s")
        return self._built[kind, size]
