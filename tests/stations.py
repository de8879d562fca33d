"""Two stations to test with: Sarafa in the west, where Rajwada lies, and Palasia in the east."""

import shapely

from bot.core.station.outlines import Outline
from storage.station import rehoming, stations
from tests.town import Register

BORDER = 75.87  # degrees of longitude
OUTLINES = (
    Outline("Sarafa", shapely.box(75.8, 22.6, BORDER, 22.8)),
    Outline("Palasia", shapely.box(BORDER, 22.6, 75.95, 22.8)),
)


def drawn(register: Register) -> None:
    """Their outlines are imported."""
    register.store.run(lambda tx: (stations.put(tx, OUTLINES, register.now), rehoming.rehome(tx, lambda _: None)))
