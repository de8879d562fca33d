"""Who may do what: every role beside every command, button and conversation, with no empty cell, and each tried."""

from typing import get_args

import pytest
from sqlmodel import Session

from bot import texts
from bot.core import stages
from bot.core.access import GRANTED, Action, Role, may
from bot.core.admin.broadcast import NeedAudience
from bot.core.admin.joining import NeedAccept
from bot.core.admin.officers import NeedRole
from bot.core.casework.areas import NeedArea
from bot.core.casework.asking import NeedDeadline
from bot.core.casework.delaying import NeedDelay
from bot.core.casework.opening_questions import NeedReference
from bot.core.casework.revealing import NeedReason, ShowNumber
from bot.core.casework.search import NeedRadius
from bot.core.casework.ways import NeedWay
from bot.core.geo import Point
from bot.core.messages import Command, Incoming, Tap, Text
from bot.core.registration import Entry, Site, State
from bot.core.resident.claiming import NeedCode
from bot.core.resident.details import AskKind
from bot.core.resident.leaving import SureForget
from bot.core.resident.signup_questions import NeedConsent
from bot.core.society.founding import AskedName, NewName
from bot.core.society.goal import NeedGoal
from bot.core.stages import Stage
from bot.core.station.assisting import AssistWhat
from bot.core.station.pairs import AtPair
from bot.core.station.walk import NeedStand
from handlers import routes
from storage import people
from tests.chat import NOON, Chat, Phone
from tests.conftest import become_officer

pytestmark = pytest.mark.matrix

SAME = Entry("7K4M-92QX", Site(Point(22.7, 75.8)), 2, State.ACTIVE)
COLUMNS = (Role.RESIDENT, Role.OFFICER, Role.SENIOR, Role.STAFF, Role.BEARER, Role.ADMIN)

# Who writes a new command, button or conversation says here what each role may: + or -, in the order of COLUMNS.
COMMANDS: dict[str, str] = {
    "near":     "-++---",
    "verify":   "---+--",
    "stats":    "---+--",
    "coverage": "---+--",
    "route":     "-++---",
    "area":      "-++---",
    "assist":   "---+--",
    "duplicates": "---+--",
    "incident":  "-++---",
    "incidents": "-++---",
    "officers": "-----+",
    "roles":    "-----+",
    "broadcast": "-----+",
    "report":   "-----+",
    "health":   "-----+",
    "export":   "-++---",
    "add":      "++++++",
    "mine":     "++++++",
    "claim":    "++++++",
    "delay":    "--+---",
    "seen":     "++++++",
    "mydata":   "++++++",
    "forget":   "++++++",
    "rwa":      "++++++",
    "invite":   "----+-",
    "progress": "----+-",
    "link":     "---+--",
    "privacy":  "++++++",
    "language": "++++++",
    "help":     "++++++",
    "cancel":   "++++++",
    "start":    "++++++",
}  # fmt: skip
BUTTONS: dict[str, str] = {
    "/mine":        "++++++",
    "/mine:page":   "++++++",
    "/mine:card":   "++++++",
    "/mine:map":    "++++++",
    "/mine:change": "++++++",
    "/mine:move":   "++++++",
    "/mine:pause":  "++++++",
    "/mine:resume": "++++++",
    "/mine:remove": "++++++",
    "/still:yes":     "++++++",
    "/still:changed": "++++++",
    "/still:gone":    "++++++",
    "/more":        "++++++",
    "/saved:more":   "++++++",
    "/saved:enough": "++++++",
    "/rwa:yes":     "---+--",
    "/rwa:no":      "---+--",
    "/invite:pdf":     "----+-",
    "/invite:png":     "----+-",
    "/invite:renew":   "----+-",
    "/invite:renewed": "----+-",
    "/invite:stop":    "----+-",
    "/invite:stopped": "----+-",
    "/invite:leave":   "----+-",
    "/progress":        "----+-",
    "/progress:goal":   "----+-",
    "/progress:mute":   "----+-",
    "/progress:unmute": "----+-",
    "/link:page":   "---+--",
    "/link:card":   "---+--",
    "/link:new":    "---+--",
    "/link:invite": "---+--",
    "/link:renew":   "---+--",
    "/link:renewed": "---+--",
    "/link:close":   "---+--",
    "/link:closed":  "---+--",
    "/offer":       "++++++",
    "/language":    "++++++",
    "/help":        "++++++",
    "/officers:page": "-----+",
    "/officers:at": "-----+",
    "/officers:card": "-----+",
    "/officers:invite": "-----+",
    "/officers:extend": "-----+",
    "/officers:move": "-----+",
    "/officers:end": "-----+",
    "/second:yes": "-----+",
    "/second:no":  "-----+",
    "/news:stop":  "-----+",
    "/news:off":   "++++++",
    "/news:on":    "++++++",
    "/wake:ask":   "++++++",
    "/wake:up":    "-----+",
    "/near:page":   "-++---",
    "/near:wider":  "-++---",
    "/near:soon":   "-++---",
    "/number":       "-++---",
    "/export:plain": "-++---",
    "/export:with":  "-++---",
    "/export:as":    "-++---",
    "/export:full":  "-++---",
    "/near:pin":    "-++---",
    "/incidents:page":  "-++---",
    "/incidents:card":  "-++---",
    "/incidents:work":  "-++---",
    "/incidents:kind":  "-++---",
    "/incidents:close": "-++---",
    "/ask":            "-++---",
    "/thanks:helped":  "-++---",
    "/thanks:plain":   "-++---",
    "/answer":         "++++++",
    "/share":          "++++++",
    "/seen":           "++++++",
    "/lift":        "--+---",
    "/approve:yes": "--+---",
    "/approve:no":  "--+---",
}  # fmt: skip
CONVERSATIONS: dict[Stage, str] = {
    NeedConsent():                                  "++++++",
    AskKind("7K4M-92QX"):                           "++++++",
    SureForget(1, 365):                             "++++++",
    NeedReason(ShowNumber(1, 1)):                   "-++---",
    NeedRadius(Point(22.7, 75.8)):                  "-++---",
    AssistWhat():                                   "---+--",
    AtPair(SAME, SAME, 3.0, True, ("", "")):        "---+--",
    NeedCode():                                     "++++++",
    NeedStand():                                    "---+--",
    AskedName():                                    "++++++",
    NeedGoal(7):                                    "----+-",
    NewName():                                      "---+--",
    NeedReference():                                "-++---",
    NeedWay():                                      "-++---",
    NeedArea():                                     "-++---",
    NeedDeadline(7, (1,), NOON, NOON):              "-++---",
    NeedDelay(7):                                   "--+---",
    NeedAudience():                                 "-----+",
    NeedRole():                                     "-----+",
    NeedAccept(7, Role.OFFICER, "Palasia", "SI"):   "++++++",
}  # fmt: skip
ACTIONS: dict[Action, str] = {
    Action.LOOK_ROUND:     "++++++",
    Action.REGISTER:       "++++++",
    Action.MANAGE_OWN:     "++++++",
    Action.ASK_TO_SPREAD:  "++++++",
    Action.SPREAD:         "----+-",
    Action.KEEP_SOCIETIES: "---+--",
    Action.SEARCH:         "-++---",
    Action.KEEP_TRUE:      "---+--",
    Action.ASSIST:         "---+--",
    Action.CASEWORK:       "-++---",
    Action.APPROVE:        "--+---",
    Action.REPORT:         "-----+",
    Action.LOOK_AFTER:     "-----+",
    Action.BROADCAST:      "-----+",
    Action.ADMINISTER:     "-----+",
    Action.REVEAL:         "-++---",
    Action.HEAR_OF_FAULTS: "-----+",
}  # fmt: skip


def answers(row: str) -> list[tuple[Role, bool]]:
    return [(role, {"+": True, "-": False}[cell]) for role, cell in zip(COLUMNS, row, strict=True)]


def cells(table: dict[str, str]) -> list[tuple[str, Role, bool]]:
    return [(name, role, allowed) for name, row in table.items() for role, allowed in answers(row)]


def someone(chat: Chat, role: Role) -> Phone:
    who = chat.phone(1001)
    return who if role is Role.RESIDENT else become_officer(who, role)


def test_no_cell_is_empty() -> None:
    assert set(COLUMNS) == set(Role) == set(GRANTED)
    assert set(COMMANDS) == set(routes.COMMANDS)
    assert set(BUTTONS) == set(routes.BUTTONS)
    assert set(ACTIONS) == set(Action)
    assert {len(row) for table in (COMMANDS, BUTTONS, CONVERSATIONS, ACTIONS) for row in table.values()} == {
        len(COLUMNS)
    }


def test_every_conversation_has_its_row() -> None:
    talks = [routes.talk_of(stage) for stage in CONVERSATIONS]

    assert [talks.count(talk) for talk in routes.TALKS] == [1] * len(routes.TALKS)
    assert {routes.talk_of(kind.__new__(kind)).action for kind in get_args(Stage)} == {talk.action for talk in talks}


@pytest.mark.parametrize(("command", "role", "allowed"), cells(COMMANDS))
def test_a_command_is_refused_to_everyone_it_is_not_for(chat: Chat, command: str, role: Role, allowed: bool) -> None:
    who = someone(chat, role)

    who.sends(Command(command))

    assert (texts.NOT_FOR_YOU in who.reads) is not allowed


@pytest.mark.parametrize(("button", "role", "allowed"), cells(BUTTONS))
def test_a_button_is_refused_to_everyone_it_is_not_for(chat: Chat, button: str, role: Role, allowed: bool) -> None:
    who = someone(chat, role)

    who.sends(Tap(f"{button}:1:1"))

    assert (texts.NOT_FOR_YOU in who.reads) is not allowed


@pytest.mark.parametrize("got", [Text("500"), Tap("back")])
@pytest.mark.parametrize(
    ("stage", "role", "allowed"),
    [(stage, role, cell) for stage, row in CONVERSATIONS.items() for role, cell in answers(row)],
)
def test_an_open_conversation_goes_on_only_with_whom_it_is_for(
    chat: Chat, stage: Stage, role: Role, allowed: bool, got: Incoming
) -> None:
    who = someone(chat, role)
    who.says("/help")
    stands_at(who, stage)

    who.sends(got)

    assert (texts.NOT_FOR_YOU in who.reads) is not allowed


def stands_at(who: Phone, stage: Stage) -> None:
    """The question is open, whoever may answer it: as after a role has ended."""

    def put(tx: Session) -> None:
        person = people.get(tx, row)
        assert person
        people.keep_stages(tx, person, stages.write([stage]))

    row = who.row
    who.chat.store.run(put)


@pytest.mark.parametrize(
    ("action", "role", "allowed"),
    [(action, role, cell) for action, row in ACTIONS.items() for role, cell in answers(row)],
)
def test_every_action_says_which_roles_may(action: Action, role: Role, allowed: bool) -> None:
    assert may(frozenset({role}), action) is allowed


def test_several_roles_may_what_each_of_them_may() -> None:
    assert {action for action in Action if may(frozenset(Role), action)} == set(Action)


def test_without_any_role_one_is_a_resident() -> None:
    assert {action for action in Action if may(frozenset(), action)} == GRANTED[Role.RESIDENT]
