"""What is asked once: whether to remove, and whether to accept a role. Only a clear yes does anything."""

import pytest

from bot import texts
from bot.core.access import Role
from bot.core.admin import joining
from bot.core.admin.joining import Accept, NeedAccept
from bot.core.messages import Command, Contact, Incoming, Media, Other, Phrase, Pin, Tap, Text, Whose
from bot.core.resident import leaving
from bot.core.resident.leaving import Forget, Remove, SureForget, SureRemove
from tests.chat import RAJWADA

REMOVE, FORGET = SureRemove("7K4M-92QX", 365), SureForget(2, 0)
ACCEPT = NeedAccept(7, Role.OFFICER, "Palasia", "SI, Palasia 1")
UNCLEAR: tuple[Incoming, ...] = (
    Text("yes"),
    Tap("maybe"),
    Tap(""),
    Pin(RAJWADA),
    Contact("+919876543210", Whose.OWN),
    Other(),
    Command("yes"),
)


@pytest.mark.parametrize(("stage", "effect"), [(REMOVE, Remove("7K4M-92QX")), (FORGET, Forget())])
def test_yes_removes(stage: leaving.Stage, effect: leaving.Effect) -> None:
    turn = leaving.step(stage, Tap("yes"))

    assert (turn.stage, turn.effect) == (None, effect)


@pytest.mark.parametrize("stage", [REMOVE, FORGET])
@pytest.mark.parametrize("no", ["no", "back"])
def test_no_keeps_everything_as_it_was(stage: leaving.Stage, no: str) -> None:
    turn = leaving.step(stage, Tap(no))

    assert (turn.stage, turn.effect) == (None, None)
    assert turn.says[0].lines[0].text == texts.KEPT_AS_IT_WAS


@pytest.mark.parametrize("stage", [REMOVE, FORGET])
@pytest.mark.parametrize("got", UNCLEAR)
def test_anything_else_asks_again_and_removes_nothing(stage: leaving.Stage, got: Incoming) -> None:
    turn = leaving.step(stage, got)

    assert (turn.stage, turn.effect) == (stage, None)
    assert turn.says[0].buttons == leaving.question(stage)[0].buttons


@pytest.mark.parametrize(("stage", "left"), [(REMOVE, texts.LEFTOVERS), (FORGET, texts.NO_LEFTOVERS)])
def test_the_question_says_what_stays_behind_and_how_long(stage: leaving.Stage, left: str) -> None:
    said = leaving.question(stage)[0].lines[0].values["leftovers"]

    assert isinstance(said, Phrase)
    assert said.text == left


def test_yes_takes_the_role() -> None:
    turn = joining.step(ACCEPT, Tap("yes"))

    assert (turn.stage, turn.effect) == (None, Accept(7))


@pytest.mark.parametrize("no", ["no", "back"])
def test_no_takes_no_role(no: str) -> None:
    turn = joining.step(ACCEPT, Tap(no))

    assert (turn.stage, turn.effect) == (None, None)
    assert turn.says[0].lines[0].text == texts.ROLE_DECLINED


@pytest.mark.parametrize("got", [*UNCLEAR, Media()])
def test_anything_else_grants_nothing_and_asks_again(got: Incoming) -> None:
    turn = joining.step(ACCEPT, got)

    assert (turn.stage, turn.effect) == (ACCEPT, None)


@pytest.mark.parametrize("role", Role)
def test_the_question_says_what_the_role_allows(role: Role) -> None:
    asked = joining.question(NeedAccept(7, role, "Palasia", "SI, Palasia 1"))[0].lines[0]

    assert asked.values["grants"] == Phrase(joining.GRANTS[role])
    assert (asked.values["station"], asked.values["name"]) == ("Palasia", "SI, Palasia 1")
