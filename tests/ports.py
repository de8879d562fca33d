"""Ports on loopback for whoever is told which to listen on: nobody else is given one of them by chance."""

import itertools
import os
import socket
from collections.abc import Iterator

HOST = "127.0.0.1"
FIRST, EACH, RANGES = 10_000, 2_000, 11  # all below 32,768: from there on the system itself hands ports out


def _in_turn() -> Iterator[int]:
    """The range of this xdist worker, round and round; two runs on one computer begin at places of their own."""
    mine = FIRST + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % RANGES * EACH
    return (mine + n % EACH for n in itertools.count(os.getpid()))


_next = _in_turn()


def free_port() -> int:
    """One that nobody listens on, and that was not given to another test just now."""
    for port in _next:
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
        return port
    raise AssertionError
