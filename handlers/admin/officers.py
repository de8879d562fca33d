"""`/officers`: who holds which role, by station; invite, extend, move, end, wake. `/roles`: who may do what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import texts
from bot.core.access import GRANTED, IN_WORDS, Action, Role
from bot.core.admin import officers
from bot.core.admin.joining import role_name
from bot.core.admin.officers import Extend, Move, NeedName, NeedNewStation, NeedRole, NeedStation, SureEnd
from bot.core.messages import Answer, Button, Phrase, Rows, Say, counted, phrase, say
from bot.core.turn import in_place
from handlers.admin import appointing, holding
from handlers.visit import Visit, argument, asker, number
from storage import jobs, people
from storage.admin import grants
from storage.station import stations
from storage.tables.register import Grant

PAGE = 8
MOST_NAMED = 30
A_DAY_S = 86_400


def show(visit: Visit) -> Sequence[Answer]:
    """The stations and how many hold a role at each: `/officers`, `/officers:page:<page>`."""
    found = grants.held(visit.tx, visit.now)
    stations: dict[str, list[Grant]] = {}
    for grant in sorted(found, key=lambda one: (one.station, one.id)):
        stations.setdefault(grant.station, []).append(grant)
    rows = [(_to(_station(name, len(held)), f"at:{held[0].id}:0"),) for name, held in stations.items()]
    page = _paged(rows, number(argument(visit)), "page")
    invite: Rows = ((_to(phrase(texts.INVITE_SOMEONE), "invite"),),)
    return in_place(visit.got, (Say((counted(texts.OFFICERS, len(found)),), (*page, *invite)),))


def at(visit: Visit) -> Sequence[Answer]:
    """Everyone at one station: `/officers:at:<a grant there>:<page>`."""
    one = grants.get(visit.tx, number(argument(visit, 2)))
    if one is None:
        return show(visit)
    there = [grant for grant in grants.held(visit.tx, visit.now) if grant.station == one.station]
    rows = [(_to(_line(visit, grant), f"card:{grant.id}"),) for grant in there]
    back: Rows = ((_to(phrase(texts.ALL_STATIONS), "page:0"),),)
    page = _paged(rows, number(argument(visit, 3)), f"at:{one.id}")
    return in_place(visit.got, (Say((phrase(texts.AT_STATION, station=one.station),), (*page, *back)),))


def card(visit: Visit) -> Sequence[Answer]:
    """One role, and what can be done with it: `/officers:card:<grant>`."""
    grant = _held(visit)
    if grant is None:
        return in_place(visit.got, (say(texts.ROLE_GONE),))
    person = people.get(visit.tx, grant.person_id)
    words = phrase(
        texts.OFFICER_CARD,
        name=grants.name_of(visit.tx, grant),
        role=role_name(Role(grant.role)),
        station=grant.station,
        since=_day(visit, grant.granted_at),
        until=_day(visit, grant.expires_at) if grant.expires_at else phrase(texts.NO_END),
        seen=_day(visit, person.seen_at) if person else "",
        state=phrase(texts.OFFICER_ASLEEP if grant.asleep_at else texts.OFFICER_AWAKE),
    )
    return in_place(visit.got, (Say((words,), _card_buttons(visit, grant)),))


def _card_buttons(visit: Visit, grant: Grant) -> Rows:
    back = (_to(phrase(texts.BACK_TO_STATION), f"at:{grant.id}:0"),)
    if grant.person_id == visit.person.id:  # another administrator changes one's own role, or the command line
        return (back,)
    rows: Rows = (
        (
            _to(counted(texts.EXTEND, 30), f"extend:{grant.id}:30"),
            _to(counted(texts.EXTEND, 365), f"extend:{grant.id}:365"),
        ),
        (_to(phrase(texts.MOVE_ROLE), f"move:{grant.id}"), _to(phrase(texts.END_ROLE), f"end:{grant.id}")),
        back,
    )
    return ((Button(phrase(texts.WAKE), f"/wake:up:{grant.id}"),), *rows) if grant.asleep_at else rows


def invite(visit: Visit) -> Sequence[Answer]:
    """The button that begins an invitation."""
    visit.push(NeedRole())
    return ask_again(visit)


def extend(visit: Visit) -> Sequence[Answer]:
    """The button `/officers:extend:<grant>:<days>`."""
    days = 365 if argument(visit, 3) == "365" else 30
    return appointing.wants(visit, Extend(number(argument(visit, 2)), days))


def move(visit: Visit) -> Sequence[Answer]:
    """The button `/officers:move:<grant>`: asks for the station."""
    if (grant := _held(visit)) is None:
        return (say(texts.ROLE_GONE, replace=True),)
    visit.push(NeedNewStation(grant.id, grants.name_of(visit.tx, grant)))
    return ask_again(visit)


def end(visit: Visit) -> Sequence[Answer]:
    """The button `/officers:end:<grant>`: asks once."""
    if (grant := _held(visit)) is None:
        return (say(texts.ROLE_GONE, replace=True),)
    visit.push(SureEnd(grant.id, grants.name_of(visit.tx, grant)))
    return ask_again(visit)


ask_again = asker(officers.Stage, officers.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """An answer; at the end the wish is carried out, or put before a second administrator."""
    stage = visit.stage
    assert isinstance(stage, officers.Stage)  # noqa: S101 - routes.py brings only these here
    turn = officers.step(stage, visit.got)
    match turn.stage, turn.effect:
        case NeedName(role, station) as named, None if isinstance(stage, NeedStation):
            known, hint = _known(visit, station)
            visit.becomes(replace(named, station=known))
            return (*(() if role is Role.ADMIN else hint), *ask_again(visit))
        case None, Move(grant_id, station):
            visit.becomes(None)
            known, hint = _known(visit, station)
            return (*hint, *appointing.wants(visit, Move(grant_id, known)))
    visit.becomes(turn.stage)
    return appointing.wants(visit, turn.effect) if turn.effect else turn.says


def _known(visit: Visit, station: str) -> tuple[str, tuple[Say, ...]]:
    """A station as its outline spells it; a hint where it has none: a slip of the pen, or still to be imported."""
    if found := stations.find(visit.tx, station):
        return found.name, ()
    names = ", ".join(one.name for one in stations.every(visit.tx)[:MOST_NAMED])
    hint = say(texts.NO_OUTLINE, station=station, known=names) if names else say(texts.NO_OUTLINES, station=station)
    return station, (hint,)


def ask_to_wake(visit: Visit) -> Sequence[Answer]:
    """The button `/wake:ask:<grant>` of whoever holds a sleeping role: administrators hear of it, once a day."""
    sleeping = grants.asleep(visit.tx, visit.person.id, visit.now)
    grant = next((one for one in sleeping if one.id == number(argument(visit))), None)
    if grant is None:
        return (say(texts.OLD_BUTTON_SHORT),)
    today = int(visit.now.timestamp() // A_DAY_S)
    if jobs.claim(visit.tx, f"wake {grant.id}", today, visit.now):
        button = Button(phrase(texts.WAKE), f"/wake:up:{grant.id}")
        holding.tell_admins(visit.tx, say(texts.WAKE_WANTED, who=_who(visit, grant), buttons=((button,),)), visit.now)
    return (say(texts.WAKE_ASKED, replace=True),)


def wake(visit: Visit) -> Sequence[Answer]:
    """The button `/wake:up:<grant>`: never one's own."""
    grant = _held(visit)
    if grant is None or grant.asleep_at is None:
        return (say(texts.ROLE_GONE, replace=True),)
    if grant.person_id == visit.person.id:
        return (say(texts.NOT_ONES_OWN_ROLE),)
    holding.wake(visit.tx, grant, visit.grant_for(Action.ADMINISTER), visit.now)
    return (say(texts.WOKEN, who=_who(visit, grant), replace=True),)


def who_may_what(_visit: Visit) -> Sequence[Answer]:
    """`/roles`: every role and what it allows, from the table that the bot itself goes by."""
    lines: list[Phrase] = []
    for role, allowed in GRANTED.items():
        lines.append(phrase(texts.ROLE_MAY, role=role_name(role)))
        lines += [phrase(texts.MAY_LINE, what=phrase(IN_WORDS[action])) for action in Action if action in allowed]
    return (Say((phrase(texts.ROLES_TITLE), *lines)),)


def _held(visit: Visit) -> Grant | None:
    wanted = number(argument(visit, 2))
    return next((grant for grant in grants.held(visit.tx, visit.now) if grant.id == wanted), None)


def _who(visit: Visit, grant: Grant) -> Phrase:
    role, name = role_name(Role(grant.role)), grants.name_of(visit.tx, grant)
    return phrase(texts.HOLDER, name=name, role=role, station=grant.station)


def _line(visit: Visit, grant: Grant) -> Phrase:
    text = texts.OFFICER_LINE_ASLEEP if grant.asleep_at else texts.OFFICER_LINE
    return phrase(text, name=grants.name_of(visit.tx, grant), role=role_name(Role(grant.role)))


def _station(name: str, holders: int) -> Phrase:
    return phrase(texts.STATION_LINE, station=name, n=holders)


def _to(label: Phrase, where: str) -> Button:
    return Button(label, f"/officers:{where}")


def _paged(rows: Sequence[tuple[Button, ...]], page: int, where: str) -> Rows:
    page = max(0, min(page, (len(rows) - 1) // PAGE))
    moves: list[Button] = []
    if page:
        moves.append(_to(phrase(texts.PREVIOUS_PAGE), f"{where}:{page - 1}"))
    if (page + 1) * PAGE < len(rows):
        moves.append(_to(phrase(texts.NEXT_PAGE), f"{where}:{page + 1}"))
    shown = tuple(rows[page * PAGE : (page + 1) * PAGE])
    return (*shown, tuple(moves)) if moves else shown


def _day(visit: Visit, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(visit.house.town.timezone)).strftime("%d-%m-%Y")
