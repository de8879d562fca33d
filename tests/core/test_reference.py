"""The number of an incident in every writing, and what is not taken for one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.casework.reference import TRAINING_REFERENCE, NoReference, read_reference
from tests import profiles as profiles

TODAY = date(2026, 11, 24)
WRITTEN = {
    "123/2026": "FIR 123/2026",
    "fir no. 0123/2026": "FIR 123/2026",
    "F.I.R. No 123 / 26": "FIR 123/2026",
    "FIR:123-2026": "FIR 123/2026",
    "#123/2026": "FIR 123/2026",
    "एफआईआर १२३/२०२६": "FIR 123/2026",
    "अपराध क्रमांक 123/2026": "FIR 123/2026",
    "Cr. No. 45/2025": "FIR 45/2025",
    "0/12/2026": "FIR 0/12/2026",
    "GD 12": "GD 12/24-11-2026",
    "gd entry no. 012 dated 23/11/2026": "GD 12/23-11-2026",
    "G.D. No. 12 23.11.26": "GD 12/23-11-2026",
    "सान्हा क्रमांक २३": "GD 23/24-11-2026",
    "रोजनामचा सान्हा 23 दिनांक 23-11-2026": "GD 23/23-11-2026",
    "112 P24112600123": "112 P24112600123",
    "dial-112 event p24112600123": "112 P24112600123",
    "P24112600123": "112 P24112600123",
    "डायल 112 20261124123456": "112 20261124123456",
    "Training": TRAINING_REFERENCE,
    "अभ्यास": TRAINING_REFERENCE,
}
NOT_ONE = {
    "": NoReference.EMPTY,
    " ": NoReference.EMPTY,
    "-": NoReference.EMPTY,
    "—": NoReference.EMPTY,
    "...": NoReference.EMPTY,
    "NA": NoReference.NOT_GIVEN,
    "n/a": NoReference.NOT_GIVEN,
    "N.A.": NoReference.NOT_GIVEN,
    "nil": NoReference.NOT_GIVEN,
    "पता नहीं": NoReference.NOT_GIVEN,
    "123": NoReference.NO_YEAR,
    "FIR 123": NoReference.NO_YEAR,
    "123/2027": NoReference.FUTURE,
    "GD 12 25-11-2026": NoReference.FUTURE,
    "GD 12 31-02-2026": NoReference.FORM,
    "0/2026": NoReference.FORM,
    "000/2026": NoReference.FORM,
    "123/1900": NoReference.FORM,
    "112": NoReference.FORM,
    "9876543210": NoReference.FORM,
    "123/2026 and 124/2026": NoReference.FORM,
    "my neighbour": NoReference.FORM,
    "GD FIR 12": NoReference.FORM,
    "123/2026" + "0" * 60: NoReference.FORM,
}


@pytest.mark.parametrize(("written", "read"), WRITTEN.items())
def test_every_writing_of_a_number_is_read_as_one(written: str, read: str) -> None:
    assert read_reference(written, TODAY) == read


@pytest.mark.parametrize("read", sorted(set(WRITTEN.values())))
def test_a_reference_as_the_bot_writes_it_can_be_written_back(read: str) -> None:
    assert read_reference(read, TODAY) == read


@pytest.mark.parametrize(("written", "why"), NOT_ONE.items())
def test_what_is_no_number_is_refused_with_its_reason(written: str, why: NoReference) -> None:
    assert read_reference(written, TODAY) is why


@given(st.text(max_size=80))
def test_whatever_is_written_is_a_reference_or_a_reason(written: str) -> None:
    read = read_reference(written, TODAY)

    assert isinstance(read, NoReference) or read_reference(read, TODAY) == read
