"""Starts the sandbox: the unmodified bot, a Telegram on this computer, and a demo city in a register of its own."""

import asyncio
import errno
import tempfile
import webbrowser
from pathlib import Path

import typer
from sqlmodel import Session

from bot import app, demo, opening, tour
from bot.core.access import Role
from bot.settings import Settings, SettingsError, load
from handlers.delivery import Post
from handlers.outcome import Outcome, Sent
from sandbox import server
from sandbox.people import CAST, Person
from sandbox.world import World
from storage.engine import Store
from storage.outbox import Leased
from storage.pace import Rates

ROLES = {
    "officer": Role.OFFICER,
    "senior officer": Role.SENIOR,
    "CI cell": Role.STAFF,
    "RWA": Role.BEARER,
    "administrator": Role.ADMIN,
}

THINGS_TO_TRY = """
Three things to try (the guided tour on the page leads through them and more):
  1. As Asha, press START and register a camera, in Hindi. Send a place with the paper clip.
  2. As SI Rao, send /near 22.7196 75.8577 500, or just a pin; choose Training, and when it was.
  3. As Asha again, send /mine and remove the camera; SI Rao no longer finds it.

Officers have a code generator on their phone: it is under the paper clip.
Everyone here is made up, and nothing leaves this computer. Stop with Ctrl-C.
"""


async def play(settings: Settings, port: int, open_page: bool, stop: asyncio.Event) -> None:
    """Run until `stop`. The register lives in a folder that is thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="citizen-eye-") as folder:
        world = World()
        world.tour, world.timezone = tour.steps(), settings.timezone
        own = _own_settings(settings, folder, world.token, "http://127.0.0.1:1")
        store = opening.register(own)
        readers = asyncio.create_task(made_up_owners(store).run())

        async def reset() -> None:
            seeds = await store.turn(_begin_anew)
            world.generators = {int(chat): seed for chat, seed in seeds.items()}

        try:
            await reset()
            async with server.serve(server.create_app(world, on_reset=reset), port) as running:
                typer.echo(f"\nCitizen-Eye sandbox: {running.url}\n{THINGS_TO_TRY}")
                if open_page:
                    webbrowser.open(running.url)
                own = _own_settings(settings, folder, world.token, running.url)
                await app.serve(own, store, stop, training=True)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise SettingsError(f"port {port} is taken; try: citizen-eye sandbox --port {port + 1}") from None
        finally:
            readers.cancel()
            await asyncio.gather(readers, return_exceptions=True)
            store.close()


def made_up_owners(store: Store) -> Post:
    """Those 400 have no phone on the page: whatever is sent to them counts as delivered, so that nothing waits."""

    async def takes(leased: Leased) -> Outcome:
        return Sent(str(leased.id))

    return Post(store, demo.CHANNEL, takes, store.clock, Rates())


def _begin_anew(tx: Session) -> dict[str, str]:
    demo.empty(tx)
    return demo.fill(tx, [serving(person) for person in CAST if person.role in ROLES], app.now())


def serving(person: Person) -> demo.Serves:
    """What the demo register is told about someone of the cast."""
    return demo.Serves(str(person.id), person.name, person.language_code, ROLES[person.role], person.of)


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
