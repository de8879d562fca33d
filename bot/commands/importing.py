"""`citizen-eye import ...`: what is said while other people's files are taken over; nothing of them half-done."""

import json
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot import logs, opening
from bot.app import now
from bot.commands import old_registers
from bot.commands.sheets import RefusedError
from bot.core.city import City
from bot.core.geo import Point
from bot.core.later import shapely
from bot.core.station import outlines
from bot.core.station.outlines import Bad, BadOutlinesError, Outline
from bot.settings import Settings, load
from storage.station import rehoming, stations
from storage.station.stations import Changes

cli = typer.Typer(help="Take over what others keep.", no_args_is_help=True, rich_markup_mode=None)
File = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)]
MOST_BYTES = 20_000_000  # the outlines of a city's stations take less than a tenth of it
FAR_M = 50_000  # a station may reach beyond its city, but not by so much
NOTHING = "Nothing was changed."


@cli.command("stations")
def import_stations(
    file: File,
    remove_others: Annotated[bool, typer.Option("--remove-others", help="forget stations not in the file")] = False,
) -> None:
    """Take the outlines of police stations from GeoJSON.

    Repeat it whenever they change.
    """
    settings = _settings()
    store = opening.existing(settings)
    try:
        found = read(file, settings.town().city)
        with typer.progressbar(length=store.run(rehoming.count), label="entries") as bar:

            def take(tx: Session) -> tuple[Changes, int]:
                changes = stations.put(tx, found, now(), remove_others=remove_others)
                return changes, rehoming.rehome(tx, bar.update)

            changes, moved = store.run(take)  # one transaction: all of the file, or none of it
    except RefusedError as refused:
        typer.echo(f"{refused} {NOTHING}", err=True)
        raise typer.Exit(1) from None
    finally:
        store.close()
    for line in report(found, changes, moved):
        typer.echo(line)


@cli.command("registrations")
def import_registrations(
    file: File,
    commit: Annotated[bool, typer.Option("--commit", help="take the entries over; without it, a trial")] = False,
    skip_wrong: Annotated[bool, typer.Option("--skip-wrong", help="leave rows out that are wrong")] = False,
    station: Annotated[str, typer.Option(help="whose register it is, where no outlines tell")] = "",
    invitations: Annotated[Path | None, typer.Option(help="where to put the invitations to send")] = None,
) -> None:
    """Take an older register over (CSV, XLSX); first a trial.

    Its entries are hidden until each owner agrees.
    """
    options = {"commit": commit, "skip_wrong": skip_wrong}
    try:
        fine = old_registers.take_over(_settings(), file, station=station.strip(), out=invitations, **options)
    except RefusedError as refused:
        typer.echo(f"{refused} {NOTHING}", err=True)
        raise typer.Exit(1) from None
    raise typer.Exit(0 if fine else 1)


def _settings() -> Settings:
    settings = load()
    logs.set_up(settings.log_level)
    return settings


def read(file: Path, city: City) -> list[Outline]:
    """The outlines of a file. Raises RefusedError."""
    document = _document(file)
    try:
        found = outlines.shapes(document)
        key = outlines.name_key(found)
        with typer.progressbar(found, label="outlines") as shapes:
            read = outlines.united([outlines.outline(one, key) for one in shapes])
    except BadOutlinesError as bad:
        raise RefusedError(sentence(bad)) from None
    _refuse_elsewhere(read, city)
    return read


def _document(file: Path) -> object:
    if (size := file.stat().st_size) > MOST_BYTES:
        raise RefusedError(
            f"{file.name} has {size / 1e6:.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read. Simplify the outlines,"
            " for example with `ogr2ogr -simplify 0.00005 smaller.geojson FILE`."
        )
    written = file.read_bytes()
    encoding = "utf-16" if written[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return json.loads(written.decode(encoding))
    except UnicodeDecodeError:
        raise RefusedError(f"{file.name} is not text in UTF-8. Save it again as GeoJSON.") from None
    except (ValueError, RecursionError):
        raise RefusedError(
            f"{file.name} is not JSON, or only a part of it. Expected: a GeoJSON file (.geojson) with polygons."
        ) from None


def sentence(bad: BadOutlinesError) -> str:
    """Why not, and what to do."""
    match bad.why:
        case Bad.NOT_GEOJSON:
            return "The file is JSON, but not GeoJSON. Expected: a FeatureCollection of polygons with a name each."
        case Bad.EMPTY:
            return "The file holds no shapes at all. Expected: a polygon with a name for each station."
        case Bad.NO_POLYGON:
            return "The file holds only points or lines. A station needs an area: export its polygons."
        case Bad.NOT_DEGREES:
            return (
                f"The coordinates are not degrees of longitude and latitude ({bad.where}). Export the file in WGS 84,"
                " for example with `ogr2ogr -t_srs EPSG:4326 degrees.geojson FILE`."
            )
        case Bad.NO_NAME:
            return (
                f"Shape {bad.where} of the file has no name. Expected: a property such as name, ps_name or"
                " police_station that every shape has."
            )
        case Bad.BROKEN:
            return f"The shape of “{bad.where}” cannot be mended: it has no area. Draw it again."


def _refuse_elsewhere(found: list[Outline], city: City) -> None:
    def near(lat: float, lon: float) -> bool:
        return abs(lat) <= 90 and city.metres_outside(Point(lat, lon)) <= FAR_M

    inside = [shapely.point_on_surface(one.area) for one in found]
    if any(near(point.y, point.x) for point in inside):
        return
    turned = any(near(point.x, point.y) for point in inside)
    why = "Latitude and longitude have changed places in the file" if turned else f"None of them is near {city.name_en}"
    todo = "GeoJSON wants longitude first: export it again." if turned else "Is it another city's file?"
    raise RefusedError(f"{why}. {todo}")


def report(found: list[Outline], changes: Changes, moved: int) -> list[str]:
    """What was done, a line for each kind of change."""
    mended = sorted(one.name for one in found if one.mended)
    kinds = {
        "new": changes.added,
        "changed": changes.changed,
        "as before": changes.same,
        "removed": changes.removed,
        "known before and not in the file (kept)": changes.others,
        "mended (a ring was open or crossed itself; look at it on a map)": mended,
    }
    lines = [f"{len(names):>6}  {kind}: {', '.join(sorted(names))}" for kind, names in kinds.items() if names]
    return [*lines, f"{moved:>6}  entries have another station now"]
