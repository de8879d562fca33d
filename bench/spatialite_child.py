"""SpatiaLite, asked over a pipe: runs in the system's Python and needs nothing but its standard library."""

import csv
import json
import sqlite3
import sys
from time import perf_counter

ASK = """
SELECT place.id, place.lat, place.lon, place.cameras, ST_Distance(place.at, MakePoint(:lon, :lat, 4326), 1) AS metres
FROM idx_place_at AS box CROSS JOIN place ON place.id = box.pkid
WHERE box.ymax >= :south AND box.ymin <= :north AND box.xmax >= :west AND box.xmin <= :east AND metres <= :radius
ORDER BY metres, place.id
"""
NAMES = ("lat", "lon", "radius", "south", "north", "west", "east")


def build(source: str, database: str) -> sqlite3.Connection:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.enable_load_extension(True)
    connection.load_extension("mod_spatialite")
    run = connection.execute
    run("PRAGMA journal_mode=WAL")
    run("PRAGMA cache_size=-65536")
    run("SELECT InitSpatialMetadata(1)")
    run("CREATE TABLE place (id INTEGER PRIMARY KEY, lat REAL, lon REAL, cameras INTEGER)")
    run("SELECT AddGeometryColumn('place', 'at', 4326, 'POINT', 'XY')")
    run("BEGIN")
    with open(source, newline="") as file:  # noqa: PTH123 - a name handed over, once
        rows = (
            (int(key), float(lat), float(lon), int(cameras), float(lon), float(lat))
            for key, lat, lon, cameras in csv.reader(file)
        )
        connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, MakePoint(?, ?, 4326))", rows)
    run("COMMIT")
    run("SELECT CreateSpatialIndex('place', 'at')")
    return connection


def serve(connection: sqlite3.Connection) -> None:
    for line in sys.stdin:
        asked = dict(zip(NAMES, json.loads(line)))  # noqa: B905 - older Pythons know no strict
        begun = perf_counter()
        rows = connection.execute(ASK, asked).fetchall()
        seconds = perf_counter() - begun
        say(json.dumps([seconds, rows]))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        opened = build(*sys.argv[1:3])
    except (sqlite3.Error, AttributeError):
        say("missing")
    else:
        say("ready")
        serve(opened)
