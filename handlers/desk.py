"""The front desk: start, help, the notice, the language, and leaving an open question."""

from collections.abc import Sequence

from bot import texts
from bot.core.access import Action
from bot.core.messages import Answer, Ask, Button, Command, Menu, Phrase, Say, counted, phrase, say
from bot.core.resident import claiming
from bot.core.resident.signup_questions import language_buttons, notice
from bot.words import language_of
from handlers import joining
from handlers.admin import holding
from handlers.resident import offers, signup
from handlers.society import arriving
from handlers.visit import Visit, argument
from storage import registrations


def start(visit: Visit) -> Sequence[Answer]:
    """`/start`: a link's payload, the open question, a welcome back, or the first question."""
    payload = visit.got.rest if isinstance(visit.got, Command) else ""
    if payload.startswith(claiming.PREFIX):
        return offers.by_link(visit, payload)
    if payload and not arriving.is_door(payload):
        return joining.open_link(visit, payload)
    greeting = arriving.come_through(visit, payload)
    if visit.stack:
        return ()  # handlers/turn.py shows the open question after every command
    if offered := offers.pending(visit):
        return (*greeting, *offered)
    if visit.grants and not greeting:
        return (holding.welcome(visit.tx, visit.grants),)
    entries = registrations.how_many(visit.tx, visit.person.id)
    if entries:
        return (say(texts.WELCOME_BACK, entries=counted(texts.ENTRIES, entries)),)
    return (*greeting, *signup.begin(visit))


def help_(visit: Visit) -> Sequence[Answer]:
    """What this person can do; in the middle of a question a short word, and the way back to it."""
    if visit.stack:
        whole = Button(phrase(texts.HELP_WHOLE), "/help")
        return (say(texts.HELP_MIDDLE, contact=visit.house.town.contact, buttons=((whole,),)),)
    return help_whole(visit)


def help_whole(visit: Visit) -> Sequence[Answer]:
    """Everything this person can do."""
    town = visit.house.town
    lines: list[Phrase] = [phrase(texts.HELP, city=town.name, contact=town.contact)]
    if visit.may(Action.SEARCH):
        lines.append(phrase(texts.HELP_OFFICER, station=visit.grant_for(Action.SEARCH).station))
    if visit.may(Action.KEEP_TRUE):
        lines.append(phrase(texts.HELP_STAFF, station=visit.grant_for(Action.KEEP_TRUE).station))
        lines.append(phrase(texts.HELP_STAFF_MORE))
    if visit.may(Action.SPREAD):
        lines.append(phrase(texts.HELP_BEARER))
    if visit.may(Action.KEEP_SOCIETIES):
        lines.append(phrase(texts.HELP_SOCIETIES))
    if visit.may(Action.HEAR_OF_FAULTS):
        lines.append(phrase(texts.HELP_ADMIN))
    return tuple(Say((line,)) for line in lines)


def privacy(visit: Visit) -> Sequence[Answer]:
    """The notice, whole, and the promises."""
    return Say((notice(visit.house.town),)), Say((phrase(texts.PROMISES), *map(phrase, PROMISES)))


PROMISES = (
    texts.PROMISE_INCIDENT,
    texts.PROMISE_SEEN,
    texts.PROMISE_DELAY,
    texts.PROMISE_NUMBER,
    texts.PROMISE_FEED,
    texts.PROMISE_REQUEST,
    texts.PROMISE_SHARE,
    texts.PROMISE_LEAVE,
    texts.PROMISE_SEALED,
)


def language(_visit: Visit) -> Sequence[Answer]:
    """Ask which language."""
    buttons = tuple(Button(button.label, f"/language:{button.data}") for button in language_buttons())
    return (say(texts.CHOOSE_NOW, buttons=(buttons,)),)


def speak(visit: Visit) -> Sequence[Answer]:
    """The button `/language:<code>`; the command menu changes with it."""
    chosen = language_of(argument(visit))
    if not chosen or chosen == visit.person.language:
        return (say(texts.LANGUAGE_SET, replace=True),)
    visit.person.language = chosen
    return (say(texts.LANGUAGE_SET, replace=True), Menu(visit.roles))


def cancel(visit: Visit) -> Sequence[Answer]:
    """Leave the open question; one that waited under it comes up again."""
    if not visit.stack:
        return (say(texts.NOTHING_TO_CANCEL, ask=Ask.CLEAR),)
    visit.becomes(None)
    return (say(texts.CANCELLED, ask=Ask.CLEAR),)
