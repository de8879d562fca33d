"""The search: all rows, and a page with totals; ours sealed, beside peers that keep the same places in plaintext."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench import city, servers
from bench.contenders import Contender, Ours
from bench.country import Places
from bench.embedded import RTree, SpatiaLite
from bench.peers import PostGis, Redis, hand_over
from bench.rounds import Ask, Times, take_turns
from bench.section import Bar, Goal, Section, Table
from bench.stage import POSTGRES, SQLITE, Bench
from bench.truth import Tally, everything, first_page, in_columns
from bot.core.casework.near import Circle
from bot.core.geo import Point

OURS, PAGE = "Citizen-Eye", ", first page"
ABOUT = (
    "Everyone is asked for all places within a circle, and has the rows (id, latitude, longitude, cameras, exact"
    " distance; nearest first) in Python at the end. *First page* is what an officer reads first: ten places, the"
    " nearest first and within each 25 m those that see the road (two of three do), and how many places and cameras"
    " there are in all. Milliseconds: half of the searches took less; in brackets, 95 of 100 took less. They answer in"
    " turns, circle by circle, and every answer is compared with brute force. *Of PostGIS* divides by PostGIS' time for"
    " all rows of the same circles. PostGIS and our register on PostgreSQL run in the same server, set for both alike:"
    f" {servers.listed(servers.POSTGRES)}; without `fsync` what is written there is not durable, but a search of this"
    " measurement writes nothing. Everyone got the rows in the order in which people signed up."
)


class Run(NamedTuple):
    """One size of the register, one radius."""

    size: int
    radius: float
    rows: float  # the median answer
    times: dict[str, Times]
    wrong: dict[str, int]
    again: dict[str, Callable[[], object]]  # the same searches once more, by name


def measure(bench: Bench) -> Section:
    centres = city.centres(bench.settings.centres)
    runs = [run for size in bench.settings.sizes for run in _at_size(bench, size, centres)]
    body: list[str | Table] = [ABOUT]
    for size in bench.settings.sizes:
        of_size = [run for run in runs if run.size == size]
        radii = ", ".join(f"{in_words(run.rows)} within {run.radius:,.0f} m" for run in of_size)
        body += [f"**{size:,} registrations** ({radii})", _table(of_size, len(centres))]
    largest = [run for run in runs if run.size == max(bench.settings.sizes)]
    return Section("The search", tuple(body), (*_right(runs), *_goals(largest)), _bars(largest))


def in_words(median_answer: float) -> str:
    return "1 row" if round(median_answer) == 1 else f"{median_answer:,.0f} rows"


def _at_size(bench: Bench, size: int, centres: list[Point]) -> list[Run]:
    with ExitStack() as stack:
        contenders = _contenders(bench, size, stack)
        asks: dict[str, Ask] = {one.name: one.ask for one in contenders}
        asks |= {one.name + PAGE: one.ask_page for one in contenders if isinstance(one, Ours)}
        places = in_columns(bench.places[:size])
        return [_run(bench, places, radius, asks, centres) for radius in bench.settings.radii]


def _run(bench: Bench, places: Places, radius: float, asks: dict[str, Ask], centres: list[Point]) -> Run:
    size, circles = len(places.ids), [Circle(centre, radius) for centre in centres]
    ours = {name: first_page if name.endswith(PAGE) else everything for name in asks if name.startswith(OURS)}
    tally = Tally(circles, places, ours)
    times = take_turns(asks, circles, tally.look)
    bench.say(f"search: {size:,} registrations, {radius:,.0f} m")
    again: dict[str, Callable[[], object]] = {name: partial(_all, ask, circles) for name, ask in asks.items()}
    return Run(size, radius, median(tally.rows), times, dict(tally.wrong), again)


def _all(ask: Ask, circles: list[Circle]) -> None:
    for circle in circles:
        ask(circle)


def _contenders(bench: Bench, size: int, stack: ExitStack) -> list[Contender]:
    """Ours on SQLite, and of all the others those that are installed."""
    places = bench.places[:size]
    folder = bench.folder / f"peers-{size}"
    folder.mkdir()
    load = partial(hand_over, places=places)
    makers: tuple[Callable[[], Contender], ...] = (
        lambda: bench.register(POSTGRES, size).ours,
        lambda: stack.enter_context(closing(PostGis(bench.fresh_database(f"postgis_{size}"), load))),
        lambda: stack.enter_context(closing(RTree(Path(folder) / "rtree.db", places))),
        lambda: stack.enter_context(closing(SpatiaLite(folder, places))),
        lambda: stack.enter_context(closing(Redis(stack.enter_context(servers.redis()), places))),
    )
    found: list[Contender] = [bench.register(SQLITE, size).ours]
    for make in makers:
        try:
            found.append(make())
        except servers.NotInstalledError as missing:
            bench.left_out[str(missing)] = None
    return found


def _table(runs: list[Run], searches: int) -> Table:
    names = list(runs[0].times)
    radii = [f"{run.radius:,.0f} m" for run in runs]
    compared = all(PostGis.name in run.times for run in runs)
    of_postgis = [f"of PostGIS, {radius}" for radius in radii] if compared else []
    rows = []
    for name in sorted(names, key=lambda one: (not one.startswith(OURS), one)):
        times = [run.times[name] for run in runs]
        ratios = [f"{_of_postgis(run, name):.2f}" for run in runs] if compared else []
        wrong = sum(run.wrong.get(name, 0) for run in runs)
        rows.append(
            (name, *(f"{p50:.2f} ({p95:.2f})" for p50, p95 in times), *ratios, f"{wrong} of {searches * len(runs)}")
        )
    return Table(("", *radii, *of_postgis, "wrong answers"), tuple(rows))


def _of_postgis(run: Run, name: str) -> float:
    return run.times[name].p50 / run.times[PostGis.name].p50


def _right(runs: list[Run]) -> tuple[Goal, ...]:
    """Of each of ours, the wrong answers at all sizes and radii."""
    ours = [name for name in runs[0].times if name.startswith(OURS)]
    return tuple(Goal(f"wrong answers: {name}", sum(run.wrong.get(name, 0) for run in runs), 0) for name in ours)


def _goals(runs: list[Run]) -> tuple[Goal, ...]:
    goals: list[Goal] = []
    for run in runs:
        ours = [name for name in run.times if name.startswith(OURS)]
        if PostGis.name not in run.times:
            continue
        if run.radius == 500:
            alls = [name for name in ours if not name.endswith(PAGE)]
            goals += [
                Goal(f"500 m, all rows, of PostGIS: {name}", _of_postgis(run, name), 1.0, again=run.again[name])
                for name in alls
            ]
        if run.radius == 2000:
            pages = [name for name in ours if name.endswith(PAGE)]
            goals += [
                Goal(
                    f"2 km, times faster than PostGIS' whole answer: {name}",
                    1 / _of_postgis(run, name),
                    5.0,
                    least=True,
                    again=run.again[name],
                )
                for name in pages
            ]
    return tuple(goals)


def _bars(runs: list[Run]) -> tuple[Bar, ...]:
    compared = [run for run in runs if PostGis.name in run.times]
    return tuple(
        Bar(f"within {run.radius:,.0f} m", name, _of_postgis(run, name), name.startswith(OURS))
        for run in compared
        for name in run.times
    )
