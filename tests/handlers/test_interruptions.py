"""An interruption never costs anything: after it the person sees where they are, and no answer is lost."""

import pytest

from bot import texts
from handlers import routes
from tests.chat import Chat, Phone
from tests.every_stage import QUESTIONS, STOPS, brought_to

COMMANDS = (*sorted(routes.COMMANDS.keys() - {"cancel"}), "nonsense")

in_the_middle = pytest.mark.parametrize("where", QUESTIONS)


@in_the_middle
def test_after_a_restart_the_question_is_still_open(chat: Chat, resident: Phone, where: str) -> None:
    brought_to(where, resident)
    before = resident.stack

    chat.restarts()
    resident.says("/help")

    assert resident.asked == STOPS[where].asks
    assert resident.stack == before


@in_the_middle
def test_after_a_pause_of_a_day_the_question_is_still_open(chat: Chat, resident: Phone, where: str) -> None:
    brought_to(where, resident)
    before = resident.stack

    chat.later(days=1)
    chat.ticks()
    resident.says("/start")

    assert resident.asked == STOPS[where].asks
    assert resident.stack == before


@in_the_middle
def test_no_command_in_the_middle_costs_anything(resident: Phone, where: str) -> None:
    brought_to(where, resident)
    before = resident.stack

    for command in COMMANDS:
        resident.says(f"/{command}")
        if resident.stack != before:  # it asked something of its own
            resident.says("/cancel")

        assert resident.asked == STOPS[where].asks, command
        assert resident.stack == before, command


@in_the_middle
def test_cancel_leaves_the_question_and_nothing_of_it_is_kept(resident: Phone, where: str) -> None:
    brought_to(where, resident)

    resident.says("/cancel")

    assert resident.reads == [texts.CANCELLED]
    assert resident.stack == []
