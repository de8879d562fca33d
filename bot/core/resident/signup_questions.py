"""The stages of the sign-up conversation, each holding exactly what is known by then, and their questions."""

from dataclasses import dataclass

from bot import texts
from bot.core.messages import Ask, Button, Phrase, Rows, Say, phrase, say
from bot.core.registration import Draft, Site, cameras, place_of
from bot.core.resident.leaving import leftovers
from bot.core.town import Town


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    pass


@dataclass(frozen=True, slots=True)
class NeedConsent:
    pass


@dataclass(frozen=True, slots=True)
class NeedNumber:
    kept: Draft | None = None  # the other answers, when only this one changes


@dataclass(frozen=True, slots=True)
class NeedPlace:
    phone: str
    kept: Draft | None = None


@dataclass(frozen=True, slots=True)
class NeedHere:
    phone: str
    site: Site
    swapped: bool = False  # longitude was written first
    kept: Draft | None = None


@dataclass(frozen=True, slots=True)
class NeedSame:
    """The person already has an entry within a few steps of here."""

    phone: str
    site: Site
    number: str
    cameras: int


@dataclass(frozen=True, slots=True)
class NeedCount:
    phone: str
    site: Site
    updates: str = ""
    kept: Draft | None = None


@dataclass(frozen=True, slots=True)
class NeedMany:
    """An unusually large number is asked once more."""

    phone: str
    site: Site
    cameras: int
    updates: str = ""
    kept: Draft | None = None


@dataclass(frozen=True, slots=True)
class NeedSave:
    draft: Draft


Stage = ChooseLanguage | NeedConsent | NeedNumber | NeedPlace | NeedHere | NeedSame | NeedCount | NeedMany | NeedSave


def corrects(stage: Stage) -> str:
    """The number of the entry that this conversation corrects; empty where it makes a new one."""
    match stage:
        case NeedCount(updates=updates) | NeedMany(updates=updates):
            return updates
        case (
            NeedNumber(Draft(updates=updates))
            | NeedPlace(_, Draft(updates=updates))
            | NeedHere(kept=Draft(updates=updates))
            | NeedSave(Draft(updates=updates))
        ):
            return updates
    return ""


def button(label: str, data: str) -> Button:
    return Button(phrase(label), data)


BACK = button(texts.BACK, "back")


def question(stage: Stage, town: Town) -> tuple[Say, ...]:
    """What asks for the answer that this stage waits for; the last message carries the buttons."""
    match stage:
        case ChooseLanguage():
            return (say(texts.CHOOSE_LANGUAGE, buttons=(language_buttons(),)),)
        case NeedConsent():
            return (Say((notice(town),), _consent_buttons()),)
        case NeedNumber(kept):
            return (say(_step(1, phrase(texts.ASK_NUMBER), alone=bool(kept)), ask=Ask.NUMBER, back=True),)
        case NeedPlace(_, kept):
            return (say(_step(2, phrase(texts.ASK_PLACE), alone=bool(kept)), ask=Ask.PLACE, back=True),)
        case NeedHere():
            return _here(stage)
        case NeedSame(_, _, number, n):
            update, another = button(texts.UPDATE_IT, "update"), button(texts.IT_IS_ANOTHER, "another")
            words = phrase(texts.ASK_SAME, number=number, cameras=cameras(n))
            return (say(_step(2, words), buttons=((update,), (another,), (BACK,))),)
        case NeedCount(_, _, updates, kept):
            words = _step(3, phrase(texts.ASK_COUNT), alone=bool(updates or kept))
            return (say(words, buttons=(_numbers(1, 3), _numbers(4, 6), (BACK,))),)
        case NeedMany(_, _, n, updates, kept):
            yes = Button(phrase(texts.YES_MANY, n=n), "yes")
            words = _step(3, phrase(texts.ASK_MANY, n=n), alone=bool(updates or kept))
            return (say(words, buttons=((yes,), (BACK,))),)
        case NeedSave(draft):
            return (_summary(draft),)


def reminder(stage: Stage, town: Town) -> tuple[Say, ...]:
    """The same question once more; of the notice, which is long and stands above, only its buttons."""
    if isinstance(stage, NeedConsent):
        return (Say((phrase(texts.CONSENT_AGAIN),), _consent_buttons()),)
    return question(stage, town)


def _step(n: int, asked: Phrase, *, alone: bool = False) -> Phrase:
    """`2 of 3 · ...`, unless this answer alone is being changed."""
    return asked if alone else phrase(texts.STEP, n=n, most=3, question=asked)


def notice(town: Town) -> Phrase:
    """The notice that the DPDP Act asks for: who, what, what for, what never, and one's rights."""
    after = leftovers(town.retention_days)
    return phrase(texts.NOTICE, police=town.police, contact=town.contact, leftovers=after)


def agreed(town: Town) -> Say:
    """The notice as it stays in the chat once it was accepted: without buttons, with a mark."""
    return Say((phrase(texts.NOTICE_AGREED, notice=notice(town)),), replace=True)


def language_buttons() -> tuple[Button, ...]:
    return (button(texts.HINDI, "hi"), button(texts.ENGLISH, "en"))


def _consent_buttons() -> Rows:
    return ((button(texts.AGREE, "agree"),), (button(texts.NO_THANKS, "no"), *language_buttons()))


def _here(stage: NeedHere) -> tuple[Say, ...]:
    site, words = stage.site, texts.ASK_HERE_SWAPPED if stage.swapped else texts.ASK_HERE
    asked = _step(2, phrase(words, place=place_of(site)), alone=bool(stage.kept))
    buttons = ((button(texts.YES_HERE, "here"),), (button(texts.ELSEWHERE, "elsewhere"), BACK))
    pin = Say((), ask=Ask.CLEAR, pin=site.point)
    return (pin, Say((asked,), buttons, address_of=site.point))


def _numbers(first: int, last: int) -> tuple[Button, ...]:
    return tuple(Button(phrase(texts.COUNT_BUTTON, n=n), str(n)) for n in range(first, last + 1))


def _summary(draft: Draft) -> Say:
    words = phrase(texts.SUMMARY, phone=draft.phone, place=place_of(draft.site), cameras=cameras(draft.cameras))
    if draft.updates:
        words = phrase(texts.SUMMARY_CHANGE, number=draft.updates, summary=words)
    changes = (
        button(texts.CHANGE_NUMBER, "change:number"),
        button(texts.CHANGE_PLACE, "change:place"),
        button(texts.CHANGE_COUNT, "change:count"),
    )
    leave = button(texts.LEAVE_IT, "leave") if draft.updates else BACK
    return Say((words,), ((button(texts.SAVE, "save"),), changes, (leave,)))
