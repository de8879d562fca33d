"""The head of the trace, kept in a file outside the database after each commit that wrote to the trace."""

import logging
import os
import threading
from pathlib import Path

from storage.trace import Head, read_head

log = logging.getLogger(__name__)


class HeadFile:
    """One line, `<number>-<proof>`. Whoever cuts rows off the database has to reach this file as well."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._newest = 0

    def keep(self, head: Head) -> None:
        """Take a newer head. A disk that is full costs the note, never the officer's answer."""
        with self._lock:
            if head.seq <= self._newest:  # another thread's commit overtook this one
                return
            try:
                self._write(f"{head}\n")
            except OSError as error:
                log.error("the head of the trace cannot be kept outside the database: %s", type(error).__name__)
            else:
                self._newest = head.seq

    def _write(self, line: str) -> None:
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        beside.touch(mode=0o600)
        beside.write_text(line, encoding="ascii")
        beside.replace(self.path)

    def read(self) -> Head | None:
        """What was kept last; None where there is no such file. Raises ValueError where it holds something else."""
        try:
            return read_head(self.path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
