"""`/rwa`: anyone asks to spread the word for a society; staff of its station decide, and the first tap wins."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from shapely.geometry import box
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.geo import Point
from bot.core.messages import Menu, Say, Tap
from bot.core.station.outlines import Outline
from storage import audit, people
from storage.admin import grants
from storage.engine import Store
from storage.society import societies, wishes
from storage.station import stations
from storage.tables.societies import Society, Wish
from tests.chat import PALASIA, Chat, Phone
from tests.conftest import invitation
from tests.town import another

WHO = "Sunita Verma, secretary"


def staff_of(chat: Chat, number: int, station: str = "Palasia") -> Phone:
    who = chat.phone(number, number=f"+9198123{number:05}")
    who.says(f"/start {invitation(chat, Role.STAFF, station=station)}")
    who.taps(texts.ACCEPT_ROLE)
    return who


def asks(who: Phone, at: Point | str = "Vijay Nagar", society: str = "Shanti Niketan") -> Phone:
    who.says("/rwa")
    who.says(society)
    who.pins(at) if isinstance(at, Point) else who.says(at)
    who.says(WHO)
    return who


def outlines(chat: Chat) -> None:
    """Palasia's area, and Rajendra Nagar's west of it."""
    east = Outline("Palasia", box(75.87, 22.6, 76.0, 22.9))
    west = Outline("Rajendra Nagar", box(75.7, 22.6, 75.87, 22.9))
    chat.store.run(lambda tx: stations.put(tx, [east, west], chat.now))


@pytest.fixture
def asker(chat: Chat) -> Phone:
    return chat.phone(3001)


def test_a_wish_reaches_all_staff_with_buttons_and_the_asker_is_told(chat: Chat, asker: Phone) -> None:
    staff = [staff_of(chat, 2101), staff_of(chat, 2102, "Rajendra Nagar")]

    asks(asker)

    assert asker.reads == [texts.RWA_SENT]
    for one in staff:
        one.looks()
        assert one.reads == [texts.RWA_ASKS]
        assert WHO in one.sees
        assert one.button(texts.RWA_APPROVE)
        assert one.button(texts.RWA_REFUSE)


def test_where_outlines_are_known_only_the_society_s_station_is_asked(chat: Chat, asker: Phone) -> None:
    outlines(chat)
    palasia, rajendra = staff_of(chat, 2101), staff_of(chat, 2102, "Rajendra Nagar")

    asks(asker, PALASIA)
    palasia.looks()
    rajendra.looks()

    assert palasia.reads == [texts.RWA_ASKS]
    assert rajendra.reads == []


def test_a_station_without_staff_leaves_it_to_the_others(chat: Chat, asker: Phone) -> None:
    outlines(chat)
    rajendra = staff_of(chat, 2102, "Rajendra Nagar")

    asks(asker, PALASIA)
    rajendra.looks()

    assert rajendra.reads == [texts.RWA_ASKS]


def test_an_approved_asker_is_the_society_s_office_bearer(chat: Chat, asker: Phone, tx: Session) -> None:
    staff = staff_of(chat, 2101)
    asks(asker)
    staff.looks()
    staff.taps(texts.RWA_APPROVE)

    assert staff.reads == [texts.RWA_WAS_APPROVED]
    asker.looks()
    assert asker.reads == [texts.RWA_APPROVED, texts.ROLE_GRANTED, texts.BEARER_BEGINS, texts.HELP_SHOWS]
    assert any(isinstance(answer, Menu) for answer in asker.answers)
    grant, society = grants.in_force(tx, asker.row, chat.now)[0], tx.exec(select(Society)).one()
    assert (grant.role, grant.station, grant.society_id) == ("bearer", "Palasia", society.id)
    assert (grants.name_of(tx, grant), societies.named(tx, society).name) == (WHO, "Shanti Niketan")
    written = [row.action for row in audit.rows(tx) if row.person_id == staff.row]
    assert written[-2:] == ["decide", "grant"]


def test_a_refused_asker_is_told_whom_to_talk_to_and_gets_nothing(chat: Chat, asker: Phone, tx: Session) -> None:
    staff = staff_of(chat, 2101)
    asks(asker)
    staff.looks()
    staff.taps(texts.RWA_REFUSE)
    asker.looks()

    assert asker.reads == [texts.RWA_REFUSED]
    assert "the data officer" in asker.sees
    assert tx.exec(select(Society)).all() == []
    assert grants.in_force(tx, asker.row, chat.now) == []


@pytest.mark.parametrize("second", [texts.RWA_APPROVE, texts.RWA_REFUSE])
def test_of_two_who_tap_at_once_one_wins_and_both_see_it(chat: Chat, asker: Phone, tx: Session, second: str) -> None:
    first, other = staff_of(chat, 2101), staff_of(chat, 2102)
    asks(asker)
    first.looks()
    other.looks()
    late = other.button(second)  # on the screen before the first one taps
    first.taps(texts.RWA_APPROVE)
    other.taps_again(late)

    assert first.reads == other.reads == [texts.RWA_WAS_APPROVED]
    assert len(tx.exec(select(Society)).all()) == 1
    assert len(grants.in_force(tx, asker.row, chat.now)) == 1
    asker.looks()
    assert texts.RWA_REFUSED not in asker.reads


def test_the_others_see_the_decision_in_the_place_of_the_request(chat: Chat, asker: Phone) -> None:
    first, other = staff_of(chat, 2101), staff_of(chat, 2102)
    asks(asker)
    first.looks()
    other.looks()
    asked = [answer.keep for answer in other.answers if isinstance(answer, Say)]
    first.taps(texts.RWA_REFUSE)
    other.looks()

    told = [answer for answer in other.answers if isinstance(answer, Say)]
    assert other.reads == [texts.RWA_WAS_REFUSED]
    assert [(answer.keep, answer.over_kept, answer.buttons) for answer in told] == [(asked[0], True, ())]


def test_staff_of_another_station_decide_nothing_that_is_not_theirs(chat: Chat, asker: Phone, tx: Session) -> None:
    outlines(chat)
    palasia, rajendra = staff_of(chat, 2101), staff_of(chat, 2102, "Rajendra Nagar")
    asks(asker, PALASIA)
    wish = tx.exec(select(Wish)).one()

    for row in (wish.id, 0, 2**80):
        rajendra.sends(Tap(f"/rwa:yes:{row}"))
        assert rajendra.reads == [texts.RWA_GONE]
    palasia.looks()
    palasia.taps(texts.RWA_APPROVE)

    assert palasia.reads == [texts.RWA_WAS_APPROVED]


def test_what_nobody_answered_stands_under_link(chat: Chat, asker: Phone) -> None:
    asks(asker)
    late = staff_of(chat, 2101)

    late.says("/link")

    assert late.reads == [texts.NO_SOCIETIES, texts.RWA_ASKS]
    late.taps(texts.RWA_APPROVE)
    assert late.reads == [texts.RWA_WAS_APPROVED]


def test_one_wish_at_a_time_and_three_a_month(chat: Chat, asker: Phone) -> None:
    staff = staff_of(chat, 2101)
    read = []
    for _ in range(3):
        asks(asker)
        asker.says("/rwa")
        read.append(asker.reads)
        staff.looks()
        staff.taps(texts.RWA_REFUSE)
    asker.says("/rwa")
    read.append(asker.reads)
    chat.later(days=31)
    asker.says("/rwa")

    assert read == [[texts.RWA_WAITS]] * 3 + [[texts.RWA_TOO_MANY]]
    assert asker.reads == [texts.ASK_YOUR_SOCIETY]


def test_an_asker_is_no_stranger_while_their_wish_waits_and_it_is_forgotten_in_the_end(
    chat: Chat, asker: Phone, tx: Session
) -> None:
    asks(asker)
    kept = []
    for days in (60, 31):
        chat.later(days=days)
        chat.ticks()
        chat.later(days=1)
        chat.ticks()
        kept.append((len(tx.exec(select(Wish)).all()), people.find(tx, "telegram", asker.id) is not None))

    assert kept == [(1, True), (0, False)]


def test_people_see_what_they_asked_for(asker: Phone) -> None:
    asks(asker)
    asker.says("/mydata")

    file = [line for said in asker.answers for line in getattr(getattr(said, "document", None), "lines", ())]
    assert [line.values["who"] for line in file if line.text == texts.MYDATA_WISH] == [WHO]


def test_what_an_asker_said_is_kept_sealed(chat: Chat, asker: Phone) -> None:
    asks(asker)

    kept = chat.saved()
    assert [word for word in ("Sunita", "Shanti", "Vijay Nagar") if word.encode() in kept] == []


def test_of_two_workers_that_decide_at_once_one_wins(chat: Chat, asker: Phone, tx: Session) -> None:
    staff = staff_of(chat, 2101)
    asks(asker)
    wish, by = tx.exec(select(Wish)).one(), grants.of(tx, staff.row)[0]
    stores = [another(chat.store) for _ in range(2)]

    def decide(store: Store) -> bool:
        return store.run(lambda tx: wishes.decide(tx, tx.get_one(Wish, wish.id), by, chat.now, approved=True))

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(decide, stores))
    for store in stores:
        store.close()

    assert sorted(won) == [False, True]
