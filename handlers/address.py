"""The street address of a point, from Nominatim through geopy; a failure costs the address and nothing else."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from geopy.geocoders import Nominatim

from bot.core.geo import Point

log = logging.getLogger(__name__)
TIMEOUT_S = 3
LONGEST = 200


def locator(url: str) -> Callable[[Point, str], Awaitable[str]]:
    """A function that asks the Nominatim server at `url`, at most one request at a time."""
    parts = urlsplit(url)
    domain = parts.netloc + parts.path
    server = Nominatim(user_agent="citizen-eye", scheme=parts.scheme, domain=domain, timeout=TIMEOUT_S)
    turn = asyncio.Semaphore(1)

    async def locate(point: Point, language: str) -> str:
        try:
            async with asyncio.timeout(TIMEOUT_S + 1), turn:  # waiting for one's turn counts as well
                found = await asyncio.to_thread(server.reverse, (point.lat, point.lon), language=language)
            return _street(found)
        except Exception as error:  # a server may answer anything, and geopy raises whatever comes of it
            log.warning("no address: %s", type(error).__name__)
            return ""

    return locate


def _street(found: object) -> str:
    address = getattr(found, "address", None)
    return address[:LONGEST] if isinstance(address, str) else ""
