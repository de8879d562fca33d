"""One-time links: what they grant is said first, they work once, and never disturb anything else."""

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.messages import Menu
from storage import audit, registrations
from storage.admin import grants, invites
from storage.tables.register import Grant, Invite
from tests.chat import Chat, Phone
from tests.conftest import become_officer, invitation
from tests.every_stage import QUESTIONS, STOPS, brought_to

pytestmark = pytest.mark.matrix
TAKEN_UP = [texts.ROLE_GRANTED, texts.OFFICER_BEGINS, texts.HELP_SHOWS]


def held(tx: Session) -> list[Grant]:
    return list(tx.exec(select(Grant)))


def test_a_link_says_what_it_grants_and_grants_nothing_yet(chat: Chat, resident: Phone, tx: Session) -> None:
    resident.says(f"/start {invitation(chat)}")

    assert resident.reads == [texts.ASK_ACCEPT]
    for said in ("officer", "Palasia", "SI, Palasia 1", "/near"):
        assert said in resident.sees
    assert held(tx) == []


def test_accepting_grants_the_role_with_its_station_name_and_end(chat: Chat, resident: Phone, tx: Session) -> None:
    until = resident.chat.now.replace(year=2027)
    resident.says(f"/start {invitation(chat)}")

    resident.taps(texts.ACCEPT_ROLE)

    grant = held(tx)[0]
    assert resident.reads == TAKEN_UP
    assert (grant.role, grant.station, grants.name_of(tx, grant)) == (Role.OFFICER, "Palasia", "SI, Palasia 1")
    assert (grant.granted_at, grant.expires_at) == (chat.now, until)
    assert any(isinstance(answer, Menu) and Role.OFFICER in answer.roles for answer in resident.answers)


def test_a_grant_leaves_a_line_in_the_trace(officer: Phone, tx: Session) -> None:
    [line] = audit.rows(tx, audit.Act.GRANT)

    assert (line.person_id, line.station) == (officer.row, "Palasia")


def test_a_link_works_once(chat: Chat, resident: Phone, tx: Session) -> None:
    payload = invitation(chat)
    resident.says(f"/start {payload}")
    resident.taps(texts.ACCEPT_ROLE)
    late = chat.phone(1002)

    late.says(f"/start {payload}")

    assert late.reads == [texts.LINK_NOT_VALID]
    assert len(held(tx)) == 1


def test_of_two_people_who_race_for_a_link_one_gets_it(chat: Chat, resident: Phone, tx: Session) -> None:
    payload, second = invitation(chat), chat.phone(1002)
    resident.says(f"/start {payload}")
    second.says(f"/start {payload}")

    resident.taps(texts.ACCEPT_ROLE)
    second.taps(texts.ACCEPT_ROLE)

    assert resident.reads == TAKEN_UP
    assert second.reads == [texts.LINK_NOT_VALID]
    assert [grant.person_id for grant in held(tx)] == [resident.row]


@pytest.mark.parametrize(("hours", "works"), [(47.9, True), (48.0, False), (60.0, False)])
def test_a_link_dies_after_forty_eight_hours(chat: Chat, resident: Phone, hours: float, works: bool) -> None:
    payload = invitation(chat)
    chat.later(hours=hours)

    resident.says(f"/start {payload}")

    assert resident.reads == [texts.ASK_ACCEPT if works else texts.LINK_NOT_VALID]


def test_a_link_that_dies_while_someone_thinks_it_over_grants_nothing(chat: Chat, resident: Phone, tx: Session) -> None:
    resident.says(f"/start {invitation(chat)}")
    chat.later(hours=49)

    resident.taps(texts.ACCEPT_ROLE)

    assert resident.reads == [texts.LINK_NOT_VALID]
    assert held(tx) == []


def test_a_declined_link_remains_usable(chat: Chat, resident: Phone, tx: Session) -> None:
    payload = invitation(chat)
    resident.says(f"/start {payload}")
    resident.taps(texts.NO_THANKS)
    declined = resident.reads
    resident.says(f"/start {payload}")
    resident.taps(texts.ACCEPT_ROLE)

    assert declined == [texts.ROLE_DECLINED]
    assert len(held(tx)) == 1


def test_invalid_used_and_dead_links_all_get_the_same_words(chat: Chat, resident: Phone) -> None:
    used, dead = invitation(chat), invitation(chat)
    become = chat.phone(1002)
    become.says(f"/start {used}")
    become.taps(texts.ACCEPT_ROLE)
    forged = [dead[:-1] + ("A" if dead[-1] != "A" else "Q"), "i_", "x", "i_" + "A" * 62, "नमस्ते", "' OR 1=1 --"]
    chat.later(hours=48)

    words = set()
    for payload in (used, dead, *forged):
        resident.says(f"/start {payload}")
        words.add((resident.sees, resident.note, len(resident.answers)))

    assert words == {(texts.LINK_NOT_VALID, "", 1)}


def test_a_link_holds_128_bits_of_chance_and_only_a_keyed_hash_of_it_is_kept(chat: Chat, tx: Session) -> None:
    payloads = {invitation(chat) for _ in range(50)}

    kept = tx.exec(select(Invite)).all()
    assert len(payloads) == len({row.token for row in kept}) == 50
    assert {len(payload.removeprefix(invites.PREFIX)) for payload in payloads} == {22}  # 22 x 6 bits hold 128
    assert {len(row.token) for row in kept} == {32}
    assert all(payload.encode() not in row.token for payload in payloads for row in kept)


@pytest.mark.parametrize("where", [name for name in QUESTIONS if name != "accept"])
def test_a_link_in_the_middle_of_anything_disturbs_nothing(chat: Chat, where: str) -> None:
    who = brought_to(where, chat.phone(1001))
    before = who.stack

    who.says(f"/start {invitation(chat)}")
    asked = who.asked
    who.taps(texts.ACCEPT_ROLE)

    assert asked == texts.ASK_ACCEPT
    assert who.reads == [*TAKEN_UP, texts.WHERE_YOU_ARE, STOPS[where].again]
    assert who.stack == before


def test_ones_own_registrations_stay_as_they_are(resident: Phone, tx: Session) -> None:
    number = resident.registers()

    become_officer(resident)
    resident.says("/mine")

    assert number in resident.sees
    assert [row.number for row in registrations.owned(tx, resident.row)] == [number]


def test_an_officer_registers_a_camera_of_their_own_like_anyone(officer: Phone, tx: Session) -> None:
    officer.registers()

    assert officer.reads == [texts.SAVED]
    assert len(registrations.owned(tx, officer.row)) == 1


def test_start_tells_an_officer_who_they_are(officer: Phone) -> None:
    officer.says("/start")

    assert officer.reads == TAKEN_UP
    assert "Palasia" in officer.sees


def test_dead_links_are_forgotten_a_month_after_their_end(chat: Chat, tx: Session) -> None:
    invitation(chat)

    chat.later(days=31)
    chat.ticks()
    before = len(tx.exec(select(Invite)).all())
    chat.later(days=2)
    chat.ticks()

    assert (before, tx.exec(select(Invite)).all()) == (1, [])


@pytest.mark.parametrize(
    ("role", "begins"),
    [
        (Role.OFFICER, texts.OFFICER_BEGINS),
        (Role.SENIOR, texts.OFFICER_BEGINS),
        (Role.STAFF, texts.STAFF_BEGINS),
        (Role.ADMIN, texts.ADMIN_BEGINS),
        (Role.BEARER, texts.BEARER_BEGINS),
    ],
)
def test_whoever_takes_up_a_role_and_comes_back_reads_where_to_begin(chat: Chat, role: Role, begins: str) -> None:
    who = become_officer(chat.phone(3001), role)
    assert who.reads == [texts.ROLE_GRANTED, begins, texts.HELP_SHOWS]

    who.says("/start")

    assert who.reads == [texts.ROLE_GRANTED, begins, texts.HELP_SHOWS]


def test_whoever_holds_several_roles_reads_of_each_once(chat: Chat, officer: Phone) -> None:
    for role, station in ((Role.OFFICER, "HQ"), (Role.ADMIN, "HQ")):
        officer.says(f"/start {invitation(chat, role, station=station)}")
        officer.taps(texts.ACCEPT_ROLE)

    officer.says("/start")

    assert officer.reads == [*[texts.ROLE_GRANTED] * 3, texts.ADMIN_BEGINS, texts.OFFICER_BEGINS, texts.HELP_SHOWS]
