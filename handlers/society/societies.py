"""`/link`: CI-cell staff enter societies, invite their office-bearers, renew and withdraw their links."""

from collections.abc import Sequence

from bot import texts
from bot.core.access import Action, Role
from bot.core.messages import Answer, Ask, Button, Command, Say, counted, phrase, say
from bot.core.society import founding
from bot.core.society.founding import NewName, where
from bot.core.society.society import Named
from bot.core.turn import in_place
from bot.words import is_said
from handlers.admin import holding
from handlers.society import rwa
from handlers.visit import Visit, asker, row_named
from storage import audit
from storage.admin import grants, invites
from storage.society import doors, societies
from storage.tables.societies import Society

PAGE = 8


def command(visit: Visit) -> Sequence[Answer]:
    """`/link` lists; `/link new [society, place]` enters one."""
    words = visit.got.rest.strip() if isinstance(visit.got, Command) else ""
    first, _, rest = words.partition(" ")
    if not is_said(first.casefold(), texts.LINK_NEW):
        return (*show(visit), *rwa.waiting(visit, _station(visit)))
    named = founding.read_both(rest, visit.house.town.city)
    return _enter(visit, named) if named else new(visit)


def show(visit: Visit) -> Sequence[Answer]:
    """The buttons `/link` and `/link:page:<n>`: the station's societies."""
    found = societies.of_station(visit.tx, _station(visit))
    page = min(row_named(visit), max(0, len(found) - 1) // PAGE)
    rows = [(_to(texts.SOCIETY_BUTTON, "card", one, name=societies.named(visit.tx, one).name),) for one in found]
    moves = []
    if page:
        moves.append(Button(phrase(texts.PREVIOUS_PAGE), f"/link:page:{page - 1}"))
    if (page + 1) * PAGE < len(found):
        moves.append(Button(phrase(texts.NEXT_PAGE), f"/link:page:{page + 1}"))
    enter = Button(phrase(texts.SOCIETY_NEW), "/link:new")
    words = counted(texts.SOCIETIES, len(found), station=_station(visit)) if found else phrase(texts.NO_SOCIETIES)
    buttons = tuple(row for row in (*rows[page * PAGE : (page + 1) * PAGE], tuple(moves), (enter,)) if row)
    return in_place(visit.got, (Say((words,), buttons),))


def card(visit: Visit) -> Sequence[Answer]:
    """The button `/link:card:<society>`: who spreads the word, whether an invitation waits, whether the links open."""
    if (society := _society(visit)) is None:
        return (say(texts.SOCIETY_GONE, replace=True),)
    named = societies.named(visit.tx, society)
    held = grants.bearers(visit.tx, society.id, visit.now)
    shut = sum(door.shut_at is not None for door in doors.of(visit.tx, society, visit.now))
    lines = [
        phrase(texts.SOCIETY_CARD, society=named.name, place=where(named)),
        *(phrase(texts.SOCIETY_BEARER, name=grants.name_of(visit.tx, grant)) for grant in held),
        *(() if held else (phrase(texts.SOCIETY_NO_BEARER),)),
        *((phrase(texts.SOCIETY_INVITED),) if invites.waiting_for(visit.tx, society.id, visit.now) else ()),
        *((counted(texts.SOCIETY_SHUT, shut),) if shut else ()),
    ]
    buttons = (
        (_to(texts.SOCIETY_INVITE, "invite", society),),
        (_to(texts.SOCIETY_RENEW, "renew", society), _to(texts.SOCIETY_CLOSE, "close", society)),
        (Button(phrase(texts.ALL_SOCIETIES), "/link:page:0"),),
    )
    return in_place(visit.got, (Say(tuple(lines), buttons),))


def new(visit: Visit) -> Sequence[Answer]:
    """`/link new`, or its button: ask for the name."""
    visit.push(NewName())
    return ask_again(visit)


ask_again = asker(founding.New, founding.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """Name or place."""
    stage = visit.stage
    assert isinstance(stage, founding.New)  # noqa: S101 - routes.py brings only these here
    turn = founding.step(stage, visit.got, visit.house.town.city)
    visit.becomes(turn.stage)
    return _enter(visit, turn.effect.named) if turn.effect else turn.says


def _enter(visit: Visit, named: Named) -> Sequence[Answer]:
    """A new society, and the first invitation for its office-bearer."""
    society = societies.add(visit.tx, _station(visit), named, visit.now)
    made = say(texts.SOCIETY_MADE, society=named.name, ask=Ask.CLEAR)
    return (made, *_invited(visit, society, named))


def invite(visit: Visit) -> Sequence[Answer]:
    """The button `/link:invite:<society>`: a new invitation; one that nobody used yet dies."""
    if (society := _society(visit)) is None:
        return (say(texts.SOCIETY_GONE, replace=True),)
    return _invited(visit, society, societies.named(visit.tx, society))


def _invited(visit: Visit, society: Society, named: Named) -> Sequence[Say]:
    invites.withdraw_for(visit.tx, society.id, visit.now)
    by, until = visit.grant_for(Action.KEEP_SOCIETIES), visit.now + rwa.LASTS
    payload = invites.make(visit.tx, Role.BEARER, society.station, named.name, until, visit.now, society_id=society.id)
    audit.write(visit.tx, audit.Act.INVITE, visit.now, by=by, role=Role.BEARER, society=society.id)
    return (say(texts.BEARER_INVITE, society=named.name, link=visit.house.link(payload)),)


def renew(visit: Visit) -> Sequence[Answer]:
    """The button `/link:renew:<society>`: ask once."""
    return _sure(visit, texts.SURE_RENEW, texts.YES_RENEW, "renewed")


def close(visit: Visit) -> Sequence[Answer]:
    """The button `/link:close:<society>`: ask once."""
    return _sure(visit, texts.SURE_CLOSE, texts.YES_CLOSE, "closed")


def _sure(visit: Visit, words: str, yes: str, deed: str) -> Sequence[Answer]:
    if (society := _society(visit)) is None:
        return (say(texts.SOCIETY_GONE, replace=True),)
    asked = phrase(words, society=societies.named(visit.tx, society).name)
    buttons = ((_to(yes, deed, society),), (_to(texts.KEEP_IT_SO, "card", society),))
    return (Say((asked,), buttons, replace=True),)


def renewed(visit: Visit) -> Sequence[Answer]:
    """The button `/link:renewed:<society>`: new links for message and poster; the old ones open nothing any more."""
    if (society := _society(visit)) is None:
        return (say(texts.SOCIETY_GONE, replace=True),)
    for door in doors.of(visit.tx, society, visit.now):
        doors.renew(visit.tx, door, visit.now)
    _written(visit, society, "renewed")
    name = societies.named(visit.tx, society).name
    holding.tell_bearers(visit.tx, society, say(texts.LINKS_RENEWED_BY_STAFF, society=name), visit.now)
    return (say(texts.LINKS_RENEWED, society=name, replace=True),)


def closed(visit: Visit) -> Sequence[Answer]:
    """The button `/link:closed:<society>`: its links and invitations die, and its office-bearers' roles end."""
    if (society := _society(visit)) is None:
        return (say(texts.SOCIETY_GONE, replace=True),)
    by = visit.grant_for(Action.KEEP_SOCIETIES)
    societies.close(society, visit.now)
    invites.withdraw_for(visit.tx, society.id, visit.now)
    for grant in grants.bearers(visit.tx, society.id, visit.now):
        holding.end(visit.tx, grant, visit.now, by=by)
    _written(visit, society, "closed")
    return (say(texts.SOCIETY_CLOSED, society=societies.named(visit.tx, society).name, replace=True),)


def _written(visit: Visit, society: Society, deed: str) -> None:
    by = visit.grant_for(Action.KEEP_SOCIETIES)
    audit.write(visit.tx, audit.Act.SOCIETY, visit.now, by=by, society=society.id, deed=deed)


def _station(visit: Visit) -> str:
    return visit.grant_for(Action.KEEP_SOCIETIES).station


def _society(visit: Visit) -> Society | None:
    """The society that a button names, if it is one of the visitor's station."""
    society = societies.get(visit.tx, row_named(visit))
    return society if society and society.station == _station(visit) else None


def _to(label: str, deed: str, society: Society, **values: str) -> Button:
    return Button(phrase(label, **values), f"/link:{deed}:{society.id}")
