"""Opening a one-time link, and accepting the role it grants."""

from collections.abc import Sequence
from dataclasses import replace

from bot import texts
from bot.core.access import Role
from bot.core.admin import joining
from bot.core.messages import Answer, Menu, say
from handlers.admin import holding
from handlers.visit import Visit, asker
from storage import audit
from storage.admin import grants, invites


def open_link(visit: Visit, payload: str) -> Sequence[Answer]:
    """What the link grants; one sentence for every link that does not work, whatever the reason."""
    invite = invites.open_one(visit.tx, payload, visit.now)
    if invite is None:
        return (say(texts.LINK_NOT_VALID),)
    if visit.person.id in (invite.made_by, invite.seconded_by):
        return (say(texts.LINK_NOT_YOURS),)
    name = invites.name_of(visit.tx, invite)
    visit.push(joining.NeedAccept(invite.id, Role(invite.role), invite.station, name))
    visit.person.language = visit.person.language or visit.from_language
    return ask_again(visit)


ask_again = asker(joining.NeedAccept, joining.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """Yes or no to a role."""
    stage = visit.stage
    assert isinstance(stage, joining.NeedAccept)  # noqa: S101 - routes.py brings only these here
    turn = joining.step(stage, visit.got)
    visit.becomes(turn.stage)
    return _grant(visit, turn.effect.invite_id) if turn.effect else turn.says


def _grant(visit: Visit, invite_id: int) -> Sequence[Answer]:
    invite = invites.use(visit.tx, invite_id, visit.now)
    if invite is None:
        return (say(texts.LINK_NOT_VALID, replace=True),)
    grant = grants.give(visit.tx, visit.person.id, invite, visit.now)
    audit.write(visit.tx, audit.Act.GRANT, visit.now, by=grant, role=grant.role, invite=invite.id)
    visit.holds_more()
    if invite.made_by:
        used = say(texts.LINK_USED, name=grants.name_of(visit.tx, grant), role=joining.role_name(Role(grant.role)))
        holding.tell_person(visit.tx, invite.made_by, used, visit.now)
    return (replace(holding.welcome(visit.tx, [grant]), replace=True), Menu(visit.roles))
