"""`/export`: the file of an incident leaves with a mark and a trace, and with numbers only behind the second factor."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.casework.casefile import FORMS, CaseFile, Form
from bot.core.casework.limits import Limits
from bot.core.messages import Button, Phrase, Say
from bot.words import words
from storage import audit
from storage.audit import Act
from storage.casework import incidents, looks
from storage.tables.casework import Incident
from tests.chat import Chat, Phone
from tests.conftest import at_station, make_officer
from tests.generator import Generator
from tests.handlers.test_asking import asked as asked_of
from tests.handlers.test_asking import asks, searches, street
from tests.handlers.test_seen import seen, works_on

HAVE, SILENT, CANNOT = 5000, 5001, 5002


@pytest.fixture
def entries(chat: Chat, officer: Phone) -> list[str]:
    """Three owners were asked: one has it, one is silent, one cannot help."""
    numbers = street(chat, 3)
    searches(officer)
    asks(officer, n=3)
    answers(chat, HAVE, texts.I_HAVE_IT)
    answers(chat, CANNOT, texts.CANNOT_HELP)
    return numbers


@pytest.fixture
def generator(chat: Chat, officer: Phone) -> Generator:
    return Generator(chat, officer.row)


def answers(chat: Chat, owner: int, label: str) -> None:
    phone = chat.phone(owner)
    phone.looks()
    phone.taps(label)


def incident(officer: Phone) -> Incident:
    row, chat = officer.row, officer.chat
    current = chat.store.run(lambda tx: incidents.current(tx, row, chat.now))
    assert current
    return current


def handed(officer: Phone) -> CaseFile:
    """The file that was handed over."""
    [case] = [said.document for said in officer.answers if isinstance(said, Say) and said.document]
    assert isinstance(case, CaseFile)
    return case


def files(officer: Phone) -> int:
    return sum(isinstance(said, Say) and said.document is not None for said in officer.answers)


def takes_numbers(officer: Phone, form: str = texts.FORM_CSV) -> None:
    officer.says("/export")
    officer.taps(texts.EXPORT_WITH)
    officer.taps(form)


def said(answer: Phrase) -> str:
    return words(answer, "en")


def test_the_file_holds_who_was_asked_and_what_they_answered(officer: Phone, entries: list[str]) -> None:
    officer.says("/export")
    officer.taps(texts.FORM_PDF)

    case = handed(officer)
    assert [place.entry for place in case.places] == entries
    assert [said(place.answer) for place in case.places] == [
        texts.I_HAVE_IT,
        texts.NO_ANSWER_YET,
        texts.CANNOT_HELP,
    ]
    assert (case.owners, case.reference, case.officer, case.station) == (3, "FIR 123/2026", "SI, Palasia 1", "Palasia")
    assert case.name == "FIR-123-2026.pdf"


@pytest.mark.parametrize("closed", [False, True])
def test_the_card_of_an_incident_leads_to_its_file_and_so_does_its_end(
    officer: Phone, entries: list[str], closed: bool
) -> None:
    officer.says("/incidents")
    officer.taps(texts.INCIDENT_BUTTON, reference="FIR 123/2026")
    if closed:
        officer.taps(texts.CLOSE_INCIDENT)
        officer.taps(texts.YES_CLOSE_INCIDENT)
    officer.taps(texts.TAKE_FILE)
    officer.taps(texts.FORM_PDF)

    assert [place.entry for place in handed(officer).places] == entries


@pytest.mark.parametrize(("form", "label"), FORMS.items())
def test_every_form_can_be_taken(officer: Phone, entries: list[str], form: Form, label: str) -> None:
    officer.says("/export")
    officer.taps(label)

    assert handed(officer).form is form
    assert len(handed(officer).places) == len(entries)


def test_without_numbers_there_are_none_and_no_number_was_revealed(
    officer: Phone, entries: list[str], tx: Session
) -> None:
    officer.says("/export")
    officer.taps(texts.FORM_CSV)

    assert {place.number for place in handed(officer).places} == {""}
    assert audit.rows(tx, Act.REVEAL) == []
    [row] = audit.rows(tx, Act.EXPORT)
    assert (row.places, row.incident_id) == (len(entries), incident(officer).id)
    assert audit.detail_of(tx, row) == {"form": "csv", "numbers": False, "reason": ""}


def test_numbers_take_a_reason_and_a_code_and_are_only_of_those_who_have_it_or_want_a_call(
    officer: Phone, entries: list[str], generator: Generator, tx: Session
) -> None:
    takes_numbers(officer)
    asked = [officer.asked]
    officer.taps(texts.REASON_RECORDING)
    asked.append(officer.asked)
    officer.says(generator.code())

    assert asked == [texts.ASK_REASON, texts.ASK_SIX_DIGITS]
    assert [place.number for place in handed(officer).places] == ["+919876505000", "", ""]
    exported = [one.incident_id for one in looks.rows(tx) if one.act == looks.Act.EXPORT]
    assert exported == [incident(officer).id]
    [reveal], [row] = audit.rows(tx, Act.REVEAL), audit.rows(tx, Act.EXPORT)
    assert audit.detail_of(tx, reveal) == {"number": entries[0], "reason": texts.REASON_RECORDING, "how": "export"}
    assert audit.detail_of(tx, row)["numbers"] is True


@pytest.mark.usefixtures("entries")
def test_who_said_no_is_in_no_file_with_numbers(chat: Chat, officer: Phone, generator: Generator, tx: Session) -> None:
    asked, wants = chat.phone(HAVE), chat.phone(SILENT)
    wants.looks()
    wants.taps(texts.CALL_ME)
    asked.taps_again(Button(Phrase(""), f"/share:no:{asked_of(tx)[0].id}"))

    takes_numbers(officer)
    officer.taps(texts.REASON_RECORDING)
    officer.says(generator.code())

    assert [place.number for place in handed(officer).places] == ["", "+919876505001", ""]
    assert len(audit.rows(tx, Act.REVEAL)) == 1
    assert [line["act"] for line in seen(asked)] == [texts.SEEN_FILE]


@pytest.mark.usefixtures("entries")
def test_numbers_in_a_file_count_as_numbers_of_the_day(
    chat: Chat, officer: Phone, generator: Generator, tx: Session
) -> None:
    chat.house = replace(chat.house, limits=Limits(numbers=0))
    takes_numbers(officer)
    officer.taps(texts.REASON_RECORDING)

    officer.says(generator.code())

    assert (officer.reads, files(officer)) == ([texts.LIMIT_WITHOUT_SENIOR], 0)
    assert audit.rows(tx, Act.REVEAL) == []


def test_every_owner_in_a_file_reads_that_the_entry_went_into_it(
    chat: Chat, officer: Phone, entries: list[str], generator: Generator
) -> None:
    officer.says("/export")
    assert {line["act"] for line in seen(chat.phone(SILENT))} == {texts.SEEN_PLACE}
    officer.taps(texts.FORM_PDF)
    plain = [[line["act"] for line in seen(chat.phone(owner))] for owner in (HAVE, SILENT, CANNOT)]
    takes_numbers(officer)
    officer.taps(texts.REASON_RECORDING)
    officer.says(generator.code())
    full = [[line["act"] for line in seen(chat.phone(owner))] for owner in (HAVE, SILENT, CANNOT)]

    assert plain == [[texts.SEEN_FILE]] * len(entries)
    assert full == [[texts.SEEN_EXPORT], [texts.SEEN_FILE], [texts.SEEN_FILE]]


@pytest.mark.usefixtures("entries")
def test_places_in_a_file_count_as_places_of_the_day(chat: Chat, officer: Phone, tx: Session) -> None:
    chat.house = replace(chat.house, limits=Limits(places=8))  # three were shown by the search
    before = len(looks.rows(tx))
    officer.says("/export")
    choice = officer.answers
    officer.taps(texts.FORM_CSV)
    first = files(officer)
    officer.answers = choice

    officer.taps(texts.FORM_PDF)

    assert (first, files(officer), officer.reads) == (1, 0, [texts.LIMIT_WITHOUT_SENIOR])
    assert len(looks.rows(tx)) == before + 3
    assert len(audit.rows(tx, Act.EXPORT)) == 1


@pytest.mark.usefixtures("entries")
def test_without_a_second_factor_no_numbers_leave(officer: Phone) -> None:
    takes_numbers(officer)

    assert (officer.reads, files(officer)) == ([texts.NO_FACTOR], 0)


def test_an_owner_who_left_is_in_no_file(chat: Chat, officer: Phone, entries: list[str]) -> None:
    owner = chat.phone(HAVE)
    owner.says("/forget")
    owner.taps(texts.YES_FORGET)

    officer.says("/export")
    officer.taps(texts.FORM_CSV)

    assert [place.entry for place in handed(officer).places] == entries[1:]


def test_where_nobody_was_asked_there_is_nothing_to_take_along(chat: Chat, officer: Phone) -> None:
    street(chat, 1)
    works_on(officer)

    officer.says("/export")

    assert officer.reads == [texts.EXPORT_NOBODY_ASKED]


@pytest.mark.parametrize(
    ("words_", "sentence"),
    [
        ("/export", texts.EXPORT_NEEDS_INCIDENT),
        ("/export NA", texts.HINT_REFERENCE_NOT_GIVEN),
        ("/export FIR 9/2026", texts.EXPORT_UNKNOWN),
    ],
)
def test_which_incident_is_asked_in_a_sentence_of_its_own(officer: Phone, words_: str, sentence: str) -> None:
    officer.says(words_)

    assert officer.reads == [sentence]


def close(officer: Phone) -> None:
    one, chat = incident(officer), officer.chat

    def end(tx: Session) -> None:
        row = incidents.get(tx, one.id)
        assert row
        incidents.close(tx, row, chat.now)

    chat.store.run(end)


def test_a_closed_incident_gives_its_file_but_no_numbers(
    officer: Phone, entries: list[str], generator: Generator
) -> None:
    assert generator.enters(generator.code())
    close(officer)
    officer.says("/export FIR 123/2026")
    choice = officer.answers
    officer.taps(texts.FORM_CSV)
    without = len(handed(officer).places)
    officer.answers = choice
    officer.taps(texts.EXPORT_WITH)
    officer.taps(texts.FORM_CSV)

    assert (without, files(officer)) == (len(entries), 0)
    assert officer.reads == [texts.EXPORT_NUMBERS_CLOSED]


def test_an_incident_of_another_station_can_be_taken_along_and_that_station_is_told(
    chat: Chat, officer: Phone, entries: list[str]
) -> None:
    senior = make_officer(chat, 2003, Role.SENIOR)
    other = at_station(chat, 2002, "Vijay Nagar")

    other.says("/export FIR 123/2026")
    warned = other.reads
    other.taps(texts.FORM_CSV)

    assert warned == [texts.EXPORT_WHAT, texts.EXPORT_OTHER_STATION]
    assert (handed(other).station, len(handed(other).places)) == ("Vijay Nagar", len(entries))
    assert senior.looks()
    assert senior.reads[-1] == texts.EXPORT_TOLD
    assert officer.looks() == []


@pytest.mark.usefixtures("entries")
def test_numbers_of_an_incident_that_one_does_not_work_on_stay_where_they_are(chat: Chat) -> None:
    other = at_station(chat, 2002, "Vijay Nagar")
    Generator(chat, other.row)
    other.says("/export FIR 123/2026")
    other.taps(texts.EXPORT_WITH)
    other.taps(texts.FORM_CSV)

    assert (other.reads, files(other)) == ([texts.EXPORT_NUMBERS_NOT_CURRENT], 0)


@pytest.mark.parametrize("data", ["/export:as:csv:1", "/export:as:exe:1", "/export:full:csv:1", "/export:with:1"])
def test_a_button_that_names_no_incident_or_form_gives_nothing(officer: Phone, data: str) -> None:
    officer.taps_again(Button(Phrase(""), data))

    assert (officer.reads, files(officer)) == ([texts.SEARCH_GONE], 0)


@pytest.mark.usefixtures("entries")
def test_a_file_with_numbers_is_sealed_while_it_waits(chat: Chat, officer: Phone, generator: Generator) -> None:
    takes_numbers(officer)
    officer.taps(texts.REASON_RECORDING)
    officer.says(generator.code())

    assert b"9876505000" not in chat.saved()
