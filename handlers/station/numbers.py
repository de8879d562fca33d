"""`/stats` and `/coverage`: a station's numbers, and a map of where it has cameras; numbers only, no places."""

from collections.abc import Sequence

from bot import texts
from bot.core.access import Action
from bot.core.later import shapely
from bot.core.messages import Answer, Phrase, Say, counted, phrase, say
from bot.core.picture import Bar, Bars, Cells
from bot.core.registration import cameras
from bot.core.station.coverage import FEW, Cover, coverage
from handlers.station import verify
from handlers.visit import Visit
from storage import audit
from storage.station import numbers

WEEKS = 8
MOST_CELLS = 400  # more are too small to read in one picture


def stats(visit: Visit) -> Sequence[Answer]:
    """`/stats`: what the station has, what staff saw, and what was new in the last weeks."""
    station = verify.home(visit)
    if station is None:
        return (verify.unknown(visit),)
    have = numbers.totals(visit.tx, station.id, visit.now)
    if not have.places:
        return (say(texts.STATS_NONE, station=station.name),)
    words = phrase(
        texts.STATS,
        station=station.name,
        date=visit.house.town.day(visit.now),
        places=counted(texts.PLACES, have.places),
        cameras=cameras(have.cameras),
        verified=have.verified,
        stale=have.stale,
        unseen=have.places - have.verified - have.stale,
    )
    weeks = numbers.weeks(visit.tx, station.id, visit.now, WEEKS)
    bars = tuple(Bar(visit.house.town.day(week.since)[:5], week.places, week.places) for week in weeks)
    chart = Bars(phrase(texts.STATS_CHART, station=station.name), bars)
    return (Say((words, *(_week(visit, week) for week in reversed(weeks[-4:]))), picture=chart, protect=True),)


def _week(visit: Visit, week: numbers.Week) -> Phrase:
    return phrase(
        texts.STATS_WEEK,
        date=visit.house.town.day(week.since),
        places=counted(texts.PLACES, week.places),
        cameras=cameras(week.cameras),
        seen=week.seen,
        answered=counted(texts.STATS_ANSWERED, week.answered),
    )


def map_of_cells(visit: Visit) -> Sequence[Answer]:
    """`/coverage`: cameras for each cell of the station, and the empty cells beside them."""
    station = verify.home(visit)
    if station is None:
        return (verify.unknown(visit),)
    found = coverage(shapely.from_wkb(station.outline), numbers.places(visit.tx, station.id))
    by, cells = visit.grant_for(Action.KEEP_TRUE), len(found.cells)
    audit.write(visit.tx, audit.Act.COVERAGE, visit.now, by=by, cells=cells)
    if not 0 < cells <= MOST_CELLS:
        return (say(texts.COVERAGE_LARGE, station=station.name, cells=counted(texts.CELLS, cells)),)
    words = phrase(
        texts.COVERAGE,
        station=station.name,
        cells=counted(texts.CELLS, cells),
        full=found.many(Cover.SOME, Cover.FEW),
        empty=found.many(Cover.NONE, Cover.MATTERS),
        matter=found.many(Cover.MATTERS),
        few=FEW,
    )
    few, note = phrase(texts.COVERAGE_FEW, n=FEW), phrase(texts.COVERAGE_NOTE)
    drawn = Cells(phrase(texts.COVERAGE_TITLE, station=station.name), found, few, note)
    return (Say((words,), picture=drawn, protect=True),)
