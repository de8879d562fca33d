"""The buttons under an answer: pages, wider, a pin; of one's own searches only, whatever the button says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot import texts
from bot.core.geo import Point
from bot.core.messages import Say, Tap
from handlers import routes
from storage import audit, registrations
from tests import profiles as profiles
from tests.chat import PALASIA, RAJWADA, Chat, Phone
from tests.conftest import make_officer

pytestmark = pytest.mark.matrix

SEARCHES = {texts.SEARCHED, texts.FOUND_LINE, texts.TOTAL, texts.PIN_OF, texts.ASK_WHERE, texts.ASK_RADIUS}


@pytest.fixture
def searched(chat: Chat, officer: Phone) -> Phone:
    """An officer with an answer of 12 places before them."""
    chat.has_cameras(*(Point(RAJWADA.lat + n / 4000, RAJWADA.lon) for n in range(12)))
    officer.says("/near 22.7185 75.8550 500")
    return officer


def listed(who: Phone) -> list[int]:
    said = [line for said in who.answers if isinstance(said, Say) for line in said.lines]
    return [int(str(line.values["n"])) for line in said if line.text == texts.FOUND_LINE]


def search_id(tx: Session) -> int:
    return audit.rows(tx, audit.Act.SEARCH)[0].id


def test_pages_lead_on_and_back(searched: Phone) -> None:
    first = listed(searched)
    searched.taps(texts.NEXT_PAGE)
    second = listed(searched)
    searched.taps(texts.PREVIOUS_PAGE)

    assert (first, second, listed(searched)) == (list(range(1, 11)), [11, 12], list(range(1, 11)))
    assert all(said.replace and said.protect for said in searched.answers if isinstance(said, Say))


def test_every_page_and_every_pin_leaves_a_line_in_the_trace(searched: Phone, tx: Session) -> None:
    searched.taps(texts.PIN_BUTTON, n=2)
    searched.says("/near 22.7185 75.8550 500")
    searched.taps(texts.NEXT_PAGE)

    [pin] = audit.rows(tx, audit.Act.PIN)
    [page] = audit.rows(tx, audit.Act.PAGE)
    searches = audit.rows(tx, audit.Act.SEARCH)
    assert (pin.places, page.places, [row.places for row in searches]) == (1, 2, [12, 12])
    assert (audit.detail_of(tx, pin)["search_id"], audit.detail_of(tx, page)["search_id"]) == (
        searches[0].id,
        searches[1].id,
    )


def test_a_pin_shows_one_place_on_the_map(searched: Phone) -> None:
    searched.taps(texts.PIN_BUTTON, n=1)

    [said] = searched.answers
    assert isinstance(said, Say)
    assert (said.pin, said.protect) == (RAJWADA, True)
    assert searched.reads == [texts.PIN_OF]


def test_wider_searches_again_around_the_same_point(searched: Phone, tx: Session) -> None:
    searched.taps(texts.WIDER, distance="1 km")

    details = [audit.detail_of(tx, row) for row in audit.rows(tx, audit.Act.SEARCH)]
    assert [detail["radius_m"] for detail in details] == [500.0, 1000.0]
    assert {(detail["lat"], detail["lon"]) for detail in details} == {(RAJWADA.lat, RAJWADA.lon)}


@pytest.mark.parametrize("button", ["page:{}:1", "wider:{}:1000", "pin:{}:1"])
def test_another_officers_search_is_not_ones_own(chat: Chat, searched: Phone, tx: Session, button: str) -> None:
    other = make_officer(chat, 2002)
    assert searched.row != other.row
    looks = len(audit.rows(tx))

    other.sends(Tap("/near:" + button.format(search_id(tx))))

    assert other.reads == [texts.SEARCH_GONE]
    assert len(audit.rows(tx)) == looks


def test_a_place_that_was_not_in_the_search_is_not_shown(chat: Chat, searched: Phone, tx: Session) -> None:
    [number] = chat.has_cameras(PALASIA)
    row = registrations.find(tx, number)
    assert row

    searched.sends(Tap(f"/near:pin:{search_id(tx)}:{row.id}"))

    assert searched.reads == [texts.NOT_THERE_NOW]
    assert audit.rows(tx, audit.Act.PIN) == []


@pytest.mark.parametrize("hide", [texts.PAUSE, texts.REMOVE])
def test_a_place_that_was_hidden_meanwhile_is_not_shown(chat: Chat, officer: Phone, hide: str) -> None:
    owner = chat.phone(1001)
    chat.has_cameras(RAJWADA, owner=1001)
    officer.says("/near 22.7185 75.8550 500")
    owner.says("/mine")
    owner.taps(hide)
    if hide == texts.REMOVE:
        owner.taps(texts.YES_REMOVE)

    officer.taps(texts.PIN_BUTTON, n=1)

    assert officer.reads == [texts.NOT_THERE_NOW]


@pytest.mark.parametrize("page", ["99", "12345678901234567890123456789012345", "-1", "", "२"])
def test_a_page_that_is_not_there_is_one_that_is(searched: Phone, tx: Session, page: str) -> None:
    searched.sends(Tap(f"/near:page:{search_id(tx)}:{page}"))

    assert listed(searched) in ([11, 12], list(range(1, 11)))


@pytest.mark.parametrize("radius", ["9", "5001", "0", "x", "99999999999999999999999999"])
def test_wider_than_allowed_is_refused(searched: Phone, tx: Session, radius: str) -> None:
    searched.sends(Tap(f"/near:wider:{search_id(tx)}:{radius}"))

    assert searched.reads == [texts.SEARCH_GONE]


@pytest.mark.parametrize("verb", ["page", "wider", "pin"])
@pytest.mark.parametrize(
    "forged", ["0:0", "1:1", f"{2**62}:1", f"{2**63}:1", f"{2**64}:1", f"{'9' * 40}:1", "::", "٣:٣"]
)
def test_forged_search_ids_show_nothing(searched: Phone, tx: Session, verb: str, forged: str) -> None:
    looks = len(audit.rows(tx))

    searched.sends(Tap(f"/near:{verb}:{forged}"))

    assert searched.reads == [texts.SEARCH_GONE]
    assert len(audit.rows(tx)) == looks


SOME = settings().max_examples // 5  # each is a transaction
NAMES = st.sampled_from([*routes.BUTTONS, "/near", "/", ""])
PARTS = st.one_of(st.integers(-(2**70), 2**70).map(str), st.text(max_size=12), st.just(""))
GARBAGE = st.one_of(
    st.text(max_size=64), st.tuples(NAMES, st.lists(PARTS, max_size=4)).map(lambda t: ":".join([t[0], *t[1]]))
)


@settings(max_examples=SOME, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=GARBAGE)
def test_whatever_a_button_says_a_resident_sees_nothing_of_a_search(resident: Phone, data: str) -> None:
    resident.sends(Tap(data))

    assert not SEARCHES & set(resident.reads)


@settings(max_examples=SOME, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=GARBAGE)
def test_whatever_a_button_says_an_officer_gets_an_answer(officer: Phone, data: str) -> None:
    officer.sends(Tap(data))

    assert officer.answers


@settings(max_examples=SOME, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=80))
def test_whatever_an_officer_writes_after_near_gets_an_answer(officer: Phone, words: str) -> None:
    officer.says(f"/near {words}")

    assert officer.answers
