"""The three answers, in all the ways people give them, and what is refused without being kept."""

from dataclasses import replace

import pytest
from sqlmodel import Session, col, func, select

from bot import texts
from bot.core.casework.search import NeedRadius
from bot.core.geo import WGS84, Point
from bot.core.messages import Contact, Incoming, Media, Other, Pin, Say, Tap, Text, Whose
from bot.core.resident.signup_questions import NeedHere, NeedNumber, NeedPlace, NeedSave
from storage import registrations
from storage.tables.register import Person, Registration
from tests.chat import INDORE, PALASIA, RAJWADA, Phone
from tests.every_stage import QUESTIONS, STOPS, brought_to

pytestmark = pytest.mark.matrix

P = Point(22.7196, 75.8577)
PLACES: list[tuple[Incoming, Point]] = [
    (Pin(P), P),  # the GPS key, a dropped, moved or forwarded pin, the first point of a live location
    (Pin(P, "Sarafa Bazaar"), P),
    (Text("22.7196, 75.8577"), P),
    (Text("22.7196 75.8577"), P),
    (Text("२२.७१९६, ७५.८५७७"), P),
    (Text("22.7196° N, 75.8577° E"), P),
    (Text("geo:22.7196,75.8577"), P),
    (Text("https://www.google.com/maps/@22.7196,75.8577,17z"), P),
    (Text("https://maps.google.com/?q=22.7196,75.8577"), P),
    (Text("75.8577, 22.7196"), P),
]
CONTACTS = [
    (Whose.SOMEONE_ELSES, "", texts.HINT_NUMBER_NOT_YOURS),
    (Whose.FORWARDED, "", texts.HINT_NUMBER_FORWARDED),
    (Whose.UNKNOWN, "", texts.HINT_NUMBER_NO_PROOF),
    (Whose.OWN, "12345", texts.HINT_NUMBER_NOT_VALID),
]
COUNTS = {"4": 4, "४": 4, "four": 4, "चार": 4, "1": 1, "50": 50}


@pytest.mark.parametrize(("whose", "number", "hint"), CONTACTS)
def test_only_ones_own_valid_contact_counts(resident: Phone, tx: Session, whose: Whose, number: str, hint: str) -> None:
    brought_to("number", resident)

    resident.shares_number(whose, number)

    assert resident.reads == [hint, texts.ASK_NUMBER]
    assert resident.stack == [NeedNumber()]
    assert phones_kept(tx) == 0


def phones_kept(tx: Session) -> int:
    return tx.exec(select(func.count()).where(col(Person.phone_sealed).is_not(None))).one()


@pytest.mark.parametrize("typed", ["9876543210", "+91 98765 43210", "९८७६५४३२१०", "my number is 9876543210"])
def test_a_typed_number_is_not_taken_and_the_hint_says_why(resident: Phone, tx: Session, typed: str) -> None:
    brought_to("number", resident)

    resident.says(typed)

    assert resident.reads == [texts.HINT_NUMBER_TYPED, texts.ASK_NUMBER]
    assert resident.stack == [NeedNumber()]
    assert phones_kept(tx) == 0


@pytest.mark.parametrize("written", ["919876543210", "+919876543210", "9876543210"])
def test_a_number_is_kept_as_e164_however_the_channel_writes_it(resident: Phone, written: str) -> None:
    brought_to("number", resident)

    resident.shares_number(number=written)

    assert resident.stack == [NeedPlace("+919876543210")]


@pytest.mark.parametrize(("got", "point"), PLACES)
def test_a_place_is_understood_shown_as_a_pin_and_asked_about(resident: Phone, got: Incoming, point: Point) -> None:
    brought_to("place", resident)

    resident.sends(got)

    assert next(said.pin for said in resident.answers if isinstance(said, Say) and said.pin) == point
    assert resident.asked in (texts.ASK_HERE, texts.ASK_HERE_SWAPPED)
    assert isinstance(resident.stack[-1], NeedHere)


def test_longitude_first_is_noticed_and_offered_the_right_way_round(resident: Phone) -> None:
    brought_to("place", resident)

    resident.says("75.8577, 22.7196")

    assert resident.asked == texts.ASK_HERE_SWAPPED
    assert "22.71960, 75.85770" in resident.sees


def test_the_name_of_a_venue_becomes_the_label(resident: Phone, tx: Session) -> None:
    brought_to("place", resident)
    resident.pins(RAJWADA, "Sarafa Bazaar")
    resident.taps(texts.YES_HERE)
    resident.says("4")
    resident.taps(texts.SAVE)

    row = registrations.owned(tx, resident.row)[0]
    assert registrations.site_of(tx, row).name == "Sarafa Bazaar"


def test_outside_the_city_is_refused_with_how_far(resident: Phone) -> None:
    brought_to("place", resident)
    dewas = Point(22.9676, 76.0534)

    resident.pins(dewas)

    assert resident.reads == [texts.HINT_OUTSIDE, texts.ASK_PLACE]
    assert round(INDORE.metres_outside(dewas)) == 9026
    assert "9 km outside Indore" in resident.sees
    assert isinstance(resident.stack[-1], NeedPlace)


def test_a_few_steps_outside_are_not_called_nothing(resident: Phone) -> None:
    brought_to("place", resident)

    resident.pins(Point(*WGS84.fwd(INDORE.centre.lon, INDORE.centre.lat, 0, 25_040)[1::-1]))

    assert "40 m outside Indore" in resident.sees


def test_somewhere_else_asks_for_the_place_again(resident: Phone) -> None:
    brought_to("here", resident)

    resident.taps(texts.ELSEWHERE)
    resident.pins(PALASIA)

    assert resident.asked == texts.ASK_HERE
    assert isinstance(stage := resident.stack[-1], NeedHere)
    assert stage.site.point == PALASIA


@pytest.mark.parametrize(("words", "count"), COUNTS.items())
def test_a_number_of_cameras_is_written_in_either_language(resident: Phone, words: str, count: int) -> None:
    brought_to("count", resident)

    resident.says(words)

    assert isinstance(stage := resident.stack[-1], NeedSave)
    assert stage.draft.cameras == count


@pytest.mark.parametrize("n", range(1, 7))
def test_one_to_six_cameras_are_buttons(resident: Phone, n: int) -> None:
    brought_to("count", resident)

    resident.taps(texts.COUNT_BUTTON, n=n)

    assert isinstance(stage := resident.stack[-1], NeedSave)
    assert stage.draft.cameras == n


@pytest.mark.parametrize(
    ("words", "hint"),
    [("0", texts.HINT_COUNT_RANGE), ("501", texts.HINT_COUNT_RANGE), ("99999", texts.HINT_COUNT_RANGE)],
)
def test_fewer_than_one_and_more_than_five_hundred_are_refused(resident: Phone, words: str, hint: str) -> None:
    brought_to("count", resident)

    resident.says(words)

    assert resident.reads == [hint, texts.ASK_COUNT]


@pytest.mark.parametrize("n", [51, 500])
def test_more_than_fifty_is_asked_once_more(resident: Phone, n: int) -> None:
    brought_to("count", resident)

    resident.says(str(n))
    asked = resident.asked
    resident.taps(texts.YES_MANY, n=n)

    assert asked == texts.ASK_MANY
    assert isinstance(stage := resident.stack[-1], NeedSave)
    assert stage.draft.cameras == n


@pytest.mark.parametrize(
    "refused", [(Media(), texts.NO_PICTURES), (Text("rtsp://admin:x@10.0.0.8/1"), texts.NO_CAMERA_ACCESS)]
)
@pytest.mark.parametrize("where", QUESTIONS)
def test_pictures_and_ways_into_a_camera_are_refused_at_every_question(
    resident: Phone, where: str, refused: tuple[Incoming, str]
) -> None:
    brought_to(where, resident)
    before = resident.stack
    got, refusal = refused

    resident.sends(got)

    assert resident.reads == [refusal, STOPS[where].again]
    assert resident.stack == before


@pytest.mark.parametrize(
    ("got", "answer"),
    [
        (Media(), texts.NO_PICTURES),
        (Text("192.168.1.8"), texts.NO_CAMERA_ACCESS),
        (Text("my password: cam1234"), texts.NO_CAMERA_ACCESS),
        (Text("hello"), texts.NOTHING_OPEN),
        (Other(), texts.NOTHING_OPEN),
        (Pin(RAJWADA), texts.NOTHING_OPEN),
        (Contact("+919876543210", Whose.OWN), texts.NOTHING_OPEN),
    ],
)
def test_out_of_the_blue_nothing_is_taken_and_the_answer_says_what_to_do(
    resident: Phone, tx: Session, got: Incoming, answer: str
) -> None:
    resident.sends(got)

    assert resident.reads == [answer]
    assert resident.stack == []
    assert phones_kept(tx) == 0
    assert tx.exec(select(func.count()).select_from(Registration)).one() == 0


@pytest.mark.parametrize(
    ("change", "answer", "changed"),
    [
        (texts.CHANGE_NUMBER, Contact("+919812345678", Whose.OWN), {"phone": "+919812345678"}),
        (texts.CHANGE_COUNT, Text("6"), {"cameras": 6}),
        (texts.CHANGE_COUNT, Tap("back"), {}),
        (texts.CHANGE_PLACE, Tap("back"), {}),
        (texts.CHANGE_NUMBER, Tap("back"), {}),
    ],
)
def test_each_answer_can_be_changed_in_the_summary_and_the_others_stay(
    resident: Phone, change: str, answer: Incoming, changed: dict[str, str | int]
) -> None:
    brought_to("save", resident)
    assert isinstance(before := resident.stack[-1], NeedSave)

    resident.taps(change)
    resident.sends(answer)

    assert resident.asked == texts.SUMMARY
    assert resident.stack == [NeedSave(replace(before.draft, **changed))]  # type: ignore[arg-type]  # a field each


def test_the_place_can_be_changed_in_the_summary(resident: Phone) -> None:
    brought_to("here instead", resident)

    resident.taps(texts.YES_HERE)

    assert resident.asked == texts.SUMMARY
    assert isinstance(stage := resident.stack[-1], NeedSave)
    assert (stage.draft.site.point, stage.draft.cameras) == (PALASIA, 4)


def test_a_pin_out_of_the_blue_offers_an_officer_to_search_there(officer: Phone) -> None:
    officer.pins(PALASIA)

    assert officer.asked == texts.ASK_RADIUS
    assert officer.stack == [NeedRadius(PALASIA)]
