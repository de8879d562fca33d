"""`/report`: what may be told to everyone, by month and station, as a PDF and as text; small counts hidden."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot import texts
from bot.core.access import Action
from bot.core.admin import report
from bot.core.admin.report import Measure, Month, Table
from bot.core.files import Document, Print
from bot.core.messages import Answer, Phrase, Say, phrase
from bot.core.phrases import Value
from bot.core.picture import Paper
from bot.core.picture import Table as Drawn
from bot.core.reading.digits import folded
from handlers.visit import Visit
from storage import audit
from storage.admin import figures

TITLES: dict[Measure, str] = {
    Measure.REGISTRATIONS: texts.REPORT_REGISTRATIONS,
    Measure.SEARCHES: texts.REPORT_SEARCHES,
    Measure.REQUESTS: texts.REPORT_REQUESTS,
    Measure.ANSWERS: texts.REPORT_ANSWERS,
    Measure.WITHDRAWALS: texts.REPORT_WITHDRAWALS,
    Measure.ALERTS: texts.REPORT_ALERTS,
}


def send(visit: Visit) -> Sequence[Answer]:
    """The sums in a message, the tables as a paper and as a text file."""
    months = report.months_before(visit.now, visit.house.town.timezone)
    tables = {measure: _table(visit, measure, months) for measure in Measure}
    audit.write(visit.tx, audit.Act.REPORT, visit.now, by=visit.grant_for(Action.REPORT))
    span = {"first": _month(months[0]), "last": _month(months[-1])}
    title = phrase(texts.REPORT_TITLE, police=visit.house.town.police, **span)
    sums = [phrase(texts.REPORT_SUM, what=phrase(TITLES[one]), n=_shown(tables[one].total)) for one in Measure]
    hidden = phrase(texts.REPORT_HIDDEN, few=report.FEW)
    paper = Paper(
        title, (phrase(texts.REPORT_WHAT), hidden), tuple(_turned(_drawn(one, tables[one])) for one in Measure)
    )
    name = f"report-{months[-1][0]}-{months[-1][1]:02}"
    text = Document(f"{name}.txt", (title, hidden, *(line for one in Measure for line in _lines(one, tables[one]))))
    pdf = Say((phrase(texts.REPORT_PAPER),), document=Print(f"{name}.pdf", paper))
    return (Say((title, *sums, hidden)), pdf, Say((phrase(texts.REPORT_TEXT),), document=text))


def _table(visit: Visit, measure: Measure, months: Sequence[Month]) -> Table:
    """The counts of one measure; a station that no outline names stands at the end, and nobody's last."""
    town = visit.house.town
    (year, month), (last_year, last_month) = months[0], months[-1]
    since = datetime(year, month, 1, tzinfo=UTC) - timedelta(days=1)  # whichever zone: what is outside falls away
    until = datetime(last_year, last_month, 1, tzinfo=UTC) + timedelta(days=33)
    events = figures.of(visit.tx, measure, since, until)
    known = {folded(name): name for name in figures.stations(visit.tx)}
    counts = report.counted(events, town.timezone, lambda station: known.get(folded(station), station))
    inside = {key: n for key, n in counts.items() if key[0] in months}
    others = sorted({station for _, station in inside} - set(known.values()), key=lambda name: (not name, name))
    return report.tabled(inside, months, [*known.values(), *others] or [""])


def _drawn(measure: Measure, table: Table) -> Drawn:
    names: list[Value] = [name or phrase(texts.REPORT_NO_STATION) for name in table.stations]
    head: tuple[Value, ...] = (phrase(texts.REPORT_MONTH), *names, phrase(texts.REPORT_TOTAL))
    firsts: list[Value] = [*map(_month, table.months), phrase(texts.REPORT_TOTAL)]
    rows = tuple((first, *map(_shown, row)) for first, row in zip(firsts, table.cells, strict=True))
    return Drawn(phrase(TITLES[measure]), head, rows)


def _turned(table: Drawn) -> Drawn:
    """Stations down and months across: a page has room for many rows, and for thirteen columns."""
    head, *rows = zip(table.head, *table.rows, strict=True)
    return Drawn(table.title, (phrase(texts.COLUMN_STATION), *head[1:]), tuple(rows))


def _lines(measure: Measure, table: Table) -> list[Phrase]:
    drawn = _drawn(measure, table)
    lines = [phrase(texts.REPORT_HEADING, what=drawn.title)]
    for row in drawn.rows:
        lines.append(phrase(texts.REPORT_ROW, what=row[0], n=row[-1]))
        cells = zip(drawn.head[1:-1], row[1:-1], strict=True)
        lines += [phrase(texts.REPORT_CELL, what=name, n=n) for name, n in cells if n != "0"]
    return lines


def _month(month: Month) -> str:
    return f"{month[1]:02}-{month[0]}"


def _shown(n: int | None) -> str:
    return "·" if n is None else str(n)
