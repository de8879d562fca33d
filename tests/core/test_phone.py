"""Phone numbers as a channel gives them."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading.phone import read_phone


@pytest.mark.parametrize(
    ("given_as", "kept_as"),
    [
        ("919826012345", "+919826012345"),
        ("+919826012345", "+919826012345"),
        ("+91 98260-12345", "+919826012345"),
        ("+91 (98260) 12345", "+919826012345"),
        ("9826012345", "+919826012345"),
        ("09826012345", "+919826012345"),
        ("00919826012345", "+919826012345"),
        ("९१९८२६०१२३४५", "+919826012345"),
        ("\u202a+91 98260 12345\u202c", "+919826012345"),
        ("917312534567", "+917312534567"),
        ("447911123456", "+447911123456"),
        ("+6591234567", "+6591234567"),
        ("6591234567", "+6591234567"),
    ],
)
def test_a_valid_number_is_kept_in_one_form(given_as: str, kept_as: str) -> None:
    assert read_phone(given_as, "IN") == kept_as


@pytest.mark.parametrize(
    "number",
    [
        "",
        "+",
        "12",
        "112",
        "98260",
        "+91982601234",
        "+9198260123456",
        "+910000000000",
        "call me",
        "98260FLOWER",
        "9" * 500,
    ],
)
def test_a_number_that_nobody_answers_is_refused(number: str) -> None:
    assert read_phone(number, "IN") is None


@given(st.text() | st.text(st.sampled_from("0123456789०९+-() .;=ext")))
def test_whatever_is_kept_is_a_valid_number(words: str) -> None:
    kept = read_phone(words, "IN")

    assert kept is None or phonenumbers.is_valid_number(phonenumbers.parse(kept))


@given(st.integers(6_000_000_000, 9_999_999_999))
def test_an_indian_number_is_the_same_with_and_without_plus(number: int) -> None:
    with_plus = read_phone(f"+91{number}", "IN")

    assert read_phone(f"91{number}", "IN") == with_plus
    assert with_plus in (None, f"+91{number}")
