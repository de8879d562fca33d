"""Telling whoever waits that something changed."""

import asyncio
from typing import Any


class Bell:
    """`ring()` wakes everyone who waits at that moment."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        rung, self._next = self._next, asyncio.Event()
        rung.set()

    async def wait(self) -> None:
        await self._next.wait()


class Broadcast:
    """Events for the open pages; each listener has a queue of its own."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[dict[str, Any]]] = set()

    def tell(self, event: dict[str, Any]) -> None:
        for listener in self._listeners:
            listener.put_nowait(event)

    def join(self) -> asyncio.Queue[dict[str, Any]]:
        listener: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listeners.add(listener)
        return listener

    def leave(self, listener: asyncio.Queue[dict[str, Any]]) -> None:
        self._listeners.discard(listener)
