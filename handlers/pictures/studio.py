"""Where pictures and files are made when their message is sent: beside the event loop, a few at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from bot.core.files import Document, File, Print
from bot.core.picture import Bars, Cells, Picture
from bot.words import words
from handlers.pictures import charts, hexagons
from handlers.pictures.typeset import Kind

Make = Callable[[Picture | File, str], Awaitable[bytes]]
PATIENCE_S = 30.0  # for what waits its turn as well
_POOL = ThreadPoolExecutor(max_workers=2, thread_name_prefix="studio")


async def made(thing: Picture | File, language: str) -> bytes:
    """The bytes of a picture (PNG) or of a file. Raises whatever its maker raises, and TimeoutError."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(PATIENCE_S):
        return await loop.run_in_executor(_POOL, make, thing, language)


def make(thing: Picture | File, language: str) -> bytes:
    """The same at once, in this thread."""
    match thing:
        case Document(lines=lines):
            return "\n".join(words(line, language) for line in lines).encode("utf-8-sig")  # Windows asks for the mark
        case Print(name, picture):
            return drawn(picture, language, "pdf" if name.endswith(".pdf") else "png")
        case _:
            return drawn(thing, language, "png")


def drawn(picture: Picture, language: str, kind: Kind) -> bytes:
    """A picture as PNG or PDF."""
    match picture:
        case Bars():
            return charts.bars(picture, language, kind)
        case Cells():
            return hexagons.cells(picture, language, kind)
