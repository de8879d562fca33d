"""The trace as a chain: whatever is done to a row behind the bot's back is found, on both databases."""

import multiprocessing
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from storage import audit, trace
from storage.audit import Act
from storage.engine import Store, open_engine
from storage.head_file import HeadFile
from storage.keeping import ring, rotation
from storage.keeping.rotation import Rotation
from storage.keycheck import key_fits
from storage.seal import Seal
from storage.trace import TABLE, Head
from storage.trace_check import Checked, Finding, Wrong, verify
from tests.chat import NOON, hasty
from tests.conftest import KEY

pytestmark = pytest.mark.xdist_group("trace")
NEXT_KEY = b"n" * 32
ROWS = 9
EACH = 60


def opened(url: str, *ring: bytes, outside: HeadFile | None = None) -> Store:
    engine = open_engine(url)
    return Store(hasty(engine) if url.startswith("sqlite") else engine, Seal(ring or [KEY]), outside)


@pytest.fixture
def town(url: str, tmp_path: Path) -> Iterator[Store]:
    """A register whose trace has nine rows."""
    store = opened(url, outside=HeadFile(tmp_path / "trace-head"))
    store.run(key_fits)
    for n in range(1, ROWS + 1):
        store.run(partial(wrote, n=n))
    yield store
    store.close()


def wrote(tx: Session, n: int) -> None:
    audit.write(tx, Act.SEARCH, NOON, person_id=7, station="Palasia", places=n, lat=22.7, n=n)


def behind(store: Store, *statements: sa.Executable) -> None:
    """Somebody who has the database, but not the key."""
    with store.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def found(store: Store, *noted: Head) -> list[Finding]:
    checked = Checked()
    assert sum(verify(store, noted, checked)) == checked.rows
    return checked.found


def head(store: Store) -> Head:
    newest = store.run(trace.head)
    assert newest
    return newest


def set_(row: int, **values: object) -> sa.Update:
    return sa.update(TABLE).where(TABLE.c.seq == row).values(**values)


def test_a_trace_that_nobody_touched_is_as_it_was_written(town: Store) -> None:
    assert found(town, head(town)) == []
    assert head(town).seq == ROWS


def test_a_row_is_chained_with_what_it_records_or_not_at_all(town: Store) -> None:
    def fails(tx: Session) -> None:
        wrote(tx, 10)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        town.run(fails)

    assert (head(town).seq, found(town)) == (ROWS, [])


def test_a_row_that_was_undone_within_a_transaction_leaves_no_gap(town: Store) -> None:
    def in_part(tx: Session) -> None:
        undone = tx.begin_nested()
        wrote(tx, 10)
        undone.rollback()
        wrote(tx, 11)

    town.run(in_part)

    assert (head(town).seq, found(town)) == (ROWS + 1, [])


@pytest.mark.parametrize(
    "values",
    [
        {"places": 99},
        {"action": "page"},
        {"person_id": 8},
        {"person_id": None},
        {"grant_id": 8},
        {"incident_id": 8},
        {"station": "Vijay Nagar"},
        {"at": NOON.replace(hour=7)},
        {"cameras": 1},
        {"detail_sealed": b"nonsense"},
    ],
    ids=lambda values: f"{next(iter(values))}={next(iter(values.values()))}"[:24],
)
def test_an_edited_row_is_found(town: Store, values: dict[str, object]) -> None:
    behind(town, set_(5, **values))

    assert found(town) == [Finding(Wrong.ALTERED, 5, 5)]


def test_every_column_is_proved() -> None:
    tried = {"places", "action", "person_id", "grant_id", "incident_id", "station", "at", "cameras", "detail_sealed"}

    assert tried | {"id", "seq", "proof"} == {column.name for column in TABLE.columns}


def test_an_edited_proof_is_found_and_those_after_it_with_it(town: Store) -> None:
    forged = Seal([KEY]).ids[0] + bytes(32)
    behind(town, set_(5, proof=forged))

    assert found(town) == [Finding(Wrong.ALTERED, 5, 6)]


def test_a_row_proved_with_a_key_of_the_forgers_own_is_found(town: Store) -> None:
    behind(town, set_(5, places=99, proof=b"??" + bytes(32)))

    assert found(town) == [Finding(Wrong.UNPROVABLE, 5, 5), Finding(Wrong.ALTERED, 6, 6)]


def test_a_removed_row_is_found(town: Store) -> None:
    behind(town, TABLE.delete().where(TABLE.c.seq.in_([3, 4])))

    assert found(town) == [Finding(Wrong.MISSING, 3, 4)]


def test_a_removed_row_whose_gap_was_closed_is_found(town: Store) -> None:
    behind(
        town,
        TABLE.delete().where(TABLE.c.seq == 8),
        set_(9, seq=8),
    )

    assert found(town, head(town)) == [Finding(Wrong.ALTERED, 8, 8)]


def test_the_first_row_cannot_go_unnoticed(town: Store) -> None:
    behind(town, TABLE.delete().where(TABLE.c.seq == 1))

    assert found(town) == [Finding(Wrong.MISSING, 1, 1)]


def test_swapped_rows_are_found(town: Store) -> None:
    behind(town, set_(3, seq=-1), set_(4, seq=3), set_(-1, seq=4))

    assert found(town) == [Finding(Wrong.ALTERED, 3, 5)]


def test_what_two_rows_say_cannot_be_swapped(town: Store) -> None:
    with town.engine.connect() as connection:
        boxes = {row[0]: row[1] for row in connection.execute(sa.select(TABLE.c.seq, TABLE.c.detail_sealed))}
    behind(town, set_(3, detail_sealed=boxes[4]), set_(4, detail_sealed=boxes[3]))

    assert found(town) == [Finding(Wrong.ALTERED, 3, 4)]


def test_rows_cut_off_the_end_are_found_by_the_head_outside(town: Store) -> None:
    assert town.outside
    behind(town, TABLE.delete().where(TABLE.c.seq > 7))
    noted = town.outside.read()

    assert noted
    assert found(town) == []  # nothing inside tells
    assert found(town, noted) == [Finding(Wrong.CUT_OFF, 8, 9)]


def test_a_trace_that_was_emptied_is_found_by_the_head_outside(town: Store) -> None:
    noted = head(town)
    behind(town, TABLE.delete())

    assert found(town, noted) == [Finding(Wrong.CUT_OFF, 1, 9)]


def test_rows_cut_off_and_others_written_in_their_place_are_found_by_a_head_that_was_mailed(town: Store) -> None:
    mailed = head(town)
    behind(town, TABLE.delete().where(TABLE.c.seq > 7))
    for n in (80, 90, 100):
        town.run(partial(wrote, n=n))

    assert found(town) == []
    assert found(town, mailed) == [Finding(Wrong.OTHER, 9, 9)]


def test_a_row_slipped_in_beside_the_chain_is_found(town: Store) -> None:
    with town.engine.connect() as connection:
        row = connection.execute(sa.select(TABLE).where(TABLE.c.seq == 5)).mappings().one()
    for n, seq in ((1, None), (2, 0)):
        behind(town, TABLE.insert().values(dict(row) | {"id": n, "seq": seq, "proof": None}))

    assert found(town) == [Finding(Wrong.SLIPPED_IN, 1, 2)]


def test_the_head_outside_follows_each_commit_and_only_commits(town: Store) -> None:
    assert town.outside
    town.run(lambda tx: wrote(tx, 10))
    town.run(lambda _tx: None)

    assert town.outside.read() == head(town)
    assert town.outside.path.stat().st_mode & 0o077 == 0


def test_an_overtaken_commit_does_not_put_an_older_head_outside(tmp_path: Path) -> None:
    file = HeadFile(tmp_path / "trace-head")

    file.keep(Head(8, b"eight"))
    file.keep(Head(7, b"seven"))

    assert file.read() == Head(8, b"eight")


def test_a_head_that_cannot_be_kept_outside_does_not_stop_the_bot(town: Store, tmp_path: Path) -> None:
    town.outside = HeadFile(tmp_path / "nowhere" / "trace-head")

    town.run(lambda tx: wrote(tx, 10))

    assert head(town).seq == ROWS + 1


def test_a_head_survives_being_written_down(town: Store) -> None:
    assert trace.read_head(f" {head(town)}\n") == head(town)


def test_rows_from_before_the_chain_are_chained_once_and_the_trace_says_so(town: Store) -> None:
    behind(town, TABLE.update().values(seq=None, proof=None))

    for _ in range(2):
        town.run(lambda tx: audit.adopt(tx, NOON))

    *_, last = town.run(audit.rows)
    assert (last.action, town.run(lambda tx: audit.detail_of(tx, last))) == (Act.ADOPT, {"rows": ROWS})
    assert (head(town).seq, found(town)) == (ROWS + 1, [])


def test_rows_from_before_the_chain_come_first_even_where_a_row_is_written_before_they_were_chained(
    town: Store,
) -> None:
    behind(town, TABLE.update().values(seq=None, proof=None))

    town.run(partial(wrote, n=10))

    assert (head(town).seq, found(town)) == (ROWS + 1, [])


def test_an_empty_register_has_nothing_to_say_about_earlier_rows(url: str) -> None:
    store = opened(url)

    store.run(lambda tx: audit.adopt(tx, NOON))

    assert store.run(trace.head) is None
    store.close()


def test_a_chain_outlives_its_key(town: Store, url: str) -> None:
    mailed, both = head(town), opened(url, NEXT_KEY, KEY)
    assert ring.take_up(both)
    doing = Rotation(NOON)
    for work in (rotation.reseal, rotation.verify):
        assert sum(work(both, doing)) > 0
    both.run(lambda tx: wrote(tx, 10))
    both.close()

    alone = opened(url, NEXT_KEY)

    assert doing.complete
    assert found(alone, mailed) == []
    assert head(alone).seq == ROWS + 1
    behind(alone, set_(5, places=99))
    assert found(alone) == [Finding(Wrong.ALTERED, 5, 5)]
    alone.close()


def appends(url: str, number: int) -> None:
    store = opened(url)
    for n in range(EACH):
        store.run(partial(wrote, n=number * 1000 + n))
    store.close()


def test_two_processes_that_write_at_once_never_fork_the_chain(town: Store, url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=appends, args=(url, n)) for n in (1, 2)]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert [writer.exitcode for writer in writers] == [0, 0]
    assert (head(town).seq, found(town)) == (ROWS + 2 * EACH, [])


def test_whoever_works_long_after_writing_to_the_trace_keeps_nobody_waiting(town: Store, url: str) -> None:
    if url.startswith("sqlite"):
        pytest.skip("SQLite has one writer at a time anyway")
    written, go_on = threading.Event(), threading.Event()

    def slow(tx: Session) -> None:
        wrote(tx, 10)
        written.set()
        assert go_on.wait(20)

    thread = threading.Thread(target=town.run, args=(slow,))
    thread.start()
    assert written.wait(20)
    town.run(lambda tx: wrote(tx, 11))
    meanwhile = head(town).seq
    go_on.set()
    thread.join(20)

    assert (meanwhile, head(town).seq, found(town)) == (ROWS + 1, ROWS + 2, [])
