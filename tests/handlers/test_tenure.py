"""Roles and links in the course of time: told before and at the end, asleep when unused, woken by somebody else."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from bot import texts
from bot.core.access import Role
from bot.core.messages import Answer, Menu, Tap
from handlers.admin.tenure import IDLE
from handlers.menus import commands
from storage import audit
from storage.admin import grants, invites
from storage.tables.register import Grant, Invite
from tests.chat import Chat, Phone
from tests.conftest import become_officer, invitation, make_officer


def short(chat: Chat, days: int, number: int = 2001) -> Phone:
    """An officer whose role lasts so many days."""
    who = chat.phone(number)
    who.says(f"/start {invitation(chat, days=days)}")
    who.taps(texts.ACCEPT_ROLE)
    return who


def days_go_by(chat: Chat, who: Phone, days: int) -> dict[int, list[str]]:
    came = {}
    for day in range(1, days + 1):
        chat.later(days=1)
        chat.ticks()
        who.looks()
        if who.reads:
            came[day] = who.reads
    return came


def test_an_officer_is_told_a_week_before_the_end_and_at_the_end(chat: Chat) -> None:
    officer = short(chat, 20)

    assert days_go_by(chat, officer, 40) == {13: [texts.ROLE_ENDS_SOON], 20: [texts.ROLE_ENDED]}


def test_after_an_outage_over_the_whole_week_only_the_end_is_told(chat: Chat) -> None:
    officer = short(chat, 20)
    chat.later(days=21)

    assert days_go_by(chat, officer, 5) == {1: [texts.ROLE_ENDED]}


def test_a_role_that_was_ended_early_is_told_of_no_second_end(chat: Chat, tx: Session) -> None:
    officer = short(chat, 20)
    chat.store.run(lambda inside: grants.revoke(grants.every(inside)[0], chat.now))

    assert days_go_by(chat, officer, 30) == {}
    assert grants.every(tx)[0].warned_at is None


def test_a_role_that_was_extended_is_told_again_before_its_new_end(chat: Chat, tx: Session) -> None:
    officer = short(chat, 20)
    admin = make_officer(chat, 9001, Role.ADMIN)
    first = days_go_by(chat, officer, 14)
    admin.sends(Tap(f"/officers:extend:{grants.of(tx, officer.row)[0].id}:30"))

    officer.looks()
    extended = officer.reads

    assert first == {13: [texts.ROLE_ENDS_SOON]}
    assert extended == [texts.ROLE_EXTENDED]
    assert days_go_by(chat, officer, 40) == {23: [texts.ROLE_ENDS_SOON], 30: [texts.ROLE_ENDED]}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SENIOR, Role.STAFF, Role.ADMIN])
def test_an_account_unused_for_ninety_days_sleeps(chat: Chat, role: Role, tx: Session) -> None:
    who = make_officer(chat, 2001, role)

    came = days_go_by(chat, who, 100)

    assert came == {90: [texts.ROLE_ASLEEP]}
    assert grants.in_force(tx, who.row, chat.now) == []
    [line] = audit.rows(tx, audit.Act.SLEEP)
    assert line.person_id == who.row


def test_an_office_bearer_never_sleeps(chat: Chat, tx: Session) -> None:
    who = make_officer(chat, 2001, Role.BEARER)

    assert days_go_by(chat, who, 100) == {}
    assert len(grants.in_force(tx, who.row, chat.now)) == 1


def test_whoever_comes_back_before_the_clock_came_round_is_asleep_all_the_same(chat: Chat, officer: Phone) -> None:
    chat.later(days=90)

    officer.says("/near 22.7185 75.8550 500")

    assert officer.reads == [texts.ROLE_ASLEEP]


def test_whoever_writes_in_time_stays_awake(chat: Chat, officer: Phone) -> None:
    chat.later(days=89)
    officer.says("/help")
    chat.later(days=89)
    chat.ticks()

    officer.says("/near")

    assert texts.ROLE_ASLEEP not in officer.reads
    assert texts.NOT_FOR_YOU not in officer.reads


@pytest.mark.parametrize("got", ["/near", "/near 22.7185 75.8550 500"])
def test_a_sleeping_role_says_so_instead_of_a_bare_refusal(chat: Chat, officer: Phone, got: str) -> None:
    chat.later(days=100)
    chat.ticks()
    officer.looks()

    officer.says(got)

    assert officer.reads == [texts.ROLE_ASLEEP]


def test_a_role_that_sleeps_and_has_ended_is_simply_not_there(chat: Chat, officer: Phone) -> None:
    chat.later(days=366)

    officer.says("/near")

    assert officer.reads == [texts.NOT_FOR_YOU]


def sleeper_and_admin(chat: Chat) -> tuple[Phone, Phone]:
    officer = make_officer(chat, 2001)
    chat.later(days=91)
    admin = make_officer(chat, 9001, Role.ADMIN)
    chat.ticks()
    officer.looks()
    return officer, admin


def test_an_administrator_wakes_who_asks_to_be_woken(chat: Chat, tx: Session) -> None:
    officer, admin = sleeper_and_admin(chat)
    officer.taps(texts.ASK_TO_WAKE)
    asked = officer.reads
    admin.looks()
    heard = admin.reads
    admin.taps(texts.WAKE)
    officer.looks()
    told = officer.reads

    officer.says("/near")

    assert (asked, heard, admin.reads, told) == (
        [texts.WAKE_ASKED],
        [texts.WAKE_WANTED],
        [texts.WOKEN],
        [texts.ROLE_WOKEN],
    )
    assert texts.ROLE_ASLEEP not in officer.reads
    [line] = audit.rows(tx, audit.Act.WAKE)
    assert line.person_id == admin.row


def test_a_woken_role_does_not_fall_asleep_again_the_same_night(chat: Chat, tx: Session) -> None:
    officer, admin = sleeper_and_admin(chat)
    admin.sends(Tap(f"/wake:up:{grants.of(tx, officer.row)[0].id}"))

    came = days_go_by(chat, officer, 5)

    assert came == {1: [texts.ROLE_WOKEN]}


def test_administrators_are_asked_once_a_day_however_often_somebody_taps(chat: Chat) -> None:
    officer, admin = sleeper_and_admin(chat)
    button = officer.button(texts.ASK_TO_WAKE)
    for _ in range(5):
        officer.taps_again(button)

    admin.looks()

    assert admin.reads == [texts.WAKE_WANTED]


def test_nobody_asks_for_someone_elses_role_to_be_woken(chat: Chat) -> None:
    officer, admin = sleeper_and_admin(chat)
    prankster = chat.phone(6666)

    prankster.taps_again(officer.button(texts.ASK_TO_WAKE))
    admin.looks()

    assert prankster.reads == [texts.OLD_BUTTON_SHORT]
    assert admin.reads == []


def test_an_administrator_does_not_wake_themselves(chat: Chat, tx: Session) -> None:
    admin = make_officer(chat, 9001, Role.ADMIN)
    chat.later(days=91)

    admin.sends(Tap(f"/wake:up:{grants.of(tx, admin.row)[0].id}"))

    assert admin.reads == [texts.ROLE_ASLEEP]
    assert grants.in_force(tx, admin.row, chat.now) == []


def test_a_new_link_for_a_sleeping_role_takes_its_place(chat: Chat, tx: Session) -> None:
    officer, _ = sleeper_and_admin(chat)

    become_officer(officer)

    [held] = grants.held(tx, chat.now, Role.OFFICER)
    assert held.asleep_at is None


def test_whoever_made_a_link_hears_when_it_died_unused(chat: Chat, tx: Session) -> None:
    admin = make_officer(chat, 9001, Role.ADMIN)
    until = chat.now + timedelta(days=100)
    [by] = grants.of(tx, admin.row)

    def make(inside: Session) -> None:
        payload = invites.make(inside, Role.OFFICER, "Palasia", "SI Verma", until, chat.now)
        link = invites.open_one(inside, payload, chat.now)
        assert link
        invites.made_in_chat(link, by, None)
        invites.make(inside, Role.OFFICER, "Palasia", "SI Rao", until, chat.now)

    chat.store.run(make)

    came = days_go_by(chat, admin, 10)

    assert came == {2: [texts.LINK_DIED]}
    assert tx.exec(select(Invite).where(col(Invite.told_at).is_not(None))).one().made_by == admin.row


def test_the_menu_shrinks_with_the_sleep_and_grows_again_with_the_waking(chat: Chat, tx: Session) -> None:
    officer = make_officer(chat, 2001)
    chat.later(days=91)
    chat.ticks()
    asleep = menus(officer.looks())
    admin = make_officer(chat, 9001, Role.ADMIN)
    admin.sends(Tap(f"/wake:up:{tx.exec(select(Grant.id).where(Grant.role == Role.OFFICER)).one()}"))
    awake = menus(officer.looks())

    assert ("near" in asleep, "near" in awake) == (False, True)
    assert timedelta(days=90) == IDLE


def menus(answers: list[Answer]) -> set[str]:
    return {name for answer in answers if isinstance(answer, Menu) for name, _ in commands(answer.roles)}
