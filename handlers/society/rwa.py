"""`/rwa`: anyone asks to become the office-bearer of a society; the first of its staff who taps decides."""

from collections.abc import Sequence
from datetime import timedelta

from bot import texts
from bot.core.access import Action, Role
from bot.core.messages import Answer, Ask, Button, Erase, Phrase, Say, phrase, say
from bot.core.society import founding
from bot.core.society.founding import AskedName, Founded, where
from handlers import mail
from handlers.admin import holding
from handlers.visit import Visit, asker, row_named
from storage import audit, people
from storage.admin import grants, invites
from storage.society import societies, wishes
from storage.society.wishes import Asked
from storage.station import stations
from storage.tables.register import Grant, Person
from storage.tables.societies import Wish

LASTS = timedelta(days=365)


def command(visit: Visit) -> Sequence[Answer]:
    """`/rwa`: the first question, unless a wish of theirs waits already."""
    if any(wish.decided_at is None for wish in wishes.of(visit.tx, visit.person.id)):
        return (say(texts.RWA_WAITS),)
    if wishes.too_many(visit.tx, visit.person.id, visit.now):
        return (say(texts.RWA_TOO_MANY, contact=visit.house.town.contact),)
    visit.push(AskedName())
    return ask_again(visit)


ask_again = asker(founding.Asked, founding.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """Name, place, or who asks."""
    stage = visit.stage
    assert isinstance(stage, founding.Asked)  # noqa: S101 - routes.py brings only these here
    turn = founding.step(stage, visit.got, visit.house.town.city)
    visit.becomes(turn.stage)
    return _sent(visit, turn.effect) if turn.effect else turn.says


def _sent(visit: Visit, founded: Founded) -> Sequence[Answer]:
    """The wish goes to the staff of the society's station; where that is not known or has none, to all staff."""
    at = founded.named.point
    station = stations.of_point(visit.tx, at) if at else None
    staff = _staff(visit, station.name if station else "")
    name = station.name if station and staff else ""
    asked = Asked(founded.named, founded.who)
    wish = wishes.ask(visit.tx, visit.person.id, name, asked, visit.now)
    for person in staff or _staff(visit, ""):
        mail.post(visit.tx, person, _question(asked, wish), visit.now)
    return (say(texts.RWA_SENT, society=asked.named.name, ask=Ask.CLEAR),)


def _staff(visit: Visit, station: str) -> list[Person]:
    """Everyone who is staff of a station, or of any."""
    held = grants.holders(visit.tx, Role.STAFF, visit.now)
    ids = dict.fromkeys(grant.person_id for grant in held if station in ("", grant.station))
    return [person for one in ids if (person := people.get(visit.tx, one))]


def _question(asked: Asked, wish: Wish) -> Say:
    yes = Button(phrase(texts.RWA_APPROVE), f"/rwa:yes:{wish.id}")
    no = Button(phrase(texts.RWA_REFUSE), f"/rwa:no:{wish.id}")
    return Say((_asks(asked),), ((yes, no),), keep=_kept(wish))


def _asks(asked: Asked) -> Phrase:
    return phrase(texts.RWA_ASKS, who=asked.who, society=asked.named.name, place=where(asked.named))


def _kept(wish: Wish) -> str:
    return f"wish {wish.id}"


def waiting(visit: Visit, station: str) -> list[Say]:
    """The wishes that a station's staff may decide, each with its buttons."""
    found = wishes.waiting(visit.tx, station)
    return [_question(wishes.opened(visit.tx, wish), wish) for wish in found]


def kept_about(visit: Visit) -> list[Phrase]:
    """What someone asked for, as their own file shows it."""
    asked = [wishes.opened(visit.tx, wish) for wish in wishes.of(visit.tx, visit.person.id)]
    return [phrase(texts.MYDATA_WISH, society=one.named.name, place=where(one.named), who=one.who) for one in asked]


def take_back(visit: Visit) -> None:
    """Whoever is forgotten wishes for nothing; what staff were to decide leaves their chats."""
    for wish in wishes.of(visit.tx, visit.person.id):
        for person in _staff(visit, wish.station) if wish.decided_at is None else ():
            mail.post(visit.tx, person, Erase(_kept(wish)), visit.now)
        wishes.forget(visit.tx, wish, visit.now)


def approve(visit: Visit) -> Sequence[Answer]:
    """The button `/rwa:yes:<wish>`."""
    return _decided(visit, approved=True)


def refuse(visit: Visit) -> Sequence[Answer]:
    """The button `/rwa:no:<wish>`."""
    return _decided(visit, approved=False)


def _decided(visit: Visit, *, approved: bool) -> Sequence[Answer]:
    """Whoever taps first decides; the others see what was decided, and by whom."""
    wish, by = wishes.get(visit.tx, row_named(visit)), visit.grant_for(Action.KEEP_SOCIETIES)
    if wish is None or wish.station not in ("", *_stations(visit)):
        return (say(texts.RWA_GONE, replace=True),)
    if not wishes.decide(visit.tx, wish, by, visit.now, approved=approved):
        return (_outcome(visit, wish),)
    audit.write(visit.tx, audit.Act.DECIDE, visit.now, by=by, wish=wish.id, approved=approved)
    asker = people.get(visit.tx, wish.person_id)
    if asker and approved:
        _make_bearer(visit, wish, asker, by)
    elif asker:
        society, contact = wishes.opened(visit.tx, wish).named.name, visit.house.town.contact
        mail.post(visit.tx, asker, say(texts.RWA_REFUSED, society=society, contact=contact), visit.now)
    for other in _staff(visit, wish.station):
        if other.id != visit.person.id:
            mail.post(visit.tx, other, _outcome(visit, wish, over_kept=True), visit.now)
    return (_outcome(visit, wish),)


def _stations(visit: Visit) -> set[str]:
    return {grant.station for grant in visit.grants if grant.role == Role.STAFF}


def _outcome(visit: Visit, wish: Wish, *, over_kept: bool = False) -> Say:
    """The request once more, with what became of it."""
    decider = grants.get(visit.tx, wish.decided_by) if wish.decided_by else None
    words = texts.RWA_WAS_APPROVED if wish.approved else texts.RWA_WAS_REFUSED
    by = grants.name_of(visit.tx, decider) if decider else ""
    line = phrase(words, asked=_asks(wishes.opened(visit.tx, wish)), by=by)
    return Say((line,), replace=not over_kept, keep=_kept(wish), over_kept=over_kept)


def _make_bearer(visit: Visit, wish: Wish, asker: Person, by: Grant) -> None:
    """The society is entered at the decider's station, and whoever asked spreads its link from now on."""
    tx, now, asked = visit.tx, visit.now, wishes.opened(visit.tx, wish)
    society = societies.add(tx, by.station, asked.named, now)
    payload = invites.make(tx, Role.BEARER, by.station, asked.who, now + LASTS, now, society_id=society.id)
    opened = invites.open_one(tx, payload, now)
    invite = invites.use(tx, opened.id, now) if opened else None
    assert invite is not None  # noqa: S101 - made in this transaction
    grant = grants.give(tx, asker.id, invite, now)
    audit.write(tx, audit.Act.GRANT, now, by=by, role=grant.role, grant=grant.id, society=society.id)
    mail.post(tx, asker, say(texts.RWA_APPROVED, society=asked.named.name), now)
    mail.post(tx, asker, holding.welcome(tx, [grant]), now)
    mail.post(tx, asker, holding.menu_of(tx, asker.id, now), now)
