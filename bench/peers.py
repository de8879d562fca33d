"""The peers that live in a server: PostGIS and Redis, plaintext, each with the index its manual recommends."""

import socket
from collections.abc import Callable, Iterable, Sequence
from time import perf_counter

import psycopg

from bench.city import Place
from bench.contenders import Answer
from bench.servers import NotInstalledError
from bot.core.casework.near import Circle

_BATCH = 1000
_ID = 20  # characters of a member that are the id; the cameras follow
_ASK_POSTGIS = """
SELECT id, lat, lon, cameras, ST_Distance(geog, asked.at) AS metres
FROM place, (SELECT ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography AS at) AS asked
WHERE ST_DWithin(geog, asked.at, %s)
ORDER BY metres, id
"""


_PLACE = """
CREATE TABLE place (id bigint, lat float8, lon float8, cameras int, geog geography(Point, 4326)
    GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography) STORED)
"""
_INDEXES = (
    "CREATE INDEX place_geog ON place USING gist (geog)",
    "ALTER TABLE place ADD PRIMARY KEY (id)",
    "VACUUM ANALYZE place",
)


def hand_over(url: str, places: Iterable[tuple[int, float, float, int]]) -> None:
    """Places for PostGIS: several processes may bring some each."""
    words = "COPY place (id, lat, lon, cameras) FROM STDIN (FORMAT BINARY)"
    with psycopg.connect(url) as connection, connection.cursor().copy(words) as copy:
        copy.set_types(["int8", "float8", "float8", "int4"])
        for place in places:
            copy.write_row(place)


class PostGis:
    """`ST_DWithin` on geography with a GiST index, analysed; a prepared statement, rows in binary."""

    name, note = "PostGIS ST_DWithin(geography)", "plaintext"

    def __init__(self, url: str, load: Callable[[str], object]) -> None:
        """`load` hands over the places, to a database of this URL. Raises NotInstalledError."""
        self.connection = psycopg.connect(url, autocommit=True)
        run = self.connection.execute
        try:
            run("CREATE EXTENSION IF NOT EXISTS postgis")
        except psycopg.errors.FeatureNotSupported:
            self.close()
            raise NotInstalledError("PostGIS (postgresql-15-postgis-3)") from None
        run(_PLACE)
        begun = perf_counter()
        load(url)
        loaded = perf_counter()
        for statement in _INDEXES:
            run(statement)
        self.loaded, self.indexed = loaded - begun, perf_counter() - loaded  # seconds
        self.cursor = self.connection.cursor(binary=True)

    def size(self) -> int:
        """Bytes of the places and their indexes."""
        [found] = self.connection.execute("SELECT pg_total_relation_size('place')").fetchall()
        return int(found[0])

    def ask(self, circle: Circle) -> Answer:
        asked = (circle.centre.lon, circle.centre.lat, circle.radius_m)
        begun = perf_counter()
        rows = self.cursor.execute(_ASK_POSTGIS, asked, prepare=True).fetchall()
        return Answer(perf_counter() - begun, rows)

    def close(self) -> None:
        self.connection.close()


class Redis:
    """GEOSEARCH with distances and positions; the cameras travel in the member's name, so nothing is asked twice."""

    name, note = "Redis GEOSEARCH", "plaintext, in memory"

    def __init__(self, port: int, places: Sequence[Place]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.replies = self.socket.makefile("rb")
        self._send(b"FLUSHALL")
        self.replies.readline()
        for start in range(0, len(places), _BATCH):
            batch = places[start : start + _BATCH]
            words = [word for one in batch for word in (one.lon, one.lat, f"{one.id:<{_ID}}{one.cameras}")]
            self._send(b"GEOADD", b"place", *(str(word).encode() for word in words))
            self.replies.readline()

    def ask(self, circle: Circle) -> Answer:
        place = (repr(circle.centre.lon).encode(), repr(circle.centre.lat).encode())
        begun = perf_counter()
        by = (b"BYRADIUS", repr(circle.radius_m).encode(), b"m", b"ASC", b"WITHDIST", b"WITHCOORD")
        self._send(b"GEOSEARCH", b"place", b"FROMLONLAT", *place, *by)
        many = int(self.replies.readline()[1:])
        lines = [self.replies.readline() for _ in range(many * 10)]  # 3 parts, the last of 2; each with its length
        rows = [
            (int(name[:_ID]), float(lat), float(lon), int(name[_ID:]), float(far))
            for name, far, lon, lat in zip(lines[2::10], lines[4::10], lines[7::10], lines[9::10], strict=True)
        ]
        return Answer(perf_counter() - begun, rows)

    def close(self) -> None:
        self.replies.close()
        self.socket.close()

    def _send(self, *words: bytes) -> None:
        self.socket.sendall(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%b\r\n" % (len(word), word) for word in words))
