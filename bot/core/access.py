"""Who may do what: every action names its roles here, and whoever is not named is refused."""

from enum import StrEnum

from bot import texts


class Role(StrEnum):
    """Everyone is a resident; the other roles are granted by a one-time link."""

    RESIDENT = "resident"
    OFFICER = "officer"
    SENIOR = "senior"  # an officer who also approves what one officer alone may not do
    STAFF = "staff"  # of a station's CI cell: keeps the register true
    BEARER = "bearer"  # office-bearer of a residents' association (RWA)
    ADMIN = "admin"


class Action(StrEnum):
    """What can be done. Each row of handlers/routes.py names one."""

    LOOK_ROUND = "look round"  # start, help, privacy notice, language, cancel, opening a link
    REGISTER = "register a camera"
    MANAGE_OWN = "see, change and withdraw one's own registrations"
    ASK_TO_SPREAD = "ask to become the office-bearer of a society"
    KEEP_SOCIETIES = "enter societies, invite their office-bearers, renew and withdraw their links"
    SPREAD = "pass one's society's link on, and see its counts"
    SEARCH = "find the cameras near a place"
    KEEP_TRUE = "keep a station's part of the register true"
    CASEWORK = "open, take up and close incidents"
    REVEAL = "open owners' numbers, and take the file of an incident along"
    APPROVE = "allow what one officer alone may not do"
    ADMINISTER = "give, change and end roles"
    BROADCAST = "write to many at once"
    REPORT = "make the public report"
    LOOK_AFTER = "see how the bot is"
    ASSIST = "enter a registration for somebody else"
    HEAR_OF_FAULTS = "be told when an update had to be set aside"


GRANTED: dict[Role, frozenset[Action]] = {
    Role.RESIDENT: frozenset({Action.LOOK_ROUND, Action.REGISTER, Action.MANAGE_OWN, Action.ASK_TO_SPREAD}),
    Role.OFFICER: frozenset({Action.SEARCH, Action.CASEWORK, Action.REVEAL}),
    Role.SENIOR: frozenset({Action.SEARCH, Action.CASEWORK, Action.REVEAL, Action.APPROVE}),
    Role.STAFF: frozenset({Action.KEEP_TRUE, Action.KEEP_SOCIETIES, Action.ASSIST}),
    Role.BEARER: frozenset({Action.SPREAD}),
    Role.ADMIN: frozenset(
        {Action.ADMINISTER, Action.BROADCAST, Action.REPORT, Action.LOOK_AFTER, Action.HEAR_OF_FAULTS}
    ),
}


IN_WORDS: dict[Action, str] = {
    Action.LOOK_ROUND: texts.MAY_LOOK_ROUND,
    Action.REGISTER: texts.MAY_REGISTER,
    Action.MANAGE_OWN: texts.MAY_MANAGE_OWN,
    Action.ASK_TO_SPREAD: texts.MAY_ASK_TO_SPREAD,
    Action.KEEP_SOCIETIES: texts.MAY_KEEP_SOCIETIES,
    Action.SPREAD: texts.MAY_SPREAD,
    Action.SEARCH: texts.MAY_SEARCH,
    Action.KEEP_TRUE: texts.MAY_KEEP_TRUE,
    Action.ASSIST: texts.MAY_ASSIST,
    Action.CASEWORK: texts.MAY_CASEWORK,
    Action.REVEAL: texts.MAY_REVEAL,
    Action.APPROVE: texts.MAY_APPROVE,
    Action.ADMINISTER: texts.MAY_ADMINISTER,
    Action.BROADCAST: texts.MAY_BROADCAST,
    Action.REPORT: texts.MAY_REPORT,
    Action.LOOK_AFTER: texts.MAY_LOOK_AFTER,
    Action.HEAR_OF_FAULTS: texts.MAY_HEAR_OF_FAULTS,
}


def may(roles: frozenset[Role], action: Action) -> bool:
    """Whether someone with these roles may do this; a resident's rights come with being a person."""
    return any(action in GRANTED[role] for role in roles | {Role.RESIDENT})
