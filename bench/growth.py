"""Growth and size: the same answers, and the same sign-ups, in a small and a large register; what an entry takes."""

from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

from bench import city, servers, turns
from bench.contenders import Ours, Row
from bench.rounds import Ask, Times, take_turns
from bench.section import Goal, Section, Table
from bench.servers import NotInstalledError
from bench.stage import POSTGRES, SQLITE, Bench, Built
from bot.core.casework.near import Circle
from bot.core.geo import Point

ROWS = 100  # of every answer
WIDEST_M = 5000.0
PEOPLE, BATCH = 300, 50
NEWCOMERS, OTHERS = range(1, PEOPLE + 1), range(PEOPLE + 1, 2 * PEOPLE + 1)  # who sign up to be measured, for a profile
GROWTH = 1.5
ABOUT = (
    f"Every answer has {ROWS} rows: around each centre the radius is that of the {ROWS}th nearest place (centres that"
    " have fewer within 5 km of the smallest register are left out). The registers take turns, centre by centre. Then"
    f" {PEOPLE} people sign up in each of them, {BATCH} in one transaction; the registers take turns, step by"
    f" step. On SQLite a commit waits for the disk (`synchronous=FULL`); PostgreSQL is set as for the search"
    f" ({servers.listed(servers.POSTGRES)}): without `fsync` a sign-up is not durable there, and does not wait."
)


def measure(bench: Bench) -> Section:
    body: list[str | Table] = []
    goals: list[Goal] = []
    for kind in (SQLITE, POSTGRES):
        try:
            built = {size: bench.register(kind, size) for size in bench.settings.sizes}
        except NotInstalledError:
            continue
        table, goal = _of(kind, built, city.centres(bench.settings.centres))
        body.append(table)
        goals += goal
        bench.say(f"growth: {kind}")
    return Section("Growth and size", (ABOUT, *body), tuple(goals))


def _of(kind: str, built: dict[int, Built], centres: list[Point]) -> tuple[Table, list[Goal]]:
    small, large = min(built), max(built)
    circles = {size: _circles(one.ours, centres) for size, one in built.items()}
    asked = [Circle(centre, 0.0) for centre in centres if centre in circles[small]]  # each register has its own radius
    asks: dict[str, Ask] = {}
    for size, one in built.items():
        asks |= {f"all {size}": _all(one.ours, circles[size]), f"page {size}": _page(one.ours, circles[size])}
    wrong: list[int] = []
    times = take_turns(asks, asked, lambda n, rows: wrong.extend([n] * any(map(_bad, rows.items()))))
    if wrong:
        raise AssertionError(f"not {ROWS} rows around centres {wrong}")
    steps = _signed_up(built, NEWCOMERS)
    rows = [
        (
            f"{kind}, {size:,}",
            f"{median(circle.radius_m for circle in circles[size].values()):,.0f} m",
            *(f"{p50:.2f} ({p95:.2f})" for p50, p95 in (times[f"all {size}"], times[f"page {size}"])),
            f"{steps[size]:.2f}",
            f"{one.size / size:,.0f}",
            f"{one.seconds:,.1f}",
        )
        for size, one in built.items()
    ]
    headings = (
        "",
        "radius",
        "all rows, ms",
        "first page, ms",
        "a step of a sign-up, ms",
        "bytes an entry",
        "built in s",
    )
    again = {what: _again(asks[f"{what} {large}"], asked) for what in ("all", "page")}
    goals = [
        Goal(f"{kind}, {words}: times the time", _grown(times, what, small, large), GROWTH, again=again[what])
        for what, words in (("all", "all rows"), ("page", "first page"))
    ]
    in_large = partial(_signed_up, {large: built[large]}, OTHERS)
    grown = steps[large] / steps[small]
    goals.append(Goal(f"{kind}, a step of a sign-up: times the time", grown, GROWTH, again=in_large))
    return Table(headings, tuple(rows)), goals


def _grown(times: dict[str, Times], what: str, small: int, large: int) -> float:
    return times[f"{what} {large}"].p50 / times[f"{what} {small}"].p50


def _again(ask: Ask, asked: list[Circle]) -> Callable[[], object]:
    return lambda: [ask(circle) for circle in asked]


def _signed_up(built: dict[int, Built], people: range) -> dict[int, float]:
    """For each register, milliseconds of one step of a sign-up: half of the batches of each step took less."""
    walks = {size: turns.steps(one.ours.store, people) for size, one in built.items()}
    taken: dict[int, list[float]] = {size: [] for size in built}
    for step in zip(*walks.values(), strict=True):
        of_step: dict[int, list[float]] = {size: [] for size in built}
        for at in range(0, len(people), BATCH):
            for size, (_, updates) in zip(walks, step, strict=True):
                begun = perf_counter()
                turns.take(built[size].ours.store, updates[at : at + BATCH])
                of_step[size].append(perf_counter() - begun)
        for size, seconds in of_step.items():
            taken[size].append(median(seconds) / BATCH * 1000)
    return {size: sum(of_each) / len(of_each) for size, of_each in taken.items()}


def _circles(ours: Ours, centres: list[Point]) -> dict[Point, Circle]:
    """Around each centre the circle that holds so many places; without those too far out."""
    found = {}
    for centre in centres:
        for radius in (WIDEST_M / 32, WIDEST_M / 8, WIDEST_M / 2, WIDEST_M):
            rows = ours.ask(Circle(centre, radius)).rows
            if len(rows) >= ROWS:
                found[centre] = Circle(centre, rows[ROWS - 1][4])
                break
    return found


def _all(ours: Ours, circles: dict[Point, Circle]) -> Ask:
    return lambda circle: ours.ask(circles[circle.centre])


def _page(ours: Ours, circles: dict[Point, Circle]) -> Ask:
    return lambda circle: ours.ask_page(circles[circle.centre])


def _bad(answer: tuple[str, list[Row]]) -> bool:
    """Places may share a position, so that the last one brings more along."""
    name, rows = answer
    return len(rows) < ROWS if name.startswith("all") else len(rows) != 10
