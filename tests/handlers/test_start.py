"""From /start to saved: the language, the notice and the consent, and how few taps it takes."""

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.messages import Contact, Menu, Pin, Say, Tap, Whose
from bot.core.resident.signup_questions import ChooseLanguage, NeedConsent
from bot.core.town import NOTICE_VERSION
from bot.words import words
from storage import people, registrations
from storage.tables.register import Registration
from tests.chat import NOON, RAJWADA, Chat, Phone

MOST_TAPS = 8
TELEGRAM_ASKS_TOO = 2  # "Share your number?", "Share your location?": its own questions, after the two keys


@pytest.mark.parametrize("language", ["en", "hi", "ta", ""])
def test_from_start_to_saved_takes_at_most_eight_taps_and_no_typing(chat: Chat, language: str) -> None:
    resident = chat.phone(1001, language)
    taps = 1  # START, the key that Telegram shows a newcomer

    resident.says("/start")
    if resident.asked == texts.CHOOSE_LANGUAGE:
        resident.taps(texts.ENGLISH)
        taps += 1
    for tap in (
        Tap(resident.button(texts.AGREE).data),
        Contact(resident.number, Whose.OWN),  # the key under the text field
        Pin(RAJWADA),  # the key under the text field
    ):
        resident.sends(tap)
        taps += 1
    for label in (texts.YES_HERE, "4", texts.SAVE):
        resident.taps(label)
        taps += 1

    assert resident.asked == texts.SAVED
    assert taps <= MOST_TAPS
    if language in ("en", "hi"):  # whoever's language is known, not even with Telegram's own questions, after START
        assert taps - 1 + TELEGRAM_ASKS_TOO <= MOST_TAPS


@pytest.mark.parametrize(("code", "language"), [("hi", "hi"), ("hi-IN", "hi"), ("en", "en"), ("en-GB", "en")])
def test_the_language_is_taken_from_the_channel(chat: Chat, tx: Session, code: str, language: str) -> None:
    resident = chat.phone(1001, code)

    resident.says("/start")

    assert resident.asked == texts.NOTICE
    person = people.get(tx, resident.row)
    assert person
    assert person.language == language


@pytest.mark.parametrize("code", ["ta", "mr-IN", "", "hindi"])
@pytest.mark.parametrize(("label", "language"), [(texts.HINDI, "hi"), (texts.ENGLISH, "en")])
def test_any_other_language_gets_a_question_in_both(
    chat: Chat, tx: Session, code: str, label: str, language: str
) -> None:
    resident = chat.phone(1001, code)

    resident.says("/start")
    both = resident.sees
    resident.taps(label)

    assert "भाषा" in both
    assert "language" in both
    assert resident.asked == texts.NOTICE
    person = people.get(tx, resident.row)
    assert person
    assert person.language == language


@pytest.mark.parametrize(("code", "label"), [("ta", texts.HINDI), ("en", texts.HINDI), ("hi", texts.ENGLISH)])
def test_the_command_menu_comes_in_the_language_that_was_chosen(chat: Chat, code: str, label: str) -> None:
    resident = chat.phone(1001, code)
    resident.says("/start")

    resident.sends(Tap(resident.button(label).data))

    assert Menu(frozenset()) in resident.answers


def test_at_the_notice_the_other_language_is_one_tap_away(resident: Phone) -> None:
    resident.says("/start")

    resident.taps(texts.HINDI)

    assert resident.asked == texts.NOTICE
    assert [said.replace for said in resident.answers if isinstance(said, Say)] == [True]


def test_the_notice_names_who_asks_what_is_kept_and_what_never(resident: Phone) -> None:
    resident.says("/start")

    for needed in ("Indore Police", "mobile number", "place of the camera", "how many", "Never: no picture", "/forget"):
        assert needed in resident.sees
    for needed in ("365 days", "the data officer", "Data Protection Board", "voluntary", "18 or older"):
        assert needed in resident.sees


def test_consent_is_kept_with_the_notices_version_and_the_time(chat: Chat, resident: Phone, tx: Session) -> None:
    resident.says("/start")
    chat.later(minutes=3)
    agreed_at = chat.now
    resident.taps(texts.AGREE)

    person = people.get(tx, resident.row)
    assert person
    assert (person.consent_version, person.consent_at) == (NOTICE_VERSION, agreed_at)


def test_every_entry_carries_the_consent_it_was_made_under(chat: Chat, resident: Phone, tx: Session) -> None:
    resident.says("/start")
    resident.taps(texts.AGREE)
    chat.later(hours=20)
    number = resident.registers()

    row = registrations.find(tx, number)
    assert row
    assert (row.consent_version, row.consent_at) == (NOTICE_VERSION, NOON)


def test_no_thanks_ends_it_and_nothing_is_registered(resident: Phone, tx: Session) -> None:
    resident.says("/start")

    resident.taps(texts.NO_THANKS)

    assert resident.reads == [texts.REFUSED]
    assert resident.stack == []
    person = people.get(tx, resident.row)
    assert person
    assert (person.consent_at, person.phone_sealed) == (None, None)


def test_whoever_agrees_goes_back_and_says_no_has_not_agreed(resident: Phone, tx: Session) -> None:
    resident.says("/start")
    resident.taps(texts.AGREE)
    resident.sends(Tap("back"))

    resident.taps(texts.NO_THANKS)

    assert resident.reads == [texts.REFUSED]
    person = people.get(tx, resident.row)
    assert person
    assert (person.consent_at, person.consent_version) == (None, "")


def test_whoever_has_entries_and_refuses_another_look_at_the_notice_keeps_them(resident: Phone, tx: Session) -> None:
    number = resident.registers()
    resident.says("/add")
    resident.sends(Tap("back"))
    resident.sends(Tap("back"))

    resident.taps(texts.NO_THANKS)

    assert resident.reads == [texts.KEPT_AS_IT_WAS]
    person = people.get(tx, resident.row)
    assert person
    assert person.consent_at == NOON
    assert [row.number for row in registrations.owned(tx, person.id)] == [number]


def test_after_no_thanks_start_begins_anew(resident: Phone) -> None:
    resident.says("/start")
    resident.taps(texts.NO_THANKS)

    resident.says("/start")

    assert resident.asked == texts.NOTICE
    assert resident.stack == [NeedConsent()]


def test_the_three_answers_are_kept_and_nothing_before_the_last_tap(resident: Phone, tx: Session) -> None:
    number = resident.registers(RAJWADA, 4)

    row = registrations.find(tx, number)
    assert row
    entry = registrations.entry(tx, row)
    person = people.get(tx, row.person_id)
    assert person
    assert (entry.site.point, entry.cameras, people.phone_of(tx, person)) == (RAJWADA, 4, "+919876543210")
    assert tx.get(Registration, row.id + 1) is None


def test_start_welcomes_someone_back_who_has_entries(resident: Phone) -> None:
    resident.registers()

    resident.says("/start")

    assert resident.reads == [texts.WELCOME_BACK]


def test_every_question_of_the_way_can_be_said_in_hindi(chat: Chat) -> None:
    resident = chat.phone(1001, "hi")
    resident.registers()

    said = next(said for said in resident.answers if isinstance(said, Say))
    assert words(said.lines[0], "hi") != words(said.lines[0], "en")


def test_a_choice_of_language_waits_like_any_other_question(chat: Chat) -> None:
    resident = chat.phone(1001, "ta")
    resident.says("/start")

    resident.says("hello?")

    assert resident.reads == [texts.HINT_BUTTONS, texts.CHOOSE_LANGUAGE]
    assert resident.stack == [ChooseLanguage()]
