"""`citizen-eye audit verify | head | show`: what the trace says, and whether it still says what was written."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlmodel import Session

from bot import opening
from bot.app import now
from bot.core.casework.reference import NoReference, read_reference
from storage import audit, registrations, trace
from storage.admin import grants
from storage.audit import Act
from storage.casework import incidents, looks
from storage.engine import Store
from storage.tables.looks import Look
from storage.tables.trace import Audit
from storage.trace import Head
from storage.trace_check import Checked, Finding, Loss, Wrong, length, losses, verify

cli = typer.Typer(help="The trace: who looked at what, and when.", no_args_is_help=True, rich_markup_mode=None)

NOTED = "what `audit head` printed earlier; may be repeated"


@contextmanager
def _register() -> Iterator[Store]:
    store = opening.existing(opening.settings())
    try:
        yield store
    finally:
        store.close()


@cli.command()
def head() -> None:
    """Print the newest link of the chain, to mail or post hourly.

    Rows that are cut off later are noticed by it.
    """
    with _register() as store:
        typer.echo(store.run(trace.head) or "(the trace is empty)")


def heads(written: Sequence[str] | None) -> list[Head]:
    """What was given with `--head`. Raises typer.BadParameter."""
    try:
        return [trace.read_head(one) for one in written or ()]
    except ValueError:
        raise typer.BadParameter("expected what `citizen-eye audit head` printed", param_hint="--head") from None


@cli.command("verify")
def verify_all(
    head: Annotated[list[str] | None, typer.Option(help=NOTED)] = None,
) -> None:
    """Look for rows that were changed, removed, added or cut off."""
    noted = heads(head)
    with _register() as store:
        raise typer.Exit(0 if _verified(store, noted) else 1)


def _verified(store: Store, noted: list[Head]) -> bool:
    outside, checked = _outside(store), Checked()
    with typer.progressbar(length=length(store), label="testing") as bar:
        for rows in verify(store, [*noted, *outside], checked):
            bar.update(rows)
    for loss in store.run(losses):
        typer.echo(lost(loss))
    for finding in checked.found:
        typer.echo(sentence(finding))
    if not noted and not outside:
        typer.echo("No head was noted outside the database: rows cut off its end would not be noticed.")
    if not checked.found:
        typer.echo(f"{checked.rows:,} rows, each as it was written. The head is {checked.head or '(none)'}.")
    return not checked.found


def _outside(store: Store) -> list[Head]:
    try:
        return store.outside.noted() if store.outside else []
    except (OSError, ValueError):
        typer.echo("The file that keeps the head outside the database cannot be read.", err=True)
        return []


def lost(loss: Loss) -> str:
    """What is missing since the register was put back, as far as that is known."""
    when = f"On {loss.at:%Y-%m-%d %H:%M} UTC the register was put back from a backup (row {loss.told} says so)"
    if loss.until > loss.after:
        return f"{when}: rows {loss.after + 1} to {loss.until} as they were before are lost."
    if loss.until:
        return f"{when}: no row was lost by that."
    return f"{when}: whatever followed row {loss.after} before is lost; how much, a head noted elsewhere tells."


def sentence(finding: Finding) -> str:
    """What was found, and what it can mean."""
    first, last = finding.first, finding.last
    rows = f"Row {first}" if first == last else f"Rows {first} to {last}"
    match finding.wrong:
        case Wrong.ALTERED:
            return f"{rows}: altered after it was written, or moved from another place."
        case Wrong.MISSING:
            return f"{rows}: missing; the row after it cannot be tested without it."
        case Wrong.UNPROVABLE:
            return f"{rows}: proved with a key that is not here; put that key back into the ring to test it."
        case Wrong.SLIPPED_IN:
            return f"{rows} (by id): outside the chain; not written by this program, or by an older version of it."
        case Wrong.CUT_OFF:
            return f"{rows}: cut off the end of the trace, or an older backup was put back."
        case Wrong.LOOKS:
            return f"{rows}: a look that it names was removed or altered; the owner reads something else in /seen."
        case Wrong.MADE_UP:
            return f"{first:,} looks that owners read of in /seen stand in no row; not written by this program."
        case Wrong.OTHER:
            return (
                f"{rows}: the head that was noted for it is another one; the trace was written anew,"
                " or the register was put back after it was noted."
            )


@cli.command()
def show(
    officer: Annotated[
        int | None, typer.Option(min=1, max=2**63 - 1, help="what `citizen-eye roles` shows first")
    ] = None,
    registration: Annotated[str, typer.Option(help="a registration number, such as 7K4M-92QX")] = "",
    incident: Annotated[str, typer.Option(help="a reference, such as 'FIR 123/2026'")] = "",
) -> None:
    """Print what an officer did, or what was done with an entry.

    Or what was done for an incident. That it was read is written down too.
    """
    given = {"officer": str(officer or ""), "registration": registration.strip().upper(), "incident": incident.strip()}
    asked = [(what, value) for what, value in given.items() if value]
    if len(asked) != 1:
        raise typer.BadParameter("expected exactly one of --officer, --registration, --incident")
    zone = ZoneInfo(opening.settings().timezone)
    with _register() as store:
        for line in store.run(lambda tx: list(_lines(tx, *asked[0], zone, now()))):
            typer.echo(line)


def _lines(tx: Session, what: str, value: str, zone: ZoneInfo, moment: datetime) -> Iterator[str]:
    found = _rows(tx, what, value)
    for row in found:
        yield _line(tx, row, zone)
    yield f"{len(found):,} rows"
    if what == "registration" and (registration := registrations.find(tx, value)):
        seen = looks.rows(tx, registration.id)
        yield from (_look(look, zone) for look in seen)
        yield f"{len(seen):,} looks, as its owner can read them"
    audit.write(tx, Act.READ, moment, of=what, value=value)


def _rows(tx: Session, what: str, value: str) -> Sequence[Audit]:
    match what:
        case "officer":
            grant = grants.get(tx, int(value))
            return audit.of_person(tx, grant.person_id) if grant else ()
        case "registration":
            registration = registrations.find(tx, value)
            return audit.naming(tx, value, registration.id if registration else 0)
        case _:
            read = read_reference(value, now().date())  # as an officer may write it
            reference = value if isinstance(read, NoReference) else read
            return audit.of_incidents(tx, [row.id for row in incidents.with_reference(tx, reference)])


def _look(look: Look, zone: ZoneInfo) -> str:
    return f"{look.at.astimezone(zone):%Y-%m-%d %H:%M:%S}  {look.act:8}  {look.station}  {look.kind}"


def _line(tx: Session, row: Audit, zone: ZoneInfo) -> str:
    grant = grants.get(tx, row.grant_id) if row.grant_id else None
    who = f"{grants.name_of(tx, grant)} ({grant.id})" if grant else f"person {row.person_id}" if row.person_id else "-"
    detail = [f"{name}={value}" for name, value in audit.detail_of(tx, row).items()]
    if named := audit.looks_of(tx, row):
        detail.append(f"looks={len(named)}")
    counts = [f"places={row.places}", f"cameras={row.cameras}"] if row.places else []
    when = f"{row.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    return "  ".join((f"{row.seq or '?':>8}", when, f"{row.action:8}", f"{row.station} · {who}", *counts, *detail))
