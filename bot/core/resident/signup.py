"""The sign-up conversation: notice, phone, place, number of cameras, summary. Also how an entry is changed."""

from dataclasses import replace

from bot import texts
from bot.core.geo import Point, metres
from bot.core.messages import Contact, Incoming, Phrase, Pin, Say, Tap, Text, Whose, phrase
from bot.core.outside import hint_outside
from bot.core.reading.counts import read_count
from bot.core.reading.phone import read_phone
from bot.core.reading.places import ShortLink, Swapped, read_place
from bot.core.registration import FEWEST, MOST, SAME_PLACE_M, Draft, Entry, Site, label
from bot.core.resident.signup_desk import Agree, Desk, Effect, Refuse, Save, SpeakIn
from bot.core.resident.signup_hints import what_instead
from bot.core.resident.signup_questions import (
    ChooseLanguage,
    NeedConsent,
    NeedCount,
    NeedHere,
    NeedMany,
    NeedNumber,
    NeedPlace,
    NeedSame,
    NeedSave,
    Stage,
    agreed,
    question,
    reminder,
)
from bot.core.turn import Turn, general_hint, hinted, in_place

ASK_AGAIN_ABOVE = 50


Out = Turn[Stage, Effect]


def begin(desk: Desk, language_known: bool) -> Stage:
    """Where a person starts: at the first thing that is not known yet."""
    if not language_known:
        return ChooseLanguage()
    if not desk.agreed:
        return NeedConsent()
    return NeedPlace(desk.known_phone) if desk.known_phone else NeedNumber()


def asks_for_entries(stage: Stage, got: Incoming) -> bool:
    """Whether what this answer leads to depends on the person's own entries: else nobody needs to look them up."""
    match stage, got:
        case (NeedConsent(), Tap("no")) | (NeedHere(), Tap("here")):
            return True
    return False


def step(stage: Stage, got: Incoming, desk: Desk) -> Out:
    """One answer, one outcome. Never raises: an answer that does not fit gets a hint and the question again."""
    if got == Tap("back") and (earlier := _earlier(stage)):
        return _ask(earlier, got, desk)
    match stage, got:
        case ((ChooseLanguage() | NeedConsent()), Tap()):
            return _consent(stage, got, desk)
        case NeedNumber(kept), Contact(number, Whose.OWN) if phone := read_phone(number, desk.town.region):
            return _ask(NeedSave(replace(kept, phone=phone)) if kept else NeedPlace(phone), got, desk)
        case NeedPlace(), (Pin() | Text()):
            return _place(stage, got, desk)
        case NeedHere(phone, _, _, kept), (Pin() | Text()) if _names_a_place(got, desk):
            return _place(NeedPlace(phone, kept), got, desk)
        case NeedHere(), Tap():
            return _here(stage, got, desk)
        case NeedSame(), Tap():
            return _same(stage, got, desk)
        case NeedCount(), (Tap() | Text()):
            return _count(stage, got, desk)
        case NeedMany(phone, site, _, updates, kept), Text(words) if read_count(words) is not None:
            return _count(NeedCount(phone, site, updates, kept), got, desk)
        case NeedMany(phone, site, cameras, updates, _), Tap("yes"):
            return _ask(NeedSave(Draft(phone, site, cameras, updates)), got, desk)
        case NeedSave(), Tap():
            return _save(stage, got, desk)
    return _hint(stage, got, desk)


def _ask(stage: Stage, got: Incoming, desk: Desk) -> Out:
    return Turn(stage, in_place(got, question(stage, desk.town)))


def _consent(stage: ChooseLanguage | NeedConsent, got: Tap, desk: Desk) -> Out:
    match stage, got.data:
        case _, "hi" | "en" as language:
            return Turn(NeedConsent(), in_place(got, question(NeedConsent(), desk.town)), SpeakIn(language))
        case NeedConsent(), "agree":
            return _agree(desk)
        case NeedConsent(), "no":
            return _refuse(got, desk)
    return _hint(stage, got, desk)


def _agree(desk: Desk) -> Out:
    stage = NeedPlace(desk.known_phone) if desk.known_phone else NeedNumber()
    return Turn(stage, (agreed(desk.town), *question(stage, desk.town)), Agree())


def _refuse(got: Tap, desk: Desk) -> Out:
    if desk.mine:
        return Turn(None, in_place(got, (Say((phrase(texts.KEPT_AS_IT_WAS),)),)))
    return Turn(None, in_place(got, (Say((phrase(texts.REFUSED),)),)), Refuse())


def _names_a_place(got: Pin | Text, desk: Desk) -> bool:
    return isinstance(got, Pin) or isinstance(read_place(got.words, desk.town.city), Point | Swapped)


def _place(stage: NeedPlace, got: Pin | Text, desk: Desk) -> Out:
    swapped = False
    match got:
        case Pin(_, name) if hint := general_hint(Text(name)):
            return _again(hint, stage, desk)
        case Pin(point, name):
            site = Site(point, label(name))
        case Text(words):
            match read_place(words, desk.town.city):
                case Point() as point:
                    site = Site(point)
                case Swapped(point):
                    site, swapped = Site(point), True
                case ShortLink():
                    return _again(phrase(texts.HINT_SHORT_LINK), stage, desk)
                case _:
                    return _hint(stage, got, desk)
    if not desk.town.city.holds(site.point):
        return _again(hint_outside(desk.town, site.point), stage, desk)
    return _ask(NeedHere(stage.phone, site, swapped, stage.kept), got, desk)


def _here(stage: NeedHere, got: Tap, desk: Desk) -> Out:
    match got.data:
        case "elsewhere":
            return _ask(NeedPlace(stage.phone, stage.kept), got, desk)
        case "here" if stage.kept:
            return _ask(NeedSave(replace(stage.kept, site=stage.site)), got, desk)
        case "here" if near := _entry_at(stage.site.point, desk):
            return _ask(NeedSame(stage.phone, stage.site, near.number, near.cameras), got, desk)
        case "here":
            return _ask(NeedCount(stage.phone, stage.site), got, desk)
    return _hint(stage, got, desk)


def _entry_at(point: Point, desk: Desk) -> Entry | None:
    near = [entry for entry in desk.mine if metres(entry.site.point, point) <= SAME_PLACE_M]
    return min(near, key=lambda entry: metres(entry.site.point, point), default=None)


def _same(stage: NeedSame, got: Tap, desk: Desk) -> Out:
    match got.data:
        case "update":
            return _ask(NeedCount(stage.phone, stage.site, stage.number), got, desk)
        case "another":
            return _ask(NeedCount(stage.phone, stage.site), got, desk)
    return _hint(stage, got, desk)


def _count(stage: NeedCount, got: Tap | Text, desk: Desk) -> Out:
    cameras = read_count(got.words if isinstance(got, Text) else got.data)
    if cameras is None:
        return _hint(stage, got, desk)
    if not FEWEST <= cameras <= MOST:
        return _again(phrase(texts.HINT_COUNT_RANGE, least=FEWEST, most=MOST), stage, desk)
    if cameras > ASK_AGAIN_ABOVE:
        return _ask(NeedMany(stage.phone, stage.site, cameras, stage.updates, stage.kept), got, desk)
    return _ask(NeedSave(Draft(stage.phone, stage.site, cameras, stage.updates)), got, desk)


def _save(stage: NeedSave, got: Tap, desk: Desk) -> Out:
    draft = stage.draft
    match got.data:
        case "save":
            return Turn(None, (), Save(draft))
        case "leave":
            return Turn(None, in_place(got, (Say((phrase(texts.KEPT_AS_IT_WAS),)),)))
        case "change:number":
            return _ask(NeedNumber(draft), got, desk)
        case "change:place":
            return _ask(NeedPlace(draft.phone, draft), got, desk)
        case "change:count":
            return _ask(NeedCount(draft.phone, draft.site, draft.updates, draft), got, desk)
    return _hint(stage, got, desk)


def _earlier(stage: Stage) -> Stage | None:
    match stage:
        case NeedNumber(kept):
            return NeedSave(kept) if kept else NeedConsent()
        case NeedPlace(_, kept):
            return NeedSave(kept) if kept else NeedNumber()
        case NeedHere(phone, _, _, kept):
            return NeedPlace(phone, kept)
        case NeedCount(_, _, _, Draft() as kept):
            return NeedSave(kept)
        case NeedSame(phone) | NeedCount(phone):
            return NeedPlace(phone)
        case NeedMany(phone, site, _, updates, kept):
            return NeedCount(phone, site, updates, kept)
        case NeedSave(Draft(phone, site, _, updates) as draft):
            return NeedCount(phone, site, updates, draft if updates else None)  # a correction stays one
    return None


def _hint(stage: Stage, got: Incoming, desk: Desk) -> Out:
    return _again(general_hint(got) or what_instead(stage, got), stage, desk)


def _again(hint: Phrase, stage: Stage, desk: Desk) -> Out:
    return Turn(stage, hinted(hint, reminder(stage, desk.town)))
