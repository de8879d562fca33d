"""Growth and size: the same number of rows from a small and a large register, and what a registration takes."""

from statistics import median

from bench import city
from bench.contenders import Ours, Row
from bench.rounds import Ask, take_turns
from bench.section import Goal, Section, Table
from bench.servers import NotInstalledError
from bench.stage import POSTGRES, SQLITE, Bench, Built
from bot.core.geo import Point
from bot.core.near import Circle

ROWS = 100  # of every answer
WIDEST_M = 5000.0
GROWTH = 1.5
ABOUT = (
    f"Every answer has {ROWS} rows: around each centre the radius is that of the {ROWS}th nearest place (centres that"
    " have fewer within 5 km of the smallest register are left out). The registers take turns, centre by centre."
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
    rows = [
        (
            f"{kind}, {size:,}",
            f"{median(circle.radius_m for circle in circles[size].values()):,.0f} m",
            *(f"{p50:.2f} ({p95:.2f})" for p50, p95 in (times[f"all {size}"], times[f"page {size}"])),
            f"{one.size / size:,.0f}",
            f"{one.seconds:,.1f}",
        )
        for size, one in built.items()
    ]
    headings = ("", "radius", "all rows, ms", "first page, ms", "bytes a registration", "built in s")
    goals = [
        Goal(f"{kind}, {words}: times the time", times[f"{what} {large}"].p50 / times[f"{what} {small}"].p50, GROWTH)
        for what, words in (("all", "all rows"), ("page", "first page"))
    ]
    return Table(headings, tuple(rows)), goals


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
