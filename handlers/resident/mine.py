"""`/mine`: one's own entries, each with change, move, details, pause and remove."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session

from bot import texts
from bot.core.messages import Answer, Ask, Button, Phrase, Rows, Say, counted, phrase, say
from bot.core.registration import UNSEEN, Entry, State, about, cameras, coordinates, pin_of, place_of, verified
from bot.core.resident import leaving
from bot.core.resident.signup_questions import NeedPlace
from bot.core.resident.signup_questions import Stage as SignupStage
from bot.core.turn import in_place
from handlers.resident import adopting, answering, seen, signup
from handlers.society import rwa
from handlers.visit import Visit, argument, asker
from storage import audit, people, registrations
from storage.society import funnel, wishes
from storage.station import waiting
from storage.tables.register import Registration
from storage.withdrawal import withdraw

PAGE = 10
_Turn = Callable[[Session, Registration, datetime], None]


def show(visit: Visit) -> Sequence[Answer]:
    """The list; with a single entry its card right away."""
    rows = registrations.owned(visit.tx, visit.person.id)
    if not rows:
        unsaved = any(isinstance(stage, SignupStage) for stage in visit.stack)
        return in_place(visit.got, (say(texts.MINE_NONE_YET if unsaved else texts.MINE_NONE),))
    if len(rows) == 1:
        return in_place(visit.got, (_card(visit, rows[0], alone=True),))
    page = int(text) if (text := argument(visit)).isdecimal() else 0
    return in_place(visit.got, (_list(visit, rows, page),))


def _list(visit: Visit, rows: Sequence[Registration], page: int) -> Say:
    page = min(page, (len(rows) - 1) // PAGE)
    entries = [registrations.entry(visit.tx, row) for row in rows[page * PAGE : (page + 1) * PAGE]]
    buttons: list[tuple[Button, ...]] = [(Button(_line(entry), f"/mine:card:{entry.number}"),) for entry in entries]
    moves = []
    if page:
        moves.append(Button(phrase(texts.PREVIOUS_PAGE), f"/mine:page:{page - 1}"))
    if (page + 1) * PAGE < len(rows):
        moves.append(Button(phrase(texts.NEXT_PAGE), f"/mine:page:{page + 1}"))
    return Say(
        (counted(texts.MINE_LIST, len(rows)), *seen.note(visit)), (*buttons, *((tuple(moves),) if moves else ()))
    )


def _line(entry: Entry) -> Phrase:
    paused: Phrase | str = phrase(texts.MINE_PAUSED) if entry.state is State.PAUSED else ""
    return phrase(
        texts.MINE_LINE,
        number=entry.number,
        place=_short(entry),
        cameras=cameras(entry.cameras),
        paused=paused,
    )


def _short(entry: Entry) -> Phrase:
    return phrase(texts.NAMED, name=entry.site.name) if entry.site.name else coordinates(entry.site.point)


def card(visit: Visit) -> Sequence[Answer]:
    """One entry, whole."""
    row = signup.own(visit, argument(visit))
    return in_place(visit.got, (_card(visit, row) if row else say(texts.NOT_YOURS_NOW),))


def _card(visit: Visit, row: Registration, *, alone: bool = False) -> Say:
    entry = registrations.entry(visit.tx, row)
    parts = (*about(entry), *verified(entry))
    known: Phrase | str = ""
    if parts:
        joined = parts[0]
        for part in parts[1:]:
            joined = phrase(texts.ALSO, before=joined, part=part)
        known = phrase(texts.CARD_KNOWN, known=joined)
    state = texts.CARD_ACTIVE if entry.state is State.ACTIVE else texts.CARD_PAUSED
    words = phrase(
        texts.CARD,
        number=entry.number,
        place=place_of(entry.site),
        cameras=cameras(entry.cameras),
        known=known,
        state=phrase(texts.CARD_HIDDEN if entry.standing in UNSEEN else state),
    )
    return Say((words, *(seen.note(visit) if alone else ())), _card_buttons(entry, alone))


def _card_buttons(entry: Entry, alone: bool) -> Rows:
    def to(label: str, verb: str) -> Button:
        return Button(phrase(label), f"/mine:{verb}:{entry.number}")

    pausing = to(texts.PAUSE, "pause") if entry.state is State.ACTIVE else to(texts.RESUME, "resume")
    rows: Rows = (
        (to(texts.CHANGE, "change"), to(texts.MOVE, "move")),
        (Button(phrase(texts.MORE), f"/more:{entry.number}"), pausing),
        (to(texts.ON_THE_MAP, "map"), to(texts.REMOVE, "remove")),
    )
    if entry.standing in UNSEEN:
        rows = ((Button(phrase(texts.STILL_BACK), f"/still:yes:{entry.number}"),), *rows)
    return rows if alone else (*rows, (Button(phrase(texts.ALL_ENTRIES), "/mine"),))


def on_the_map(visit: Visit) -> Sequence[Answer]:
    """The place of an entry, as a pin."""
    if (row := signup.own(visit, argument(visit))) is None:
        return (say(texts.NOT_YOURS_NOW),)
    entry = registrations.entry(visit.tx, row)
    return (Say((pin_of(entry),), pin=entry.site.point),)


def change(visit: Visit) -> Sequence[Answer]:
    """The summary again, with a change button for each answer."""
    row = signup.own(visit, argument(visit))
    return signup.change(visit, row) if row else (say(texts.NOT_YOURS_NOW),)


def move(visit: Visit) -> Sequence[Answer]:
    """Ask for the new place of an entry."""
    if (row := signup.own(visit, argument(visit))) is None:
        return (say(texts.NOT_YOURS_NOW),)
    draft = signup.draft_of(visit, row)
    visit.push(NeedPlace(draft.phone, draft))
    return signup.ask_again(visit)


def pause(visit: Visit) -> Sequence[Answer]:
    """Hide an entry; a second tap changes nothing."""
    return _turned(visit, State.ACTIVE, registrations.pause, audit.Act.PAUSE)


def resume(visit: Visit) -> Sequence[Answer]:
    """Show an entry again; a second tap changes nothing."""
    return _turned(visit, State.PAUSED, registrations.resume, audit.Act.RESUME)


def _turned(visit: Visit, before: State, turn: _Turn, act: audit.Act) -> Sequence[Answer]:
    row = signup.own(visit, argument(visit))
    if row and row.state == before:
        turn(visit.tx, row, visit.now)
        audit.write(visit.tx, act, visit.now, person_id=visit.person.id, number=row.number)
    return card(visit)


def remove(visit: Visit) -> Sequence[Answer]:
    """Ask once before an entry is removed."""
    if (row := signup.own(visit, argument(visit))) is None:
        return (say(texts.NOT_YOURS_NOW),)
    visit.push(leaving.SureRemove(row.number, visit.house.town.retention_days))
    return in_place(visit.got, tuple(ask_again(visit)))  # the card gives way to the question


def forget(visit: Visit) -> Sequence[Answer]:
    """`/forget`: ask once before everything is removed."""
    rows = registrations.owned(visit.tx, visit.person.id)
    if not (rows or visit.stack or visit.person.consent_at or wishes.of(visit.tx, visit.person.id)):
        return (say(texts.NOTHING_TO_FORGET),)
    visit.push(leaving.SureForget(len(rows), visit.house.town.retention_days))
    return ask_again(visit)


ask_again = asker(leaving.Stage, leaving.question)


def answered(visit: Visit) -> Sequence[Answer]:
    """Yes or no."""
    stage = visit.stage
    assert isinstance(stage, leaving.Stage)  # noqa: S101 - routes.py brings only these here
    turn = leaving.step(stage, visit.got)
    visit.becomes(turn.stage)
    match turn.effect:
        case leaving.Remove(number):
            if row := signup.own(visit, number):
                _withdraw(visit, (row,))
            return (say(texts.REMOVED, number=number, replace=True),)
        case leaving.Forget():
            return _forget(visit)
    return turn.says


def _forget(visit: Visit) -> Sequence[Answer]:
    phone = people.phone_of(visit.tx, visit.person) if visit.person.phone_token else ""
    _withdraw(visit, registrations.owned(visit.tx, visit.person.id))
    people.withdraw_consent(visit.tx, visit.person, keep_phone=visit.house.town.retention_days > 0)
    audit.write(visit.tx, audit.Act.FORGET, visit.now, person_id=visit.person.id)
    funnel.forget(visit.tx, visit.person.id)
    rwa.take_back(visit)
    for one in waiting.of_phone(visit.tx, phone) if phone else ():
        adopting.remove(visit, one)
    keys = Ask.CLEAR if visit.stack else None  # those of a question that goes with everything else
    visit.stack = []
    after = leaving.leftovers(visit.house.town.retention_days)
    return (say(texts.FORGOTTEN, leftovers=after, ask=keys, replace=True),)


def _withdraw(visit: Visit, rows: Sequence[Registration]) -> None:
    for row in rows:
        withdraw(visit.tx, row, visit.house.town.retention_days, visit.now)
    answering.take_back(visit)
