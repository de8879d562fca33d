"""The measurements work: each of them is run small, and what it writes is read again."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from sqlmodel import Session, col, select

from bench import __main__ as bench
from bench import country, delivery, growth, memory, nation, profile, report, search, start, turns, workers
from bench.crowd import Crowd
from bench.section import Goal, Section
from bench.stage import Bench
from bot.core.cover import cell_of
from bot.core.geo import Point
from storage.engine import Store
from storage.tables.register import Registration

pytestmark = [pytest.mark.sqlite, pytest.mark.timeout(300)]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """The command, with a small register: how it ends, and the document it writes."""

    def ran(*words: str) -> tuple[int, str]:
        small = ("--sizes", "300", "--centres", "3", "--nation", "2000", "--out", str(tmp_path))
        monkeypatch.setattr(sys, "argv", ["bench", *small, "--only", *words])
        return bench.main(), (tmp_path / "performance.md").read_text(encoding="utf-8")

    return ran


@pytest.mark.xdist_group("postgres")
def test_searches_are_measured_beside_their_peers_and_none_is_wrong(run: Callable[..., tuple[int, str]]) -> None:
    ended, written = run("search", "nation")

    assert ended == 0
    assert written.count("| wrong answers: Citizen-Eye on SQLite | 0 | at most 0 | met |") == 1
    assert "| wrong answers in the nation | 0 | at most 0 | met |" in written
    assert "`fsync=off`" in written  # on the server that PostGIS and our register share


def test_one_row_is_said_as_one() -> None:
    assert [search.in_words(rows) for rows in (0.0, 1.0, 1.5, 1559.0)] == ["0 rows", "1 row", "2 rows", "1,559 rows"]


@pytest.mark.xdist_group("postgres")
def test_a_sign_up_that_takes_longer_in_a_large_register_is_explained_by_others_who_sign_up(
    run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "ROWS", 20)  # of so few
    monkeypatch.setattr(growth, "NEWCOMERS", range(1, 9))
    monkeypatch.setattr(growth, "OTHERS", range(9, 17))
    monkeypatch.setattr(growth, "GROWTH", 0.0)

    ended, written = run("growth")

    assert ended == 0
    for kind in ("SQLite", "PostgreSQL"):
        assert f"**{kind}, a step of a sign-up: times the time**: where the time goes" in written
    assert profile.NO_PROFILE.partition(":")[2] not in written


def test_a_delivery_off_its_pace_is_explained_with_what_its_register_did(
    run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, small in {"QUEUED": 30, "BEHIND": 40, "ANSWERS": 2, "EVERY_S": 0.1}.items():
        monkeypatch.setattr(delivery, name, small)
    monkeypatch.setattr(delivery, "OFF_PERCENT", -1.0)
    monkeypatch.setattr(delivery, "LONGEST_S", 0.0)
    monkeypatch.setattr(profile, "SHOWN", 10_000)

    ended, written = run("delivery")

    assert ended == 0
    assert written.count("where the time goes") == 2
    assert len(re.findall(r"^\| `storage/outbox.py:\d+ lease` \|", written, re.MULTILINE)) == 2  # by whoever sends
    assert "its register on SQLite" in written


def test_an_entry_lost_and_an_entry_doubled_are_two_faults(store: Store) -> None:
    crowd = Crowd(range(1, 4))
    for _, updates in turns.steps(store, crowd.people):
        turns.take(store, updates)
    before = store.run(lambda tx: workers.faults(tx, crowd))

    store.run(_hands_one_over)

    assert before == (0, 0)
    assert store.run(lambda tx: workers.faults(tx, crowd)) == (1, 1)


def _hands_one_over(tx: Session) -> None:
    """Somebody's entry becomes another's second one: as many entries as before."""
    one, other, _ = tx.exec(select(Registration).order_by(col(Registration.id)))
    one.person_id = other.person_id


def test_nobody_is_measured_whose_updates_were_taken_before(store: Store) -> None:
    _, updates = next(turns.steps(store, range(1, 4)))
    turns.take(store, updates)

    with pytest.raises(AssertionError, match="taken before"):
        turns.take(store, updates)


def test_turns_are_measured(run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PEOPLE", 8)
    monkeypatch.setattr(turns, "PACED", 14)
    monkeypatch.setattr(turns, "ECHOES", 5)

    ended, written = run("turns")

    assert ended == 0
    assert "| CPU of a step in batches, ms |" in written
    assert re.search(r"95 of 100 within \d+\.\d ms, the slowest of 14 within \d+\.\d ms\.", written)
    assert re.search(r"pace: a plain loop of a million steps took \d+ ms of CPU before this, and \d+ after", written)


def test_a_start_that_takes_too_long_or_too_much_is_explained(
    run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "STARTS", 1)
    monkeypatch.setattr(start, "START_S", 0.01)
    monkeypatch.setattr(start, "SHOWN", 1000)
    monkeypatch.setattr(memory, "STARTS", 1)
    monkeypatch.setattr(memory, "MEMORY_MB", 1.0)

    ended, written = run("start")

    assert ended == 0
    assert re.search(r"^\| `sqlalchemy` \| \d+ \| [\d,]+ \| \d+\.\d \|$", written, re.MULTILINE)
    assert "| `numpy` |" not in written  # loaded after the answer: no part of the start
    assert re.search(r"^\| everything else \|  \| [\d,]+ \| \d+\.\d \|$", written, re.MULTILINE)
    assert re.search(r"^\| `\[heap\]` \| \d+\.\d \|$", written, re.MULTILINE)
    row = r"^\| (all loaded|after `/near`, [\d,]+ m) \| (\d*) \| (\d+) \| (\d+) \| (\d+) \|$"
    looks = re.findall(row, written, re.MULTILINE)
    after = [f"after `/near`, {far} m" for far in ("500", "2,000", "5,000")]
    assert [name for name, *_ in looks] == ["all loaded", *after]
    assert 0 < int(looks[1][1]) < int(looks[3][1])  # the searches found something
    assert all(int(own) < int(resident) <= int(peak) for *_, own, resident, peak in looks)
    judged = re.search(r"memory of the process after the searches \(RSS\), MB \| (\d+\.\d+) \| at most 1 \|", written)
    assert judged
    assert abs(float(judged[1]) - int(looks[-1][3])) < 1


def test_what_breaks_is_said_and_everything_else_is_written(
    run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(_bench: Bench) -> NoReturn:
        raise ConnectionError("a server that went away")

    def works(_bench: Bench) -> Section:
        return Section(
            "Delivery", ("As ever.",), (Goal("so many", 3.0, 2.0, again=lambda: cell_of(Point(22.7, 75.8))),)
        )

    monkeypatch.setitem(bench.MEASUREMENTS, "imports", breaks)
    monkeypatch.setitem(bench.MEASUREMENTS, "delivery", works)

    ended, written = run("imports", "delivery")

    assert ended == 1
    assert "As ever." in written
    assert bench.BROKE.format(error="ConnectionError") in written
    assert "a server that went away" not in written
    assert capsys.readouterr().out == "broke: imports\nmissed: so many\n"
    assert "cover.py" in written  # the profile of what missed its goal


def test_a_country_too_large_for_the_machine_is_left_out_with_a_line() -> None:
    assert "Left out" in nation.short_of(10**12)


def test_the_country_is_the_same_whoever_makes_it() -> None:
    whole, part = country.places(country.CHUNK + 10), country.chunk(1, 10)

    assert len(set(whole.ids.tolist())) == country.CHUNK + 10
    assert whole.ids[-10:].tolist() == part.ids.tolist()


def test_a_bot_that_starts_loads_nothing_that_the_first_answer_does_not_need() -> None:
    heavy = (
        "typst",
        "openpyxl",
        "xlsxwriter",
        "PIL",
        "sandbox",
        "geopy",
        "alembic",
        "psycopg",
        "sqlalchemy.dialects.postgresql",
        "numpy",
        "pyproj",
        "shapely",
        "uvicorn",
        "apscheduler",
    )
    asked = f"import sys, bot.command_line; print([name for name in {heavy} if name in sys.modules])"

    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)

    assert loaded.stdout.strip() == "[]"


def test_what_is_counted_has_no_profile_and_is_said_in_whole_numbers() -> None:
    wrong = profile.explained(Section("", (), (Goal("wrong answers", 3, 0),)))

    assert wrong.why == (profile.COUNTED.format(what="wrong answers"),)
    assert "| wrong answers | 3 | at most 0 | **missed** by 3 |" in report.written([wrong], (), "", "")


def test_a_goal_that_is_met_needs_no_profile() -> None:
    met = Section("", (), (Goal("so many", 1.0, 2.0),))

    assert profile.explained(met).why == ()
