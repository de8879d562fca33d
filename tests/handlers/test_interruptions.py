"""An interruption never costs anything: after it the person sees where they are, and no answer is lost."""

import pytest

from bot import texts
from handlers import routes
from tests.chat import Chat, Phone
from tests.every_stage import QUESTIONS, STOPS, brought_to

pytestmark = pytest.mark.matrix

COMMANDS = (*sorted(routes.COMMANDS.keys() - {"cancel"}), "nonsense")
# Whoever asks for it anew means the new one: it takes the place of its like.
REPLACED = {
    ("radius", "near"),
    ("sure to remove", "forget"),
    *((where, "incident") for where in ("what happened", "scene", "window", "long window")),
    *((where, "route") for where in ("way on", "more of it", "width")),
    *((where, "rwa") for where in ("rwa place", "rwa who")),
}

in_the_middle = pytest.mark.parametrize("where", QUESTIONS)


@in_the_middle
def test_after_a_restart_the_question_is_still_open(chat: Chat, resident: Phone, where: str) -> None:
    brought_to(where, resident)
    before = resident.stack

    chat.restarts()
    resident.says("/help")

    assert resident.asked == STOPS[where].again
    assert resident.stack == before


@in_the_middle
def test_after_a_pause_of_a_day_the_question_is_still_open(chat: Chat, resident: Phone, where: str) -> None:
    brought_to(where, resident)
    before = resident.stack

    chat.later(days=1)
    chat.ticks()
    resident.says("/start")

    assert resident.asked == STOPS[where].again
    assert resident.stack == before


@in_the_middle
def test_no_command_in_the_middle_costs_anything(resident: Phone, where: str) -> None:
    brought_to(where, resident)
    before = resident.stack

    for command in COMMANDS:
        if (where, command) in REPLACED:
            continue
        resident.says(f"/{command}")
        if resident.stack != before:  # it asked something of its own
            resident.says("/cancel")

        assert resident.asked == STOPS[where].again, command
        assert resident.stack == before, command


@pytest.mark.parametrize(
    ("where", "command", "asks"),
    [("radius", "/near", texts.ASK_WHERE), ("sure to remove", "/forget", texts.SURE_FORGET)],
)
def test_a_new_search_or_a_larger_removal_takes_the_place_of_the_one_before(
    resident: Phone, where: str, command: str, asks: str
) -> None:
    brought_to(where, resident)

    resident.says(command)

    assert resident.asked == asks
    assert len(resident.stack) == 1


@in_the_middle
def test_cancel_leaves_the_question_and_nothing_of_it_is_kept(resident: Phone, where: str) -> None:
    brought_to(where, resident)

    resident.says("/cancel")

    assert resident.reads == [texts.CANCELLED]
    assert resident.stack == []
