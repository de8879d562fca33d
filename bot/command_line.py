"""The command line: `citizen-eye ...`."""

import asyncio
import os
import sys
from datetime import timedelta
from typing import Annotated

import typer

from bot import app, misspelt, opening
from bot.commands import checks, importing, keeper, moving, rotating, safekeeping, second_factor, tracing
from bot.core.access import Role
from bot.settings import SettingsError
from bot.stopping import until_stopped

cli = typer.Typer(
    help="Citizen-Eye: the voluntary register of private cameras. Settings come from the environment and from .env.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
keys = typer.Typer(help="The keys that seal the register.", no_args_is_help=True, rich_markup_mode=None)
cli.add_typer(keys, name="keys")
cli.add_typer(safekeeping.commands)
cli.add_typer(second_factor.commands)
cli.add_typer(importing.cli, name="import")
cli.add_typer(tracing.cli, name="audit")
PORT = 8765
_settings = opening.settings
Granted = Annotated[str, typer.Argument(metavar="ROLE", help="officer, senior, staff or admin")]


def _warn() -> None:
    """Say what stands in .env in vain; it stops nothing."""
    for sentence in misspelt.warnings():
        typer.echo(sentence, err=True)


@cli.command()
def start(port: Annotated[int, typer.Option(min=0, max=65535, help="port of the sandbox page")] = PORT) -> None:
    """Start the live bot where there is a token, else the sandbox."""
    if _settings().telegram_token.get_secret_value():
        run()
    else:
        _warn()
        sandbox(port=port, open_page=False)


@cli.command()
def run(
    webhook: Annotated[str, typer.Option(metavar="URL", help="let Telegram post updates here (else WEBHOOK_URL)")] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="listen on this port (else LISTEN_PORT)")] = 0,
) -> None:
    """Run the bot live, until Ctrl-C or SIGTERM."""
    given = {"webhook_url": webhook, "listen_port": port}
    settings = _settings(**{name: value for name, value in given.items() if value})
    _warn()
    if settings.webhook_url and not settings.listen_port:
        raise SettingsError("LISTEN_PORT is missing; expected: --port N, where a proxy passes the webhook's updates on")
    if not settings.telegram_token.get_secret_value():
        raise SettingsError(
            "TELEGRAM_TOKEN is missing; expected: the token from BotFather. To look round first: `citizen-eye sandbox`"
        )
    key = opening.own_key(settings)
    first_time = key is not None and not key.exists()
    store = opening.register(settings)
    if first_time:
        typer.echo(f"A key was made: {key}. Keep a copy in a safe place: without it nobody can open the register.")
    typer.echo(f"The register of {settings.city_name} is open. Stop with Ctrl-C.")
    try:
        until_stopped(lambda stop: app.serve(settings, store, stop))
    finally:
        store.close()


@cli.command()
def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="port of the page; 0 takes any free one")] = PORT,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="open the page in the browser")] = True,
) -> None:
    """Train and show: run the bot with made-up people.

    It talks to a Telegram of its own on this computer; nothing leaves it.
    """
    from bot import playground

    until_stopped(lambda stop: playground.play(_settings(), port, open_page, stop))


@cli.command()
def migrate() -> None:
    """Bring the database to this program's schema."""
    before, after = opening.migrate(_settings())
    typer.echo(f"schema {before or '(none)'} -> {after}" if before != after else f"schema {after}: nothing to do")


@cli.command()
def check() -> None:
    """Look at settings, key, database, token and webhook.

    A line for each, and what to do where something is wrong.
    """
    lines = asyncio.run(checks.every())
    _warn()
    for line in lines:
        typer.echo(str(line))
    raise typer.Exit(0 if all(line.fine for line in lines) else 1)


@cli.command()
def unhook() -> None:
    """Delete the webhook that is set at Telegram.

    Then `run` can ask for updates itself; none is lost.
    """
    typer.echo(asyncio.run(keeper.unhook(_settings())))


@cli.command()
def invite(
    role: Granted,
    station: Annotated[str, typer.Option(help="station the role belongs to, such as Palasia")],
    name: Annotated[str, typer.Option(help="whom the link is for, such as 'SI, Palasia 1'")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="how long the role lasts")] = 365,
    png: second_factor.Png = None,
) -> None:
    """Print a one-time link that grants ROLE.

    For officers, senior officers and administrators with the QR picture of their second factor.
    """
    for text, option in ((station, "--station"), (name, "--name")):
        if not text.strip():
            raise typer.BadParameter("expected a few words", param_hint=option)
    if role not in keeper.GRANTABLE:
        raise typer.BadParameter(f"expected one of: {', '.join(keeper.GRANTABLE)}", param_hint="ROLE")
    settings = _settings()
    store = opening.existing(settings)
    payload, seed = keeper.invite(store, Role(role), station, name, timedelta(days=days))
    username = asyncio.run(keeper.bot_username(settings))
    typer.echo(f"https://t.me/{username or '<name of the bot>'}?start={payload}")
    if not username:
        typer.echo("(the bot's name is not known: TELEGRAM_TOKEN is not set, or Telegram cannot be reached)")
    typer.echo(f"payload: {payload}")
    typer.echo("It works once and dies after 48 hours. It is not shown again.")
    if role != Role.ADMIN and (unknown := keeper.without_outline(store, station)):
        typer.echo(unknown)
    if seed:
        second_factor.show(settings, seed, name, png)


@cli.command()
def roles() -> None:
    """List who holds or held which role, and links not used yet."""
    for line in keeper.roles(opening.existing(_settings())):
        typer.echo(line)


@cli.command()
def revoke(
    number: Annotated[int, typer.Argument(min=1, max=2**63 - 1, help="what `citizen-eye roles` shows first")],
) -> None:
    """End a role, or a link that nobody has used yet, at once."""
    said, done = keeper.revoke(opening.existing(_settings()), number)
    typer.echo(said)
    raise typer.Exit(0 if done else 1)


@cli.command()
def move(
    source: Annotated[str, typer.Argument(metavar="SOURCE_URL", help="such as sqlite:///data/citizen-eye.db")],
    target: Annotated[str, typer.Argument(metavar="TARGET_URL", help="such as postgresql://user:password@host/name")],
) -> None:
    """Carry the register to another database.

    After an interruption, give the same command again.
    """
    raise typer.Exit(0 if moving.move(source, target) else 1)


@keys.command("new")
def new_key() -> None:
    """Print a fresh key, and where to put it."""
    rotating.new()


@keys.command("show")
def show_keys() -> None:
    """Say how much each key of the ring still seals; never a key."""
    rotating.show(_settings())


@keys.command("rotate")
def rotate_keys() -> None:
    """Seal everything with the newest key, while the bot serves.

    After an interruption, give the same command again.
    """
    raise typer.Exit(0 if rotating.rotate(_settings()) else 1)


def main() -> None:
    """What is wrong with the settings is said in a sentence, not a traceback."""
    try:
        cli()
    except SettingsError as error:
        typer.echo(f"Citizen-Eye cannot start.\n{error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        os._exit(0)
