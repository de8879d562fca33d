"""The four questions after saving: each can be skipped, each answer is kept at once."""

import itertools

import pytest

from bot import texts
from bot.core.messages import Contact, Incoming, Media, Phrase, Pin, Tap, Text, Whose
from bot.core.registration import LONGEST_LABEL, Kind
from bot.core.resident import details
from bot.core.resident.details import AskDays, AskKind, AskLabel, AskRoad, SetDays, SetKind, SetLabel, SetRoad, Stage
from bot.words import words
from tests.chat import RAJWADA

N = "7K4M-92QX"
ORDER: tuple[Stage, ...] = (AskKind(N), AskRoad(N), AskDays(N), AskLabel(N))
ANSWERS: list[tuple[Stage, Incoming, details.Effect]] = [
    *((AskKind(N), Tap(kind.value), SetKind(N, kind)) for kind in Kind),
    (AskRoad(N), Tap("yes"), SetRoad(N, True)),
    (AskRoad(N), Tap("no"), SetRoad(N, False)),
    (AskDays(N), Tap("15"), SetDays(N, 15)),
    (AskDays(N), Text("१५ दिन"), SetDays(N, 15)),
    (AskDays(N), Text("0"), SetDays(N, 0)),
    (AskLabel(N), Text("  blue \n gate "), SetLabel(N, "blue gate")),
    (AskLabel(N), Text("नीला गेट"), SetLabel(N, "नीला गेट")),
    (AskLabel(N), Text("g" * LONGEST_LABEL), SetLabel(N, "g" * LONGEST_LABEL)),
]
HINTS: list[tuple[Stage, Incoming, str]] = [
    (AskKind(N), Text("a home"), texts.HINT_BUTTONS),
    (AskKind(N), Tap("palace"), texts.HINT_BUTTONS),
    (AskRoad(N), Tap("perhaps"), texts.HINT_BUTTONS),
    (AskDays(N), Text("long"), texts.HINT_DAYS),
    (AskDays(N), Text("366"), texts.HINT_DAYS),
    (AskLabel(N), Text("g" * (LONGEST_LABEL + 1)), texts.HINT_LABEL),
    (AskLabel(N), Text(" \n "), texts.HINT_LABEL),
    (AskLabel(N), Pin(RAJWADA), texts.HINT_LABEL),
    (AskLabel(N), Text("admin:1234@192.168.1.8"), texts.NO_CAMERA_ACCESS),
    (AskLabel(N), Text("password: gate1234"), texts.NO_CAMERA_ACCESS),
    *((stage, Media(), texts.NO_PICTURES) for stage in ORDER),
    (AskKind(N), Contact("+919876543210", Whose.OWN), texts.HINT_BUTTONS),
]


def following(stage: Stage) -> Stage | None:
    place = ORDER.index(stage)
    return ORDER[place + 1] if place + 1 < len(ORDER) else None


@pytest.mark.parametrize(("stage", "got", "effect"), ANSWERS)
def test_an_answer_is_kept_at_once_and_the_next_question_follows(
    stage: Stage, got: Incoming, effect: details.Effect
) -> None:
    turn = details.step(stage, got)

    assert (turn.stage, turn.effect) == (following(stage), effect)


@pytest.mark.parametrize("stage", ORDER)
def test_every_question_can_be_skipped(stage: Stage) -> None:
    turn = details.step(stage, Tap("skip"))

    assert (turn.stage, turn.effect) == (following(stage), None)


@pytest.mark.parametrize(("earlier", "stage"), list(itertools.pairwise(ORDER)))
def test_back_leads_to_the_question_before_and_its_answer_stays(earlier: Stage, stage: Stage) -> None:
    turn = details.step(stage, Tap("back"))

    assert (turn.stage, turn.effect) == (earlier, None)
    assert [button.data for row in details.question(stage)[0].buttons for button in row].count("back") == 1


def test_before_the_first_question_there_is_no_back() -> None:
    assert details.step(AskKind(N), Tap("back")).stage == AskKind(N)
    assert all(button.data != "back" for row in details.question(AskKind(N))[0].buttons for button in row)


@pytest.mark.parametrize(("n", "stage"), list(enumerate(ORDER, start=1)))
def test_each_question_says_how_many_are_left(n: int, stage: Stage) -> None:
    said = words(details.question(stage)[0].lines[0], "hi")

    assert said.startswith(f"4 में से {n} · ")


@pytest.mark.parametrize("stage", ORDER)
def test_finish_ends_it_at_every_question(stage: Stage) -> None:
    turn = details.step(stage, Tap("finish"))

    assert (turn.stage, turn.effect) == (None, None)
    assert turn.says[0].lines[0].text == texts.DETAILS_DONE


@pytest.mark.parametrize(("stage", "got", "hint"), HINTS)
def test_an_answer_that_does_not_fit_gets_a_hint_and_nothing_is_kept(stage: Stage, got: Incoming, hint: str) -> None:
    turn = details.step(stage, got)

    said = turn.says[0].lines[0].values["hint"]
    assert isinstance(said, Phrase)
    assert (said.text, turn.stage, turn.effect) == (hint, stage, None)


@pytest.mark.parametrize("stage", ORDER)
def test_finish_stands_under_every_question(stage: Stage) -> None:
    buttons = [button.data for row in details.question(stage)[0].buttons for button in row]

    assert "finish" in buttons
