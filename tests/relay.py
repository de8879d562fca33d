"""A wire between a program and its server that can be held: nothing comes through, and nobody is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

HOST = "127.0.0.1"


@dataclass
class Wire:
    """`port` leads to the server while `flows` is set; connections stay open in any case."""

    port: int
    flows: asyncio.Event = field(default_factory=asyncio.Event)
    held: asyncio.Event = field(default_factory=asyncio.Event)  # somebody said something meanwhile

    def hold(self) -> None:
        self.flows.clear()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                if not self.flows.is_set():
                    self.held.set()
                await self.flows.wait()
                writer.write(data)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def wire(to: int) -> AsyncIterator[Wire]:
    """A port on loopback that leads to another one."""
    made = Wire(0)
    made.flows.set()

    async def passes_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection(HOST, to)
        await asyncio.gather(made.carry(reader, there[1]), made.carry(there[0], writer))

    server = await asyncio.start_server(passes_on, HOST, 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        made.flows.set()
        server.close()
