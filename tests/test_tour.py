"""The guided tour: its steps name people who are there, and end with words that the bot really says."""

from string import Formatter

from bot import tour
from bot.core.messages import Phrase, Value
from bot.words import LANGUAGES, words
from sandbox.people import CAST


def test_each_step_is_on_a_phone_that_is_there_and_in_its_language() -> None:
    there = {person.id: person.language_code for person in CAST}

    assert all(there[person] == language for person, language in (step.whose for step in tour.STEPS))


def test_each_step_ends_with_a_piece_of_what_the_bot_says_that_no_value_changes() -> None:
    for step, shown in zip(tour.STEPS, tour.steps(), strict=True):
        for language, mark in zip(LANGUAGES, shown["until"], strict=True):
            assert len(mark) > 8
            assert mark in words(Phrase(step.until, values(step.until)), language)


def test_steps_are_told_in_both_languages_with_buttons_as_they_stand_on_the_phone() -> None:
    for step, shown in zip(tour.STEPS, tour.steps(), strict=True):
        labels = [words(label, step.whose[1]) for label in step.buttons.values()]
        assert set(shown["do"]) == set(LANGUAGES)
        assert all(label in said for label in labels for said in shown["do"].values())


def values(text: str) -> dict[str, Value]:
    """Something for every name in a sentence."""
    return {name: "…" for _, name, _, _ in Formatter().parse(text) if name}
