"""Where pictures and files are made when their message is sent: beside the event loop, a few at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from bot.core.casework.casefile import CaseFile
from bot.core.files import Document, File, Print
from bot.core.picture import Bars, Cells, Funnel, MapPicture, Paper, Picture, Poster, Slip
from bot.words import in_lines
from handlers.casework.casefiles import making
from handlers.pictures import charts, hexagons, maps, papers, posters, slips
from handlers.pictures.ground import BARE, Ground
from handlers.pictures.tiles import Tiles
from handlers.pictures.typeset import Kind

Make = Callable[[Picture | File, str], Awaitable[bytes]]
PATIENCE_S = 30.0  # for what waits its turn as well
_POOL = ThreadPoolExecutor(max_workers=2, thread_name_prefix="studio")


async def made(thing: Picture | File, language: str, ground: Ground = BARE) -> bytes:
    """The bytes of a picture (PNG) or of a file. Raises whatever its maker raises, and TimeoutError."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(PATIENCE_S):
        return await loop.run_in_executor(_POOL, make, thing, language, ground)


def made_on(tiles: Tiles) -> Make:
    """The same, with maps on tiles wherever they can be had in time."""

    async def made_with_tiles(thing: Picture | File, language: str) -> bytes:
        picture = thing.picture if isinstance(thing, Print) else thing
        ground = await tiles.under(maps.frame_of(picture)) if isinstance(picture, MapPicture) else BARE
        return await made(thing, language, ground)

    return made_with_tiles


def make(thing: Picture | File, language: str, ground: Ground = BARE) -> bytes:
    """Picture or file at once, in this thread."""
    match thing:
        case Document(lines=lines):
            return in_lines(lines, language).encode("utf-8-sig")  # Windows asks for the mark
        case CaseFile():
            return making.made(thing, language)
        case Print(name, picture):
            return drawn(picture, language, "pdf" if name.endswith(".pdf") else "png", ground)
        case _:
            return drawn(thing, language, "png", ground)


def drawn(picture: Picture, language: str, kind: Kind, ground: Ground = BARE) -> bytes:
    """A picture as PNG or PDF."""
    match picture:
        case Paper():
            return papers.drawn(picture, language)
        case Bars():
            return charts.bars(picture, language, kind)
        case Cells():
            return hexagons.cells(picture, language, kind)
        case MapPicture():
            return maps.drawn(picture, language, kind, ground)
        case Funnel():
            return charts.funnel(picture, language, kind)
        case Poster():
            return posters.drawn(picture, kind)
        case Slip():
            return slips.drawn(picture, kind)
