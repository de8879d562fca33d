"""Roles given and changed in the chat: two administrators where there are two, never one's own, at the next tap."""

import re
from dataclasses import replace

import pytest
import shapely
from sqlmodel import Session, select

from bot import texts
from bot.core.access import GRANTED, IN_WORDS, Action, Role
from bot.core.admin.officers import NeedName
from bot.core.messages import Say, Tap
from bot.core.station.outlines import Outline
from storage import audit
from storage.admin import grants
from storage.station import stations
from storage.tables.admin import Proposal
from storage.tables.register import Grant, Invite
from tests.chat import Chat, Phone
from tests.conftest import become_officer, invitation, make_officer


@pytest.fixture
def admin(chat: Chat) -> Phone:
    return make_officer(chat, 9001, Role.ADMIN)


@pytest.fixture
def second(chat: Chat, admin: Phone) -> Phone:
    assert admin
    return make_officer(chat, 9002, Role.ADMIN)


def asks_for(who: Phone, role: str = texts.ROLE_OFFICER, station: str = "Palasia", name: str = "SI Verma") -> None:
    """Go through the questions of an invitation up to the last yes."""
    who.says("/officers")
    who.taps(texts.INVITE_SOMEONE)
    who.taps(role)
    who.says(station)
    who.says(name)
    who.taps(texts.MAKE_LINK)


def payload(who: Phone) -> str:
    """What the link on the screen carries."""
    [found] = re.findall(r"\?start=(\S+)", who.sees)
    return str(found)


def grant_of(tx: Session, who: Phone) -> Grant:
    [grant] = [grant for grant in grants.of(tx, who.row) if grant.revoked_at is None]
    return grant


def opens_card(who: Phone, grant: Grant) -> None:
    who.sends(Tap(f"/officers:card:{grant.id}"))


def test_an_administrator_alone_gets_the_link_at_once_and_it_works(chat: Chat, admin: Phone, tx: Session) -> None:
    asks_for(admin)

    newcomer = chat.phone(2001)
    newcomer.says(f"/start {payload(admin)}")
    newcomer.taps(texts.ACCEPT_ROLE)

    grant = grant_of(tx, newcomer)
    assert admin.reads == [texts.LINK_MADE, texts.LINK_ITSELF]
    assert (grant.role, grant.station, grants.name_of(tx, grant)) == (Role.OFFICER, "Palasia", "SI Verma")
    admin.looks()
    assert admin.reads == [texts.LINK_USED]


def test_of_two_administrators_the_other_one_has_to_agree(admin: Phone, second: Phone, tx: Session) -> None:
    asks_for(admin)
    first_answer = admin.reads
    links_before = len(tx.exec(select(Invite).where(Invite.made_by != None)).all())  # noqa: E711 - SQL
    second.looks()
    asked = second.reads
    second.taps(texts.AGREE_TO_ROLE)
    admin.looks()

    assert first_answer == [texts.SECOND_ASKED]
    assert links_before == 0
    assert asked == [texts.SECOND_WANTED]
    assert "SI Verma" in second.sees
    assert second.reads == [texts.AGREED_TO]
    assert admin.reads == [texts.LINK_MADE, texts.LINK_ITSELF]


def test_nobody_agrees_to_their_own_wish(admin: Phone, second: Phone, tx: Session) -> None:
    asks_for(admin)
    assert second.looks()
    proposal = tx.exec(select(Proposal)).one()

    admin.sends(Tap(f"/second:yes:{proposal.id}"))

    assert admin.reads == [texts.NOT_ONES_OWN_WISH]
    assert tx.exec(select(Proposal)).one().decided_at is None


def test_a_wish_is_decided_once(chat: Chat, admin: Phone, second: Phone, tx: Session) -> None:
    third = make_officer(chat, 9003, Role.ADMIN)
    asks_for(admin)
    second.looks()
    third.looks()
    second.taps(texts.AGREE_TO_ROLE)

    third.taps(texts.AGREE_TO_ROLE)

    assert third.reads == [texts.PROPOSAL_GONE]
    assert len([link for link in tx.exec(select(Invite)) if link.made_by]) == 1


def test_a_wish_that_is_refused_does_not_happen_and_whoever_wanted_it_hears_of_it(
    admin: Phone, second: Phone, tx: Session
) -> None:
    asks_for(admin)
    second.looks()

    second.taps(texts.REFUSE_ROLE)
    admin.looks()

    assert admin.reads == [texts.REFUSED_BY]
    assert [link for link in tx.exec(select(Invite)) if link.made_by] == []


def test_a_wish_dies_after_two_days(chat: Chat, admin: Phone, second: Phone) -> None:
    asks_for(admin)
    second.looks()
    chat.later(hours=49)

    second.taps(texts.AGREE_TO_ROLE)

    assert second.reads == [texts.PROPOSAL_GONE]


def test_the_wish_of_an_administrator_who_was_revoked_meanwhile_is_worth_nothing(
    chat: Chat, admin: Phone, second: Phone, tx: Session
) -> None:
    asks_for(admin)
    second.looks()
    chat.store.run(lambda inside: grants.revoke(grant_inside(inside, admin), chat.now))

    second.taps(texts.AGREE_TO_ROLE)

    assert second.reads == [texts.PROPOSAL_GONE]
    assert [link for link in tx.exec(select(Invite)) if link.made_by] == []


def grant_inside(tx: Session, who: Phone) -> Grant:
    return grant_of(tx, who)


@pytest.mark.parametrize("who", ["the one who made it", "the one who agreed"])
def test_those_who_made_a_link_cannot_take_the_role_themselves(
    admin: Phone, second: Phone, tx: Session, who: str
) -> None:
    asks_for(admin, texts.ROLE_SENIOR)
    second.looks()
    second.taps(texts.AGREE_TO_ROLE)
    admin.looks()
    taker = admin if who == "the one who made it" else second

    taker.says(f"/start {payload(admin)}")

    assert taker.reads == [texts.LINK_NOT_YOURS]
    assert {grant.role for grant in grants.of(tx, taker.row)} == {Role.ADMIN}


def test_a_lone_administrator_makes_themselves_nothing_more(admin: Phone) -> None:
    asks_for(admin)

    admin.says(f"/start {payload(admin)}")

    assert admin.reads == [texts.LINK_NOT_YOURS]


def test_no_administrator_gets_rid_of_the_other_one_alone_and_then_gives_roles_freely(
    admin: Phone, second: Phone, tx: Session
) -> None:
    opens_card(admin, grant_of(tx, second))
    admin.taps(texts.END_ROLE)
    admin.taps(texts.YES_END)
    ending = admin.reads
    asks_for(admin)

    assert ending == [texts.NO_SECOND]
    assert admin.reads == [texts.SECOND_ASKED]
    assert grant_of(tx, second).revoked_at is None


def test_of_three_administrators_two_can_end_the_role_of_the_third_who_is_not_asked(
    chat: Chat, admin: Phone, second: Phone, tx: Session
) -> None:
    rogue = make_officer(chat, 9003, Role.ADMIN)
    opens_card(admin, grant_of(tx, rogue))
    admin.taps(texts.END_ROLE)
    admin.taps(texts.YES_END)
    rogue.looks()
    heard = rogue.reads
    second.looks()
    second.taps(texts.AGREE_TO_ROLE)

    rogue.says("/officers")

    assert heard == []
    assert rogue.reads == [texts.NOT_FOR_YOU]


def test_the_unused_links_of_an_administrator_die_with_the_role(chat: Chat, admin: Phone, tx: Session) -> None:
    asks_for(admin)
    link = payload(admin)
    others = [make_officer(chat, 9002, Role.ADMIN), make_officer(chat, 9003, Role.ADMIN)]
    opens_card(others[0], grant_of(tx, admin))
    others[0].taps(texts.END_ROLE)
    others[0].taps(texts.YES_END)
    others[1].looks()
    others[1].taps(texts.AGREE_TO_ROLE)

    friend = chat.phone(2001)
    friend.says(f"/start {link}")

    assert friend.reads == [texts.LINK_NOT_VALID]


def test_ending_an_officers_role_needs_one_administrator_and_works_at_the_next_tap(
    chat: Chat, admin: Phone, second: Phone, tx: Session
) -> None:
    officer = make_officer(chat, 2001)
    opens_card(admin, grant_of(tx, officer))
    admin.taps(texts.END_ROLE)
    admin.taps(texts.YES_END)
    done = admin.reads
    second.looks()
    heard = second.reads

    officer.says("/near 22.7185 75.8550 500")

    assert done == [texts.ROLE_DONE]
    assert heard == [texts.ROLE_CHANGED_TOLD]
    assert officer.reads == [texts.NOT_FOR_YOU]


@pytest.mark.parametrize("verb", ["extend:{}:365", "end:{}", "move:{}"])
def test_nobody_changes_their_own_role(admin: Phone, tx: Session, verb: str) -> None:
    own = grant_of(tx, admin)
    opens_card(admin, own)
    labels = labels_of(admin)
    admin.sends(Tap("/officers:" + verb.format(own.id)))
    if texts.SURE_END in admin.reads:
        admin.taps(texts.YES_END)
    if texts.ASK_NEW_STATION in admin.reads:
        admin.says("Rajwada")

    assert labels == [texts.BACK_TO_STATION]
    assert texts.NOT_ONES_OWN_ROLE in admin.reads
    assert (grant_of(tx, admin).id, grant_of(tx, admin).expires_at) == (own.id, own.expires_at)


def test_a_role_is_extended_from_today_and_its_holder_is_told(chat: Chat, admin: Phone, tx: Session) -> None:
    officer = become_officer(chat.phone(2001))
    chat.later(days=60)
    opens_card(admin, grant_of(tx, officer))

    admin.taps(texts.EXTEND[1], n=365)
    officer.looks()

    assert admin.reads == [texts.ROLE_DONE]
    ends = grant_of(tx, officer).expires_at
    assert ends is not None
    assert (ends - chat.now).days == 365
    assert officer.reads == [texts.ROLE_EXTENDED]


def test_a_shorter_time_never_shortens_a_role(chat: Chat, admin: Phone, tx: Session) -> None:
    officer = make_officer(chat, 2001)
    before = grant_of(tx, officer).expires_at
    opens_card(admin, grant_of(tx, officer))

    admin.taps(texts.EXTEND[1], n=30)

    assert grant_of(tx, officer).expires_at == before


def test_a_move_is_a_new_grant_at_the_other_station_with_the_same_end(chat: Chat, admin: Phone, tx: Session) -> None:
    officer = make_officer(chat, 2001)
    old = grant_of(tx, officer)
    opens_card(admin, old)
    admin.taps(texts.MOVE_ROLE)

    admin.says("Rajwada")
    officer.looks()

    new = grant_of(tx, officer)
    assert (new.station, new.role, new.expires_at) == ("Rajwada", old.role, old.expires_at)
    assert new.id != old.id
    assert officer.reads == [texts.ROLE_MOVED]


def test_where_there_are_two_moving_and_extending_take_both(
    chat: Chat, admin: Phone, second: Phone, tx: Session
) -> None:
    officer = make_officer(chat, 2001)
    opens_card(admin, grant_of(tx, officer))
    admin.taps(texts.MOVE_ROLE)
    admin.says("Rajwada")
    before = grant_of(tx, officer).station
    second.looks()

    second.taps(texts.AGREE_TO_ROLE)

    assert (before, grant_of(tx, officer).station) == ("Palasia", "Rajwada")


@pytest.mark.parametrize(("setting", "answer"), [("no", texts.LINK_MADE), ("yes", texts.SECOND_ASKED)])
def test_the_setting_says_whether_it_takes_two(
    chat: Chat, admin: Phone, second: Phone, setting: str, answer: str
) -> None:
    assert second
    chat.house = replace(chat.house, grant_needs_two=setting)

    asks_for(admin)

    assert admin.reads[0] == answer


def test_where_it_always_takes_two_one_alone_is_told_of_the_command_line(chat: Chat, admin: Phone) -> None:
    chat.house = replace(chat.house, grant_needs_two="yes")

    asks_for(admin)

    assert admin.reads == [texts.NO_SECOND]


def test_an_administrator_who_sleeps_still_counts_as_the_second(chat: Chat, admin: Phone, second: Phone) -> None:
    assert second
    for _ in range(2):
        chat.later(days=50)
        admin.says("/help")
    chat.ticks()

    asks_for(admin)

    assert admin.reads == [texts.NO_SECOND]


def test_the_list_goes_by_station_and_in_pages(chat: Chat, admin: Phone) -> None:
    for number in range(20):
        who = chat.phone(3000 + number)
        who.says(f"/start {invitation(chat, station=f'Station {number:02}')}")
        who.taps(texts.ACCEPT_ROLE)

    admin.says("/officers")
    first = labels_of(admin)
    admin.taps(texts.NEXT_PAGE)

    assert len([label for label in first if label == texts.STATION_LINE]) == 8
    assert labels_of(admin).count(texts.STATION_LINE) == 8
    admin.taps(texts.STATION_LINE, station="Station 12", n=1)
    assert admin.reads == [texts.AT_STATION]


def labels_of(who: Phone) -> list[str]:
    rows = [row for said in who.answers if isinstance(said, Say) for row in said.buttons]
    return [button.label.text for row in rows for button in row]


@pytest.mark.parametrize(
    "data", ["card:0", "card:99999999999999999999", "at:x:0", "extend:7:365", "move:१२", "end:-1", "page:999"]
)
def test_a_made_up_button_does_nothing(admin: Phone, tx: Session, data: str) -> None:
    before = [(grant.id, grant.revoked_at, grant.expires_at) for grant in grants.every(tx)]

    admin.sends(Tap(f"/officers:{data}"))

    assert admin.answers
    assert [(grant.id, grant.revoked_at, grant.expires_at) for grant in grants.every(tx)] == before


def test_every_step_stands_in_the_trace_under_the_name_of_who_did_it(
    chat: Chat, admin: Phone, second: Phone, tx: Session
) -> None:
    officer = make_officer(chat, 2001)
    asks_for(admin)
    second.looks()
    second.taps(texts.AGREE_TO_ROLE)
    opens_card(second, grant_of(tx, officer))
    second.taps(texts.END_ROLE)
    second.taps(texts.YES_END)

    assert [row.person_id for row in audit.rows(tx, audit.Act.PROPOSE)] == [admin.row]
    [invite] = audit.rows(tx, audit.Act.INVITE)
    assert invite.person_id == admin.row
    assert audit.detail_of(tx, invite)["second"] == grant_of(tx, second).id
    [end] = audit.rows(tx, audit.Act.REVOKE)
    assert (end.person_id, audit.detail_of(tx, end)["grant"]) == (second.row, grants.of(tx, officer.row)[0].id)


def test_a_camera_password_is_no_name(admin: Phone) -> None:
    admin.says("/officers")
    admin.taps(texts.INVITE_SOMEONE)
    admin.taps(texts.ROLE_STAFF)

    admin.says("rtsp://admin:1234@10.0.0.8/live")

    assert admin.reads == [texts.NO_CAMERA_ACCESS, texts.ASK_STATION]


def test_the_roles_are_read_from_the_table_the_bot_goes_by(admin: Phone) -> None:
    admin.says("/roles")

    assert set(IN_WORDS) == set(Action)
    assert admin.reads.count(texts.ROLE_MAY) == len(Role)
    assert admin.reads.count(texts.MAY_LINE) == sum(len(actions) for actions in GRANTED.values())


def outlined(chat: Chat, *names: str) -> None:
    area = shapely.box(75.84, 22.70, 75.86, 22.72)
    chat.store.run(lambda tx: stations.put(tx, [Outline(name, area) for name in names], chat.now))


def invites_at(admin: Phone, station: str, role: str = texts.ROLE_OFFICER) -> None:
    admin.says("/officers")
    admin.taps(texts.INVITE_SOMEONE)
    admin.taps(role)
    admin.says(station)


def test_a_station_without_an_outline_is_said_to_have_none_and_the_invitation_goes_on(chat: Chat, admin: Phone) -> None:
    outlined(chat, "Palasia", "Sarafa")

    invites_at(admin, "Pallasia")

    assert admin.reads == [texts.NO_OUTLINE, texts.ASK_HOLDER]
    assert "Palasia, Sarafa" in admin.sees


def test_before_any_outline_was_imported_that_is_said(admin: Phone) -> None:
    invites_at(admin, "Palasia")

    assert admin.reads == [texts.NO_OUTLINES, texts.ASK_HOLDER]


def test_a_station_that_has_an_outline_is_spelled_as_there(chat: Chat, admin: Phone) -> None:
    outlined(chat, "Palasia")

    invites_at(admin, " palasia")

    assert admin.reads == [texts.ASK_HOLDER]
    assert admin.stack[-1] == NeedName(Role.OFFICER, "Palasia")


def test_an_administrator_s_office_needs_no_outline(chat: Chat, admin: Phone) -> None:
    outlined(chat, "Palasia")

    invites_at(admin, "HQ", texts.ROLE_ADMIN)

    assert admin.reads == [texts.ASK_HOLDER]


def test_who_moves_where_there_is_no_outline_moves_and_it_is_said(chat: Chat, admin: Phone, officer: Phone) -> None:
    outlined(chat, "Palasia")
    grant = chat.store.run(lambda tx: grants.of(tx, officer.row)[0].id)
    admin.sends(Tap(f"/officers:move:{grant}"))

    admin.says("Sarafa")

    assert admin.reads[0] == texts.NO_OUTLINE
    assert [one.station for one in chat.store.run(lambda tx: grants.in_force(tx, officer.row, chat.now))] == ["Sarafa"]
