"""A made-up country, always the same: two thousand towns within the outline of India, each with cameras around it."""

from functools import cache
from typing import NamedTuple

import numpy as np
import shapely

from bench.city import CAMERAS, FIRST_ID, SECOND
from bot.core.casework.near import Column

# longitude and latitude; roughly, as nobody looks for its borders here
OUTLINE = (
    *((68.5, 23.5), (72.6, 20.5), (74.5, 15.0), (77.3, 8.2), (80.1, 13.0), (82.2, 16.6), (87.0, 21.4), (91.5, 22.9)),
    *((95.5, 27.5), (88.5, 26.8), (80.8, 28.6), (78.6, 31.2), (75.5, 33.2), (74.6, 30.9), (70.5, 27.0)),
)
TOWNS = 2000
CHUNK = 100_000  # places that are made at once


class Places(NamedTuple):
    """Places in columns."""

    ids: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    lats: Column
    lons: Column
    cameras: "np.ndarray[tuple[int], np.dtype[np.int64]]"


class Towns(NamedTuple):
    """Where they are, how far they reach in kilometres, and which share of all places each of them has."""

    lats: Column
    lons: Column
    reach_km: Column
    shares: Column


@cache
def towns() -> Towns:
    chance = np.random.default_rng(1947)
    area = shapely.Polygon(OUTLINE)
    west, south, east, north = area.bounds
    lons, lats = chance.uniform(west, east, 4 * TOWNS), chance.uniform(south, north, 4 * TOWNS)
    inside = shapely.contains_xy(area, lons, lats)
    weights = 1 / (np.arange(TOWNS) + 5.0)  # a few are large, most are small
    reach_km = 1.5 + 12 * np.sqrt(weights / weights[0])
    return Towns(lats[inside][:TOWNS], lons[inside][:TOWNS], reach_km, weights / weights.sum())


def chunk(number: int, many: int = CHUNK) -> Places:
    """The places of one chunk: the same ones whoever asks, so that several processes can make the country together."""
    chance, all_towns = np.random.default_rng([1950, number]), towns()
    town = chance.choice(TOWNS, many, p=all_towns.shares)
    north_km, east_km = chance.normal(0, 1, (2, many)) * all_towns.reach_km[town] / 2
    lats = all_towns.lats[town] + north_km / 111.0
    lons = all_towns.lons[town] + east_km / (111.0 * np.cos(np.radians(lats)))
    ids = FIRST_ID + (np.arange(many, dtype=np.int64) + number * CHUNK) * SECOND
    return Places(ids, lats.round(7), lons.round(7), chance.choice(CAMERAS, many))


def chunks(size: int) -> list[tuple[int, int]]:
    """Of a country of so many places: the number of each chunk, and how many places it has."""
    return [(n, min(CHUNK, size - n * CHUNK)) for n in range(-(-size // CHUNK))]


def places(size: int) -> Places:
    """All of them."""
    parts = [chunk(number, many) for number, many in chunks(size)]
    return Places(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
