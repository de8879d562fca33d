"""Map tiles from a server: within a time limit and from memory where they were had before; else the grid stands in."""

import asyncio
import logging
import time
from collections import OrderedDict
from types import TracebackType
from typing import Self

import httpx

from handlers.pictures.ground import BARE, Ground, Tile, tiles_under
from handlers.pictures.mercator import Frame

log = logging.getLogger(__name__)
PATIENCE_S = 2.5  # for all tiles of a picture together
REST_S = 60.0  # a server that was too slow is not asked again for so long: nobody waits for it twice
LARGEST = 512 * 1024  # bytes of a tile
WIDEST = 1024  # pixels
CACHE = 24 * 1024 * 1024  # bytes of tiles kept in memory
AT_ONCE = 6
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


class Tiles:
    """The tiles at `url`, in which {z}, {x} and {y} are filled in. To be entered, so that it can be closed."""

    def __init__(self, url: str, credit: str) -> None:
        self._url, self._credit = url, credit
        self._client = httpx.AsyncClient(timeout=PATIENCE_S, headers={"User-Agent": "citizen-eye"})
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._kept: OrderedDict[Tile, bytes] = OrderedDict()
        self._bytes = 0
        self._rests_until = 0.0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def under(self, frame: Frame) -> Ground:
        """All tiles of a frame, or none: half a map would mislead. Never raises."""
        if time.monotonic() < self._rests_until:
            return BARE
        wanted = tiles_under(frame)
        asked = [asyncio.create_task(self._tile(tile)) for tile in wanted]
        done, late = await asyncio.wait(asked, timeout=PATIENCE_S)
        if late:
            self._rests_until = time.monotonic() + REST_S
        for task in late:
            task.cancel()
        had = {tile: task.result() for tile, task in zip(wanted, asked, strict=True) if task in done}
        if late or not all(had.values()):
            log.warning("a map is drawn without tiles: %s of %s came", sum(map(bool, had.values())), len(wanted))
            return BARE
        return Ground(had, self._credit)

    async def _tile(self, tile: Tile) -> bytes:
        """Empty where it cannot be had."""
        if tile in self._kept:
            self._kept.move_to_end(tile)
            return self._kept[tile]
        try:
            async with self._turn:
                picture = await self._fetched(tile)
        except httpx.HTTPError as error:
            log.debug("no tile: %s", type(error).__name__)
            return b""
        if picture:
            self._keep(tile, picture)
        return picture

    async def _fetched(self, tile: Tile) -> bytes:
        url = self._url.format(z=tile.z, x=tile.x, y=tile.y)
        async with self._client.stream("GET", url) as answer:
            if answer.status_code != httpx.codes.OK:
                return b""
            picture = b""
            async for part in answer.aiter_bytes():
                picture += part
                if len(picture) > LARGEST:
                    return b""
        return picture if _is_tile(picture) else b""

    def _keep(self, tile: Tile, picture: bytes) -> None:
        self._bytes += len(picture) - len(self._kept.pop(tile, b""))
        self._kept[tile] = picture
        while self._bytes > CACHE:
            self._bytes -= len(self._kept.popitem(last=False)[1])


def _is_tile(picture: bytes) -> bool:
    """A JPEG, or a PNG of a tile's size: not one that unpacks to fill the memory."""
    if picture.startswith(_PNG):
        sides = int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
        return len(picture) > 24 and min(sides) > 0 and max(sides) <= WIDEST
    return picture.startswith(_JPEG)
