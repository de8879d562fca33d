"""A registration's number: short enough to say over the phone, and a slip of the tongue is noticed.

Eight signs of Crockford's base 32 (no I, L, O, U), shown as 7K4M-92QX. Seven carry 35 bits, the last one
checks: over GF(32) the sum of sign x weight is nought, and the eight weights differ. One wrong sign changes
the sum by weight x difference, two signs that changed places by (weight - weight) x (sign - sign): never 0.
"""

from bot.core.reading.digits import plain

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 35

_MODULUS = 0b100101  # x^5 + x^2 + 1, primitive: the powers of x run through all 31 weights
HEARD_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "#": ""})
_LONGEST = 40


def number_from(entropy: int) -> str:
    """The number for 35 bits of chance that the caller drew; higher bits are not used."""
    values = [entropy >> shift & 31 for shift in range(BITS - 5, -1, -5)]
    said = "".join(SIGNS[value] for value in [*values, _weighed([*values, 0])])
    return f"{said[:4]}-{said[4:]}"


def read_number(words: str) -> str | None:
    """The number as it is shown, from however it was typed; None if it is none or its check sign is wrong."""
    if len(words) > _LONGEST:
        return None
    said = plain(words).upper().translate(HEARD_AS)
    values = [SIGNS.find(sign) for sign in said]
    if len(values) != 8 or -1 in values or _weighed(values) != 0:
        return None
    return f"{said[:4]}-{said[4:]}"


def _weighed(values: list[int]) -> int:
    """Horner's rule in GF(32): the first sign weighs x^7, the last 1."""
    total = 0
    for value in values:
        total <<= 1
        total ^= (_MODULUS if total & 32 else 0) ^ value
    return total
