"""A whole country on one PostgreSQL: what a search reads, sealed by two processes, searched beside PostGIS."""

import shutil
import struct
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
from multiprocessing import get_context
from random import Random
from statistics import median
from time import perf_counter

import psutil
import psycopg

from bench import country, register
from bench.contenders import Ours
from bench.country import Places
from bench.peers import PostGis, hand_over
from bench.rounds import Ask, Times, take_turns
from bench.section import Goal, Section, Table
from bench.servers import NotInstalledError
from bench.stage import KEY, Bench
from bench.truth import Tally, everything, nearest_ten
from bot.core.casework.near import Circle
from bot.core.cover import cell_of
from bot.core.geo import Point
from storage import schema
from storage.engine import Store, open_engine
from storage.keycheck import key_fits
from storage.seal import Seal

TITLE, PROCESSES = "A nation", 2
MEMORY, MEMORY_A_PLACE = 2 << 30, 150  # bytes that must be free, and so many more for each place
DISK, DISK_A_PLACE = 4 << 30, 600
CONSTRAINTS = """
SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = 'spot'::regclass AND contype IN ('p', 'u', 'f')
"""
_POINT = struct.Struct(">dd")
ABOUT = (
    "{size:,} places in two thousand made-up towns within the outline of India, on PostgreSQL. Only the table that a"
    " search reads is filled (each position sealed, under the token of its cell); people and entries, as large for each"
    " entry as in the city above, are left out. Entries say who sees the road: here nobody's camera is known to, so"
    " that the first page is the nearest ten. {processes} processes seal and load; then the indexes are built. In the"
    " same server, set as for the search above, PostGIS has the same places in plaintext, loaded by as many processes."
    " {searches} searches for each radius, around places that are in the register; everyone answers in turns, and"
    " every answer is compared with brute force."
)
LEFT_OUT = "Left out: {size:,} places need {needed} GB of free {what}, and there are {free}."
BUILT = ("", "loaded, s", "indexes, s", "bytes a place")
ALL, PAGE, PEER = "all rows", "first page", "PostGIS"


def measure(bench: Bench) -> Section:
    size = bench.settings.nation
    if short := short_of(size):
        bench.say(f"nation: {short}")
        return Section(TITLE, (short,))
    try:
        url = bench.fresh_database("nation")
    except NotInstalledError as missing:
        return Section(TITLE, (f"Left out, for want of {missing}.",))
    store = Store(open_engine(url), Seal([KEY]))
    bench.stack.callback(store.close)
    built = [_built("Citizen-Eye, sealed", *_build(store, url, size), register.size(store) / size)]
    bench.say(f"nation: {size:,} places sealed")
    asks: dict[str, Ask] = {ALL: (ours := Ours("all", store)).ask, PAGE: ours.ask_page}
    if peer := _beside(bench, size):
        built.append(_built(peer.name, peer.loaded, peer.indexed, peer.size() / size))
        asks[PEER] = peer.ask
        bench.say("nation: PostGIS has them as well")
    table, goal = _searched(asks, country.places(size), bench)
    about = ABOUT.format(size=size, processes=PROCESSES, searches=bench.settings.centres)
    return Section(TITLE, (about, Table(BUILT, tuple(built)), table), (goal,))


def _built(name: str, loaded: float, indexed: float, bytes_a_place: float) -> tuple[str, ...]:
    return name, f"{loaded:,.0f}", f"{indexed:,.0f}", f"{bytes_a_place:,.0f}"


def _beside(bench: Bench, size: int) -> PostGis | None:
    """The same places in PostGIS, where that is installed."""
    try:
        peer = PostGis(bench.fresh_database("nation_postgis"), lambda url: _by_all(partial(_hand_over, url), size))
    except NotInstalledError as missing:
        bench.left_out[str(missing)] = None
        return None
    return bench.stack.enter_context(closing(peer))


def short_of(size: int) -> str:
    """What there is too little of, in a line; empty where there is enough."""
    there = {
        "memory": (psutil.virtual_memory().available, MEMORY + size * MEMORY_A_PLACE),
        "disk": (shutil.disk_usage(tempfile.gettempdir()).free, DISK + size * DISK_A_PLACE),
    }
    for what, (free, needed) in there.items():
        if free < needed:
            return LEFT_OUT.format(size=size, what=what, needed=-(-needed >> 30), free=free >> 30)
    return ""


def _build(store: Store, url: str, size: int) -> tuple[float, float]:
    """Seconds to seal and load the places, and to build the indexes."""
    schema.migrate(store.engine)
    store.run(key_fits)
    with psycopg.connect(url, autocommit=True) as connection:
        later = _put_off_indexes(connection)
        begun = perf_counter()
        _by_all(partial(_load, url), size)
        loaded = perf_counter()
        for statement in later:
            connection.execute(statement)
    register.settle(store)
    return loaded - begun, perf_counter() - loaded


def _by_all(load: Callable[[int, int], None], size: int) -> None:
    """Each process makes chunks of the country, and hands them over."""
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        list(pool.map(load, *zip(*country.chunks(size), strict=True)))


def _put_off_indexes(connection: psycopg.Connection) -> list[str]:
    """With so many rows indexes are built at the end, at once: how. What ties spots to entries is left off."""
    constraints = connection.execute(CONSTRAINTS).fetchall()
    for name, *_ in constraints:
        connection.execute(f'ALTER TABLE spot DROP CONSTRAINT "{name}"')
    indexes = connection.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'spot'").fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    keys = [f'ALTER TABLE spot ADD CONSTRAINT "{name}" {words}' for name, kind, words in constraints if kind != "f"]
    return [*keys, *(words for _, words in indexes)]


def _load(url: str, number: int, many: int) -> None:
    """In a process of its own: make a chunk of places, seal each, and hand them to the database."""
    seal, places = Seal([KEY]), country.chunk(number, many)
    points = [Point(*pair) for pair in zip(places.lats.tolist(), places.lons.tolist(), strict=True)]
    tokens = seal.cell_tokens([cell_of(point) for point in points])
    rows = zip(tokens, places.ids.tolist(), places.cameras.tolist(), points, strict=True)
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        words = "COPY spot (cell_token, registration_id, cameras, point_sealed) FROM STDIN (FORMAT BINARY)"
        with cursor.copy(words) as copy:
            copy.set_types(["int8", "int8", "int4", "bytea"])
            for token, key, cameras, point in rows:
                copy.write_row((token, key, cameras, seal.close("spot", key, _POINT.pack(point.lat, point.lon))))


def _hand_over(url: str, number: int, many: int) -> None:
    """In a process of its own as well: the same chunk, in plaintext."""
    hand_over(url, zip(*(column.tolist() for column in country.chunk(number, many)), strict=True))


def _searched(asks: dict[str, Ask], places: Places, bench: Bench) -> tuple[Table, Goal]:
    chance = Random(3)  # noqa: S311 - made-up places, the same in every run
    around = chance.sample(range(len(places.ids)), min(bench.settings.centres, len(places.ids)))
    centres = [Point(float(places.lats[n]), float(places.lons[n])) for n in around]
    compared = (ALL, PAGE) if PEER in asks else ()
    rows, wrong = [], 0
    for radius in bench.settings.radii:
        check = Tally([Circle(centre, radius) for centre in centres], places, {ALL: everything, PAGE: nearest_ten})
        times = take_turns(asks, check.circles, check.look)
        ratios = (f"{times[ours].p50 / times[PEER].p50:.2f}" for ours in compared)
        counted = (str(check.wrong[name]) for name in asks)
        rows.append((f"{radius:,.0f} m", f"{median(check.rows):,.0f}", *map(_ms, times.values()), *ratios, *counted))
        wrong += check.wrong[ALL] + check.wrong[PAGE]
        bench.say(f"nation: {radius:,.0f} m")
    of_peer = (f"{ours}, of {PEER}" for ours in compared)
    headings = ("within", "rows", *(f"{name}, ms" for name in asks), *of_peer, *(f"wrong: {name}" for name in asks))
    return Table(headings, tuple(rows)), Goal("wrong answers in the nation", wrong, 0)


def _ms(times: Times) -> str:
    return f"{times.p50:.2f} ({times.p95:.2f})"
