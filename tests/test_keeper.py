"""What the keeper does from the command line: invite, list, revoke, withdraw a link; each change leaves a trace."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot import app, texts
from bot.commands import keeper
from bot.core.access import Role
from bot.core.messages import Menu
from storage import audit
from storage.admin import grants
from tests.chat import Chat, Phone

YEAR = timedelta(days=365)


@pytest.fixture
def chat(chat: Chat) -> Chat:
    """Its clock is the keeper's, who works in real time."""
    chat.now = app.now()
    return chat


def invited(chat: Chat, station: str = "Palasia", role: Role = Role.OFFICER) -> str:
    return keeper.invite(chat.store, role, station, "SI, Palasia 1", YEAR).payload


def accepts(who: Phone, payload: str) -> None:
    who.chat.now = app.now()
    who.says(f"/start {payload}")
    who.taps(texts.ACCEPT_ROLE)


def numbers(chat: Chat) -> list[int]:
    """What stands first in each line of `citizen-eye roles`."""
    return [int(line.split()[0]) for line in keeper.roles(chat.store) if line[0].isdigit()]


def reads_now(who: Phone) -> list[str]:
    who.chat.now = app.now()
    who.answers = who._collect()  # noqa: SLF001 - what was posted without an update of theirs
    return who.reads


def test_an_invitation_is_written_down_with_role_and_station(chat: Chat, tx: Session) -> None:
    payload = invited(chat, " Palasia ", Role.ADMIN)

    [line] = audit.rows(tx, audit.Act.INVITE)
    assert (line.station, line.person_id) == ("Palasia", None)
    assert audit.detail_of(tx, line) == {"role": "admin", "invite": numbers(chat)[0]}
    assert payload not in str(audit.detail_of(tx, line))


def test_links_that_wait_are_listed_until_they_are_used(chat: Chat, resident: Phone) -> None:
    payload = invited(chat)

    before = keeper.roles(chat.store)
    accepts(resident, payload)

    assert "nobody holds a role yet" in before[0]
    assert "Palasia · SI, Palasia 1 · a link, not used yet · dies " in before[1]
    assert payload not in "".join(before)
    assert ["link" in line for line in keeper.roles(chat.store)] == [False]


def test_a_link_can_be_withdrawn_before_it_is_used(chat: Chat, resident: Phone, tx: Session) -> None:
    payload = invited(chat)
    resident.says(f"/start {payload}")
    [number] = numbers(chat)

    said, done = keeper.revoke(chat.store, number)
    chat.now = app.now()
    resident.taps(texts.ACCEPT_ROLE)

    assert (said, done) == ("withdrawn: the link for officer, Palasia", True)
    assert resident.reads == [texts.LINK_NOT_VALID]
    assert numbers(chat) == []
    [line] = audit.rows(tx, audit.Act.REVOKE)
    assert (line.station, audit.detail_of(tx, line)) == ("Palasia", {"role": "officer", "invite": number})


def test_a_link_that_was_used_or_withdrawn_is_not_withdrawn_again(chat: Chat, resident: Phone) -> None:
    payload = invited(chat)
    [used] = numbers(chat)
    accepts(resident, payload)
    invited(chat, "HQ")
    withdrawn = numbers(chat)[-1]
    keeper.revoke(chat.store, withdrawn)

    assert keeper.revoke(chat.store, used) == ("that link was used: `citizen-eye roles` shows the role it gave", False)
    assert keeper.revoke(chat.store, withdrawn) == ("that link was dead before", False)
    assert "lists them" in keeper.revoke(chat.store, 17)[0]


def test_a_second_link_for_the_same_role_takes_the_place_of_the_first(chat: Chat, resident: Phone, tx: Session) -> None:
    accepts(resident, invited(chat))
    accepts(resident, invited(chat))
    first, second = numbers(chat)

    again = keeper.revoke(chat.store, first)
    said, done = keeper.revoke(chat.store, second)

    assert again == ("that role had been revoked before", False)
    assert (said, done) == ("revoked: officer, Palasia", True)
    assert reads_now(resident) == [texts.ROLE_ENDED]
    resident.says("/near 22.7185 75.8550 500")
    assert resident.reads == [texts.NOT_FOR_YOU]
    assert [row.grant_id for row in audit.rows(tx, audit.Act.REVOKE)] == [first, second]


def test_what_is_still_held_after_a_revocation_is_said_and_stays(chat: Chat, resident: Phone) -> None:
    accepts(resident, invited(chat))
    accepts(resident, invited(chat, "HQ"))
    palasia, hq = numbers(chat)

    said, done = keeper.revoke(chat.store, palasia)

    assert done
    assert said.splitlines() == ["revoked: officer, Palasia", f"this person still holds: {hq}  officer, HQ"]
    assert reads_now(resident) == [texts.ROLE_ENDED]
    assert any(isinstance(answer, Menu) and Role.OFFICER in answer.roles for answer in resident.answers)
    resident.says("/near 22.7185 75.8550 500")
    assert texts.SEARCHED in resident.reads


def test_nobody_is_told_of_an_end_while_they_hold_an_equal_role(chat: Chat, resident: Phone) -> None:
    accepts(resident, invited(chat))
    accepts(resident, invited(chat))
    older, newer = numbers(chat)
    chat.store.run(lambda tx: _unrevoke(tx, older))  # as registers from before have it

    said, _ = keeper.revoke(chat.store, newer)

    assert f"this person still holds: {older}  officer, Palasia" in said
    assert reads_now(resident) == []


def _unrevoke(tx: Session, number: int) -> None:
    grant = grants.get(tx, number)
    assert grant is not None
    grant.revoked_at = None
