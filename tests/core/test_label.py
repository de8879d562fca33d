"""The name of a place, as people write it or a map brings it: one clean line, never cut through a sign."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.registration import LONGEST_LABEL, label


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  blue \n gate ", "blue gate"),
        ("नीला गेट", "नीला गेट"),
        ("क्‍ष नी‌ला", "क्‍ष नी‌ला"),  # with the joiners that Devanagari is shaped by
        ("\u202egate\u200b \ufeffone\u00ad", "gate one"),
        ("gate\x00one\x1b[2J", "gate one [2J"),
        ("gate \ud83d", "gate"),
        ("=HYPERLINK(1)", "HYPERLINK(1)"),
        (" +-@= 2nd floor", "2nd floor"),
        ("\u200d=1", "1"),
        ("्क", "क"),
        ("Gate - 2 @ Rajwada", "Gate - 2 @ Rajwada"),
        ("\u200d\u200b-", ""),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_or_would_be_a_formula_goes(written: str, kept: str) -> None:
    assert label(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("g" * 61, "g" * 60),
        ("g" * 59 + "क्ष", "g" * 59),
        ("g" * 59 + "नी", "g" * 59),
        ("g" * 58 + "👨\u200d👩", "g" * 58),
        ("g" * 59 + " gate", "g" * 59),
        ("g" + "\u0301" * 80, "g" + "\u0301" * 59),  # no sign ends before the limit: cut where it must be
    ],
)
def test_a_long_one_is_cut_where_a_sign_ends(written: str, kept: str) -> None:
    assert label(written) == kept


@given(st.text(alphabet=st.characters() | st.sampled_from("=+-@ \u200b\u200c\u200d\n्ी"), max_size=200))
def test_whatever_is_written_makes_a_short_clean_line(written: str) -> None:
    kept = label(written)

    assert len(kept) <= LONGEST_LABEL
    assert kept == " ".join(kept.split())
    assert not kept.startswith(("=", "+", "-", "@"))
    assert not [
        sign for sign in kept if sign not in "\u200c\u200d" and unicodedata.category(sign) in ("Cc", "Cf", "Cs")
    ]
    assert label(kept) == kept
