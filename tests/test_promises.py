"""Every sentence of the promise is proved by tests that exist and run; a sentence without one fails here."""

import ast
from pathlib import Path

import pytest

from bot import texts
from handlers.desk import PROMISES
from tests.chat import Phone

ROOT = Path(__file__).parent
SEEN, ANSWERING, NEAR = "handlers/test_seen.py", "handlers/test_answering.py", "handlers/test_near.py"
INCIDENTS, ASKING, DELAYING = "handlers/test_incidents.py", "handlers/test_asking.py", "handlers/test_delaying.py"
REVEALING, EXPORTING = "handlers/test_revealing.py", "handlers/test_exporting.py"

PROOF: dict[str, tuple[tuple[str, str], ...]] = {
    texts.PROMISE_INCIDENT: (
        (INCIDENTS, "test_without_an_incident_a_search_asks_two_things_and_is_then_answered"),
        (NEAR, "test_the_trace_says_who_searched_where_how_far_how_many_and_when"),
        (NEAR, "test_when_the_trace_cannot_be_written_nothing_is_shown"),
        (NEAR, "test_a_resident_is_refused_and_nothing_is_searched"),
    ),
    texts.PROMISE_SEEN: (
        (SEEN, "test_a_search_is_seen_with_day_station_and_kind_and_without_the_officer_s_name"),
        (SEEN, "test_each_place_on_a_page_is_a_look_and_no_place_beyond_it"),
        (SEEN, "test_when_the_look_cannot_be_written_nothing_is_shown"),
        (SEEN, "test_nobody_else_in_the_program_opens_a_number_or_an_entry"),
        (EXPORTING, "test_every_owner_in_a_file_reads_that_the_entry_went_into_it"),
        ("storage/test_witness.py", "test_who_looks_without_a_row_of_the_trace_is_undone"),
        ("storage/test_witness.py", "test_a_look_that_was_removed_is_noticed"),
    ),
    texts.PROMISE_DELAY: (
        (DELAYING, "test_until_then_the_owner_reads_nothing_and_after_it_everything_by_itself"),
        (DELAYING, "test_the_reason_is_kept_with_who_and_until_when"),
        (DELAYING, "test_more_than_thirty_days_or_a_second_time_is_refused"),
        (DELAYING, "test_a_role_that_only_searches_cannot_delay"),
    ),
    texts.PROMISE_NUMBER: (
        (NEAR, "test_the_answer_cannot_be_forwarded_and_holds_no_number_name_or_label"),
        (SEEN, "test_a_number_never_opens_without_its_row"),
        (ANSWERING, "test_a_shown_number_is_the_owner_s_to_see_and_stands_in_the_trace"),
    ),
    texts.PROMISE_FEED: (
        ("storage/test_columns.py", "test_no_column_is_there_for_a_picture_or_for_a_way_into_a_camera"),
        ("core/test_camera_access.py", ""),
        (ANSWERING, "test_a_file_sent_anyway_is_refused_and_is_no_answer"),
    ),
    texts.PROMISE_REQUEST: (
        (ANSWERING, "test_the_request_says_what_it_is"),
        (ANSWERING, "test_the_silent_are_reminded_once_half_way_and_nobody_else"),
        (ANSWERING, "test_a_second_thought_changes_the_answer"),
    ),
    texts.PROMISE_SHARE: (
        (ANSWERING, "test_a_yes_shows_the_number_to_the_asking_officer_protected_and_for_a_day"),
        (ANSWERING, "test_a_no_shows_nothing"),
        (ANSWERING, "test_a_second_thought_takes_the_number_back_at_once"),
        (REVEALING, "test_who_said_no_for_this_incident_is_not_shown_with_a_second_factor_either"),
        (EXPORTING, "test_who_said_no_is_in_no_file_with_numbers"),
        ("handlers/telegram/test_kept.py", "test_a_message_is_taken_back_when_its_time_is_over"),
        ("handlers/telegram/test_kept.py", "test_who_blocks_the_bot_keeps_no_message_that_was_to_be_taken_back"),
    ),
    texts.PROMISE_LEAVE: (
        ("handlers/test_forget.py", ""),
        ("handlers/test_mine.py", ""),
        ("handlers/test_my_data.py", ""),
        (ANSWERING, "test_an_entry_that_was_removed_cannot_be_answered_for"),
    ),
    texts.PROMISE_SEALED: (
        ("storage/test_never_readable.py", ""),
        ("storage/test_columns.py", "test_bytes_are_sealed_or_a_token_and_nothing_else"),
    ),
}


def proofs_in(file: str) -> set[str]:
    """The tests of a file by name."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return {name for name in found if name.startswith("test_")}


def test_every_sentence_of_the_promise_has_its_proof() -> None:
    promised = {value for name, value in vars(texts).items() if name.startswith("PROMISE_")}

    assert promised == set(PROMISES) == set(PROOF)
    assert all(PROOF.values())


@pytest.mark.parametrize(("file", "test"), sorted({proof for proofs in PROOF.values() for proof in proofs}))
def test_every_proof_is_a_test_that_there_is(file: str, test: str) -> None:
    found = proofs_in(file)

    assert found
    assert not test or test in found


def test_privacy_names_the_promises(resident: Phone) -> None:
    resident.says("/privacy")

    assert resident.reads == [texts.NOTICE, texts.PROMISES, *PROMISES]
