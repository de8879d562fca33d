"""What is overwritten first: the incident's beginning + days kept - now."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import texts
from bot.core.casework.overwriting import in_words, left, urgency
from bot.words import words

START = datetime(2026, 11, 20, 14, tzinfo=UTC)
NOW = START + timedelta(days=4)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (7, texts.KEPT_DAYS_LEFT[1].format(n=3, kept=7)),
        (15, texts.KEPT_DAYS_LEFT[1].format(n=11, kept=15)),
        (5, texts.KEPT_DAYS_LEFT[0].format(n=1, kept=5)),
        (4, texts.KEPT_GONE.format(kept="4 days")),
        (0, texts.KEPT_GONE.format(kept="0 days")),
    ],
)
def test_it_is_counted_from_the_incident_on(kept: int, said: str) -> None:
    phrase = in_words(kept, left(kept, START, NOW))

    assert phrase is not None
    assert words(phrase, "en") == said


def test_the_last_day_is_counted_in_hours() -> None:
    phrase = in_words(5, left(5, START, NOW + timedelta(hours=3, minutes=10)))

    assert phrase is not None
    assert words(phrase, "en") == texts.KEPT_HOURS_LEFT.format(n=20, kept="5 days")


def test_without_an_incident_it_is_said_how_long_recordings_are_kept() -> None:
    phrase = in_words(30, None)

    assert phrase is not None
    assert words(phrase, "en") == texts.DAYS_KEPT[1].format(n=30)


def test_where_nobody_said_how_long_nothing_is_claimed() -> None:
    assert in_words(None, left(None, START, NOW)) is None


def test_what_is_soonest_gone_comes_first_then_what_nobody_knows_then_what_may_be_gone() -> None:
    kept = [30, None, 2, 7, 4, 5]

    order = sorted(kept, key=lambda days: urgency(left(days, START, NOW)))

    assert order == [5, 7, 30, None, 4, 2]
