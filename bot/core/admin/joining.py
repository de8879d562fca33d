"""Accepting a role from a one-time link: what it grants is said first, and nothing is granted before a yes."""

from dataclasses import dataclass

from bot import texts
from bot.core.access import Role
from bot.core.messages import Button, Incoming, Phrase, Say, Tap, phrase
from bot.core.turn import Turn, general_hint, hinted, in_place

ROLES: dict[Role, str] = {
    Role.RESIDENT: texts.ROLE_RESIDENT,
    Role.OFFICER: texts.ROLE_OFFICER,
    Role.SENIOR: texts.ROLE_SENIOR,
    Role.STAFF: texts.ROLE_STAFF,
    Role.BEARER: texts.ROLE_BEARER,
    Role.ADMIN: texts.ROLE_ADMIN,
}
GRANTS: dict[Role, str] = {
    Role.RESIDENT: texts.GRANTS_RESIDENT,
    Role.OFFICER: texts.GRANTS_OFFICER,
    Role.SENIOR: texts.GRANTS_SENIOR,
    Role.STAFF: texts.GRANTS_STAFF,
    Role.BEARER: texts.GRANTS_BEARER,
    Role.ADMIN: texts.GRANTS_ADMIN,
}


@dataclass(frozen=True, slots=True)
class NeedAccept:
    invite_id: int
    role: Role
    station: str
    name: str


@dataclass(frozen=True, slots=True)
class Accept:
    invite_id: int


Out = Turn[NeedAccept, Accept]


def step(stage: NeedAccept, got: Incoming) -> Out:
    """Yes takes the role, no leaves the link unused."""
    match got:
        case Tap("yes"):
            return Turn(None, (), Accept(stage.invite_id))
        case Tap("no" | "back"):
            return Turn(None, in_place(got, (Say((phrase(texts.ROLE_DECLINED),)),)))
    return Turn(stage, hinted(general_hint(got) or phrase(texts.HINT_BUTTONS), question(stage)))


def question(stage: NeedAccept) -> tuple[Say, ...]:
    """What the link grants, to whom."""
    words = phrase(
        texts.ASK_ACCEPT,
        role=role_name(stage.role),
        station=stage.station,
        name=stage.name,
        grants=phrase(GRANTS[stage.role]),
    )
    yes, no = Button(phrase(texts.ACCEPT_ROLE), "yes"), Button(phrase(texts.NO_THANKS), "no")
    return (Say((words,), ((yes, no),)),)


def role_name(role: Role) -> Phrase:
    return phrase(ROLES[role])
