"""One update, one transaction: claim, load, step, save, queue the answers."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import texts
from bot.core import stages
from bot.core.access import Action, Role, may
from bot.core.messages import (
    Answer,
    Button,
    Command,
    Envelope,
    Incoming,
    Pin,
    Reach,
    Say,
    Tap,
    Text,
    phrase,
    say,
)
from bot.core.turn import general_hint, hinted
from bot.words import is_said, language_of, words
from handlers import metrics, routes
from handlers.admin import tenure
from handlers.admin.holding import tell_admins
from handlers.casework import near
from handlers.mail import OUTGOING, Outgoing, post
from handlers.visit import House, Visit, arrive
from storage import claims, outbox, people
from storage.seal import seal_of
from storage.tables.register import Person

log = logging.getLogger(__name__)
GROUP_QUIET = timedelta(seconds=3)  # a crowd of commands must not use up the 20 a minute that Telegram allows


@dataclass(frozen=True, slots=True)
class Handled:
    """`note`: words for the acknowledgement of a tap. `reached`: the stage of the sign-up that this led to."""

    note: str = ""
    reached: str = ""
    again: bool = False  # it had been taken before, and nothing was done


def take(tx: Session, house: House, envelope: Envelope, now: datetime) -> Handled:
    """Handle one update inside the caller's transaction; a second delivery of it changes nothing."""
    if not claims.claim(tx, envelope.channel, envelope.update_id, now):
        return Handled(again=True)
    if not envelope.private:
        _in_a_group(tx, house, envelope, now)
        return Handled()
    person = people.meet(tx, envelope.channel, envelope.chat, "", now)
    tenure.comes_back(tx, person, now)
    if isinstance(envelope.got, Reach):
        person.seen_at = now
        _reach(tx, person, envelope.got, now)
        return Handled()
    visit = arrive(tx, house, person, _meant(envelope.got), now, language_of(envelope.language))
    visit.message = envelope.said
    before, note = visit.stage, _handle(visit, envelope)
    people.stays(tx, person, stages.write(visit.stack), now)
    reached = metrics.reached(before, visit.stage, saved=visit.saved)
    return Handled(words(phrase(note), visit.language) if note else "", reached)


def _handle(visit: Visit, envelope: Envelope) -> str:
    answers, note = _answers(visit)
    for answer in answers:
        queue(visit, answer, over=envelope.message)
    return note


def _meant(got: Incoming) -> Incoming:
    """A key of the keyboard under the text field comes back as typed words."""
    return Tap("back") if isinstance(got, Text) and is_said(got.words, texts.BACK) else got


def _answers(visit: Visit) -> tuple[Sequence[Answer], str]:
    match visit.got:
        case Command(name):
            return _routed(visit, routes.COMMANDS.get(name), texts.UNKNOWN_COMMAND), ""
        case Tap(data) if data.startswith("/"):
            return _routed(visit, routes.button(data), texts.OLD_BUTTON_SHORT), ""
        case Tap(data) if data != "back" and not _unstamp(visit):
            return _where_you_are(visit, texts.OLD_BUTTON), texts.OLD_BUTTON_SHORT
        case _ if visit.stage is not None:
            return _talk(visit, visit.stage), ""
        case Pin(point) if visit.may(Action.SEARCH):
            return near.offer(visit, point), ""
    return (Say((general_hint(visit.got) or phrase(texts.NOTHING_OPEN),)),), ""


def _routed(visit: Visit, route: routes.Route | None, otherwise: str) -> Sequence[Answer]:
    """A command or a standing button; what it interrupted is asked again after it."""
    if route is None:
        answers: Sequence[Answer] = (say(otherwise),)
    elif not visit.may(route.action):
        answers = (_refusal(visit, route.action),)
    else:
        answers = route.run(visit)
    return answers if visit.asked else (*answers, *_where_you_are(visit, ""))


def _talk(visit: Visit, stage: stages.Stage) -> Sequence[Answer]:
    """An answer to the open question; when it ends a conversation, the one under it goes on."""
    talk = routes.talk_of(stage)
    if not visit.may(talk.action):
        visit.becomes(None)
        return (_refusal(visit, talk.action), *_where_you_are(visit, texts.WHERE_YOU_ARE))
    depth = len(visit.stack)
    answers = talk.answered(visit)
    return answers if len(visit.stack) >= depth else (*answers, *_where_you_are(visit, texts.WHERE_YOU_ARE))


def _refusal(visit: Visit, action: Action) -> Answer:
    """Not for them, or a role of theirs sleeps that would allow it."""
    allowing = frozenset(role for role in Role if may(frozenset({role}), action))
    return tenure.refusal(visit.tx, visit.person.id, allowing, visit.now)


def _where_you_are(visit: Visit, hint: str) -> Sequence[Answer]:
    """The open question once more, so that nobody has to remember it; one whose role has ended is dropped."""
    while visit.stage is not None and not visit.may(routes.talk_of(visit.stage).action):
        visit.becomes(None)
    if visit.stage is None:
        return (say(texts.NOTHING_OPEN),) if hint == texts.OLD_BUTTON else ()
    question = routes.talk_of(visit.stage).ask_again(visit)
    return hinted(phrase(hint), question) if hint else question


def open_questions(tx: Session, person: Person) -> list[stages.Stage]:
    """The conversations that are open with someone, the current one last."""
    return stages.read(people.stages_of(tx, person))


def ask_once_more(tx: Session, house: House, person: Person, now: datetime) -> bool:
    """Remind someone of their open question. False where it has become pointless meanwhile."""
    visit = arrive(tx, house, person, Command("start"), now, "")
    answers = _where_you_are(visit, texts.REMINDER)
    for answer in answers:
        queue(visit, answer, priority=outbox.BULK)
    people.keep_stages(tx, person, stages.write(visit.stack))
    return bool(answers)


def _stamps(visit: Visit) -> list[str]:
    """Mark the buttons of the open question, so that those of another are recognised as old: one for each key."""
    tokens = seal_of(visit.tx).tokens("stage", stages.write(visit.stack[-1:]))
    return [token[:4].hex() for token in tokens]


def _unstamp(visit: Visit) -> bool:
    """Whether the tapped button belongs to the open question; if so, what it says is taken as the answer."""
    stamp, _, answer = visit.got.data.partition("|") if isinstance(visit.got, Tap) else ("", "", "")
    if visit.stage is None or stamp not in _stamps(visit):
        return False
    visit.got = Tap(answer)
    return True


def _stamped(visit: Visit, answer: Answer) -> Answer:
    if not isinstance(answer, Say) or not answer.buttons or visit.stage is None:
        return answer
    stamp = _stamps(visit)[0]

    def marked(button: Button) -> Button:
        own = button.data and not button.data.startswith("/")
        return replace(button, data=f"{stamp}|{button.data}") if own else button

    return replace(answer, buttons=tuple(tuple(marked(button) for button in row) for row in answer.buttons))


def queue(visit: Visit, answer: Answer, *, over: str = "", priority: int = outbox.ANSWER) -> None:
    """Put an answer to the visitor into the outbox."""
    over, stamped = over if isinstance(answer, Say) and answer.replace else "", _stamped(visit, answer)
    post(visit.tx, visit.person, stamped, visit.now, language=visit.language, over=over, priority=priority)


def _in_a_group(tx: Session, house: House, envelope: Envelope, now: datetime) -> None:
    """One line with a button to write privately, whatever the command; nothing is kept of the group."""
    lane = people.lane_of(tx, envelope.channel, envelope.chat)
    if not isinstance(envelope.got, Command) or outbox.busy(tx, lane, now - GROUP_QUIET):
        return
    button = Button(phrase(texts.WRITE_TO_ME), url=f"https://t.me/{house.bot_username}")
    out = Outgoing(envelope.chat, language_of(envelope.language) or "en", say(texts.IN_GROUPS, buttons=((button,),)))
    outbox.put(tx, envelope.channel, lane, OUTGOING.dump_json(out), now)


def _reach(tx: Session, person: Person, reach: Reach, now: datetime) -> None:
    person.reachable = reach.open
    if reach.open:
        outbox.hurry(tx, person.chat_token, now)
    else:
        outbox.drop_lane(tx, person.chat_token, "blocked", now)


def failed(tx: Session, channel: str, update_id: int, chat: str, error: str, now: datetime) -> bool:
    """Count a failed update; after the third try set it aside, and say so to the person and to administrators."""
    if not claims.failed(tx, channel, update_id, error, now):
        return False
    try:
        with tx.begin_nested():
            _tell(tx, channel, chat, error, now)
    except Exception as failure:  # a damaged row must not keep the update from being set aside
        log.error("nobody could be told of update %s: %s", update_id, type(failure).__name__)
    return True


def _tell(tx: Session, channel: str, chat: str, error: str, now: datetime) -> None:
    if person := people.find(tx, channel, chat):
        post(tx, person, say(texts.OUR_FAULT), now)
    tell_admins(tx, say(texts.FAULT_TOLD, error=error), now)
