"""`citizen-eye import stations` as its keeper meets it: repeatable, and a sentence for every file that is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import Ended, Nursery

pytestmark = pytest.mark.xdist_group("commands")
SQUARE = [[75.8, 22.7], [75.9, 22.7], [75.9, 22.8], [75.8, 22.8], [75.8, 22.7]]


def polygon(ring: list[list[float]], **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def points(many: int) -> dict[str, Any]:
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [75.8, 22.7]}}
    return {"type": "FeatureCollection", "features": [point] * many}


def collection(*features: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def imports(nursery: Nursery, folder: Path, content: bytes | object, *options: str) -> Ended:
    file = folder / "thana.geojson"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return nursery.run(folder, "import", "stations", str(file), *options)


@pytest.fixture
def town(tmp_path: Path, nursery: Nursery) -> Path:
    assert nursery.run(tmp_path, "migrate").code == 0
    return tmp_path


def test_outlines_are_taken_over_and_a_second_time_nothing_changes(town: Path, nursery: Nursery) -> None:
    bow_tie = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    file = collection(polygon(SQUARE, PS_NAME="पलासिया"), polygon(bow_tie, PS_NAME="Sarafa"))

    first, second = imports(nursery, town, file), imports(nursery, town, file)

    assert (first.code, second.code) == (0, 0), first.errors + second.errors
    assert "2  new: Sarafa, पलासिया" in first.output
    assert "1  mended" in first.output
    assert "2  as before: Sarafa, पलासिया" in second.output
    assert "new" not in second.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (points(3), "only points or lines"),
        (collection(), "holds no shapes"),
        (b"", "not JSON"),
        (b'{"type": "FeatureColl', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"PK\x03\x04\xff\xfe\xff", "not text in UTF-8"),
        (collection(polygon(SQUARE)), "Shape 1 of the file has no name"),
        (collection(polygon([[x * 1e4, y * 1e5] for x, y in SQUARE], name="A")), "EPSG:4326"),
        (collection(polygon([[y, x] for x, y in SQUARE], name="A")), "changed places"),
        (collection(polygon([[x + 5, y] for x, y in SQUARE], name="A")), "None of them is near Indore"),
        (collection(polygon(SQUARE, name="A"), polygon(SQUARE[:1] * 4, name="Rau")), "“Rau” cannot be mended"),
        (b" " * 50_000_000, "50 MB; at most 20 MB"),
    ],
)
def test_a_file_that_holds_no_outlines_gets_a_sentence_and_changes_nothing(
    town: Path, nursery: Nursery, content: bytes | object, said: str
) -> None:
    known = imports(nursery, town, collection(polygon(SQUARE, name="Palasia")))

    ended = imports(nursery, town, content)

    assert known.code == 0
    assert ended.code == 1
    assert said in ended.errors
    assert ended.errors.rstrip().endswith("Nothing was changed.")
    assert "Traceback" not in ended.errors
    again = imports(nursery, town, collection(polygon(SQUARE, name="Palasia")))
    assert "1  as before: Palasia" in again.output
    assert "not in the file" not in again.output


def test_a_station_that_is_not_in_the_file_stays_unless_the_keeper_says_otherwise(town: Path, nursery: Nursery) -> None:
    imports(nursery, town, collection(polygon(SQUARE, name="Palasia")))
    other = collection(polygon([[x + 0.1, y] for x, y in SQUARE], name="Sarafa"))

    kept, removed = imports(nursery, town, other), imports(nursery, town, other, "--remove-others")

    assert "(kept): Palasia" in kept.output
    assert "1  removed: Palasia" in removed.output


def test_utf_16_is_read_as_well(town: Path, nursery: Nursery) -> None:
    content = json.dumps(collection(polygon(SQUARE, थाना="पलासिया")), ensure_ascii=False).encode("utf-16")

    assert "1  new: पलासिया" in imports(nursery, town, content).output
