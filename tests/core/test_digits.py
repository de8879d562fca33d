"""One plain writing for every script's digits and signs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading.digits import LONGEST, folded, plain


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("२२.७१९६", "22.7196"),
        ("٢٢٫٧", "22.7"),
        ("૪", "4"),
        ("４", "4"),
        ("④", "4"),
        ("4️⃣", "4"),
        ("4²", "4^2"),
        ("−5 – 6", "-5 - 6"),
        ("22º 43′ 10″", "22° 43' 10\""),
        ("22⁰", "22°"),
        ("\u202e22\u200b.7\u00a0\u2009 5\n", "22.7 5"),
        ("½", "1/2"),
    ],
)
def test_fancy_signs_become_plain_ones(written: str, seen: str) -> None:
    assert plain(written) == seen


@pytest.mark.parametrize(("one", "other"), [("पाँच", "पांच"), ("डेढ़", "डेढ"), ("Four", "FOUR"), ("साढ़े", "साढ\u093cे")])
def test_spellings_that_sound_alike_fold_to_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@given(st.text())
def test_nothing_but_ascii_digits_is_left_of_any_decimal_digit(words: str) -> None:
    assert all(sign in "0123456789" for sign in plain(words) if unicodedata.decimal(sign, None) is not None)


@given(st.text())
def test_making_plain_twice_changes_no_more(words: str) -> None:
    once = plain(words)

    assert plain(once) == once


def test_what_no_message_can_hold_is_cut_off() -> None:
    assert len(plain("\ufdfa" * 10 * LONGEST)) <= LONGEST
