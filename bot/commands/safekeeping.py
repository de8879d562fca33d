"""`citizen-eye backup | backup-key | restore`: what is said about copies of the register."""

from pathlib import Path
from typing import Annotated

import typer

from bot import backup, opening
from bot.app import now
from bot.commands import restoring, tracing
from bot.settings import Settings, SettingsError
from storage.engine import Store
from storage.keeping import upkeep
from storage.keeping.backup import BackupError

commands = typer.Typer(rich_markup_mode=None)
NEXT = """\
The private key is in {file}. Take it off this machine: on paper or a stick in a safe, with a copy elsewhere.
Whoever has it and the register's own key can read the backups; without it nobody can.
Then set in .env:
BACKUP_KEY={public}"""
AFTERWARDS = """\
The register is back. Start the bot: `citizen-eye run`. Tell people in the notice of the day what was lost since that
backup, and keep {file} until you are sure."""


@commands.command("backup")
def back_up(
    tonight: Annotated[
        bool, typer.Option("--tonight", help="only where tonight's is not made yet: for a timer")
    ] = False,
) -> None:
    """Make a sealed copy of the register now, and try it.

    The bot may serve meanwhile.
    """
    settings = opening.settings()
    store = opening.existing(settings)
    try:
        made = backup.nightly(settings, store, now) if tonight else _made_now(settings, store)
        last = store.run(lambda tx: upkeep.last(tx, backup.BACKUP))
    except BackupError as error:
        raise SettingsError(f"no backup was made: {error}") from None
    finally:
        store.close()
    if made:
        typer.echo(f"{made.file}  {made.size:,} bytes")
        typer.echo(f"tried: {made.note}" if made.tried else f"NOT tried: {made.note}")
    elif last and (last.fine or last.ended_at is None):
        typer.echo("tonight's backup is made, or under way")
    else:
        raise SettingsError(f"no backup was made: {last.note if last else 'BACKUP_KEY is not set'}")


def _made_now(settings: Settings, store: Store) -> backup.Made:
    made = backup.make(settings, store, now())
    backup.write_down(store, made, now())
    return made


@commands.command("backup-key")
def new_key(file: Annotated[Path, typer.Argument(help="where to write the private key; best on a stick")]) -> None:
    """Make the pair of keys that backups are sealed with."""
    try:
        public = restoring.make_key(file)
    except FileExistsError:
        raise SettingsError(f"there is a file at {file}; nothing was written") from None
    except OSError as error:
        raise SettingsError(f"{file} cannot be written ({type(error).__name__})") from None
    typer.echo(NEXT.format(file=file, public=public))


@commands.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(help="the backup, such as data/backups/citizen-eye-…sqlite.age")],
    identity: Annotated[Path, typer.Option(help="the file with the private key")],
    head: Annotated[list[str] | None, typer.Option(help=tracing.NOTED)] = None,
) -> None:
    """Put a backup back, where DATABASE_URL names no register yet."""
    try:
        lines = restoring.restore(opening.settings(), file, identity, now(), tracing.heads(head))
    except BackupError as error:
        raise SettingsError(f"nothing was put back: {error}") from None
    for line in lines:
        typer.echo(line)
    typer.echo(AFTERWARDS.format(file=file))
