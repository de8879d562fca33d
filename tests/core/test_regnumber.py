"""Registration numbers that are said over the phone."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.regnumber import BITS, SIGNS, number_from, read_number
from tests.core.places_written import DEVANAGARI

chance = st.integers(0, 2**BITS - 1)


@given(chance)
def test_a_number_looks_like_a_number_and_reads_back(entropy: int) -> None:
    number = number_from(entropy)

    assert len(number) == 9
    assert number[4] == "-"
    assert set(number.replace("-", "")) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert read_number(number) == number


@given(chance, chance)
def test_two_draws_give_two_numbers(one: int, other: int) -> None:
    assert (number_from(one) == number_from(other)) == (one == other)


@given(chance)
def test_it_is_understood_however_it_is_typed(entropy: int) -> None:
    number = number_from(entropy)
    ways = [
        number.lower(),
        number.replace("-", ""),
        number.replace("-", " "),
        " ".join(number.replace("-", "")),
        number.replace("-", "–"),
        number.replace("0", "O").replace("1", "l"),
        number.replace("0", "o").replace("1", "I"),
        number.translate(DEVANAGARI),
        f" #{number} ",
    ]

    assert [read_number(way) for way in ways] == [number] * len(ways)


@given(chance)
def test_every_single_wrong_sign_is_noticed(entropy: int) -> None:
    number = number_from(entropy).replace("-", "")
    wrong = [number[:i] + sign + number[i + 1 :] for i in range(8) for sign in SIGNS if sign != number[i]]

    assert [read_number(one) for one in wrong] == [None] * (8 * 31)


@pytest.mark.parametrize("at", range(7))
def test_every_swap_of_two_neighbours_is_noticed(at: int) -> None:
    read = []
    for left, right in itertools.permutations(range(32), 2):
        number = _with_neighbours(at, left, right)
        read.append(read_number(number[:at] + number[at + 1] + number[at] + number[at + 2 :]))

    assert read == [None] * (32 * 31)


def _with_neighbours(at: int, left: int, right: int) -> str:
    """A number that has these two signs side by side, the check sign among them if `at` is 6."""
    for other in range(32):
        values = [other, 1, 2, 3, 4, 5, 6]
        values[at] = left
        values[at + 1 : at + 2] = [right] if at < 6 else []
        entropy = sum(value << (5 * (6 - i)) for i, value in enumerate(values[:7]))
        number = number_from(entropy).replace("-", "")
        if number[at : at + 2] == SIGNS[left] + SIGNS[right]:
            return number
    raise AssertionError(at, left, right)


@pytest.mark.parametrize("words", ["", "7K4M", "7K4M-92Q", "7K4M-92QXX", "UUUU-UUUU", "हाँ", "7K4M_92QX", "0" * 5000])
def test_other_words_are_no_number(words: str) -> None:
    assert read_number(words) is None


@given(st.text() | st.text(st.sampled_from("0123456789abcdefghiljkmnopqrstuvxyz- ०"), max_size=12))
def test_whatever_is_read_is_a_number(words: str) -> None:
    number = read_number(words)

    assert number is None or read_number(number) == number
