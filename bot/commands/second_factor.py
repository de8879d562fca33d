"""`citizen-eye factor`, and what `invite` shows once: the QR picture that an officer's code generator reads."""

import io
from datetime import datetime
from pathlib import Path
from typing import Annotated

import pyotp
import segno
import typer
from sqlmodel import Session

from bot import opening
from bot.app import now
from bot.core.access import Role
from bot.core.casework.factor import HAVE_ONE
from bot.settings import Settings, SettingsError
from storage import audit
from storage.admin import grants
from storage.casework import factors
from storage.tables.register import Grant

commands = typer.Typer(rich_markup_mode=None)
Png = Annotated[
    Path | None, typer.Option("--png", help="write the QR picture there, mode 600, instead of on the screen")
]
ABOUT = """\
The officer's second factor: they scan this with an app for six-digit codes (Google Authenticator, Aegis, FreeOTP, ...)
while you are with them. It is shown once. Never send it in a chat: it belongs on their phone and nowhere else."""


@commands.command("factor")
def enrol(
    number: Annotated[int, typer.Argument(min=1, max=2**63 - 1, help="what `citizen-eye roles` shows first")],
    png: Png = None,
) -> None:
    """Show, once, the QR picture of an officer's second factor.

    At the station, never in a chat; an older picture works no more.
    """
    settings = opening.settings()
    store = opening.existing(settings)
    try:
        found = store.run(lambda tx: _enrolled(tx, number, now()))
    finally:
        store.close()
    if found is None:
        raise SettingsError("no officer, senior officer or administrator holds that grant: see `citizen-eye roles`")
    show(settings, *found, png)


def _enrolled(tx: Session, number: int, moment: datetime) -> tuple[str, str] | None:
    grant = grants.get(tx, number)
    if grant is None or Role(grant.role) not in HAVE_ONE or not _holds(tx, grant, moment):
        return None
    audit.write(tx, audit.Act.ENROL, moment, by=grant)
    return factors.make(tx, grant.person_id, moment), grants.name_of(tx, grant)


def _holds(tx: Session, grant: Grant, moment: datetime) -> bool:
    return any(held.id == grant.id for held in grants.in_force(tx, grant.person_id, moment))


def show(settings: Settings, seed: str, name: str, png: Path | None) -> None:
    """Print the QR picture, or write it where it was asked for. Raises SettingsError where it cannot be written."""
    issuer = f"Citizen-Eye {settings.city_name}"
    code = segno.make(pyotp.TOTP(seed).provisioning_uri(name=name, issuer_name=issuer), error="m", micro=False)
    typer.echo(ABOUT)
    if png is None:
        picture = io.StringIO()
        code.terminal(picture, compact=True, border=4)
        typer.echo(picture.getvalue())
        typer.echo(f"Without a camera, type this into the app: {' '.join(seed[n : n + 4] for n in range(0, 32, 4))}")
        return
    try:
        png.touch(mode=0o600, exist_ok=False)
        code.save(str(png), kind="png", scale=8)
    except FileExistsError:
        raise SettingsError(f"there is a file at {png}; make the picture with `citizen-eye factor`") from None
    except OSError as error:
        raise SettingsError(f"{png} cannot be written ({type(error).__name__})") from None
    typer.echo(f"The picture is in {png}. Delete it when it has been scanned.")
