"""Workers on one PostgreSQL: any of them gets any update; what one had when it was killed goes to another."""

import math
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from types import TracebackType
from typing import Self

import psutil

from bench.crowd import Crowd
from bench.worker import Said, Took, works
from bot.core.messages import Envelope

UNDER_WAY = 40  # updates that all workers together have in hand, as Telegram's webhook gives them out
LOOK_S = 1.0
PATIENCE_S = 150.0  # what a killed worker was sending waits a minute for its lease
_PROCESSES = get_context("forkserver")
_PROCESSES.set_forkserver_preload(["bench.worker", "psycopg", "sqlalchemy.dialects.postgresql.psycopg"])


@dataclass
class Worker:
    """A process, the wire to it, and what it was given and has not committed so far."""

    process: ForkServerProcess
    has: dict[int, Envelope] = field(default_factory=dict)


class Crew:
    """Use as a context: at its end every worker has ended."""

    def __init__(self, url: str, size: int) -> None:
        self.url, self.size = url, size
        self.kills = self.again = 0  # `again`: updates that were given to a second worker
        self._workers: dict[Connection, Worker] = {}

    def __enter__(self) -> Self:
        for _ in range(self.size):
            self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, one: BaseException | None, trace: TracebackType | None
    ) -> None:
        for wire, worker in self._workers.items():
            wire.close()
            worker.process.join(10)
            worker.process.kill()

    def cpu(self) -> float:
        """Seconds of CPU that the workers have had."""
        spent = (psutil.Process(worker.process.pid).cpu_times() for worker in self._workers.values())
        return float(sum(times.user + times.system for times in spent))

    def serve(self, crowd: Crowd, kill_every_s: float = math.inf) -> None:
        """Until everybody in the crowd has got their last answer; meanwhile kill a worker every so often."""
        heard_at, killing = time.monotonic(), time.monotonic() + kill_every_s
        while not crowd.satisfied or self._busy:
            self._hand_out(crowd)
            for wire in connection.wait(list(self._workers), min(LOOK_S, max(0.0, killing - time.monotonic()))):
                self._hear(wire, crowd)  # type: ignore[arg-type]  # asked about connections, it names connections
                heard_at = time.monotonic()
            if time.monotonic() >= killing:
                killing += kill_every_s
                self._kill(crowd)
            if time.monotonic() > heard_at + PATIENCE_S:
                raise TimeoutError("no worker says anything any more")

    @property
    def _busy(self) -> bool:
        return any(worker.has for worker in self._workers.values())

    def _start(self) -> None:
        here, there = connection.Pipe()
        process = _PROCESSES.Process(target=works, args=(self.url, there), daemon=True)
        process.start()
        there.close()
        self._workers[here] = Worker(process)

    def _hand_out(self, crowd: Crowd) -> None:
        for wire, worker in self._workers.items():
            while crowd.ready and len(worker.has) < UNDER_WAY // self.size:
                update = crowd.ready.popleft()
                worker.has[update.update_id] = update
                wire.send(update)

    def _hear(self, wire: Connection, crowd: Crowd) -> None:
        match wire.recv():
            case Took(update):
                del self._workers[wire].has[update]
            case Said() as said:
                crowd.reads(said)

    def _kill(self, crowd: Crowd) -> None:
        """One dies without a word; what it had said before is heard, and another takes its place."""
        wire = random.choice(list(self._workers))  # noqa: S311 - whom it hits
        worker = self._workers[wire]
        worker.process.kill()
        worker.process.join()
        with suppress(EOFError, OSError):  # the end, or half a message
            while True:
                self._hear(wire, crowd)
        wire.close()
        del self._workers[wire]
        crowd.ready.extendleft(worker.has.values())
        self.kills, self.again = self.kills + 1, self.again + len(worker.has)
        self._start()
