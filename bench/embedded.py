"""The peers that live in a file: SQLite's R*Tree in this process, and SpatiaLite in the system's own Python."""

import csv
import json
import math
import sqlite3
import subprocess
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import IO, cast

from bench.city import Place
from bench.contenders import Answer, Row
from bench.servers import NotInstalledError
from bot.core.casework.near import Circle
from bot.core.geo import WGS84

_PYTHON = "/usr/bin/python3"  # many Pythons are built without loadable extensions; the system's has them
_CHILD = Path(__file__).parent / "spatialite_child.py"
_ASK_RTREE = "SELECT id, lat, lon, cameras FROM box WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?"


def frame(circle: Circle) -> tuple[float, float, float, float]:
    """South, north, west and east of a box around the circle, a little larger; for the latitudes of a city."""
    high = circle.radius_m / 110_000
    wide = circle.radius_m / (110_000 * math.cos(math.radians(circle.centre.lat)))
    return circle.centre.lat - high, circle.centre.lat + high, circle.centre.lon - wide, circle.centre.lon + wide


def by_distance(circle: Circle, places: Iterable[tuple[int, float, float, int]]) -> list[Row]:
    """The places within the circle, measured exactly, nearest first: brute force when all are given."""
    ids, lats, lons, cameras = zip(*places, strict=True)
    many = len(ids)
    from_lons, from_lats = array("d", [circle.centre.lon]) * many, array("d", [circle.centre.lat]) * many
    metres = WGS84.inv(from_lons, from_lats, array("d", lons), array("d", lats))[2]
    limit = circle.radius_m + 1e-6
    found = sorted((far, *row) for far, *row in zip(metres, ids, lats, lons, cameras, strict=True) if far <= limit)
    return [(key, lat, lon, some, far) for far, key, lat, lon, some in found]


class RTree:
    """A box search in SQLite's R*Tree, then the exact distance for each candidate."""

    name, note = "SQLite R*Tree", "plaintext"

    def __init__(self, path: Path, places: Sequence[Place]) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA cache_size=-65536")
        self.connection.execute("PRAGMA journal_mode=WAL")
        columns = "id, south, north, west, east, +lat REAL, +lon REAL, +cameras INTEGER"
        self.connection.execute(f"CREATE VIRTUAL TABLE box USING rtree({columns})")
        self.connection.execute("BEGIN")
        rows = ((one.id, one.lat, one.lat, one.lon, one.lon, one.lat, one.lon, one.cameras) for one in places)
        self.connection.executemany("INSERT INTO box VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self.connection.execute("COMMIT")

    def ask(self, circle: Circle) -> Answer:
        begun = perf_counter()
        south, north, west, east = frame(circle)
        candidates = self.connection.execute(_ASK_RTREE, (south, north, west, east)).fetchall()
        rows = by_distance(circle, candidates) if candidates else []
        return Answer(perf_counter() - begun, rows)

    def close(self) -> None:
        self.connection.close()


class SpatiaLite:
    """Its spatial index and the distance on the ellipsoid; the child takes its own time, so the pipe costs nothing."""

    name, note = "SpatiaLite", "plaintext"

    def __init__(self, folder: Path, places: Sequence[Place]) -> None:
        source, database = folder / "places.csv", folder / "spatialite.db"
        with source.open("w", newline="") as file:
            csv.writer(file).writerows(places)
        words = [_PYTHON, str(_CHILD), str(source), str(database)]
        if not Path(_PYTHON).exists():
            raise NotInstalledError("SpatiaLite (libsqlite3-mod-spatialite)")
        self.child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words
        self.pipe, self.replies = cast(IO[str], self.child.stdin), cast(IO[str], self.child.stdout)
        if self._line() != "ready":
            self.close()
            raise NotInstalledError("SpatiaLite (libsqlite3-mod-spatialite)")
        source.unlink()

    def ask(self, circle: Circle) -> Answer:
        asked = [circle.centre.lat, circle.centre.lon, circle.radius_m, *frame(circle)]
        self.pipe.write(json.dumps(asked) + "\n")
        self.pipe.flush()
        seconds, rows = json.loads(self._line())
        return Answer(seconds, rows)

    def close(self) -> None:
        self.pipe.close()
        self.child.wait(timeout=30)
        self.replies.close()

    def _line(self) -> str:
        return self.replies.readline().strip()
