"""`citizen-eye import registrations`: an older register, looked at row by row, then taken over whole or not at all."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import typer
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot import opening, texts
from bot.app import now
from bot.commands import keeper, letters, sheets
from bot.commands.sheets import RefusedError, Sheet
from bot.core.messages import Button, phrase, say
from bot.core.registration import MOST
from bot.core.station.old_register import Column, Fault, Old, Wrong, columns, missing, read_row
from bot.core.town import Town
from bot.settings import Settings
from handlers import mail
from storage import outbox, people
from storage.engine import Store
from storage.station import old_entries, stations, waiting
from storage.station.old_entries import Invited

HEADER_WITHIN = 20  # rows: titles and logos come before it
NEEDED = 3  # columns


@dataclass
class Found:
    """What a file holds: rows that can be taken by their number, faults by row, and what stands in it twice."""

    good: dict[int, Old] = field(default_factory=dict)
    faults: dict[int, list[Fault]] = field(default_factory=dict)
    twice: dict[int, int] = field(default_factory=dict)


def look(file: Path, town: Town) -> Found:
    """Read the whole file, with a progress bar. Raises RefusedError."""
    sheet, header = _headed(file, sheets.read(file))
    for cells, last in sheet.merged:
        if last > header + 1:
            raise RefusedError(
                f"The cells {cells} of {file.name} are merged. Unmerge them, so that every row says everything itself."
            )
    where, found, seen = columns(sheet.rows[header]), Found(), dict[bytes, int]()
    with typer.progressbar(enumerate(sheet.rows), length=len(sheet.rows), label="reading ") as rows:
        for n, row in rows:
            if n <= header or not any(cell.strip() for cell in row):
                continue
            match read_row(row, where, town.city, town.region):
                case Old() as old:
                    first = seen.setdefault(waiting.once_of(old.draft), n + 1)
                    if first == n + 1:
                        found.good[n + 1] = old
                    else:
                        found.twice[n + 1] = first
                case faults:
                    found.faults[n + 1] = faults
    return found


def _headed(file: Path, found: list[Sheet]) -> tuple[Sheet, int]:
    """The first sheet with a row that names the columns, and which row that is."""
    best: list[Column] = list(Column)
    for sheet in found:
        for n, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            lacking = missing(columns(row))
            if not lacking:
                return sheet, n
            best = min(best, lacking, key=len)
    if not any(cell.strip() for sheet in found for row in sheet.rows for cell in row):
        raise RefusedError(f"{file.name} is empty.")
    lacks = f"column for: {', '.join(best)}" if len(best) < NEEDED else "row that names its columns"
    raise RefusedError(
        f"{file.name} has no {lacks}. Expected, in English or Hindi: mobile number, cameras, and"
        " latitude with longitude (or a location). If the file looks like Hindi on your screen, it may be typed in a"
        " legacy font such as Kruti Dev: convert it to Unicode first."
    )


def take_over(
    settings: Settings, file: Path, *, station: str, commit: bool, skip_wrong: bool, out: Path | None
) -> bool:
    """Say what is wrong, and with `commit` take the rest; whether everything was fine. Raises RefusedError."""
    store = opening.existing(settings)
    try:
        out = out or file.with_suffix(".invitations.csv")
        if commit:
            letters.finish_earlier(store, out)
        town = settings.town()
        if not station and not store.run(stations.every):
            raise RefusedError(
                "No outlines of stations are known: import them first, or say whose it is: --station NAME."
            )
        found = look(file, town)
        fresh = _fresh(store, found)
        for line in report(found, fresh):
            typer.echo(line)
        if not commit:
            typer.echo("Nothing was changed: this was a trial. With --commit they are taken over.")
            return not found.faults
        if found.faults and not skip_wrong:
            raise RefusedError("Correct these rows, or leave them out with --skip-wrong.")
        if fresh:
            _commit(settings, store, fresh, station, out)
        return True
    finally:
        store.close()


def _fresh(store: Store, found: Found) -> list[Old]:
    rows = list(found.good.values())
    with typer.progressbar(length=len(rows), label="comparing") as bar:
        new = store.run(lambda tx: old_entries.news(tx, rows, bar.update))
    return [row for row, is_new in zip(rows, new, strict=True) if is_new]


def _commit(settings: Settings, store: Store, rows: list[Old], station: str, out: Path) -> None:
    """One transaction, with the letters written before its end: both are there afterwards, or neither."""
    if out.exists():
        raise RefusedError(f"{out} is there already, with codes that may be needed: move it away first.")
    unfinished = letters.unfinished(out)
    username = asyncio.run(keeper.bot_username(settings)) or "<name of the bot>"

    def take(tx: Session, tell: Callable[[int], None]) -> list[Invited]:
        invited = old_entries.take(tx, rows, station, now(), tell)
        letters.write(unfinished, settings.town(), username, invited)
        for one in invited:
            _tell(tx, one)
        return invited

    try:
        with typer.progressbar(length=len(rows), label="saving   ") as bar:
            invited = store.run(lambda tx: take(tx, bar.update))
    except BaseException as error:
        with suppress(FileNotFoundError):
            unfinished.unlink()
        if isinstance(error, IntegrityError):
            raise RefusedError("Somebody else imported some of this just now: give the command again.") from None
        raise
    unfinished.rename(out)
    typer.echo(f"{len(rows):,} entries are kept, hidden until their owners agree.")
    typer.echo(f"{len(invited):,} invitations, one for each number, are in {out}. Send them, then destroy that file.")


def _tell(tx: Session, one: Invited) -> None:
    """Whoever has that number in the chat already is told there as well."""
    person = people.get(tx, one.person_id) if one.person_id else None
    if person and person.consent_at and person.reachable:
        see = Button(phrase(texts.OFFER_SEE), "/offer")
        mail.post(tx, person, say(texts.OFFER_MESSAGE, buttons=((see,),)), now(), priority=outbox.BULK)


def report(found: Found, fresh: list[Old]) -> list[str]:
    """Row by row what is wrong, then how many can be taken."""
    lines = [f"row {n}: {sentence(fault)}" for n, faults in sorted(found.faults.items()) for fault in faults]
    lines += [f"row {n}: the same number and place as row {first}; counted once" for n, first in found.twice.items()]
    known = len(found.good) - len(fresh)
    counts = f"{len(fresh):,} new, {known:,} known already, {len(found.twice):,} twice, {len(found.faults):,} wrong"
    many = len(found.good) + len(found.twice) + len(found.faults)
    return [*lines, f"{many:,} row{'' if many == 1 else 's'}: {counts}."]


def sentence(fault: Fault) -> str:
    """What is wrong with a cell, and what to do."""
    said = f"{fault.column}: “{fault.said}”"
    match fault.why:
        case Wrong.EMPTY:
            return f"{fault.column}: nothing stands there"
        case Wrong.FORMULA:
            return f"{said} is a formula, and none is worked out: put its value there"
        case Wrong.SCIENTIFIC:
            return f"{said} was shortened by the spreadsheet: format the column as text, and type the number again"
        case Wrong.DIGITS:
            return f"{said} has {fault.detail} digits and is no number that can be called: a mobile number has 10"
        case Wrong.NO_PHONE:
            return f"{said} is no phone number"
        case Wrong.SHORT_LINK:
            return f"{said} is a short link, which is never opened: put coordinates there"
        case Wrong.NO_PLACE:
            return f"{said} is no place: expected coordinates such as 22.7196, 75.8577, a map link or a plus code"
        case Wrong.OUTSIDE:
            return f"{said} is {fault.detail} km outside the city"
        case Wrong.NO_COUNT:
            return f"{said} is no number of cameras"
        case Wrong.COUNT_RANGE:
            return f"{said} is not from 1 to {MOST}"
