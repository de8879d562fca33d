"""What a search finds: all rows and every page, the same as brute force, on both databases."""

from collections.abc import Iterator, Sequence
from random import Random

import pytest
from sqlalchemy import update
from sqlmodel import Session, col

from bot.core.casework.near import Circle
from bot.core.cover import cell_of
from bot.core.geo import Point, metres
from storage import schema, spots
from storage.engine import Store, open_engine
from storage.seal import Boxes, CannotOpenError, Seal
from storage.tables.register import Spot
from tests.core import globe
from tests.postgres import Cluster

pytestmark = pytest.mark.xdist_group("spots")
RAJWADA = Point(22.7196, 75.8577)
OLD, NEW = bytes(32), bytes(range(32))
Places = dict[int, tuple[Point, int]]  # id: where, and how many cameras


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An empty register that every test leaves empty."""
    if request.param == "sqlite":
        yield from _opened(f"sqlite:///{tmp_path_factory.mktemp('spots') / 'spots.db'}")
    else:
        postgres: Cluster = request.getfixturevalue("postgres")
        url = postgres.fresh()
        yield from _opened(url)
        postgres.drop(url)


def _opened(url: str) -> Iterator[Store]:
    engine = open_engine(url)
    schema.migrate(engine)
    store = Store(engine, Seal([NEW]))
    yield store
    store.close()


@pytest.fixture
def tx(register: Store) -> Iterator[Session]:
    """A transaction that is never kept."""
    with Session(register.engine, info={"seal": register.seal}) as tx:
        yield tx
        tx.rollback()


def crowd(around: Circle, chance: Random) -> Places:
    """Within and beyond the circle and on its rim; some share one position, so that only their ids order them."""
    shares = [chance.uniform(0, 1.3) ** 0.7 for _ in range(chance.randrange(45))] + [1.0, 1.0, 0.0]
    points = [globe.place(around, chance.uniform(-180, 180), share) for share in shares]
    points += chance.choices(points, k=12)
    ids = chance.sample(range(1, 2**62), len(points))
    return {key: (point, chance.randint(1, 40)) for key, point in zip(ids, points, strict=True)}


def settle(tx: Session, places: Places) -> None:
    for key, (point, cameras) in places.items():
        spots.put(tx, key, point, cameras)


def by_brute_force(circle: Circle, places: Places) -> list[tuple[float, int, int]]:
    """Metres, id and cameras of all places in the circle, measured one by one."""
    far = sorted((metres(circle.centre, point), key, cameras) for key, (point, cameras) in places.items())
    return [one for one in far if one[0] <= circle.radius_m + 1e-6]


def brief(seen: Sequence[spots.Seen]) -> list[tuple[float, int, int]]:
    return [(one.metres, one.id, one.cameras) for one in seen]


@pytest.mark.parametrize("seed", range(40))
def test_everywhere_on_earth_every_page_is_what_brute_force_finds(seed: int, tx: Session) -> None:
    chance = Random(seed)
    circle = Circle(globe.centre(chance), chance.choice([50.0, 300.0, 700.0, 1200.0, 3000.0]))
    places = crowd(circle, chance)
    settle(tx, places)
    truth = by_brute_force(circle, places)
    size = chance.choice([1, 3, 10])

    pages = [spots.page(tx, circle, number, size) for number in range(-(-len(truth) // size))]

    assert [one for page in pages for one in brief(page.seen)] == truth
    assert {len(page.seen) for page in pages[:-1]} <= {size}
    assert {(page.places, page.cameras) for page in pages} == {(len(truth), sum(one[2] for one in truth))}
    assert [page.number for page in pages] == list(range(len(pages)))


@pytest.mark.parametrize("seed", range(40))
def test_everywhere_on_earth_a_page_comes_with_all_that_is_about_equally_far(seed: int, tx: Session) -> None:
    chance = Random(seed)
    circle = Circle(globe.centre(chance), chance.choice([50.0, 300.0, 700.0, 1200.0]))
    places = crowd(circle, chance)
    settle(tx, places)
    truth = by_brute_force(circle, places)
    size = chance.choice([1, 3, 10])

    for number in range(-(-len(truth) // size)):
        page, before = spots.steps_of(tx, circle, number, size)
        wanted = {int(one[0]) // 25 for one in truth[number * size : number * size + size]}
        whole = [n for n, one in enumerate(truth) if min(wanted) <= int(one[0]) // 25 <= max(wanted)]

        assert (brief(page.seen), before) == ([truth[n] for n in whole], number * size - whole[0])


@pytest.mark.parametrize("seed", range(40))
def test_everywhere_on_earth_all_rows_are_what_brute_force_finds(seed: int, tx: Session) -> None:
    chance = Random(seed)
    circle = globe.circle(chance)
    places = crowd(circle, chance)
    settle(tx, places)
    truth = by_brute_force(circle, places)

    seen, cameras = spots.within(tx, circle)

    assert (brief(seen), cameras) == (truth, sum(one[2] for one in truth))
    assert [Point(one.lat, one.lon) for one in seen] == [places[key][0] for _, key, _ in truth]


@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_around_a_pole_places_of_every_longitude_share_a_page(pole: float, tx: Session) -> None:
    near_pole = pole - pole / 90 * 0.004
    places = {key: (Point(near_pole, lon), 2) for key, lon in enumerate(range(-180, 180, 30), 1)}
    settle(tx, places)
    circle = Circle(Point(pole, 0.0), 1000)

    page = spots.page(tx, circle, 0, 10)

    assert brief(page.seen) == by_brute_force(circle, places)[:10]
    assert (page.places, page.cameras) == (12, 24)


def test_across_the_antimeridian_neighbours_share_a_page(tx: Session) -> None:
    places = {key: (Point(-16.8, 179.9996 + key * 1e-4 - 360 * (key > 3)), 1) for key in range(1, 9)}
    settle(tx, places)
    circle = Circle(Point(-16.8, 180.0), 2000)

    assert brief(spots.page(tx, circle, 0, 10).seen) == by_brute_force(circle, places)


def test_equally_far_places_are_divided_between_pages_by_their_ids(tx: Session) -> None:
    settle(tx, dict.fromkeys(range(25, 0, -1), (RAJWADA, 1)))

    pages = [spots.page(tx, Circle(RAJWADA, 1500), number, 10) for number in range(3)]

    assert [[one.id for one in page.seen] for page in pages] == [
        list(range(1, 11)),
        list(range(11, 21)),
        list(range(21, 26)),
    ]


@pytest.mark.parametrize(("places", "last"), [(1, 0), (9, 0), (10, 0), (11, 1), (20, 1), (21, 2)])
def test_asking_beyond_the_last_page_shows_the_last_page(places: int, last: int, tx: Session) -> None:
    settle(tx, dict.fromkeys(range(1, places + 1), (RAJWADA, 1)))

    page = spots.page(tx, Circle(RAJWADA, 1500), 99, 10)

    assert (page.number, [one.id for one in page.seen]) == (last, list(range(last * 10 + 1, places + 1)))


def test_where_nobody_is_there_is_one_empty_page(tx: Session) -> None:
    assert spots.page(tx, Circle(RAJWADA, 1500), 3, 10) == (0, 0, 0, [])
    assert spots.steps_of(tx, Circle(RAJWADA, 1500), 3, 10) == ((0, 0, 0, []), 0)
    assert spots.within(tx, Circle(RAJWADA, 1500)) == ([], 0)


def test_who_moved_is_found_at_the_new_place_alone_and_who_left_nowhere(tx: Session) -> None:
    settle(tx, {1: (RAJWADA, 3), 2: (RAJWADA, 4)})
    there = Point(22.7244, 75.8839)

    spots.put(tx, 1, there, 5)
    spots.drop(tx, 2)

    assert spots.within(tx, Circle(RAJWADA, 500)) == ([], 0)
    assert brief(spots.page(tx, Circle(there, 500), 0, 10).seen) == [(0.0, 1, 5)]


def test_one_place_is_found_by_its_id_within_the_circle_alone(tx: Session) -> None:
    settle(tx, {1: (RAJWADA, 3), 2: (Point(22.7244, 75.8839), 4)})
    circle = Circle(Point(22.72, 75.858), 500)

    seen, beyond, unknown = (spots.find(tx, circle, key) for key in (1, 2, 3))

    assert seen == spots.within(tx, circle)[0][0]
    assert (beyond, unknown) == (None, None)


class Watched(Seal):
    """Counts the positions that were opened."""

    opened = 0

    def open_even(self, what: str, rows: Sequence[int], boxes: Boxes) -> bytes:
        self.opened += len(boxes)
        return super().open_even(what, rows, boxes)


@pytest.mark.parametrize(("number", "at_most"), [(0, 90), (30, 250)])
def test_a_page_opens_few_of_the_places_it_counts(number: int, at_most: int, tx: Session) -> None:
    chance = Random(5)
    circle = Circle(RAJWADA, 3000)
    settle(tx, {key: (globe.place(circle, chance.uniform(-180, 180), chance.random() ** 0.5), 1) for key in range(600)})
    watched = Watched([NEW])
    tx.info["seal"] = watched

    page = spots.page(tx, circle, number, 10)

    assert page.places == 600
    assert 10 <= watched.opened <= at_most


def test_while_keys_change_places_under_either_key_are_found_and_counted(tx: Session) -> None:
    chance = Random(6)
    circle = Circle(RAJWADA, 1200)
    places = {key: (globe.place(circle, chance.uniform(-180, 180), chance.random()), 1) for key in range(60)}
    for seal, half in ((Seal([OLD]), 0), (Seal([NEW]), 1)):
        tx.info["seal"] = seal
        settle(tx, {key: place for key, place in places.items() if key % 2 == half})
    tx.info["seal"] = Seal([NEW, OLD])

    page = spots.page(tx, circle, 1, 10)

    assert brief(page.seen) == by_brute_force(circle, places)[10:20]
    assert page.places == 60
    assert brief(spots.within(tx, circle)[0]) == by_brute_force(circle, places)


def test_a_position_copied_to_another_registration_does_not_open(tx: Session) -> None:
    settle(tx, {1: (RAJWADA, 1), 2: (RAJWADA, 1)})
    one, two = (tx.get_one(Spot, (tx.info["seal"].cell_tokens([cell_of(RAJWADA)])[0], key)) for key in (1, 2))
    one.point_sealed = two.point_sealed
    tx.flush()

    with pytest.raises(CannotOpenError):
        spots.within(tx, Circle(RAJWADA, 500))


@pytest.mark.parametrize("box", [b"", b"\x01", bytes(46), bytes(48), bytes(47), bytes(94)])
def test_a_position_that_was_altered_does_not_open(box: bytes, tx: Session) -> None:
    settle(tx, {1: (RAJWADA, 1), 2: (RAJWADA, 1)})
    tx.get_one(Spot, (tx.info["seal"].cell_tokens([cell_of(RAJWADA)])[0], 1)).point_sealed = box
    tx.flush()

    with pytest.raises(CannotOpenError):
        spots.within(tx, Circle(RAJWADA, 500))


def test_after_a_position_that_does_not_open_the_transaction_goes_on_without_what_was_asked_ahead(tx: Session) -> None:
    chance = Random(7)
    circle = Circle(RAJWADA, 1500)
    places = {key: (globe.place(circle, chance.uniform(-180, 180), chance.random() ** 0.5), 1) for key in range(1, 80)}
    settle(tx, places)
    tx.execute(update(Spot).where(col(Spot.registration_id) == 5).values(point_sealed=bytes(47)))

    with pytest.raises(CannotOpenError), tx.begin_nested():
        spots.within(tx, circle)
    with pytest.raises(CannotOpenError), tx.begin_nested():
        spots.page(tx, Circle(places[5][0], 100), 0, 10)

    spots.drop(tx, 5)
    assert brief(spots.within(tx, circle)[0]) == by_brute_force(circle, {k: one for k, one in places.items() if k != 5})
