"""Every column of the register, with what it holds: none can hold a picture or a way into a camera."""

import re
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import storage.tables.every  # noqa: F401 - fills the metadata

# name of the column -> what is in it. "sealed" only storage/seal.py opens; "token" is a keyed hash; "plain" is
# readable by whoever holds the file, so it must say nothing about anybody.
COLUMNS = {
    "meta": {"key": "plain", "value": "sealed"},
    "claim": {"channel": "plain", "update_id": "plain", "at": "plain"},
    "quarantine": {
        "channel": "plain", "update_id": "plain", "attempts": "plain", "error": "plain", "at": "plain",
        "set_aside": "plain",
    },
    "person": {
        "id": "plain", "channel": "plain", "chat_token": "token", "chat_sealed": "sealed", "language": "plain",
        "reachable": "plain", "phone_token": "token", "phone_sealed": "sealed", "consent_version": "plain",
        "consent_at": "plain", "stages_sealed": "sealed", "created_at": "plain", "seen_at": "plain",
        "reminded_at": "plain", "asked_at": "plain", "muted_at": "plain",
    },
    "registration": {
        "id": "plain", "number": "plain", "person_id": "plain", "state": "plain", "cameras": "plain", "kind": "plain",
        "sees_road": "plain", "days_kept": "plain", "place_sealed": "sealed", "consent_version": "plain",
        "consent_at": "plain", "created_at": "plain", "changed_at": "plain", "withdrawn_at": "plain",
        "station_id": "plain", "verified_at": "plain", "visited_at": "plain", "source": "plain", "slip": "plain",
        "standing": "plain", "confirmed_at": "plain", "check_at": "plain",
    },
    "station": {"id": "plain", "name": "plain", "outline": "plain", "contact": "plain", "drawn": "plain"},
    "spot": {"cell_token": "token", "registration_id": "plain", "cameras": "plain", "point_sealed": "sealed"},
    "invite": {
        "id": "plain", "token": "token", "role": "plain", "station": "plain", "society_id": "plain",
        "name_sealed": "sealed", "role_until": "plain", "created_at": "plain", "expires_at": "plain",
        "used_at": "plain", "made_by": "plain", "told_at": "plain", "seconded_by": "plain",
    },
    "role_grant": {
        "id": "plain", "person_id": "plain", "role": "plain", "station": "plain", "society_id": "plain",
        "name_sealed": "sealed", "granted_at": "plain", "expires_at": "plain", "revoked_at": "plain",
        "warned_at": "plain", "ended_at": "plain", "asleep_at": "plain", "woken_at": "plain",
    },
    "audit": {
        "id": "plain", "at": "plain", "action": "plain", "person_id": "plain", "grant_id": "plain", "station": "plain",
        "places": "plain", "cameras": "plain", "incident_id": "plain", "detail_sealed": "sealed", "seq": "plain",
        "proof": "token",
    },
    "outbox": {
        "id": "plain", "person_id": "plain", "channel": "plain", "lane": "token", "priority": "plain",
        "due_at": "plain", "leased_until": "plain", "attempts": "plain", "sent_at": "plain", "outcome": "plain",
        "message_sealed": "sealed", "kept_id": "plain", "not_before": "plain", "must": "plain",
    },
    "request": {
        "id": "plain", "incident_id": "plain", "grant_id": "plain", "station": "plain", "start_at": "plain",
        "end_at": "plain", "asked_at": "plain", "deadline_at": "plain", "reminded_at": "plain", "thanked_at": "plain",
        "shown": "plain",
    },
    "asked": {
        "id": "plain", "request_id": "plain", "person_id": "plain", "kept_id": "plain", "answer": "plain",
        "answered_at": "plain", "number_until": "plain", "keeps_number": "plain",
    },
    "asked_place": {"asked_id": "plain", "registration_id": "plain"},
    "look": {
        "id": "plain", "registration_id": "plain", "incident_id": "plain", "station": "plain", "kind": "plain",
        "act": "plain", "at": "plain",
    },
    "delay": {"incident_id": "plain", "grant_id": "plain", "reason_sealed": "sealed", "at": "plain", "until": "plain"},
    "kept": {"id": "plain", "person_id": "plain", "token": "token", "kept_sealed": "sealed", "there": "plain",
             "at": "plain"},
    "incident": {
        "id": "plain", "station": "plain", "person_id": "plain", "grant_id": "plain", "kind": "plain",
        "reference_token": "token", "told_sealed": "sealed", "start_at": "plain", "end_at": "plain",
        "training": "plain", "opened_at": "plain", "closed_at": "plain",
    },
    "factor": {
        "id": "plain", "person_id": "plain", "invite_id": "plain", "seed_sealed": "sealed", "made_at": "plain",
        "last_step": "plain", "wrong": "plain", "passed_at": "plain", "locked_until": "plain",
    },
    "on_case": {"person_id": "plain", "incident_id": "plain", "until": "plain"},
    "upkeep": {
        "name": "plain", "slot": "plain", "began_at": "plain", "ended_at": "plain", "fine": "plain", "note": "plain",
    },
    "society": {
        "id": "plain", "station": "plain", "told_sealed": "sealed", "goal": "plain", "made_at": "plain",
        "closed_at": "plain",
    },
    "door": {
        "id": "plain", "society_id": "plain", "purpose": "plain", "token": "token", "payload_sealed": "sealed",
        "made_at": "plain", "shut_at": "plain",
    },
    "funnel": {
        "door_id": "plain", "week": "plain", "opened": "plain", "agreed": "plain", "gave_number": "plain",
        "gave_place": "plain", "saved": "plain", "cameras": "plain", "cameras_told": "plain",
    },
    "quiet": {"person_id": "plain", "since": "plain"},
    "wish": {
        "id": "plain", "person_id": "plain", "station": "plain", "named_sealed": "sealed", "who_sealed": "sealed",
        "asked_at": "plain", "decided_at": "plain", "decided_by": "plain", "approved": "plain",
    },
    "came_by": {"person_id": "plain", "at": "plain", "saved": "plain", "told_sealed": "sealed"},
    "tally": {"person_id": "plain", "day": "plain", "measure": "plain", "used": "plain", "lifted": "plain"},
    "alarm": {
        "id": "plain", "at": "plain", "day": "plain", "kind": "plain", "about": "plain", "person_id": "plain",
        "grant_id": "plain", "station": "plain", "incident_id": "plain", "settled_at": "plain",
    },
    "approval": {
        "id": "plain", "matter": "plain", "station": "plain", "grant_id": "plain", "asked_sealed": "sealed",
        "asked_at": "plain", "decided_at": "plain", "decided_by": "plain", "allowed": "plain",
    },
    "judged_pair": {"first_id": "plain", "second_id": "plain", "keep": "plain", "grant_id": "plain", "at": "plain"},
    "waiting": {
        "id": "plain", "source": "plain", "number": "plain", "station": "plain", "grant_id": "plain",
        "code_id": "plain", "cameras": "plain", "kind": "plain",
        "phone_token": "token", "phone_sealed": "sealed", "place_sealed": "sealed",
        "once_token": "token", "once_sealed": "sealed", "created_at": "plain", "settled_at": "plain",
        "outcome": "plain", "registration_id": "plain",
    },
    "claim_code": {"id": "plain", "token": "token", "code_sealed": "sealed", "made_at": "plain"},
    "broadcast": {
        "id": "plain", "grant_id": "plain", "audience": "plain", "station": "plain", "words_sealed": "sealed",
        "people": "plain", "made_at": "plain", "stopped_at": "plain", "over_at": "plain", "shown": "plain",
    },
    "recipient": {"broadcast_id": "plain", "person_id": "plain", "outbox_id": "plain"},
    "proposal": {
        "id": "plain", "grant_id": "plain", "about_id": "plain", "wish_sealed": "sealed", "made_at": "plain",
        "decided_at": "plain", "decided_by": "plain", "agreed": "plain",
    },
    "pace": {"lane": "token", "free_us": "plain", "at": "plain"},
    "job": {"name": "plain", "slot": "plain", "claimed_at": "plain"},
}  # fmt: skip
NEVER = (
    "photo", "picture", "image", "video", "voice", "media", "file", "blob", "stream", "rtsp", "url", "link", "host",
    "ip", "port", "password", "secret", "login", "user", "footage", "recording", "snapshot", "feed",
)  # fmt: skip


def test_every_column_stands_in_the_list_and_every_line_of_it_is_a_column() -> None:
    found = {table.name: {column.name for column in table.columns} for table in SQLModel.metadata.sorted_tables}

    assert found == {table: set(columns) for table, columns in COLUMNS.items()}


@pytest.mark.parametrize(("table", "column"), [(table, column) for table in COLUMNS for column in COLUMNS[table]])
def test_no_column_is_there_for_a_picture_or_for_a_way_into_a_camera(table: str, column: str) -> None:
    assert not set(column.split("_")) & set(NEVER), table


def test_bytes_are_sealed_or_a_token_and_nothing_else() -> None:
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if column.type.python_type is bytes:
                assert COLUMNS[table.name][column.name] in ("sealed", "token"), column


def test_only_what_is_sealed_is_called_so() -> None:
    for table, columns in COLUMNS.items():
        for column, holds in columns.items():
            assert column.endswith("_sealed") == (holds == "sealed") or (table, column) == ("meta", "value")


PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"
ONE_BY_ONE = ("person", "registration")  # what residents are about: each column is accounted for by itself


def test_privacy_md_says_of_every_column_why_it_is_kept_how_and_until_when() -> None:
    rows = [row.strip(" |").split(" | ") for row in PRIVACY.read_text().splitlines() if row.startswith("| ")]
    told = [name for row in rows[1:] for name in re.findall(r"`([\w.]+)`", row[-1])]

    by_column = {f"{table}.{column}" for table in ONE_BY_ONE for column in COLUMNS[table]}
    assert sorted(told) == sorted(by_column | set(COLUMNS) - set(ONE_BY_ONE))
    assert {len(row) for row in rows} == {5}
    assert all(all(row) for row in rows)
