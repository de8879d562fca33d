"""Incidents in the register: opened, current for twelve hours, found by their reference, closed."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.core.casework.incident import IncidentKind, Told
from bot.core.registration import Site
from storage.admin import grants
from storage.casework import incidents
from storage.tables.casework import Incident
from tests.chat import NOON, RAJWADA, Chat, Phone

TOLD = Told("FIR 123/2026", IncidentKind.THEFT, Site(RAJWADA, "Rajwada"), NOON - timedelta(hours=2), NOON)


@pytest.fixture
def theft(chat: Chat, officer: Phone) -> Incident:
    return chat.store.run(lambda tx: incidents.begin(tx, grants.of(tx, officer.row)[0], TOLD, chat.now))


def test_what_an_officer_told_is_kept_sealed_and_read_again(theft: Incident, chat: Chat, tx: Session) -> None:
    assert incidents.told(tx, theft) == TOLD
    assert b"123/2026" not in chat.saved()


def test_an_incident_stays_current_for_twelve_hours(theft: Incident, officer: Phone, tx: Session) -> None:
    almost, over = NOON + timedelta(hours=11, minutes=59), NOON + timedelta(hours=12)

    assert incidents.current(tx, officer.row, almost) == theft
    assert incidents.current(tx, officer.row, over) is None


def test_a_closed_incident_is_nobody_s_current_one_and_closes_once(theft: Incident, officer: Phone, chat: Chat) -> None:
    owner = officer.row

    def close(tx: Session) -> tuple[bool, bool, Incident | None]:
        row = incidents.get(tx, theft.id)
        assert row
        return (
            incidents.close(tx, row, chat.now),
            incidents.close(tx, row, chat.now),
            incidents.current(tx, owner, chat.now),
        )

    assert chat.store.run(close) == (True, False, None)


def test_an_incident_is_found_by_its_reference_and_listed_for_its_station(theft: Incident, tx: Session) -> None:
    assert incidents.with_reference(tx, "FIR 123/2026") == [theft]
    assert incidents.with_reference(tx, "FIR 124/2026") == []
    assert incidents.of_station(tx, "Palasia") == [theft]
    assert incidents.of_station(tx, "Rajendra Nagar") == []
