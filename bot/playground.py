"""Starts the sandbox: the unmodified bot, a Telegram on this computer, and a demo city in a register of its own."""

import asyncio
import errno
import tempfile
import webbrowser
from pathlib import Path

import pyotp
import typer
from sqlmodel import Session

from bot import app, demo, opening
from bot.settings import Settings, SettingsError, load
from sandbox import server
from sandbox.people import CAST
from sandbox.world import World

THINGS_TO_TRY = """
Three things to try:
  1. As Asha, press START and register a camera, in Hindi. Send a place with the paper clip.
  2. As the officer, send /near 22.7196 75.8577 500, or just a pin; choose Training, and when it was.
  3. As Asha again, send /mine and remove the camera; the officer no longer finds it.

For owners' numbers the officer needs six digits: type {seed} into an app for such codes.
Everyone here is made up, and nothing leaves this computer. Stop with Ctrl-C.
"""


async def play(settings: Settings, port: int, open_page: bool, stop: asyncio.Event) -> None:
    """Run until `stop`. The register lives in a folder that is thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="citizen-eye-") as folder:
        world = World()
        own = _own_settings(settings, folder, world.token, "http://127.0.0.1:1")
        store = opening.register(own)
        seed = pyotp.random_base32()
        officers = {str(person.id): person.name for person in CAST if person.role == "officer"}

        def begin_anew(tx: Session) -> None:
            demo.empty(tx)
            demo.fill(tx, officers, app.now(), seed)

        async def reset() -> None:
            await store.turn(begin_anew)

        try:
            await reset()
            async with server.serve(server.create_app(world, on_reset=reset), port) as running:
                typer.echo(f"\nCitizen-Eye sandbox: {running.url}\n{THINGS_TO_TRY.format(seed=seed)}")
                if open_page:
                    webbrowser.open(running.url)
                own = _own_settings(settings, folder, world.token, running.url)
                await app.serve(own, store, stop, training=True)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise SettingsError(f"port {port} is taken; try: citizen-eye sandbox --port {port + 1}") from None
        finally:
            store.close()


def _own_settings(settings: Settings, folder: str, token: str, url: str) -> Settings:
    """The city as it is set, with everything else the sandbox's own: no live token, database or key."""
    database = Path(folder) / "sandbox.db"
    city = {
        name: getattr(settings, name)
        for name in Settings.model_fields
        if name.startswith(("city", "police", "data_", "log"))
    }
    return load(
        _env_file=None,
        telegram_token=token,
        telegram_api_url=url,
        database_url=f"sqlite:///{database}",
        citizen_eye_key=(),
        geocoder_url="",
        **city,
    )
