"""`citizen-eye move`: what is said while a town is carried from one database to another."""

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import check_database
from storage.keeping import move as moves
from storage.keeping.hold import CannotMoveError, Why
from storage.schema import ours

AT_THE_END = """\
Every column of every row was compared: both databases hold the same town. The old one was left as it was.
Sealed rows moved as they are, so the new database needs the same key: CITIZEN_EYE_KEY, or where that was empty,
what is in the file `key` beside the old database. The head of the trace stays where it was: where TRACE_HEAD is empty,
that is the file `trace-head` beside a SQLite database. Set DATABASE_URL to the new one, and start the bot."""
GO_ON = "What has arrived is kept: the same command goes on from there."


def move(source: str, target: str) -> bool:
    """Move a town and say how it goes; whether it arrived."""
    for url, name in ((source, "SOURCE_URL"), (target, "TARGET_URL")):
        try:
            check_database(url)
        except ValueError as wrong:
            raise typer.BadParameter(f"expected: {wrong}", param_hint=name) from None
    try:
        _move(source, target)
    except CannotMoveError as refused:
        typer.echo(sentence(refused), err=True)
        return False
    except (SQLAlchemyError, OSError) as error:
        typer.echo(f"A database failed ({type(error).__name__}). {GO_ON}", err=True)
        return False
    return True


def _move(source: str, target: str) -> None:
    with moves.opened(source, target) as town:
        with typer.progressbar(length=2 * town.rows) as bar:  # each row is brought, or was there, and is compared
            for label, work in (("checking ", moves.check), ("copying  ", moves.copy), ("comparing", moves.verify)):
                bar.label = label
                for rows in work(town):
                    bar.update(rows)
        for part in town.parts:
            typer.echo(f"{part.rows:>10,}  {part.name}")
        before = f", {town.there:,} of them were there before" if town.there else ""
        typer.echo(f"{town.rows:>10,}  rows in all{before}\n{AT_THE_END}")


def sentence(refused: CannotMoveError) -> str:
    """Why not, and what to do."""
    detail = refused.detail
    match refused.why:
        case Why.SAME:
            return "SOURCE_URL and TARGET_URL are the same database: nothing was moved."
        case Why.NO_TOWN:
            return "There is no register at SOURCE_URL: nothing was moved."
        case Why.SOURCE_IN_USE:
            return "Another program has the source open: stop the bot first, then move. Nothing was moved."
        case Why.TARGET_IN_USE:
            return "Another program has the target open: stop it first. Nothing was moved."
        case Why.SOURCE_SCHEMA:
            return f"The source has schema {detail}, this program works with {ours()}: `citizen-eye migrate` it first."
        case Why.TARGET_SCHEMA:
            return f"The target has schema {detail}, this program works with {ours()}: take an empty database."
        case Why.STRANGERS:
            return f"The target holds rows of its own (table {detail}): take an empty database. Nothing was moved."
        case Why.DIFFERENT:
            return f"The table {detail} is not the same in both: take an empty database. The source is as it was."
