"""A society's name as its poster will show it, and its place: whatever cannot be printed gets a sentence."""

import pytest

from bot import texts
from bot.core.geo import Point
from bot.core.messages import Incoming, Media, Phrase, Pin, Tap, Text
from bot.core.society.founding import (
    AskedName,
    AskedPlace,
    AskedWho,
    Founded,
    NewName,
    NewPlace,
    question,
    read_both,
    step,
)
from bot.core.society.society import LONGEST, Named, read_name
from tests.chat import INDORE, PALASIA

GOOD = {
    "Shanti Niketan": "Shanti Niketan",
    "  Shanti \n Niketan  ": "Shanti Niketan",
    "शांति निकेतन, सेक्टर-2 (पूर्व)": "शांति निकेतन, सेक्टर-2 (पूर्व)",
    "क्ष\u200dत्र नगर": "क्ष\u200dत्र नगर",  # joiners shape letters
    "St. Paul's Colony & Annexe": "St. Paul's Colony & Annexe",
    "Scheme No. 54": "Scheme No. 54",
    "x" * LONGEST: "x" * LONGEST,
}
BAD = {
    "Sunshine 🌞 Towers": texts.HINT_NAME_SIGN,
    "Family 👨‍👩‍👧 Homes": texts.HINT_NAME_SIGN,
    "x" * 200: texts.HINT_NAME_LONG,
    "शांति निकेतन " * 20: texts.HINT_NAME_LONG,
    "\u202eShanti Niketan": texts.HINT_NAME_UNSEEN,  # right-to-left override
    "Shanti\u200f Niketan": texts.HINT_NAME_UNSEEN,  # right-to-left mark
    "Shanti \u2067Niketan\u2069": texts.HINT_NAME_UNSEEN,
    "شانتی نکیتن": texts.HINT_NAME_SIGN,
    "<b>Shanti</b>": texts.HINT_NAME_SIGN,
    "#Shanti *Niketan*": texts.HINT_NAME_SIGN,
    "Shanti 98765 43210": texts.HINT_NAME_NUMBER,
    "शांति ९८७६५४३२१०": texts.HINT_NAME_NUMBER,
    "Shanti www.example.com": texts.HINT_NAME_NUMBER,
    "t.me/shanti": texts.HINT_NAME_NUMBER,
    "54": texts.HINT_NAME_SHORT,
    "": texts.HINT_NAME_SHORT,
    "ab": texts.HINT_NAME_SHORT,
}
SHANTI = "Shanti Niketan"


@pytest.mark.parametrize("words", GOOD)
def test_a_name_in_hindi_or_english_letters_is_taken(words: str) -> None:
    assert read_name(words) == GOOD[words]


@pytest.mark.parametrize("words", BAD)
def test_a_name_that_no_poster_can_show_gets_a_clear_sentence(words: str) -> None:
    read = read_name(words)

    assert isinstance(read, Phrase)
    assert read.text == BAD[words]


@pytest.mark.parametrize("words", BAD)
@pytest.mark.parametrize("stage", [AskedName(), NewName()])
def test_after_a_bad_name_the_question_stands_again_and_nothing_is_half_done(
    stage: AskedName | NewName, words: str
) -> None:
    turn = step(stage, Text(words), INDORE)

    assert (turn.stage, turn.effect) == (stage, None)
    assert turn.says[0].lines[0].values["hint"].text == BAD[words]  # type: ignore[union-attr]  # a hint is a phrase
    assert turn.says[0].lines[0].values["question"] == question(stage)[0].lines[0]


@pytest.mark.parametrize(
    ("got", "named"),
    [
        (Pin(PALASIA), Named(SHANTI, "", PALASIA)),
        (Pin(PALASIA, "Main gate\u202e"), Named(SHANTI, "Main gate", PALASIA)),
        (Text("22.7236, 75.8850"), Named(SHANTI, "", PALASIA)),
        (Text("75.8850 22.7236"), Named(SHANTI, "", PALASIA)),  # longitude first
        (Text("स्कीम 54, विजय नगर"), Named(SHANTI, "स्कीम 54, विजय नगर")),
    ],
)
def test_a_place_is_a_pin_or_a_locality_in_words(got: Incoming, named: Named) -> None:
    assert step(NewPlace(SHANTI), got, INDORE).effect == Founded(named)
    assert step(AskedPlace(SHANTI), got, INDORE).stage == AskedWho(named)


@pytest.mark.parametrize(
    ("got", "hint"),
    [
        (Pin(Point(28.61, 77.21)), texts.HINT_SOCIETY_OUTSIDE),
        (Text("28.61, 77.21"), texts.HINT_SOCIETY_OUTSIDE),
        (Text("https://maps.app.goo.gl/abc"), texts.HINT_SHORT_LINK),
        (Text("🏠"), texts.HINT_LOCALITY),
        (Text("x" * 200), texts.HINT_LOCALITY),
        (Media(), texts.NO_PICTURES),
    ],
)
def test_a_place_that_is_none_gets_a_hint(got: Incoming, hint: str) -> None:
    turn = step(NewPlace(SHANTI), got, INDORE)

    assert turn.stage == NewPlace(SHANTI)
    assert turn.says[0].lines[0].values["hint"].text == hint  # type: ignore[union-attr]  # a hint is a phrase


def test_who_asks_says_their_name_and_office() -> None:
    asked = AskedWho(Named(SHANTI, "Vijay Nagar"))

    assert step(asked, Text(" Sunita Verma,\n secretary "), INDORE).effect == Founded(
        asked.named, "Sunita Verma, secretary"
    )
    assert step(asked, Text("\u202e"), INDORE).stage == asked
    assert step(asked, Text("rtsp://admin:hunter2@10.0.0.8/live"), INDORE).stage == asked


def test_back_leads_to_the_question_before_and_at_the_first_one_out() -> None:
    place, name = step(AskedWho(Named(SHANTI, "x")), Tap("back"), INDORE), step(AskedPlace(SHANTI), Tap("back"), INDORE)

    assert (place.stage, name.stage) == (AskedPlace(SHANTI), AskedName())
    assert step(NewPlace(SHANTI), Tap("back"), INDORE).stage == NewName()
    assert step(NewName(), Tap("back"), INDORE).stage is None


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Shanti Niketan, Vijay Nagar", Named(SHANTI, "Vijay Nagar")),
        ("Shanti Niketan, 22.7236, 75.8850", Named(SHANTI, "", PALASIA)),
        ("Shanti Niketan, Scheme 54, Vijay Nagar", Named(SHANTI, "Scheme 54, Vijay Nagar")),
        ("Shanti Niketan", None),
        ("🌞, Vijay Nagar", None),
        ("Shanti Niketan, 28.61, 77.21", None),
        ("", None),
    ],
)
def test_name_and_place_fit_into_one_line(words: str, named: Named | None) -> None:
    assert read_both(words, INDORE) == named
