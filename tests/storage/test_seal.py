"""What is sealed opens only with its key, in its own row and column; what has to be found has a keyed token."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.seal import CannotOpenError, Seal
from tests import profiles as profiles

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
SEAL = Seal([KEY])
PHONE = b"+919876543210"


@given(what=st.text(min_size=1), row=st.integers(0, 2**62), plain=st.binary())
def test_whatever_is_sealed_opens_again(what: str, row: int, plain: bytes) -> None:
    assert SEAL.open(what, row, SEAL.close(what, row, plain)) == plain


def test_the_same_number_sealed_twice_looks_different() -> None:
    assert SEAL.close("person.phone", 1, PHONE) != SEAL.close("person.phone", 1, PHONE)


@pytest.mark.parametrize(("what", "row"), [("person.phone", 2), ("person.chat", 1), ("person.phone1", 1), ("", 1)])
def test_a_box_copied_into_another_row_or_column_does_not_open(what: str, row: int) -> None:
    box = SEAL.close("person.phone", 1, PHONE)

    with pytest.raises(CannotOpenError):
        SEAL.open(what, row, box)


def test_a_box_that_was_changed_anywhere_does_not_open() -> None:
    box = SEAL.close("person.phone", 1, PHONE)

    for place in range(len(box)):
        changed = bytearray(box)
        changed[place] ^= 1
        with pytest.raises(CannotOpenError):
            SEAL.open("person.phone", 1, bytes(changed))


@pytest.mark.parametrize("box", [b"", b"\x01", b"\x02" + b"\x00" * 40, b"\x01" + b"\x00" * 14])
def test_what_is_no_box_does_not_open(box: bytes) -> None:
    with pytest.raises(CannotOpenError):
        SEAL.open("person.phone", 1, box)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(CannotOpenError):
        Seal([OTHER]).open("person.phone", 1, SEAL.close("person.phone", 1, PHONE))


def test_an_error_names_the_column_and_never_what_is_in_it() -> None:
    box = SEAL.close("person.phone", 1, PHONE)

    with pytest.raises(CannotOpenError) as error:
        Seal([OTHER]).open("person.phone", 1, box)

    assert error.value.args == ("person.phone",)


def test_the_newest_key_seals_and_every_key_of_the_ring_opens() -> None:
    old_box = SEAL.close("person.phone", 1, PHONE)
    ring = Seal([OTHER, KEY])
    new_box = ring.close("person.phone", 1, PHONE)

    assert ring.open("person.phone", 1, old_box) == PHONE
    assert Seal([OTHER]).open("person.phone", 1, new_box) == PHONE


def test_tokens_are_looked_up_for_every_key_of_the_ring_and_stored_for_the_newest() -> None:
    ring = Seal([OTHER, KEY])

    assert ring.tokens("phone", PHONE) == [Seal([OTHER]).token("phone", PHONE), SEAL.token("phone", PHONE)]
    assert ring.token("phone", PHONE) == ring.tokens("phone", PHONE)[0]
    assert ring.cell_tokens([7, 8]) == [*Seal([OTHER]).cell_tokens([7, 8]), *SEAL.cell_tokens([7, 8])]


def test_a_token_differs_by_purpose_and_by_key_and_is_no_plain_hash() -> None:
    token = SEAL.token("phone", PHONE)

    guessable = {hashlib.sha256(PHONE).digest(), hmac.digest(KEY, PHONE, "sha256"), hmac.digest(b"", PHONE, "sha256")}
    assert token not in guessable | {SEAL.token("chat", PHONE), Seal([OTHER]).token("phone", PHONE)}
    assert token == SEAL.token("phone", PHONE)


def test_purpose_and_value_cannot_be_shifted_into_each_other() -> None:
    assert SEAL.token("chat", b"x1") != SEAL.token("chatx", b"1")


@pytest.mark.parametrize("ring", [[], [b""], [b"short"], [KEY[:31]], [KEY + b"x"], [KEY, KEY[:16]], [KEY, KEY]])
def test_a_ring_without_keys_or_with_short_or_equal_ones_is_refused(ring: list[bytes]) -> None:
    with pytest.raises(ValueError, match="key"):
        Seal(ring)
