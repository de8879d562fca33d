"""`citizen-eye audit verify | head | show`: what the keeper of the bot is told of the trace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot import opening, texts
from bot.commands.tracing import sentence
from bot.core.casework.incident import IncidentKind, Told
from bot.core.registration import Site
from bot.settings import load
from storage import audit
from storage.admin import grants
from storage.audit import Act
from storage.casework import incidents
from storage.tables.looks import Look
from storage.trace import TABLE
from storage.trace_check import Finding, Wrong
from tests.chat import NOON, RAJWADA, Chat, Phone
from tests.commands import KEY, Ended, Nursery
from tests.conftest import make_officer

TOLD = Told("FIR 123/2026", IncidentKind.THEFT, Site(RAJWADA, "Rajwada"), NOON, NOON)
pytestmark = pytest.mark.xdist_group("commands")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Chat]:
    """A register on its own, as `citizen-eye` opens it: an owner, and an officer who looked."""
    url = f"sqlite:///{tmp_path / 'register.db'}"
    chat = Chat(opening.register(load(_env_file=None, database_url=url, citizen_eye_key=KEY)))
    chat.has_cameras(RAJWADA)
    yield chat
    chat.store.close()


@pytest.fixture
def officer(town: Chat) -> Phone:
    return make_officer(town, 2001)


def tells(tmp_path: Path, nursery: Nursery, *words: str) -> Ended:
    return nursery.run(tmp_path, "audit", *words)


def test_a_trace_that_nobody_touched_is_praised(town: Chat, officer: Phone, tmp_path: Path, nursery: Nursery) -> None:
    looked(town, officer)

    said = tells(tmp_path, nursery, "verify")

    assert said.code == 0, said.errors
    assert "each as it was written" in said.output


def test_a_row_cut_off_the_end_is_told_and_the_command_fails(
    town: Chat, officer: Phone, tmp_path: Path, nursery: Nursery
) -> None:
    looked(town, officer)
    last = sa.select(sa.func.max(TABLE.c.seq)).scalar_subquery()
    with town.store.engine.begin() as connection:
        connection.execute(sa.delete(TABLE).where(TABLE.c.seq == last))

    said = tells(tmp_path, nursery, "verify")

    assert said.code == 1
    assert sentence(Finding(Wrong.CUT_OFF, 2, 2)) in said.output


def test_a_head_that_was_mailed_is_tested_even_where_the_file_was_rewritten(
    town: Chat, officer: Phone, tmp_path: Path, nursery: Nursery
) -> None:
    looked(town, officer)
    mailed = tells(tmp_path, nursery, "head").output.strip()
    with town.store.engine.begin() as connection:
        connection.execute(sa.delete(TABLE))
    (tmp_path / "trace-head").unlink()

    silent = tells(tmp_path, nursery, "verify")
    said = tells(tmp_path, nursery, "verify", "--head", mailed)

    assert (silent.code, said.code) == (0, 1)
    assert "would not be noticed" in silent.output
    assert sentence(Finding(Wrong.CUT_OFF, 1, 2)) in said.output


def test_a_look_that_was_removed_so_that_its_owner_does_not_read_it_is_found(
    town: Chat, officer: Phone, tmp_path: Path, nursery: Nursery
) -> None:
    town.phone(1001).registers()
    officer.says(f"/near {RAJWADA.lat} {RAJWADA.lon} 500")
    [row] = town.store.run(lambda tx: audit.rows(tx, Act.SEARCH))
    with town.store.engine.begin() as connection:
        connection.execute(sa.delete(Look))

    said = tells(tmp_path, nursery, "verify")

    assert said.code == 1
    assert sentence(Finding(Wrong.LOOKS, row.seq or 0, row.seq or 0)) in said.output


def test_a_head_that_nobody_printed_is_refused(town: Chat, tmp_path: Path, nursery: Nursery) -> None:
    town.store.close()

    said = tells(tmp_path, nursery, "verify", "--head", "nonsense")

    assert said.code == 2
    assert "audit head" in said.errors


def test_what_an_officer_did_is_shown_and_that_it_was_read_is_written_down(
    town: Chat, officer: Phone, tmp_path: Path, nursery: Nursery
) -> None:
    grant = looked(town, officer)

    said = tells(tmp_path, nursery, "show", "--officer", str(grant))

    assert [line.split()[3] for line in said.output.splitlines()[:-1]] == ["grant", "search"]
    assert "SI, Palasia 1" in said.output
    [read] = town.store.run(lambda tx: audit.rows(tx, Act.READ))
    assert town.store.run(lambda tx: audit.detail_of(tx, read)) == {"of": "officer", "value": str(grant)}


def test_what_was_done_for_an_incident_is_shown(town: Chat, officer: Phone, tmp_path: Path, nursery: Nursery) -> None:
    looked(town, officer)

    said = tells(tmp_path, nursery, "show", "--incident", "fir no. 123/26")
    other = tells(tmp_path, nursery, "show", "--incident", "FIR 124/2026")

    assert [line.split()[3] for line in said.output.splitlines()[:-1]] == ["search"]
    assert other.output.splitlines() == ["0 rows"]


def test_what_was_done_with_an_entry_is_shown(town: Chat, tmp_path: Path, nursery: Nursery) -> None:
    asha = town.phone(1001)
    number = asha.registers()
    asha.says("/forget")
    asha.taps(texts.YES_FORGET)

    said = tells(tmp_path, nursery, "show", "--registration", number.lower())

    assert [line.split()[3] for line in said.output.splitlines()[:-2]] == ["withdraw"]


def test_each_look_at_an_entry_is_shown_as_its_owner_can_read_it(
    town: Chat, officer: Phone, tmp_path: Path, nursery: Nursery
) -> None:
    number = town.phone(1001).registers()
    officer.says(f"/near {RAJWADA.lat} {RAJWADA.lon} 500")

    said = tells(tmp_path, nursery, "show", "--registration", number)

    assert "looks, as its owner can read them" in said.output
    assert " place " in said.output
    assert "looks=2" in next(line for line in said.output.splitlines() if " search " in line)


@pytest.mark.parametrize("words", [(), ("--officer", "1", "--incident", "FIR 1/2026")])
def test_one_question_at_a_time(town: Chat, tmp_path: Path, nursery: Nursery, words: tuple[str, ...]) -> None:
    town.store.close()

    assert tells(tmp_path, nursery, "show", *words).code == 2


def looked(town: Chat, officer: Phone) -> int:
    """The officer opens an incident, and a search is written down for it; the number of the officer's grant."""

    def do(tx: Session) -> int:
        grant = grants.of(tx, row)[0]
        incident = incidents.begin(tx, grant, TOLD, town.now)
        audit.write(tx, Act.SEARCH, town.now, by=grant, places=1, cameras=4, incident_id=incident.id)
        return grant.id

    row = officer.row
    return town.store.run(do)
