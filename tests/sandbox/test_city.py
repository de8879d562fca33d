"""The drawn city: every place lies on the map, and Rajwada where it is."""

from itertools import chain

from sandbox.city import BOUNDS, LANDMARKS, ROADS, WATER, as_json


def test_landmarks_roads_and_water_lie_within_the_bounds() -> None:
    places = [(mark.lat, mark.lon) for mark in LANDMARKS]

    for lat, lon in chain(places, *ROADS, *WATER):
        assert BOUNDS["south"] <= lat <= BOUNDS["north"]
        assert BOUNDS["west"] <= lon <= BOUNDS["east"]


def test_every_landmark_has_a_name_in_both_languages_and_only_one_place() -> None:
    assert all(mark.name and mark.hindi for mark in LANDMARKS)
    assert len({mark.name for mark in LANDMARKS}) == len({mark.hindi for mark in LANDMARKS}) == len(LANDMARKS)
    assert len({(mark.lat, mark.lon) for mark in LANDMARKS}) == len(LANDMARKS)


def test_the_page_reads_landmarks_by_name() -> None:
    rajwada = next(mark for mark in as_json()["landmarks"] if mark["name"] == "Rajwada")

    assert rajwada == {"name": "Rajwada", "hindi": "राजवाड़ा", "lat": 22.7185, "lon": 75.8550}
