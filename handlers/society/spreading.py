"""`/invite`: the society's link, a text to forward, a poster; renewed and withdrawn by its office-bearer."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from bot import texts
from bot.core.files import Print
from bot.core.messages import Answer, Button, Name, Phrase, Say, phrase, say
from bot.core.picture import Poster
from bot.core.society.society import Purpose
from bot.words import words
from handlers.society import bearing
from handlers.visit import Visit
from storage import audit
from storage.society import doors, societies
from storage.station import stations
from storage.tables.societies import Door, Society

WAYS = {Purpose.MESSAGE: texts.DOOR_MESSAGE, Purpose.POSTER: texts.DOOR_POSTER}
SHARE = {"hi": texts.SHARE_HINDI, "en": texts.SHARE_ENGLISH}


def command(visit: Visit) -> Sequence[Answer]:
    """`/invite`: for each society the link, and a text in Hindi and in English."""
    found = bearing.mine(visit)
    return [said for society in found for said in _all_of(visit, society)] or bearing.none()


def _all_of(visit: Visit, society: Society) -> list[Say]:
    door, name = _door(visit, society, Purpose.MESSAGE), societies.named(visit.tx, society).name
    if door.shut_at:
        line = phrase(texts.INVITE_SHUT, society=name, key=phrase(texts.SOCIETY_RENEW))
        texts_to_forward = []
    else:
        line = phrase(texts.INVITE, society=name, links=_links(visit, door))
        texts_to_forward = [_to_forward(visit, name, door, language) for language in SHARE]
    return [Say((line,), _buttons(visit, society)), *texts_to_forward]


def _buttons(visit: Visit, society: Society) -> tuple[tuple[Button, ...], ...]:
    poster = (
        Button(phrase(texts.POSTER_PDF), f"/invite:pdf:{society.id}"),
        Button(phrase(texts.POSTER_PNG), f"/invite:png:{society.id}"),
    )
    some_open = any(door.shut_at is None for door in doors.of(visit.tx, society, visit.now))
    renew = Button(phrase(texts.SOCIETY_RENEW), f"/invite:renew:{society.id}")
    stop = Button(phrase(texts.SOCIETY_CLOSE), f"/invite:stop:{society.id}")
    return (poster, (renew, stop) if some_open else (renew,))


def _links(visit: Visit, door: Door) -> Phrase:
    """The link; with one for WhatsApp where the bot has a number there."""
    payload, number = doors.payload_of(visit.tx, door), visit.house.whatsapp_number
    link = visit.house.link(payload)
    if not number:
        return phrase(texts.AS_IT_IS, words=link)
    return phrase(texts.BOTH_LINKS, telegram=link, whatsapp=f"https://wa.me/{number}?text={payload}")


def _to_forward(visit: Visit, name: str, door: Door, language: str) -> Say:
    """A text in one language, whichever the office-bearer's own is, and a button that hands it on."""
    text = words(phrase(texts.FORWARD, society=name, links=_links(visit, door)), language)
    short = words(phrase(texts.FORWARD_SHORT, society=name), language)
    link = visit.house.link(doors.payload_of(visit.tx, door))
    shared = "https://t.me/share/url?" + urlencode({"url": link, "text": short}, quote_via=quote)
    return Say((phrase(texts.AS_IT_IS, words=text),), ((Button(phrase(SHARE[language]), url=shared),),))


def pdf(visit: Visit) -> Sequence[Answer]:
    """The button `/invite:pdf:<society>`: the poster to print, A4."""
    return _poster(visit, texts.POSTER_PDF_FILE)


def png(visit: Visit) -> Sequence[Answer]:
    """The button `/invite:png:<society>`: the poster as a picture, for groups."""
    return _poster(visit, texts.POSTER_PNG_FILE)


def _poster(visit: Visit, file: str) -> Sequence[Answer]:
    if (society := bearing.named(visit)) is None:
        return (say(texts.NOT_YOUR_SOCIETY),)
    door, name = _door(visit, society, Purpose.POSTER), societies.named(visit.tx, society).name
    if door.shut_at:
        return (say(texts.POSTER_SHUT, society=name, key=phrase(texts.SOCIETY_RENEW)),)
    town, link = visit.house.town, visit.house.link(doors.payload_of(visit.tx, door))
    poster = Poster(name, town.name, town.police, _contact(visit, society), link)
    return (Say((phrase(texts.POSTER_HERE, society=name),), document=Print(file, poster)),)


def _contact(visit: Visit, society: Society) -> Name:
    """Whom neighbours can ask: the station, with its own contact where one is known."""
    station, town = stations.find(visit.tx, society.station), visit.house.town.contact
    contact = Name(station.contact, station.contact) if station and station.contact else town
    whole = phrase(texts.POSTER_CONTACT, station=society.station, contact=contact)
    return Name(words(whole, "en"), words(whole, "hi"))


def renew(visit: Visit) -> Sequence[Answer]:
    """The button `/invite:renew:<society>`: which of its links?"""
    return _which(visit, texts.WHICH_RENEW, "renewed", only_open=False)


def stop(visit: Visit) -> Sequence[Answer]:
    """The button `/invite:stop:<society>`: which of its links?"""
    return _which(visit, texts.WHICH_STOP, "stopped", only_open=True)


def _which(visit: Visit, asked: str, deed: str, *, only_open: bool) -> Sequence[Answer]:
    if (society := bearing.named(visit)) is None:
        return (say(texts.NOT_YOUR_SOCIETY),)
    found = [door for door in doors.of(visit.tx, society, visit.now) if not (only_open and door.shut_at)]
    rows = [(Button(phrase(WAYS[Purpose(door.purpose)]), f"/invite:{deed}:{door.id}"),) for door in found]
    leave = (Button(phrase(texts.KEEP_IT_SO), "/invite:leave"),)
    return (say(asked, society=societies.named(visit.tx, society).name, buttons=(*rows, leave)),)


def leave(_visit: Visit) -> Sequence[Answer]:
    """The button `/invite:leave`."""
    return (say(texts.KEPT_AS_IT_WAS, replace=True),)


def renewed(visit: Visit) -> Sequence[Answer]:
    """The button `/invite:renewed:<link>`: another link in its place."""
    if (found := bearing.door_named(visit)) is None:
        return (say(texts.NOT_YOUR_SOCIETY),)
    society, door = found
    doors.renew(visit.tx, door, visit.now)
    _written(visit, society, "renewed")
    said = texts.DOOR_RENEWED if door.purpose == Purpose.MESSAGE else texts.POSTER_RENEWED
    return (say(said, replace=True), *_all_of(visit, society))


def stopped(visit: Visit) -> Sequence[Answer]:
    """The button `/invite:stopped:<link>`: it opens the sign-up without the society, and counts no more."""
    if (found := bearing.door_named(visit)) is None:
        return (say(texts.NOT_YOUR_SOCIETY),)
    society, door = found
    if doors.shut(door, visit.now):
        _written(visit, society, "stopped")
    renew_it = Button(phrase(texts.SOCIETY_RENEW), f"/invite:renewed:{door.id}")
    return (say(texts.DOOR_STOPPED, buttons=((renew_it,),), replace=True),)


def _door(visit: Visit, society: Society, purpose: Purpose) -> Door:
    return next(door for door in doors.of(visit.tx, society, visit.now) if door.purpose == purpose)


def _written(visit: Visit, society: Society, deed: str) -> None:
    by = next(grant for grant in visit.grants if grant.society_id == society.id)
    audit.write(visit.tx, audit.Act.SOCIETY, visit.now, by=by, society=society.id, deed=deed)
