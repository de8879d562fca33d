"""The proxy before several workers: passes connections on to whoever listens, the next one where one does not."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

HOST = "127.0.0.1"


@asynccontextmanager
async def front_door(port: int, workers: Sequence[int]) -> AsyncIterator[None]:
    """Listen on `port`, and take the workers' ports in turn."""
    turns = itertools.count()

    async def passes_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = next(turns)
        for n in range(len(workers)):
            with suppress(OSError):
                there = await asyncio.open_connection(HOST, workers[(first + n) % len(workers)])
                await asyncio.gather(carry(reader, there[1]), carry(there[0], writer))
                return
        writer.close()  # nobody listens: as a proxy that answers nothing

    server = await asyncio.start_server(passes_on, HOST, port)
    try:
        yield
    finally:
        server.close()


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Bytes from one side to the other, until either ends."""
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
