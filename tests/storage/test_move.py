"""A town moves to another database and arrives whole, however often the move is interrupted."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from bot import texts
from storage import people, spots
from storage.engine import Store, open_engine
from storage.keeping import move
from storage.keeping.hold import CannotMoveError, Why
from storage.tables.register import Claim, Person
from tests.chat import NOON, RAJWADA, Chat
from tests.conftest import make_officer
from tests.postgres import Cluster

pytestmark = [pytest.mark.xdist_group("move"), pytest.mark.sqlite]
NAMES = ("telegram", "Telegram", "a-b", "ab", "a b", "äöü", "हिन्दी", "z", "_", "0")  # no two collations agree on these


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a town can go: an empty place of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'town.db'}"
    there: str = request.getfixturevalue("postgres_url")
    return there


@pytest.fixture
def town(store: Store) -> str:
    """A small town, closed: an owner of two entries, an officer who searched, claims in many scripts."""
    chat = Chat(store)
    asha = chat.phone(1001)
    asha.registers()
    asha.registers(cameras=2)
    officer = make_officer(chat, 2001)
    officer.says("/near 22.7185 75.8550 500")
    asha.says("/add")
    chat.phone(1002).sends_offline("/start")
    store.run(lambda tx: tx.add_all([Claim(channel=name, update_id=-7, at=NOON) for name in NAMES]))
    store.close()
    return f"sqlite:///{chat.file}"


def carry(source: str, target: str) -> dict[str, int]:
    """Move a whole town; how many rows each table has."""
    with move.opened(source, target) as town:
        steps = sum(sum(work(town)) for work in (move.check, move.copy, move.verify))
        assert steps == 2 * town.rows
        return {part.name: part.rows for part in town.parts}


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a database holds."""
    engine = open_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in SQLModel.metadata.sorted_tables
        }
    engine.dispose()
    return found


def change(url: str, statement: sa.Executable) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(statement)
    engine.dispose()


def test_every_row_arrives_as_it_was(town: str, elsewhere: str) -> None:
    counts = carry(town, elsewhere)

    assert rows(elsewhere) == rows(town)
    assert counts["claim"] >= len(NAMES)
    assert (counts["person"], counts["registration"], counts["spot"], counts["role_grant"]) == (3, 2, 2, 1)
    assert counts["outbox"] > 0


def test_the_town_lives_on_where_it_went(town: str, elsewhere: str, store: Store) -> None:
    carry(town, elsewhere)

    chat = Chat(Store(open_engine(elsewhere), store.seal), now=NOON + timedelta(hours=1))
    chat.phone(1001).says("/mine")
    number = chat.phone(3003, number="+919800000003").registers()
    officer = chat.phone(2001)
    officer.says("/near 22.7185 75.8550 500")
    chat.store.close()
    assert number in officer.sees
    assert texts.NOT_FOR_YOU not in officer.reads


def test_a_town_comes_back_from_postgresql(town: str, postgres: Cluster, tmp_path: Path) -> None:
    there, back = postgres.fresh(), f"sqlite:///{tmp_path / 'back.db'}"

    carry(town, there)
    carry(there, back)

    assert rows(back) == rows(town)


def test_text_keys_move_under_a_collation_that_sorts_them_otherwise(
    town: str, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(move, "BATCH", 3)
    change(town, sa.text("CREATE TABLE meta_ (key VARCHAR COLLATE NOCASE PRIMARY KEY, value BLOB NOT NULL)"))
    change(town, sa.text("INSERT INTO meta_ SELECT key, value FROM meta"))
    change(
        town, sa.text("INSERT INTO meta_ VALUES ('a', x'01'), ('B', x'02'), ('c', x'03'), ('_', x'04'), ('D', x'05')")
    )
    change(town, sa.text("DROP TABLE meta"))
    change(town, sa.text("ALTER TABLE meta_ RENAME TO meta"))

    carry(town, elsewhere)

    assert rows(elsewhere) == rows(town)


def test_text_keys_move_to_a_postgresql_that_sorts_as_a_dictionary_does(town: str, postgres: Cluster) -> None:
    there = postgres.fresh()
    if not (collation := _dictionary(there)):
        pytest.skip("this PostgreSQL knows the order of bytes only")
    change(there, sa.text(f'ALTER TABLE claim ALTER channel TYPE varchar COLLATE "{collation}"'))

    carry(town, there)

    assert rows(there) == rows(town)


def _dictionary(url: str) -> str:
    """A collation that puts a before B, where there is one."""
    engine = open_engine(url)
    with engine.connect() as connection:
        named = "SELECT collname FROM pg_collation WHERE collname LIKE 'en%' OR collname LIKE 'hi%'"
        found = connection.execute(sa.text(named)).scalars().all()
        sorts = "SELECT 'a' < 'B' COLLATE \"{}\""
        first = next((name for name in found if connection.execute(sa.text(sorts.format(name))).scalar_one()), "")
    engine.dispose()
    return str(first)


@pytest.mark.parametrize("batches", [1, 2, 5, 8])
def test_a_move_goes_on_where_it_was_interrupted(
    town: str, elsewhere: str, batches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(move, "BATCH", 3)
    with move.opened(town, elsewhere) as first:
        sum(move.check(first))
        copying = move.copy(first)
        brought = sum(next(copying) for _ in range(batches))
        del copying

    with move.opened(town, elsewhere) as second:
        there = second.there
        checked = sum(move.check(second))
        rest = sum(move.copy(second))
        compared = sum(move.verify(second))

    assert brought == there == checked
    assert (there + rest, compared) == (second.rows, second.rows)
    assert rows(elsewhere) == rows(town)


def test_a_move_that_is_killed_again_and_again_arrives(town: str, postgres: Cluster) -> None:
    there, source = postgres.fresh(), open_engine(town)
    with source.begin() as connection:
        many = [{"channel": "many", "update_id": n, "at": NOON} for n in range(30_000)]
        connection.execute(sa.insert(Claim), many)
    source.dispose()
    words = [str(Path(sys.executable).with_name("citizen-eye")), "move", town, there]
    reached = [0]

    with _watching(there) as watched:
        for _ in range(3):
            _until(lambda: not watched.execute(sa.text(OTHERS)).scalar_one())
            with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as moving:
                _until(lambda: _claims(watched) > reached[-1])
                moving.send_signal(signal.SIGKILL)
            reached.append(_claims(watched))
    carry(town, there)

    assert 0 < reached[1] < reached[2] < reached[3] < 30_000
    assert rows(there) == rows(town)


OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename <> current_user"


@contextmanager
def _watching(url: str) -> Iterator[sa.Connection]:
    """Look on as somebody else: nobody of the mover's own name may be there."""
    change(url, sa.text("DROP ROLE IF EXISTS watcher"))
    change(url, sa.text("CREATE ROLE watcher SUPERUSER LOGIN"))
    place = sa.make_url(url).set(drivername="postgresql+psycopg", username="watcher")
    engine = sa.create_engine(place, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
    change(url, sa.text("DROP ROLE watcher"))


def _claims(watched: sa.Connection) -> int:
    return int(watched.execute(sa.text("SELECT count(*) FROM claim")).scalar_one())


def _until(happened: Callable[[], bool]) -> None:
    for _ in range(6000):
        if happened():
            return
        time.sleep(0.005)
    raise AssertionError("it did not happen")


def test_a_second_move_finds_everything_there(town: str, elsewhere: str) -> None:
    carry(town, elsewhere)

    with move.opened(town, elsewhere) as again:
        checked, copied = sum(move.check(again)), sum(move.copy(again))

    assert (checked, copied) == (again.rows, 0)


def refused(source: str, target: str) -> tuple[Why, str]:
    with pytest.raises(CannotMoveError) as refusal:
        carry(source, target)
    return refusal.value.why, refusal.value.detail


def test_a_target_with_a_person_of_its_own_is_refused_before_anything_is_written(
    town: str, elsewhere: str, store: Store
) -> None:
    other = Store(open_engine(elsewhere), store.seal)
    with move.opened(town, elsewhere):
        pass  # makes the tables, where there are none
    other.run(lambda tx: people.meet(tx, "telegram", "999", "hi", NOON))
    other.close()
    before = rows(elsewhere)

    assert refused(town, elsewhere) == (Why.STRANGERS, "person")
    assert rows(elsewhere) == before


def test_a_target_whose_copy_was_changed_is_refused(town: str, elsewhere: str) -> None:
    carry(town, elsewhere)
    change(elsewhere, sa.update(Person).values(language="hi"))

    assert refused(town, elsewhere) == (Why.STRANGERS, "person")


def test_a_row_that_changes_after_it_was_copied_is_noticed(town: str, elsewhere: str) -> None:
    with move.opened(town, elsewhere) as moving:
        sum(move.check(moving))
        sum(move.copy(moving))
        with moving.target.begin():
            moving.target.execute(sa.text("UPDATE spot SET cameras = cameras + 1"))

        with pytest.raises(CannotMoveError) as noticed:
            sum(move.verify(moving))

    assert (noticed.value.why, noticed.value.detail) == (Why.DIFFERENT, "spot")


def test_a_row_too_many_is_noticed(town: str, elsewhere: str) -> None:
    with move.opened(town, elsewhere) as moving:
        sum(move.check(moving))
        sum(move.copy(moving))
        with moving.target.begin():
            moving.target.execute(sa.text("INSERT INTO job (name, slot, claimed_at) VALUES ('zzz', 1, 1)"))

        with pytest.raises(CannotMoveError) as noticed:
            sum(move.verify(moving))

    assert (noticed.value.why, noticed.value.detail) == (Why.DIFFERENT, "job")


def test_a_register_that_the_bot_has_open_is_refused_even_while_it_is_idle(town: str, elsewhere: str) -> None:
    bot = open_engine(town)
    with bot.connect() as connection:
        connection.execute(sa.text("SELECT 1 FROM person"))  # and back into the pool, open

    assert refused(town, elsewhere) == (Why.SOURCE_IN_USE, "")
    bot.dispose()


def test_a_refused_move_does_not_leave_an_empty_file_where_the_town_was_to_go(town: str, tmp_path: Path) -> None:
    bot = open_engine(town)
    with bot.connect() as connection:
        connection.execute(sa.text("SELECT 1 FROM person"))

    refused(town, f"sqlite:///{tmp_path}/new/town.db")

    assert not (tmp_path / "new").exists()
    bot.dispose()


def test_a_postgresql_source_with_a_worker_on_it_is_refused(town: str, postgres: Cluster, tmp_path: Path) -> None:
    there, back = postgres.fresh(), f"sqlite:///{tmp_path / 'back.db'}"
    carry(town, there)
    worker = open_engine(there)
    with worker.connect() as connection:
        connection.execute(sa.text("SELECT 1"))

    assert refused(there, back) == (Why.SOURCE_IN_USE, "")
    worker.dispose()


def test_a_target_that_someone_uses_is_refused(town: str, elsewhere: str) -> None:
    carry(town, elsewhere)
    worker = open_engine(elsewhere)
    with worker.connect() as connection:
        connection.execute(sa.text("SELECT 1 FROM person"))

    assert refused(town, elsewhere) == (Why.TARGET_IN_USE, "")
    worker.dispose()


def test_nothing_is_written_to_the_source_while_it_moves(town: str, elsewhere: str) -> None:
    with move.opened(town, elsewhere):
        latecomer = sa.create_engine(town, connect_args={"timeout": 0.1})
        with pytest.raises(sa.exc.OperationalError, match="locked"), latecomer.begin() as connection:
            connection.execute(sa.text("UPDATE person SET language = 'hi'"))
        latecomer.dispose()


def test_nothing_is_written_to_a_postgresql_source_while_it_moves(
    town: str, postgres: Cluster, tmp_path: Path, store: Store
) -> None:
    there = postgres.fresh()
    carry(town, there)
    with move.opened(there, f"sqlite:///{tmp_path / 'back.db'}"):
        latecomer = open_engine(there)
        with Session(latecomer, info={"seal": store.seal}) as tx:
            tx.connection().execute(sa.text("SET LOCAL lock_timeout = '100ms'"))
            with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
                people.meet(tx, "telegram", "999", "hi", NOON)
        latecomer.dispose()


def test_a_source_of_another_schema_is_refused(town: str, elsewhere: str) -> None:
    change(town, sa.text("UPDATE alembic_version SET version_num = '0000'"))

    assert refused(town, elsewhere) == (Why.SOURCE_SCHEMA, "0000")


def test_a_target_of_another_schema_is_refused(town: str, elsewhere: str) -> None:
    carry(town, elsewhere)
    change(elsewhere, sa.text("UPDATE alembic_version SET version_num = '0000'"))

    assert refused(town, elsewhere) == (Why.TARGET_SCHEMA, "0000")


def test_a_town_does_not_move_onto_itself(town: str, tmp_path: Path) -> None:
    linked = tmp_path / "linked.db"
    linked.symlink_to(town.removeprefix("sqlite:///"))

    assert refused(town, town) == refused(town, f"sqlite:///{linked}") == (Why.SAME, "")


def test_a_town_on_postgresql_does_not_move_onto_itself_by_another_name(postgres: Cluster) -> None:
    there = postgres.fresh()

    assert refused(there, there + "?application_name=other") == (Why.SAME, "")


def test_a_source_that_is_not_there_is_refused_and_not_made(tmp_path: Path, elsewhere: str) -> None:
    nowhere = tmp_path / "nowhere.db"

    assert refused(f"sqlite:///{nowhere}", elsewhere) == (Why.NO_TOWN, "")
    assert not nowhere.exists()


def test_an_empty_postgresql_is_no_town(elsewhere: str, postgres: Cluster) -> None:
    assert refused(postgres.fresh("template0"), elsewhere) == (Why.NO_TOWN, "")


def test_searches_find_the_same_places_after_the_move(town: str, elsewhere: str, store: Store) -> None:
    from bot.core.casework.near import Circle

    carry(town, elsewhere)

    old, new = (Store(open_engine(url), store.seal) for url in (town, elsewhere))
    here, there = (one.run(lambda tx: spots.within(tx, Circle(RAJWADA, 500))) for one in (old, new))
    old.close()
    new.close()
    assert len(here) == 2
    assert here == there
