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
                if not self._newest:
                    self._put_aside(head)
                self._write(head)
            except OSError as error:
                log.error("the head of the trace cannot be kept outside the database: %s", type(error).__name__)
            else:
                self._newest = head.seq

    def begin_anew(self, head: Head) -> None:
        """The register was put back, and its trace says what was lost by that: this is its head now."""
        try:
            self._write(head)
        except OSError as error:  # then the older one is put aside at the next commit
            log.error("the head of the trace cannot be kept outside the database: %s", type(error).__name__)

    def _put_aside(self, head: Head) -> None:
        """What an earlier run kept is evidence where it is ahead of the trace: it is never written over."""
        try:
            before = self.read()
        except ValueError:
            return
        if before and before.seq > head.seq:
            log.error("the head that was kept outside is ahead of the trace: see `citizen-eye audit verify`")
            self.path.replace(self.path.with_name(f"{self.path.name}-{before.seq}"))

    def _write(self, head: Head) -> None:
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        beside.touch(mode=0o600)
        beside.write_text(f"{head}\n", encoding="ascii")
        beside.replace(self.path)

    def noted(self) -> list[Head]:
        """Every head that is kept here, those that were put aside first. Raises OSError and ValueError."""
        aside = sorted(self.path.parent.glob(f"{self.path.name}-*"))
        newest = self.read()
        return [read_head(file.read_text(encoding="ascii")) for file in aside] + ([newest] if newest else [])

    def read(self) -> Head | None:
        """What was kept last; None where there is no such file. Raises ValueError where it holds something else."""
        try:
            return read_head(self.path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
