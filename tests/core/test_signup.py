"""The sign-up conversation: each answer that does not fit gets its own hint, and Back leads back."""

import pytest

from bot import texts
from bot.core.geo import Point
from bot.core.messages import Contact, Incoming, Media, Other, Phrase, Pin, Say, Tap, Text, Whose
from bot.core.registration import LONGEST_LABEL, Draft, Site
from bot.core.resident import signup
from bot.core.resident.signup_desk import Agree, Desk, Effect, Refuse, Save, SpeakIn
from bot.core.resident.signup_questions import (
    ChooseLanguage,
    NeedConsent,
    NeedCount,
    NeedHere,
    NeedMany,
    NeedNumber,
    NeedPlace,
    NeedSame,
    NeedSave,
    Stage,
    corrects,
    question,
    reminder,
)
from bot.words import words
from tests.chat import PALASIA, RAJWADA, TOWN

NUMBER = "+919876543210"
DESK = Desk(TOWN, agreed=True)
HERE = Site(RAJWADA)
DRAFT = Draft(NUMBER, HERE, 4)
CORRECTION = Draft(NUMBER, HERE, 4, "7K4M-92QX")
PHOTO = (Media(), texts.NO_PICTURES)
STREAM = (Text("rtsp://admin:1234@192.168.1.8/live"), texts.NO_CAMERA_ACCESS)
BUTTONS_PLEASE = (Text("hm?"), texts.HINT_BUTTONS)
NOT_NOW = (Contact(NUMBER, Whose.OWN), texts.HINT_NOT_NOW)

HINTS: dict[Stage, tuple[tuple[Incoming, str], ...]] = {
    ChooseLanguage(): (PHOTO, STREAM, BUTTONS_PLEASE, NOT_NOW, (Pin(RAJWADA), texts.HINT_NOT_NOW)),
    NeedConsent(): (PHOTO, STREAM, BUTTONS_PLEASE, NOT_NOW, (Pin(RAJWADA), texts.HINT_NOT_NOW)),
    NeedNumber(): (
        PHOTO,
        STREAM,
        (Text("9876543210"), texts.HINT_NUMBER_TYPED),
        (Contact(NUMBER, Whose.SOMEONE_ELSES), texts.HINT_NUMBER_NOT_YOURS),
        (Contact(NUMBER, Whose.FORWARDED), texts.HINT_NUMBER_FORWARDED),
        (Contact(NUMBER, Whose.UNKNOWN), texts.HINT_NUMBER_NO_PROOF),
        (Contact("12", Whose.OWN), texts.HINT_NUMBER_NOT_VALID),
        (Contact("", Whose.OWN), texts.HINT_NUMBER_NOT_VALID),
        (Text("why?"), texts.HINT_NUMBER),
        (Other(), texts.HINT_NUMBER),
        (Pin(RAJWADA), texts.HINT_NOT_NOW),
    ),
    NeedPlace(NUMBER): (
        PHOTO,
        STREAM,
        (Text("behind the temple"), texts.HINT_PLACE),
        (Text("https://maps.app.goo.gl/AbCdEf123"), texts.HINT_SHORT_LINK),
        (Contact(NUMBER, Whose.OWN), texts.HINT_NOT_NOW),
        (Other(), texts.HINT_PLACE),
        (Pin(Point(28.6139, 77.2090)), texts.HINT_OUTSIDE),
        (Pin(RAJWADA, "rtsp://admin:1234@192.168.1.8/live"), texts.NO_CAMERA_ACCESS),
    ),
    NeedHere(NUMBER, HERE): (PHOTO, STREAM, BUTTONS_PLEASE, NOT_NOW, (Tap("sideways"), texts.HINT_BUTTONS)),
    NeedSame(NUMBER, HERE, "7K4M-92QX", 2): (PHOTO, STREAM, BUTTONS_PLEASE, NOT_NOW),
    NeedCount(NUMBER, HERE): (
        PHOTO,
        STREAM,
        (Text("many"), texts.HINT_COUNT),
        (Text("0"), texts.HINT_COUNT_RANGE),
        (Text("501"), texts.HINT_COUNT_RANGE),
        (Pin(RAJWADA), texts.HINT_COUNT),
    ),
    NeedMany(NUMBER, HERE, 60): (PHOTO, STREAM, BUTTONS_PLEASE, NOT_NOW),
    NeedSave(DRAFT): (PHOTO, STREAM, BUTTONS_PLEASE, NOT_NOW, (Pin(RAJWADA), texts.HINT_NOT_NOW)),
}
BACK: dict[Stage, Stage] = {
    NeedNumber(): NeedConsent(),
    NeedNumber(DRAFT): NeedSave(DRAFT),
    NeedPlace(NUMBER): NeedNumber(),
    NeedPlace(NUMBER, DRAFT): NeedSave(DRAFT),
    NeedHere(NUMBER, HERE): NeedPlace(NUMBER),
    NeedHere(NUMBER, HERE, kept=DRAFT): NeedPlace(NUMBER, DRAFT),
    NeedSame(NUMBER, HERE, "7K4M-92QX", 2): NeedPlace(NUMBER),
    NeedCount(NUMBER, HERE): NeedPlace(NUMBER),
    NeedCount(NUMBER, HERE, kept=DRAFT): NeedSave(DRAFT),
    NeedMany(NUMBER, HERE, 60): NeedCount(NUMBER, HERE),
    NeedMany(NUMBER, HERE, 60, kept=DRAFT): NeedCount(NUMBER, HERE, kept=DRAFT),
    NeedSave(DRAFT): NeedCount(NUMBER, HERE),
    NeedSave(CORRECTION): NeedCount(NUMBER, HERE, CORRECTION.updates, CORRECTION),
}


def hinted(says: tuple[Say, ...]) -> list[str]:
    line = says[0].lines[0]
    return (
        [inner.text for inner in line.values.values() if isinstance(inner, Phrase)] if line.text == texts.HINT else []
    )


@pytest.mark.parametrize(
    ("stage", "got", "hint"), [(stage, got, hint) for stage, hints in HINTS.items() for got, hint in hints]
)
def test_an_answer_that_does_not_fit_gets_its_own_hint_and_the_question_again(
    stage: Stage, got: Incoming, hint: str
) -> None:
    turn = signup.step(stage, got, DESK)

    asked = next(said.lines[0].text for said in reminder(stage, TOWN) if said.lines)
    assert hinted(turn.says) == [hint, asked]
    assert (turn.stage, turn.effect) == (stage, None)


@pytest.mark.parametrize(("stage", "earlier"), BACK.items())
def test_back_leads_to_the_question_before(stage: Stage, earlier: Stage) -> None:
    turn = signup.step(stage, Tap("back"), DESK)

    assert turn.stage == earlier
    assert [said.lines for said in turn.says] == [said.lines for said in question(earlier, TOWN)]
    assert turn.effect is None


@pytest.mark.parametrize("stage", BACK)
def test_every_question_that_has_one_before_it_offers_back_or_to_leave(stage: Stage) -> None:
    last = question(stage, TOWN)[-1]

    labels = {button.label.text for row in last.buttons for button in row}
    assert last.back or labels & {texts.BACK, texts.LEAVE_IT}


def test_a_correction_can_be_left_and_everything_stays_as_it_was() -> None:
    turn = signup.step(NeedSave(CORRECTION), Tap("leave"), DESK)

    assert (turn.stage, turn.effect) == (None, None)
    assert turn.says[0].lines[0].text == texts.KEPT_AS_IT_WAS


@pytest.mark.parametrize("stage", [ChooseLanguage(), NeedConsent()])
def test_before_the_first_question_there_is_nothing_to_go_back_to(stage: Stage) -> None:
    assert signup.step(stage, Tap("back"), DESK).stage == stage


HOW_FAR: list[tuple[Stage, int]] = [
    (NeedNumber(), 1),
    (NeedPlace(NUMBER), 2),
    (NeedHere(NUMBER, HERE), 2),
    (NeedSame(NUMBER, HERE, "7K4M-92QX", 2), 2),
    (NeedCount(NUMBER, HERE), 3),
    (NeedMany(NUMBER, HERE, 60), 3),
]


@pytest.mark.parametrize(("stage", "n"), HOW_FAR)
def test_the_three_questions_say_how_far_one_is(stage: Stage, n: int) -> None:
    line = question(stage, TOWN)[-1].lines[0]

    assert words(line, "en").startswith(words(Phrase(texts.STEP, {"n": n, "most": 3, "question": ""}), "en"))


ALONE = (
    NeedNumber(DRAFT),
    NeedPlace(NUMBER, DRAFT),
    NeedHere(NUMBER, HERE, kept=DRAFT),
    NeedCount(NUMBER, HERE, kept=DRAFT),
    NeedCount(NUMBER, HERE, "7K4M"),
    NeedMany(NUMBER, HERE, 60, kept=DRAFT),
)


@pytest.mark.parametrize("stage", ALONE)
def test_a_question_that_is_asked_alone_counts_no_steps(stage: Stage) -> None:
    assert question(stage, TOWN)[-1].lines[0].text != texts.STEP


def test_another_number_typed_at_the_question_about_many_is_taken() -> None:
    turn = signup.step(NeedMany(NUMBER, HERE, 60), Text("6"), DESK)

    assert turn.stage == NeedSave(Draft(NUMBER, HERE, 6))


@pytest.mark.parametrize(
    ("stage", "got", "effect"),
    [
        (ChooseLanguage(), Tap("hi"), SpeakIn("hi")),
        (NeedConsent(), Tap("en"), SpeakIn("en")),
        (NeedConsent(), Tap("agree"), Agree()),
        (NeedConsent(), Tap("no"), Refuse()),
        (NeedSave(DRAFT), Tap("save"), Save(DRAFT)),
    ],
)
def test_what_a_handler_has_to_carry_out(stage: Stage, got: Incoming, effect: Effect) -> None:
    assert signup.step(stage, got, DESK).effect == effect


def test_a_pin_sent_instead_of_an_answer_to_here_is_the_new_place() -> None:
    turn = signup.step(NeedHere(NUMBER, HERE), Pin(PALASIA), DESK)

    assert turn.stage == NeedHere(NUMBER, Site(PALASIA))


def test_a_very_long_name_of_a_venue_is_cut() -> None:
    turn = signup.step(NeedPlace(NUMBER), Pin(RAJWADA, "Sarafa\n Bazaar " * 20), DESK)

    assert isinstance(turn.stage, NeedHere)
    assert turn.stage.site.name.startswith("Sarafa Bazaar Sarafa")
    assert len(turn.stage.site.name) == LONGEST_LABEL


@pytest.mark.parametrize(
    ("title", "name"),
    [("=HYPERLINK(0)", "HYPERLINK(0)"), ("\u202egate\x00 blue", "gate blue"), ("\u200b \u2066", "")],
)
def test_the_name_of_a_venue_holds_no_formula_and_nothing_that_cannot_be_seen(title: str, name: str) -> None:
    turn = signup.step(NeedPlace(NUMBER), Pin(RAJWADA, title), DESK)

    assert turn.stage == NeedHere(NUMBER, Site(RAJWADA, name))


@pytest.mark.parametrize(
    ("stage", "number"),
    [
        (NeedSave(DRAFT), ""),
        (NeedSave(CORRECTION), "7K4M-92QX"),
        (NeedNumber(), ""),
        (NeedNumber(CORRECTION), "7K4M-92QX"),
        (NeedPlace(NUMBER), ""),
        (NeedPlace(NUMBER, CORRECTION), "7K4M-92QX"),
        (NeedHere(NUMBER, HERE, kept=CORRECTION), "7K4M-92QX"),
        (NeedCount(NUMBER, HERE, "7K4M-92QX"), "7K4M-92QX"),
        (NeedMany(NUMBER, HERE, 60, "7K4M-92QX"), "7K4M-92QX"),
    ],
)
def test_a_conversation_knows_which_entry_it_corrects(stage: Stage, number: str) -> None:
    assert corrects(stage) == number
