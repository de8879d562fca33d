"""A phone number as the channel gives it, made E.164, or nothing where nobody could be called on it."""

import re

import phonenumbers

from bot.core.reading.digits import plain

_WRITTEN = re.compile(r"\+?[\d ().\-/]{4,30}")


def read_phone(number: str, region: str) -> str | None:
    """E.164 ("+919826012345") of a valid number, else None.

    Channels give a person's own number with its country code, with or without "+": so that is tried first,
    and only then a number as it is dialled within `region` (ISO 3166, "IN").
    """
    written = plain(number)
    if not _WRITTEN.fullmatch(written):
        return None
    abroad = written if written.startswith("+") else f"+{written}"
    return _valid(abroad, None) or (None if written.startswith("+") else _valid(written, region))


def _valid(number: str, region: str | None) -> str | None:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def read_typed_phone(number: str, region: str) -> str | None:
    """E.164 of a number as people write it in a list: first as it is dialled within `region`; else None."""
    written = plain(number)
    if not _WRITTEN.fullmatch(written):
        return None
    return _valid(written, region)
