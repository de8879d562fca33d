"""Workers on one PostgreSQL: what an update costs with one and with four, and what a kill -9 every second does."""

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

import psutil
import psycopg
from psycopg import sql
from sqlmodel import Session, col, select

from bench import servers
from bench.crew import Crew
from bench.crowd import UNTIL, Crowd
from bench.section import Goal, Section, Table
from bench.stage import KEY, Bench
from bench.townspeople import STEPS
from storage import claims, outbox, schema
from storage.engine import Store, open_engine
from storage.keycheck import key_fits
from storage.people import lane_of
from storage.seal import Seal
from storage.tables.register import Claim, Outbox, Person, Registration

WORKERS, KILL_EVERY_S = 4, 1.0
WARM = 300  # people before any time is taken: each connection of each worker has planned its statements by then
ROUNDS = (1, WORKERS, WORKERS, 1)  # how many workers; so whatever the machine does meanwhile hits both alike
MANY = 1000  # people at once: of them many wait a minute for the answer that a killed worker had in hand
LEAST, SHARE = 100, 20  # people in a round: one in so many of those of the long run
MOST_TIMES = 1.2
Effects: TypeAlias = Counter[tuple[str, int | bytes]]  # by kind, and the update or the chat's token it is of
ABOUT = (
    "People sign up, seven updates each, and send the next one when the answer has reached them. Each update is one"
    " transaction, handed to any worker that is free, 40 under way in all, as Telegram's webhook does; the answers"
    " leave through the outbox to a channel that takes each at once. Workers are processes of their own; the HTTP"
    " before and behind them is left out, since it would only hide what they cost each other. PostgreSQL is as it"
    f" comes (`fsync` on, what it confirms is on disk), but for {servers.listed(servers.DURABLE)}. CPU is what the"
    " workers and all of PostgreSQL's processes had."
)
KILLED = (
    "Then {updates:,} updates while one of {workers} workers is killed (`kill -9`) every second and another takes its"
    " place: what it had in hand is given to another worker. *Lost* and *doubled* are counted against what the people"
    " sent, one by one: the claim of each update, each person, their entry, and the messages for them in the register."
    " A message that was on its way when its worker was killed is sent again, since nobody can say whether it arrived:"
    " the last line."
)


@dataclass(frozen=True, slots=True)
class Spent:
    """Of one update: milliseconds of CPU of the workers, of PostgreSQL, and of waiting."""

    workers: float
    postgres: float
    wall: float

    @property
    def cpu(self) -> float:
        return self.workers + self.postgres


def measure(bench: Bench) -> Section:
    server = bench.stack.enter_context(servers.postgres(servers.DURABLE))
    people = -(-bench.settings.updates // len(STEPS))
    one, several = _compared(bench, _register(server, "compared"), max(LEAST, people // SHARE))
    reckoned = _tormented(bench, _register(server, "tormented"), people)
    costs = tuple(
        (f"{workers} worker{'s' * (workers > 1)}", *(f"{n:.2f}" for n in (it.workers, it.postgres, it.cpu, it.wall)))
        for workers, it in ((1, one), (WORKERS, several))
    )
    table = Table(("an update, ms", "CPU of workers", "CPU of PostgreSQL", "together", "wall clock"), costs)
    words = KILLED.format(updates=people * len(STEPS), workers=WORKERS)
    goals = (
        Goal(f"CPU of an update at {WORKERS} workers, times that at one", several.cpu / one.cpu, MOST_TIMES),
        Goal("effects lost", reckoned.lost, 0),
        Goal("effects doubled", reckoned.doubled, 0),
    )
    return Section("Four workers on one PostgreSQL", (ABOUT, table, words, reckoned.table), goals)


def _register(server: str, name: str) -> str:
    """The URL of an empty register."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = f"{server}/{name}"
    store = _opened(url)
    schema.migrate(store.engine)
    store.run(key_fits)
    store.close()
    return url


def _opened(url: str) -> Store:
    return Store(open_engine(url), Seal([KEY]))


def _compared(bench: Bench, url: str, people: int) -> tuple[Spent, Spent]:
    """What an update costs with one worker, and with several: as many people on the same register, in turns."""
    rounds: dict[int, list[Spent]] = {}
    first = 1
    for size in ROUNDS:
        crowd = range(first + WARM, first + WARM + people)
        with Crew(url, size) as crew:
            crew.serve(Crowd(range(first, first + WARM)))
            rounds.setdefault(size, []).append(_spent(crew, url, Crowd(crowd)))
        first = crowd.stop
        bench.say(f"workers: {size}, {rounds[size][-1].cpu:.2f} ms an update")
    return _mean(rounds[1]), _mean(rounds[WORKERS])


def _spent(crew: Crew, url: str, crowd: Crowd) -> Spent:
    workers, postgres, wall = crew.cpu(), _cpu_of_postgres(url), time.perf_counter()
    crew.serve(crowd)
    taken = (crew.cpu() - workers, _cpu_of_postgres(url) - postgres, time.perf_counter() - wall)
    return Spent(*(seconds / crowd.updates * 1000 for seconds in taken))


def _mean(rounds: Sequence[Spent]) -> Spent:
    return Spent(*(sum(getattr(one, name) for one in rounds) / len(rounds) for name in Spent.__slots__))


def _cpu_of_postgres(url: str) -> float:
    """Seconds of CPU that the server's processes have had, those that ended among them."""
    with psycopg.connect(url) as connection:
        keeper = psutil.Process(psutil.Process(connection.info.backend_pid).ppid())
    while True:
        with suppress(psutil.NoSuchProcess):  # one ended just now: its time goes over to the keeper's
            living = [child.cpu_times() for child in keeper.children()]
            own = keeper.cpu_times()
            ended = own.children_user + own.children_system
            return float(sum(one.user + one.system for one in (own, *living)) + ended)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What became of the updates that people sent."""

    lost: int
    doubled: int
    table: Table


def _tormented(bench: Bench, url: str, people: int) -> Reckoned:
    """Workers are killed while people sign up; then what is kept is counted."""
    crowd, begun = Crowd(range(1, people + 1), MANY), time.monotonic()
    with Crew(url, WORKERS) as crew:
        crew.serve(crowd, KILL_EVERY_S)
    seconds = time.monotonic() - begun
    store = _opened(url)
    lost, doubled = store.run(lambda tx: faults(tx, crowd))
    aside = store.run(claims.set_aside) + store.run(lambda tx: outbox.waiting(tx))
    store.close()
    bench.say(f"workers: {crew.kills} killed in {seconds:.0f} s")
    rows = (
        ("updates taken", f"{crowd.updates:,} in {seconds:.0f} s"),
        ("workers killed", f"{crew.kills:,}"),
        ("updates given to a second worker", f"{crew.again:,}"),
        ("effects lost", f"{lost + aside:,}"),
        ("effects doubled", f"{doubled:,}"),
        (f"messages sent twice, of {UNTIL[-1] * people:,}", f"{crowd.again:,}"),
    )
    return Reckoned(lost + aside, doubled, Table(("", ""), rows))


def faults(tx: Session, crowd: Crowd) -> tuple[int, int]:
    """How many effects are lost, and how many are there too often: one of each is two faults, not none."""
    found, wanted = _found(tx), _wanted(tx, crowd)
    return (wanted - found).total(), (found - wanted).total()


def _found(tx: Session) -> Effects:
    """How often each effect of an update is there."""
    entries = select(Person.chat_token).join(Registration, col(Registration.person_id) == Person.id)
    found = Effects(("claim", update) for update in tx.exec(select(Claim.update_id)))
    for kind, query in (("person", select(Person.chat_token)), ("entry", entries), ("message", select(Outbox.lane))):
        found.update((kind, lane) for lane in tx.exec(query))
    return found


def _wanted(tx: Session, crowd: Crowd) -> Effects:
    """How often each should be: once for each update and person, and so many messages for each."""
    wanted = Effects()
    for person in crowd.people:
        lane = lane_of(tx, "telegram", str(person))
        wanted.update({("claim", update): 1 for update in crowd.updates_of(person)})
        wanted.update({("person", lane): 1, ("entry", lane): 1, ("message", lane): UNTIL[-1]})
    return wanted
