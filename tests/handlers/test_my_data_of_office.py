"""`/mydata` of whoever serves: roles, incidents with their references, codes; and no table that says nothing in it."""

from sqlmodel import SQLModel

import storage.tables.every  # noqa: F401 - every table is known
from bot import texts
from bot.core.access import Role
from bot.core.messages import Phrase
from bot.words import words
from tests.chat import RAJWADA, Chat, Phone
from tests.conftest import make_officer
from tests.generator import Generator
from tests.handlers.test_broadcast import admin as admin
from tests.handlers.test_broadcast import got, minute, owners, writes
from tests.handlers.test_my_data import in_words, local, my_data, said_of

THEFT, ACCIDENT = (
    f"/incident {reference}; 22.7185, 75.8550; 31 Oct 14:00 to 15:00"
    for reference in ("FIR 123/2026; theft", "GD 12 31-10-2026; accident")
)
# Which sentence tells a person what a table holds under their name.
TOLD: dict[str, str] = {
    "alarm": texts.MYDATA_WATCHED,
    "asked": texts.MYDATA_ASKED,
    "audit": texts.MYDATA_TRACE,
    "came_by": texts.MYDATA_CAME_BY,
    "factor": texts.MYDATA_FACTOR,
    "incident": texts.MYDATA_INCIDENT,
    "kept": texts.MYDATA_KEPT,
    "on_case": texts.MYDATA_CURRENT,
    "outbox": texts.MYDATA_QUEUED[0],
    "quiet": texts.MYDATA_QUIET,
    "recipient": texts.MYDATA_NEWS,
    "registration": texts.MYDATA_ENTRY,
    "role_grant": texts.MYDATA_ROLE,
    "tally": texts.MYDATA_WATCHED,
    "wish": texts.MYDATA_WISH,
}


def test_every_table_that_names_a_person_is_told_of_in_a_sentence() -> None:
    naming = {table.name for table in SQLModel.metadata.sorted_tables if "person_id" in table.columns}

    assert naming == set(TOLD)


def test_an_officer_reads_which_incidents_they_opened_and_works_on(chat: Chat, officer: Phone) -> None:
    officer.says(THEFT)
    officer.says("/incidents")
    officer.taps(texts.INCIDENT_BUTTON, reference="FIR 123/2026")
    officer.taps(texts.CLOSE_INCIDENT)
    officer.taps(texts.YES_CLOSE_INCIDENT)
    opened = chat.now
    chat.later(hours=1)
    officer.says(ACCIDENT)

    incidents = [
        {key: in_words(value) for key, value in one.items()} for one in said_of(officer, texts.MYDATA_INCIDENT)
    ]

    assert said_of(officer, texts.MYDATA_INCIDENTS[1]) == [{"n": 2}]
    assert incidents == [
        {"reference": "FIR 123/2026", "kind": texts.INCIDENT_THEFT, "opened": local(opened), "closed": local(opened)},
        {
            "reference": "GD 12/31-10-2026",
            "kind": texts.INCIDENT_ACCIDENT,
            "opened": local(chat.now),
            "closed": texts.MYDATA_NOT_CLOSED,
        },
    ]
    assert said_of(officer, texts.MYDATA_CURRENT) == [{"reference": "GD 12/31-10-2026"}]


def test_a_colleague_who_took_it_up_reads_what_they_work_on_and_not_that_they_opened_it(
    chat: Chat, officer: Phone
) -> None:
    officer.says(THEFT)
    colleague = make_officer(chat, 2002)

    colleague.says("/incidents")
    colleague.taps(texts.INCIDENT_BUTTON, reference="FIR 123/2026")
    colleague.taps(texts.WORK_ON_IT)

    assert said_of(colleague, texts.MYDATA_CURRENT) == [{"reference": "FIR 123/2026"}]
    assert said_of(colleague, texts.MYDATA_INCIDENT) == []


def test_an_officer_reads_that_they_have_a_second_factor_and_never_its_secret(chat: Chat, officer: Phone) -> None:
    codes = Generator(chat, officer.row)

    assert said_of(officer, texts.MYDATA_FACTOR) == [{"date": local(chat.now)}]
    assert codes.seed not in "\n".join(words(line, "en") for line in my_data(officer))


def test_whoever_may_search_reads_that_it_is_counted_and_nobody_else_does(chat: Chat, officer: Phone) -> None:
    staff = make_officer(chat, 3001, Role.STAFF)
    owner = chat.phone(1001)
    owner.registers(RAJWADA)

    told = [Phrase(texts.MYDATA_WATCHED) in my_data(who) for who in (officer, staff, owner)]

    assert told == [True, False, False]


def test_an_owner_reads_how_many_broadcasts_went_to_them(chat: Chat, admin: Phone) -> None:
    [owner] = owners(chat, 1)
    writes(admin)
    admin.taps(texts.SEND_IT)
    minute(chat)
    got(owner)

    assert said_of(owner, texts.MYDATA_NEWS) == [{"n": 1}]
