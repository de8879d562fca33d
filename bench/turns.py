"""A turn: what a step of the sign-up costs, alone and in the batches that a poll brings; beside a bare echo bot."""

import asyncio
import gc
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from statistics import fmean
from time import perf_counter, thread_time
from typing import NamedTuple, TypeAlias

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters  # noqa: TID251 - the peer is bare PTB

from bench import townspeople
from bench.echo import Instant, message
from bench.rounds import typical
from bench.section import Goal, Section, Table
from bench.stage import KEY, Bench
from bench.townspeople import HOUSE, STEPS, Buttons
from bot.core.messages import Envelope
from handlers import reception
from handlers.reception import Outcome
from storage import schema
from storage.engine import Store, open_engine
from storage.keycheck import key_fits
from storage.seal import Seal

PEOPLE, ROUNDS, BATCH = 400, 7, 100  # a poll brings at most a hundred updates
PACED, RATE = 400, 50.0  # updates, and how many of them a second
ECHOES = 2000
_NUMBERS = count()
CPU_MS, LEAST_A_SECOND, LATENCY_MS = 1.0, 500.0, 30.0
ABOUT = (
    "Each step is an update as it comes from the channel's reader: claimed, its person and conversation loaded,"
    " answered, sealed, saved, the answer in the outbox, committed with `synchronous=FULL` on SQLite. *Batches*: a"
    " hundred in one transaction, a savepoint each, as one poll brings them when many wait. *Alone*: one transaction"
    " each; the goal is read of batches. {rounds} rounds of {people} people, in turns: the middle one, and in brackets"
    " the quickest of all steps, as whatever else the machine does only adds to a round. The echo bot is a bare"
    " python-telegram-bot Application that answers each message with its words; it keeps nothing, and its network"
    " answers at once."
)


class Spent(NamedTuple):
    """Milliseconds of CPU and of waiting, for one update."""

    cpu: float
    wall: float


Round: TypeAlias = dict[str, Spent]  # of each step


class Rounds(NamedTuple):
    """The middle one, and the quickest."""

    middle: Round
    quickest: Round

    def shown(self) -> str:
        """CPU of all steps together, as the table says it."""
        return f"{_cpu(self.middle):.2f} ({_cpu(self.quickest):.2f})"


def measure(bench: Bench) -> Section:
    batches, alone = _in_turns(bench)
    waited = _latency(bench)
    latency = typical(waited)
    echo = asyncio.run(_echo())
    bench.say("turns")
    rows = [(name, *(f"{ran.middle[name].cpu:.2f}" for ran in (batches, alone))) for name in STEPS]
    rows += [("**all**", batches.shown(), alone.shown()), ("echo bot, nothing kept", "", f"{echo:.2f}")]
    cpu, wall = map(fmean, zip(*batches.middle.values(), strict=True))
    text = (
        f"At {RATE:.0f} updates a second, one by one: {latency.p50:.1f} ms each, 95 of 100 within {latency.p95:.1f} ms,"
        f" the slowest of {len(waited)} within {max(waited) * 1000:.1f} ms."
    )
    in_batches = partial(_signed_up, bench, BATCH)
    goals = (
        Goal("CPU of a step in batches, ms", cpu, CPU_MS, again=in_batches),
        Goal("steps a second in one process, durable, in batches", 1000 / wall, LEAST_A_SECOND, True, in_batches),
        Goal(
            f"95 of 100 steps at {RATE:.0f} a second, ms", latency.p95, LATENCY_MS, again=lambda: _signed_up(bench, 1)
        ),
    )
    about, table = ABOUT.format(rounds=ROUNDS, people=PEOPLE), Table(("CPU, ms", "in batches", "alone"), tuple(rows))
    return Section("A turn", (about, table, text), goals)


def register(bench: Bench, name: str) -> Store:
    """An empty register on SQLite, durable as the bot's."""
    engine = open_engine(f"sqlite:///{Path(bench.folder) / name}.db")
    schema.migrate(engine)
    store = Store(engine, Seal([KEY]))
    store.run(key_fits)
    bench.stack.callback(store.close)
    return store


def take(store: Store, batch: Sequence[Envelope]) -> None:
    taken = store.run(lambda tx: reception.take_all(tx, HOUSE, batch, townspeople.now()))
    if set(taken.outcomes) != {Outcome.TAKEN}:
        raise AssertionError("an update failed, or had been taken before")


def steps(store: Store, people: range) -> Iterator[tuple[str, list[Envelope]]]:
    first, shown = people.start * len(STEPS), Buttons()  # nobody else's updates have these numbers
    for name, step in STEPS.items():
        yield name, list(townspeople.updates(people, step, shown, first))
        first += len(people)
        shown = store.run(townspeople.delivered)


def _in_turns(bench: Bench) -> tuple[Rounds, Rounds]:
    """In batches and alone, several times in turns."""
    rounds = [(_signed_up(bench, BATCH), _signed_up(bench, 1)) for _ in range(ROUNDS)]
    batches, alone = (sorted(ran, key=_cpu) for ran in zip(*rounds, strict=True))
    return Rounds(batches[ROUNDS // 2], batches[0]), Rounds(alone[ROUNDS // 2], alone[0])


def _cpu(ran: Round) -> float:
    return fmean(spent.cpu for spent in ran.values())


def _signed_up(bench: Bench, size: int) -> Round:
    """What each step cost, in batches of this size."""
    store = register(bench, f"turns-{size}-{next(_NUMBERS)}")
    spent = {}
    gc.collect()
    gc.freeze()  # as the bot does once it serves
    for name, updates in steps(store, range(1, PEOPLE + 1)):
        cpu, wall = thread_time(), perf_counter()
        for at in range(0, PEOPLE, size):
            take(store, updates[at : at + size])
        spent[name] = Spent((thread_time() - cpu) / PEOPLE * 1000, (perf_counter() - wall) / PEOPLE * 1000)
    gc.unfreeze()
    return spent


def _latency(bench: Bench) -> list[float]:
    """Updates that come one by one, in time: the seconds that each takes, its wait for the one before included."""
    store = register(bench, "turns-paced")
    people = PACED // len(STEPS)
    taken: list[float] = []
    for _, updates in steps(store, range(1, people + 1)):
        begun = perf_counter()
        for n, update in enumerate(updates):
            due = begun + n / RATE
            time.sleep(max(0.0, due - perf_counter()))
            take(store, [update])
            taken.append(perf_counter() - due)
    return taken


async def _echo() -> float:
    """Milliseconds of CPU for a message that is echoed."""

    async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.text:
            await update.message.reply_text(update.message.text)

    application = ApplicationBuilder().token("1:bench").request(Instant()).updater(None).build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    await application.initialize()
    raw = [{"update_id": n, "message": message(n)} for n in range(ECHOES)]
    begun = thread_time()
    for one in raw:
        await application.process_update(Update.de_json(one, application.bot))
    spent = thread_time() - begun
    await application.shutdown()
    return spent / ECHOES * 1000
