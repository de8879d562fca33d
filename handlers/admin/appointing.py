"""Carrying out what an administrator wants with a role, where it takes two only once a second one has agreed."""

from collections.abc import Sequence
from datetime import timedelta

from bot import texts
from bot.core.access import Action, Role
from bot.core.admin import officers
from bot.core.admin.joining import role_name
from bot.core.admin.officers import End, Extend, Invite, Move, Wish
from bot.core.messages import Answer, Button, Phrase, phrase, say
from handlers.admin import holding
from handlers.visit import Visit, argument, number
from storage import audit
from storage.admin import grants, invites, proposals
from storage.tables.register import Grant


def wants(visit: Visit, wish: Wish) -> Sequence[Answer]:
    """An administrator wants this: done, or put before the others."""
    about = _about(visit, wish)
    if not isinstance(wish, Invite) and about is None:
        return (say(texts.ROLE_GONE, replace=True),)
    if about and about.person_id == visit.person.id:
        return (say(texts.NOT_ONES_OWN_ROLE, replace=True),)
    by = visit.grant_for(Action.ADMINISTER)
    if _takes_two(visit, wish, about):
        return (_propose(visit, by, wish, about),)
    return _carry_out(visit, by, wish, about, None)


def _takes_two(visit: Visit, wish: Wish, about: Grant | None) -> bool:
    """Giving takes two where there are two; ending is quick, but nobody gets rid of the other administrators alone."""
    if isinstance(wish, End):
        return about is not None and about.role == Role.ADMIN
    match visit.house.grant_needs_two:
        case "yes":
            return True
        case "no":
            return False
    return len({grant.person_id for grant in grants.held(visit.tx, visit.now, Role.ADMIN)}) > 1


def _propose(visit: Visit, by: Grant, wish: Wish, about: Grant | None) -> Answer:
    proposal = proposals.make(visit.tx, by, wish, about.id if about else None, visit.now)
    audit.write(visit.tx, audit.Act.PROPOSE, visit.now, by=by, proposal=proposal.id, wish=officers.write(wish))
    words = phrase(texts.SECOND_WANTED, by=grants.name_of(visit.tx, by), what=in_words(visit, wish, about))
    yes = Button(phrase(texts.AGREE_TO_ROLE), f"/second:yes:{proposal.id}")
    no = Button(phrase(texts.REFUSE_ROLE), f"/second:no:{proposal.id}")
    but = frozenset({visit.person.id, about.person_id if about else 0})
    if not holding.tell_admins(visit.tx, say(words, buttons=((yes, no),)), visit.now, but=but):
        return say(texts.NO_SECOND, replace=True)
    return say(texts.SECOND_ASKED, what=in_words(visit, wish, about), replace=True)


def agree(visit: Visit) -> Sequence[Answer]:
    """The button `/second:yes:<proposal>`: another administrator agrees, and it is done."""
    proposal = proposals.waiting(visit.tx, number(argument(visit)), visit.now)
    proposer = grants.get(visit.tx, proposal.grant_id) if proposal else None
    if proposal is None or proposer is None or proposer not in grants.in_force(visit.tx, proposer.person_id, visit.now):
        return (say(texts.PROPOSAL_GONE, replace=True),)
    wish = proposals.wish_of(visit.tx, proposal)
    about = _about(visit, wish)
    if visit.person.id in (proposer.person_id, about.person_id if about else 0):
        return (say(texts.NOT_ONES_OWN_WISH),)
    if not isinstance(wish, Invite) and about is None:
        return (say(texts.ROLE_GONE, replace=True),)
    second = visit.grant_for(Action.ADMINISTER)
    if not proposals.decide(visit.tx, proposal, second, visit.now, agreed=True):
        return (say(texts.PROPOSAL_GONE, replace=True),)
    done = say(texts.AGREED_TO, what=in_words(visit, wish, about), replace=True)
    for answer in _carry_out(visit, proposer, wish, about, second):
        holding.tell_person(visit.tx, proposer.person_id, answer, visit.now)
    return (done,)


def refuse(visit: Visit) -> Sequence[Answer]:
    """The button `/second:no:<proposal>`; whoever made it may take it back with it."""
    proposal = proposals.waiting(visit.tx, number(argument(visit)), visit.now)
    by = visit.grant_for(Action.ADMINISTER)
    if proposal is None or not proposals.decide(visit.tx, proposal, by, visit.now, agreed=False):
        return (say(texts.PROPOSAL_GONE, replace=True),)
    audit.write(visit.tx, audit.Act.REFUSE, visit.now, by=by, proposal=proposal.id)
    wish = proposals.wish_of(visit.tx, proposal)
    words = say(texts.REFUSED_BY, by=grants.name_of(visit.tx, by), what=in_words(visit, wish, _about(visit, wish)))
    if proposer := grants.get(visit.tx, proposal.grant_id):
        holding.tell_person(visit.tx, proposer.person_id, words, visit.now)
    return (say(texts.REFUSED_IT, replace=True),)


def _about(visit: Visit, wish: Wish) -> Grant | None:
    """The role that a wish is about, while somebody holds it."""
    if isinstance(wish, Invite):
        return None
    return next((grant for grant in grants.held(visit.tx, visit.now) if grant.id == wish.grant_id), None)


def _carry_out(visit: Visit, by: Grant, wish: Wish, about: Grant | None, second: Grant | None) -> Sequence[Answer]:
    """Do it, tell whoever wanted it, and every other administrator."""
    what = in_words(visit, wish, about)
    match wish:
        case Invite():
            answers = _link(visit, by, wish, second)
        case Extend(_, days) if about:
            holding.extend(visit.tx, about, days, by, visit.now)
            answers = (say(texts.ROLE_DONE, what=what, replace=True),)
        case Move(_, station) if about:
            holding.move(visit.tx, about, station, by, visit.now)
            answers = (say(texts.ROLE_DONE, what=what, replace=True),)
        case _ if about:
            holding.end(visit.tx, about, visit.now, by=by)
            answers = (say(texts.ROLE_DONE, what=what, replace=True),)
        case _:
            return (say(texts.ROLE_GONE, replace=True),)
    but = frozenset({by.person_id, second.person_id if second else 0})
    told = say(texts.ROLE_CHANGED_TOLD, by=grants.name_of(visit.tx, by), what=what)
    holding.tell_admins(visit.tx, told, visit.now, but=but)
    return answers


def _link(visit: Visit, by: Grant, wish: Invite, second: Grant | None) -> Sequence[Answer]:
    until = visit.now + timedelta(days=officers.LASTS_DAYS)
    made = invites.make(visit.tx, wish.role, wish.station, wish.name, until, visit.now)
    if link := invites.open_one(visit.tx, made, visit.now):
        invites.made_in_chat(link, by, second)
    audit.write(
        visit.tx,
        audit.Act.INVITE,
        visit.now,
        by=by,
        role=wish.role,
        at=wish.station,
        invite=link.id if link else None,
        second=second.id if second else None,
    )
    url = f"https://t.me/{visit.house.bot_username}?start={made}"
    return (
        say(texts.LINK_MADE, name=wish.name, role=role_name(wish.role), station=wish.station, replace=True),
        say(texts.LINK_ITSELF, url=url),
    )


def in_words(visit: Visit, wish: Wish, about: Grant | None) -> Phrase:
    """What is wanted, as both administrators read it."""
    if isinstance(wish, Invite):
        return phrase(texts.WISH_INVITE, name=wish.name, role=role_name(wish.role), station=wish.station)
    if about is None:
        return phrase(texts.WISH_GONE)
    who = phrase(
        texts.HOLDER, name=grants.name_of(visit.tx, about), role=role_name(Role(about.role)), station=about.station
    )
    match wish:
        case Extend(_, days):
            return phrase(texts.WISH_EXTEND, who=who, days=days)
        case Move(_, station):
            return phrase(texts.WISH_MOVE, who=who, station=station)
        case End():
            return phrase(texts.WISH_END, who=who)
