"""CI-cell staff enter societies with `/link`, invite their office-bearers, renew and withdraw what they gave."""

import re

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.messages import Menu, Tap
from bot.core.society.society import Purpose
from storage import audit
from storage.admin import grants
from storage.society import societies
from storage.tables.register import Grant, Invite
from storage.tables.societies import Society
from tests.chat import PALASIA, Chat, Phone
from tests.conftest import become_officer, invitation, make_officer
from tests.societies import Neighbourhood


@pytest.fixture
def staff(chat: Chat) -> Phone:
    return make_officer(chat, 2101, Role.STAFF)


def entered(staff: Phone) -> str:
    """A society is entered in one line; the payload of the invitation for its office-bearer."""
    staff.says("/link new Shanti Niketan, Vijay Nagar")
    return invited(staff)


def invited(staff: Phone) -> str:
    found = re.search(r"https://t\.me/citizen_eye_bot\?start=(i_\S+)", staff.sees)
    assert found
    return found[1]


def accepts(who: Phone, payload: str) -> Phone:
    who.says(f"/start {payload}")
    who.taps(texts.ACCEPT_ROLE)
    return who


def society_of(chat: Chat, tx: Session) -> Neighbourhood:
    return Neighbourhood(chat, tx.exec(select(Society.id)).one())


def test_staff_enter_a_society_step_by_step_and_get_an_invitation(staff: Phone, tx: Session) -> None:
    asked = []
    for said in ("/link new", "Shanti Niketan"):
        staff.says(said)
        asked.append(staff.asked)
    staff.pins(PALASIA)

    assert asked == [texts.ASK_SOCIETY, texts.ASK_SOCIETY_PLACE]
    assert staff.reads == [texts.SOCIETY_MADE, texts.BEARER_INVITE]
    assert invited(staff)
    society = tx.exec(select(Society)).one()
    assert (society.station, societies.named(tx, society).point) == ("Palasia", PALASIA)


def test_the_button_asks_like_the_command(staff: Phone) -> None:
    staff.says("/link")
    staff.taps(texts.SOCIETY_NEW)

    assert staff.reads == [texts.ASK_SOCIETY]


def test_in_hindi_the_word_for_new_works_as_well(staff: Phone) -> None:
    staff.says("/link नया शांति निकेतन, विजय नगर")

    assert staff.reads == [texts.SOCIETY_MADE, texts.BEARER_INVITE]


@pytest.mark.parametrize("line", ["new 🌞, Vijay Nagar", "new Shanti Niketan", "new  "])
def test_a_line_that_is_not_clear_becomes_the_question(staff: Phone, tx: Session, line: str) -> None:
    staff.says(f"/link {line}")

    assert staff.asked == texts.ASK_SOCIETY
    assert tx.exec(select(Society)).all() == []


def test_whoever_accepts_the_invitation_is_this_society_s_office_bearer(staff: Phone, chat: Chat, tx: Session) -> None:
    bearer = accepts(chat.phone(3001), entered(staff))

    assert bearer.reads == [texts.ROLE_GRANTED, texts.BEARER_BEGINS, texts.HELP_SHOWS]
    assert texts.ROLE_BEARER_OF.format(society="Shanti Niketan") in bearer.sees
    assert any(isinstance(answer, Menu) for answer in bearer.answers)
    grant = grants.in_force(tx, bearer.row, chat.now)[0]
    assert (grant.role, grant.station, grant.society_id) == ("bearer", "Palasia", tx.exec(select(Society.id)).one())


def test_whoever_starts_again_is_told_where_to_begin(staff: Phone, chat: Chat) -> None:
    bearer = accepts(chat.phone(3001), entered(staff))

    bearer.says("/start")

    assert bearer.reads == [texts.ROLE_GRANTED, texts.BEARER_BEGINS, texts.HELP_SHOWS]


def test_one_person_can_spread_the_word_for_two_societies_of_one_station(staff: Phone, chat: Chat, tx: Session) -> None:
    bearer = accepts(chat.phone(3001), entered(staff))
    staff.says("/link new Green Park, Bhawarkua")
    accepts(bearer, invited(staff))

    assert len({grant.society_id for grant in grants.in_force(tx, bearer.row, chat.now)}) == 2


def test_an_invitation_works_once(staff: Phone, chat: Chat) -> None:
    payload = entered(staff)
    accepts(chat.phone(3001), payload)
    late = chat.phone(3002)

    late.says(f"/start {payload}")

    assert late.reads == [texts.LINK_NOT_VALID]


def test_the_list_shows_the_station_s_societies_and_the_card_says_who_spreads_the_word(
    staff: Phone, chat: Chat
) -> None:
    payload = entered(staff)
    staff.says("/link")
    listed = staff.reads
    staff.taps(texts.SOCIETY_BUTTON, name="Shanti Niketan")
    before = staff.reads
    accepts(chat.phone(3001), payload)
    staff.says("/link")
    staff.taps(texts.SOCIETY_BUTTON, name="Shanti Niketan")

    assert listed == [texts.SOCIETIES[0]]
    assert before == [texts.SOCIETY_CARD, texts.SOCIETY_NO_BEARER, texts.SOCIETY_INVITED]
    assert staff.reads == [texts.SOCIETY_CARD, texts.SOCIETY_BEARER]


def test_a_new_invitation_takes_the_place_of_the_one_nobody_used(staff: Phone, chat: Chat, tx: Session) -> None:
    first = entered(staff)
    staff.says("/link")
    staff.taps(texts.SOCIETY_BUTTON, name="Shanti Niketan")
    staff.taps(texts.SOCIETY_INVITE)
    second, late = invited(staff), chat.phone(3001)
    late.says(f"/start {first}")
    accepts(chat.phone(3002), second)

    assert late.reads == [texts.LINK_NOT_VALID]
    assert len(tx.exec(select(Invite).where(Invite.role == Role.BEARER)).all()) == 2


def opens_card(staff: Phone) -> None:
    staff.says("/link")
    staff.taps(texts.SOCIETY_BUTTON, name="Shanti Niketan")


def test_renewing_is_asked_once_and_makes_new_links(staff: Phone, chat: Chat, tx: Session) -> None:
    bearer = accepts(chat.phone(3001), entered(staff))
    society = society_of(chat, tx)
    old = [society.payload(purpose) for purpose in Purpose]
    opens_card(staff)
    staff.taps(texts.SOCIETY_RENEW)
    asked = staff.reads
    unchanged = [society.payload(purpose) for purpose in Purpose]
    staff.taps(texts.YES_RENEW)

    assert asked == [texts.SURE_RENEW]
    assert unchanged == old
    assert staff.reads == [texts.LINKS_RENEWED]
    assert not set(old) & {society.payload(purpose) for purpose in Purpose}
    bearer.looks()
    assert bearer.reads == [texts.LINKS_RENEWED_BY_STAFF]


def test_a_withdrawn_society_loses_links_invitations_and_office_bearers_at_once(
    staff: Phone, chat: Chat, tx: Session
) -> None:
    bearer = accepts(chat.phone(3001), entered(staff))
    society = society_of(chat, tx)
    link = society.payload()
    opens_card(staff)
    staff.taps(texts.SOCIETY_INVITE)
    unused = invited(staff)
    opens_card(staff)
    staff.taps(texts.SOCIETY_CLOSE)
    staff.taps(texts.YES_CLOSE)
    closed = staff.reads
    bearer.looks()
    told = bearer.reads
    neighbour, late = chat.phone(3002), chat.phone(3003)
    neighbour.says(f"/start {link}")
    late.says(f"/start {unused}")

    assert (closed, told) == ([texts.SOCIETY_CLOSED], [texts.ROLE_ENDED])
    assert neighbour.reads == [texts.NOTICE]
    assert late.reads == [texts.LINK_NOT_VALID]
    assert grants.in_force(tx, bearer.row, chat.now) == []


def test_leaving_it_changes_nothing(staff: Phone, tx: Session) -> None:
    entered(staff)
    opens_card(staff)
    staff.taps(texts.SOCIETY_CLOSE)
    staff.taps(texts.KEEP_IT_SO)

    assert texts.SOCIETY_CARD in staff.reads
    assert tx.exec(select(Society)).one().closed_at is None


@pytest.mark.parametrize("deed", ["card", "invite", "renew", "renewed", "close", "closed"])
def test_staff_of_another_station_reach_nothing_of_it(staff: Phone, chat: Chat, tx: Session, deed: str) -> None:
    entered(staff)
    society = tx.exec(select(Society)).one()
    other = chat.phone(2102, number="+919812345679")
    other.says(f"/start {invitation(chat, Role.STAFF, station='Rajendra Nagar')}")
    other.taps(texts.ACCEPT_ROLE)
    before = len(audit.rows(tx))

    for row in (society.id, 0, 2**80):
        other.sends(Tap(f"/link:{deed}:{row}"))
        assert other.reads == [texts.SOCIETY_GONE]

    assert len(audit.rows(tx)) == before
    assert tx.exec(select(Society)).one().closed_at is None


def test_many_societies_come_in_pages(staff: Phone) -> None:
    for n in range(10):
        staff.says(f"/link new Society {'ABCDEFGHIJ'[n]} Nagar, Vijay Nagar")
    staff.says("/link")
    staff.taps(texts.NEXT_PAGE)

    assert staff.button(texts.SOCIETY_BUTTON, name="Society J Nagar")
    assert staff.button(texts.PREVIOUS_PAGE)


def test_every_change_of_access_is_written_down_with_who_made_it(staff: Phone, chat: Chat, tx: Session) -> None:
    accepts(chat.phone(3001), entered(staff))
    opens_card(staff)
    staff.taps(texts.SOCIETY_RENEW)
    staff.taps(texts.YES_RENEW)
    opens_card(staff)
    staff.taps(texts.SOCIETY_CLOSE)
    staff.taps(texts.YES_CLOSE)

    by_staff = [row.action for row in audit.rows(tx) if row.person_id == staff.row]
    assert by_staff == ["grant", "invite", "society", "revoke", "society"]


def test_staff_whose_role_ended_make_no_links(staff: Phone, chat: Chat, tx: Session) -> None:
    staff.says("/link new")

    def revoke(tx: Session) -> None:
        for grant in tx.exec(select(Grant)):
            grants.revoke(grant, chat.now)

    chat.store.run(revoke)
    staff.says("Shanti Niketan")

    assert texts.NOT_FOR_YOU in staff.reads
    assert tx.exec(select(Society)).all() == []


def test_an_office_bearer_that_the_command_line_made_belongs_to_no_society(chat: Chat) -> None:
    bearer = become_officer(chat.phone(3001), Role.BEARER)

    assert bearer.reads == [texts.ROLE_GRANTED, texts.BEARER_BEGINS, texts.HELP_SHOWS]
