"""A wire between a program and its server that can be held: nothing comes through, and nobody is told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HOST = "127.0.0.1"


@dataclass
class Wire:
    """`port` leads to the server while `flows` is set; connections stay open in any case. In threads of its own."""

    to: int
    listening: socket.socket
    flows: threading.Event = field(default_factory=threading.Event)
    held: threading.Event = field(default_factory=threading.Event)  # somebody said something meanwhile

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    def serve(self) -> None:
        with suppress(OSError):  # closed
            while True:
                here, _ = self.listening.accept()
                there = socket.create_connection((HOST, self.to))
                for pair in ((here, there), (there, here)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if not self.flows.is_set():
                    self.held.set()
                self.flows.wait()
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def wire(to: int) -> Iterator[Wire]:
    """A port on loopback that leads to another one."""
    with socket.create_server((HOST, 0)) as listening:
        made = Wire(to, listening)
        made.flows.set()
        server = threading.Thread(target=made.serve, daemon=True)
        server.start()
        try:
            yield made
        finally:
            made.flows.set()
            listening.shutdown(socket.SHUT_RDWR)
            server.join()
