"""A worker in a process of its own: takes updates one at a time, as a webhook brings them, and delivers the answers."""

import asyncio
from dataclasses import dataclass
from multiprocessing.connection import Connection

from sqlalchemy.orm import configure_mappers

from bench.stage import KEY
from bench.townspeople import HOUSE, buttons
from bot.core.messages import Envelope
from handlers import mail, reception
from handlers.delivery import Outcome, Post, Sent
from handlers.telegram.read import CHANNEL
from storage.engine import Store, open_engine
from storage.outbox import Leased
from storage.pace import Rates
from storage.seal import Seal

configure_mappers()  # once, before any of them starts
BOUNDLESS = Rates(1e6, 1e6, 1e6)  # the work is measured, not the channel's patience


@dataclass(frozen=True, slots=True)
class Took:
    """An update whose transaction is committed."""

    update: int


@dataclass(frozen=True, slots=True)
class Said:
    """A message that reached its chat, and its buttons: what is written on them, and what they carry."""

    message: int
    chat: str
    buttons: dict[str, str]


def works(url: str, wire: Connection) -> None:
    """Serve one register until the other end of the wire is closed."""
    asyncio.run(_serves(url, wire))


async def _serves(url: str, wire: Connection) -> None:
    store = Store(open_engine(url), Seal([KEY]))
    arrived: asyncio.Queue[Envelope | None] = asyncio.Queue()
    asyncio.get_running_loop().add_reader(wire.fileno(), _arrives, wire, arrived)
    post = Post(store, CHANNEL, lambda message: _says(wire, message), store.clock, BOUNDLESS)
    delivering = asyncio.create_task(post.run())
    taking: set[asyncio.Task[None]] = set()
    while update := await arrived.get():
        task = asyncio.create_task(_takes(store, update, wire, post))
        taking.add(task)
        task.add_done_callback(taking.discard)
    delivering.cancel()
    await asyncio.wait((delivering, *taking))
    store.close()


def _arrives(wire: Connection, arrived: asyncio.Queue[Envelope | None]) -> None:
    try:
        arrived.put_nowait(wire.recv())
    except EOFError:
        asyncio.get_running_loop().remove_reader(wire.fileno())
        arrived.put_nowait(None)


async def _takes(store: Store, update: Envelope, wire: Connection, post: Post) -> None:
    taken = await store.turn(lambda tx: reception.take_all(tx, HOUSE, [update], store.clock()))
    if taken.count:
        post.ring()
        wire.send(Took(update.update_id))


async def _says(wire: Connection, message: Leased) -> Outcome:
    out = mail.OUTGOING.validate_json(message.message)
    wire.send(Said(message.id, out.chat, buttons(out.answer)))
    return Sent()
