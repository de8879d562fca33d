"""What is overwritten first: the incident's beginning + days kept - now."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import texts
from bot.core.overwriting import in_words, left, urgency

START = datetime(2026, 11, 20, 14, tzinfo=UTC)
NOW = START + timedelta(days=4)


@pytest.mark.parametrize(
    ("kept", "text", "n"),
    [
        (7, texts.DAYS_LEFT[0], 3),
        (15, texts.DAYS_LEFT[0], 11),
        (5, texts.DAYS_LEFT[0], 1),
        (4, texts.OVERWRITTEN_ALREADY, 1),
        (0, texts.OVERWRITTEN_ALREADY, 1),
    ],
)
def test_it_is_counted_from_the_incident_on(kept: int, text: str, n: int) -> None:
    said = in_words(left(kept, START, NOW))

    assert said is not None
    assert (said.text, said.n) == (text, n)


def test_the_last_day_is_counted_in_hours() -> None:
    said = in_words(left(5, START, NOW + timedelta(hours=3, minutes=10)))

    assert said is not None
    assert (said.text, said.n) == (texts.HOURS_LEFT[0], 20)


def test_where_nobody_said_how_long_nothing_is_claimed() -> None:
    assert in_words(left(None, START, NOW)) is None


def test_what_is_soonest_gone_comes_first_then_what_nobody_knows_then_what_may_be_gone() -> None:
    kept = [30, None, 2, 7, 4, 5]

    order = sorted(kept, key=lambda days: urgency(left(days, START, NOW)))

    assert order == [5, 7, 30, None, 4, 2]
