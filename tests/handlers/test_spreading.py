"""`/invite`: an office-bearer gets the link, texts to forward and a poster, and can renew and withdraw them."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.files import Print
from bot.core.messages import Button, Phrase, Say, Tap
from bot.core.picture import Poster
from bot.core.society.society import LONGEST, Named, Purpose, read_name
from bot.words import words
from handlers.pictures import studio
from storage import audit
from tests.chat import Chat, Phone
from tests.conftest import become_officer
from tests.societies import SHANTI, Neighbourhood, bears, founded

MOST_URL = 2048  # letters: what every client opens


@pytest.fixture
def society(chat: Chat) -> Neighbourhood:
    return founded(chat)


@pytest.fixture
def bearer(society: Neighbourhood) -> Phone:
    return bears(society)


def link(society: Neighbourhood, purpose: Purpose = Purpose.MESSAGE) -> str:
    return f"https://t.me/citizen_eye_bot?start={society.payload(purpose)}"


def said(who: Phone) -> list[Say]:
    return [answer for answer in who.answers if isinstance(answer, Say)]


def printed(who: Phone) -> Print:
    file = said(who)[0].document
    assert isinstance(file, Print)
    return file


def shared(who: Phone) -> list[Button]:
    return [button for one in said(who) for row in one.buttons for button in row if button.url]


def test_the_link_comes_with_a_text_in_hindi_and_in_english(society: Neighbourhood, bearer: Phone) -> None:
    bearer.says("/invite")

    assert bearer.reads == [texts.INVITE, texts.AS_IT_IS, texts.AS_IT_IS]
    first, hindi, english = (words(one.lines[0], "en") for one in said(bearer))
    forward = Phrase(texts.FORWARD, {"society": SHANTI.name, "links": link(society)})
    assert link(society) in first
    assert (hindi, english) == (words(forward, "hi"), words(forward, "en"))


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_texts_are_the_same_whatever_language_the_office_bearer_speaks(bearer: Phone, language: str) -> None:
    bearer.says("/language")
    bearer.taps(texts.HINDI if language == "hi" else texts.ENGLISH)
    bearer.says("/invite")

    both = [words(one.lines[0], language) for one in said(bearer)[1:]]
    assert ["नंबर" in one for one in both] == [True, False]


def test_the_share_buttons_open_telegram_with_link_and_text(society: Neighbourhood, bearer: Phone) -> None:
    bearer.says("/invite")

    for button, language in zip(shared(bearer), ("hi", "en"), strict=True):
        parts = urlsplit(button.url)
        query = parse_qs(parts.query)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://t.me/share/url"
        assert query["url"] == [link(society)]
        assert query["text"] == [words(Phrase(texts.FORWARD_SHORT, {"society": SHANTI.name}), language)]


def test_the_share_buttons_stay_short_enough_with_the_longest_name_in_hindi(chat: Chat) -> None:
    bearer = bears(founded(chat, Named("क्षि" * (LONGEST // 4), "Vijay Nagar")))

    bearer.says("/invite")

    assert [len(button.url) <= MOST_URL for button in shared(bearer)] == [True, True]


def test_a_neighbour_who_follows_the_link_signs_up(society: Neighbourhood, bearer: Phone) -> None:
    bearer.says("/invite")
    payload = parse_qs(urlsplit(parse_qs(urlsplit(shared(bearer)[0].url).query)["url"][0]).query)["start"][0]

    who = society.chat.phone(3050)
    who.says(f"/start {payload}")

    assert who.reads == [texts.INVITED_BY, texts.NOTICE]


def test_with_a_number_there_a_link_for_whatsapp_stands_beside_it(society: Neighbourhood, bearer: Phone) -> None:
    society.chat.house = replace(society.chat.house, whatsapp_number="919812345678")

    bearer.says("/invite")

    assert f"https://wa.me/919812345678?text={society.payload()}" in bearer.sees
    assert link(society) in bearer.sees


@pytest.mark.parametrize(
    ("label", "file"), [(texts.POSTER_PDF, texts.POSTER_PDF_FILE), (texts.POSTER_PNG, texts.POSTER_PNG_FILE)]
)
def test_the_poster_has_a_link_of_its_own(society: Neighbourhood, bearer: Phone, label: str, file: str) -> None:
    bearer.says("/invite")
    bearer.taps(label)

    poster = printed(bearer).picture
    assert printed(bearer).name == file
    assert isinstance(poster, Poster)
    assert poster.link == link(society, Purpose.POSTER) != link(society)
    assert poster.society == SHANTI.name
    assert "Palasia" in poster.contact.en


@pytest.mark.parametrize("name", ["St. Paul's Colony & Annexe", "शांति निकेतन, सेक्टर-2 (पूर्व)", "W" * LONGEST, "क्षि" * 15])
def test_whatever_name_is_taken_can_be_printed(chat: Chat, name: str) -> None:
    assert read_name(name) == name
    bearer = bears(founded(chat, Named(name, "Vijay Nagar")))
    bearer.says("/invite")
    bearer.taps(texts.POSTER_PDF)
    pdf, png = printed(bearer), Print("poster.png", printed(bearer).picture)

    assert studio.make(pdf, "en").startswith(b"%PDF")
    assert studio.make(png, "hi").startswith(b"\x89PNG")


def test_a_renewed_link_counts_on_and_the_old_one_opens_the_ordinary_sign_up(
    society: Neighbourhood, bearer: Phone
) -> None:
    old = society.payload()
    society.neighbours_register(5)
    bearer.says("/invite")
    bearer.taps(texts.SOCIETY_RENEW)
    bearer.taps(texts.DOOR_MESSAGE)
    renewed = bearer.reads
    late = society.chat.phone(3050)
    late.says(f"/start {old}")
    bearer.says("/progress")

    assert renewed[:2] == [texts.DOOR_RENEWED, texts.INVITE]
    assert society.payload() != old
    assert late.reads == [texts.NOTICE]
    assert "at least 5 sign-ups" in bearer.sees


def test_a_renewed_poster_leaves_the_link_in_messages_alone(society: Neighbourhood, bearer: Phone) -> None:
    message, poster = society.payload(), society.payload(Purpose.POSTER)
    bearer.says("/invite")
    bearer.taps(texts.SOCIETY_RENEW)
    bearer.taps(texts.DOOR_POSTER)

    assert bearer.reads[0] == texts.POSTER_RENEWED
    assert society.payload() == message
    assert society.payload(Purpose.POSTER) != poster


def test_a_withdrawn_link_is_gone_until_it_is_renewed(society: Neighbourhood, bearer: Phone) -> None:
    old = society.payload()
    bearer.says("/invite")
    bearer.taps(texts.SOCIETY_CLOSE)
    bearer.taps(texts.DOOR_MESSAGE)
    stopped = bearer.reads
    who = society.chat.phone(3050)
    who.says(f"/start {old}")
    bearer.says("/invite")
    shut = bearer.reads
    bearer.taps(texts.SOCIETY_RENEW)
    bearer.taps(texts.DOOR_MESSAGE)

    assert (stopped, who.reads, shut) == ([texts.DOOR_STOPPED], [texts.NOTICE], [texts.INVITE_SHUT])
    assert texts.INVITE in bearer.reads
    assert society.payload() != old


def test_a_withdrawn_poster_is_not_printed(bearer: Phone) -> None:
    bearer.says("/invite")
    poster = bearer.button(texts.POSTER_PDF)
    bearer.taps(texts.SOCIETY_CLOSE)
    bearer.taps(texts.DOOR_POSTER)

    bearer.taps_again(poster)

    assert bearer.reads == [texts.POSTER_SHUT]


def test_leaving_it_renews_nothing(society: Neighbourhood, bearer: Phone) -> None:
    old = society.payload()
    bearer.says("/invite")
    bearer.taps(texts.SOCIETY_RENEW)
    bearer.taps(texts.KEEP_IT_SO)

    assert bearer.reads == [texts.KEPT_AS_IT_WAS]
    assert society.payload() == old


@pytest.mark.parametrize("deed", ["pdf", "png", "renew", "stop"])
def test_another_society_s_buttons_do_nothing(chat: Chat, bearer: Phone, deed: str) -> None:
    other = founded(chat, Named("Green Park", "Bhawarkua"))

    for row in (other.id, 0, 2**80):
        bearer.sends(Tap(f"/invite:{deed}:{row}"))
        assert bearer.reads == [texts.NOT_YOUR_SOCIETY]


@pytest.mark.parametrize("deed", ["renewed", "stopped"])
def test_another_society_s_links_stay_as_they_are(chat: Chat, bearer: Phone, deed: str) -> None:
    other = founded(chat, Named("Green Park", "Bhawarkua"))
    before = other.payload()

    bearer.sends(Tap(f"/invite:{deed}:{other.door_id()}"))

    assert bearer.reads == [texts.NOT_YOUR_SOCIETY]
    assert other.payload() == before
    assert chat.store.run(lambda tx: other.door(tx).shut_at) is None


def test_whoever_spreads_the_word_for_two_societies_gets_both_links(chat: Chat, bearer: Phone) -> None:
    bears(founded(chat, Named("Green Park", "Bhawarkua")), bearer)

    bearer.says("/invite")

    assert bearer.reads.count(texts.INVITE) == 2


def test_an_office_bearer_without_a_society_is_told_where_to_get_one(chat: Chat) -> None:
    bearer = become_officer(chat.phone(3001), Role.BEARER)

    for command in ("/invite", "/progress"):
        bearer.says(command)
        assert bearer.reads == [texts.NO_SOCIETY]


def test_renewing_and_withdrawing_are_written_down(bearer: Phone, tx: Session) -> None:
    bearer.says("/invite")
    bearer.taps(texts.SOCIETY_RENEW)
    bearer.taps(texts.DOOR_POSTER)
    bearer.says("/invite")
    bearer.taps(texts.SOCIETY_CLOSE)
    bearer.taps(texts.DOOR_MESSAGE)

    deeds = [audit.detail_of(tx, row)["deed"] for row in audit.rows(tx, audit.Act.SOCIETY)]
    assert deeds == ["renewed", "stopped"]
