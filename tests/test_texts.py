"""Every sentence is said in both languages, with the same things put in, and fits where it is shown."""

import re
import unicodedata
from collections import Counter

import pytest
from babel.messages.catalog import Message

from bot import texts
from bot.core.casework.search import Search, read_query
from bot.core.messages import Button, Phrase, Value, counted, phrase, say
from bot.core.resident.leaving import leftovers
from bot.core.resident.signup_questions import notice
from bot.words import LANGUAGES, LOCALE, catalogue, words
from handlers.telegram.keys import inline
from tests.chat import INDORE, TOWN
from tests.sources import DEVANAGARI, calls_in, constants_in, trees

# Hindi is spelled as most people type it on a phone: no dot under क ख ग ज फ, and ं where books write ँ.
BOOKISH = re.compile("[\u0915\u0916\u0917\u091c\u092b]\u093c|[\u0958-\u095b\u095e\u0901]")
LETTER = re.compile(rf"[A-Za-z]|{DEVANAGARI.pattern}")
FIELD = re.compile(r"{(\w+)}")

# Two constants with one text share one translation; that is right only where they always mean the same.
SHARED = {frozenset({"COUNT_BUTTON", "DAYS_BUTTON"})}  # bare numbers

# Nothing in these is Hindi, and nothing should be. (Those without a letter beside their placeholders need no entry.)
SAME_IN_HINDI = {
    "ENGLISH": "a language is offered under its own name",
    "MYDATA_FILE": "a file name that every computer can keep",
    **dict.fromkeys(("FORM_XLSX", "FORM_CSV", "FORM_GEOJSON", "FORM_KML"), "a kind of file is called so everywhere"),
    "POSTER_PDF_FILE": "a file name that every computer can keep",
    "POSTER_PNG_FILE": "a file name that every computer can keep",
}

# Labels that reach their button by way of a variable; those named inside a Button(...) are found by themselves.
LABELS_BY_THE_WAY = {
    *("FORM_PDF", "FORM_XLSX", "FORM_CSV", "FORM_GEOJSON", "FORM_KML"),
    *("REASON_RECORDING", "REASON_VISIT", "REASON_SOON"),
    *("KIND_HOME", "KIND_SHOP", "KIND_INSTITUTION", "KIND_SOCIETY", "KIND_OTHER"),
    *("INCIDENT_THEFT", "INCIDENT_BURGLARY", "INCIDENT_SNATCHING", "INCIDENT_VEHICLE"),
    *("INCIDENT_ACCIDENT", "INCIDENT_ASSAULT", "INCIDENT_MISSING", "INCIDENT_OTHER"),
    *("LAST_HOUR", "LAST_3_HOURS", "TODAY_SO_FAR"),
    *("YES_REMOVE", "YES_FORGET", "METRES", "KILOMETRES", "WIDER"),
}
LABEL_MAKERS = {"Button", "button", "KeyboardButton", "to"}
MESSAGE, LABEL, MENU, DESCRIPTION, SHORT_DESCRIPTION, TAP_NOTE = 4096, 40, 256, 512, 120, 200  # letters, at most

NAME = "x" * 64  # as long as any name, number or place that is put into a sentence
KM = phrase(texts.KILOMETRES, n="1.2")
VALUES: dict[str, Value] = {
    "n": 500,
    "days": 365,
    "distance": KM,
    "reference": "112 ABCD1234567890123456",
    "station": "x" * 24,
    "police": TOWN.police,
    "city": TOWN.name,
    "leftovers": leftovers(365),
    "notice": notice(TOWN),
    "question": notice(TOWN),
    "hint": phrase(texts.NO_CAMERA_ACCESS),
    "grants": phrase(texts.GRANTS_OFFICER),
    "summary": phrase(texts.SUMMARY, phone=NAME, place=NAME, cameras=counted(texts.CAMERAS, 500)),
    "searched": phrase(texts.SEARCHED, place=NAME, radius=KM),
}


def forms(text: object) -> tuple[str, ...]:
    """One form, or singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text) if isinstance(text, tuple | list) else ()


ALL = {name: forms(text) for name, text in vars(texts).items() if name.isupper()}
NAMES = {text: {name for name, one in ALL.items() if one == text} for text in ALL.values()}
TRANSLATED: dict[tuple[str, ...], Message] = {forms(message.id): message for message in catalogue("hi") if message.id}
HINDI = {text: forms(message.string) for text, message in TRANSLATED.items()}


def fields(text: str) -> Counter[str]:
    return Counter(FIELD.findall(text))


def shown(name: str, language: str) -> list[str]:
    """A sentence as people read it, for one and for many, with long values put in."""
    first, last = ALL[name][0], ALL[name][-1]
    values = {field: VALUES.get(field, NAME) for field in fields(first + last)}
    return [words(Phrase(first, values, many=last, n=n), language) for n in (1, 2)]


def too_long(names: set[str], language: str, limit: int) -> dict[str, int]:
    return {name: len(text) for name in names for text in shown(name, language) if len(text) > limit}


def test_hindi_has_every_sentence_and_no_other() -> None:
    assert set(HINDI) == set(ALL.values())
    assert not catalogue("hi").obsolete


def test_no_sentence_stands_twice_in_the_hindi_file() -> None:
    source = (LOCALE / "hi" / "LC_MESSAGES" / "bot.po").read_text(encoding="utf-8")

    assert len(re.findall(r"^msgid ", source, flags=re.MULTILINE)) == len(HINDI) + 1  # the header is one, too


def test_no_hindi_sentence_is_empty_or_in_doubt() -> None:
    doubtful = [text for text, message in TRANSLATED.items() if message.fuzzy or not all(HINDI[text] or [""])]

    assert doubtful == []


def test_translators_see_the_name_of_each_sentence() -> None:
    told = {text: set(", ".join(message.auto_comments).split(", ")) for text, message in TRANSLATED.items()}

    assert told == NAMES


def test_what_is_counted_has_a_singular_and_a_plural_in_hindi() -> None:
    uneven = [text for text, hindi in HINDI.items() if len(hindi) != len(text)]

    assert uneven == []


def test_both_languages_put_the_same_things_into_a_sentence() -> None:
    different = [
        english
        for text, hindi in HINDI.items()
        for english, translated in zip(text, hindi, strict=True)
        if fields(english) != fields(translated)
    ]

    assert different == []


def test_hindi_is_written_in_devanagari() -> None:
    worded = {name for name, text in ALL.items() if LETTER.search(FIELD.sub("", "".join(text)))}

    in_devanagari = {name for name in ALL if all(DEVANAGARI.search(form) for form in HINDI[ALL[name]])}

    assert worded - in_devanagari == set(SAME_IN_HINDI)


def test_hindi_is_spelled_in_one_unicode_form() -> None:
    composed = {text: tuple(unicodedata.normalize("NFC", form) for form in hindi) for text, hindi in HINDI.items()}

    assert composed == HINDI


def test_hindi_is_spelled_one_way_the_one_that_people_type() -> None:
    """Write मंजूर, फाइल, यहां."""
    assert [form for hindi in HINDI.values() for form in hindi if BOOKISH.search(form)] == []


def test_two_constants_never_share_a_text_by_accident() -> None:
    assert {frozenset(names) for names in NAMES.values() if len(names) > 1} == SHARED


def test_what_is_counted_is_not_mistaken_for_a_plain_sentence() -> None:
    keys = Counter(text[0] for text in NAMES)

    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_fits_into_one_message(language: str) -> None:
    assert too_long(set(ALL), language, MESSAGE) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_fits_on_its_button(language: str) -> None:
    calls = [call for _, tree in trees("bot", "handlers") for call in calls_in(tree, LABEL_MAKERS)]
    labels = LABELS_BY_THE_WAY.union(*map(constants_in, calls))

    assert {"AGREE", "SHARE_NUMBER_KEY"} <= labels
    assert too_long(labels, language, LABEL) == {}


@pytest.mark.parametrize("kind", [texts.KIND_SHOP, texts.INCIDENT_THEFT])
def test_what_is_a_word_in_a_sentence_begins_with_a_capital_on_its_button(kind: str) -> None:
    keys = inline(say(texts.ASK_KIND, buttons=((Button(phrase(kind), "x"),),)), "en")

    assert keys is not None
    assert keys.inline_keyboard[0][0].text == kind.capitalize()
    assert words(phrase(kind), "en") == kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_telegram_shows_around_the_chat_keeps_to_its_limits(language: str) -> None:
    menus = {name for name in ALL if name.startswith("MENU_")}

    assert too_long(menus, language, MENU) == {}
    assert too_long({"BOT_DESCRIPTION"}, language, DESCRIPTION) == {}
    assert too_long({"BOT_SHORT_DESCRIPTION"}, language, SHORT_DESCRIPTION) == {}
    assert too_long({"OLD_BUTTON_SHORT"}, language, TAP_NOTE) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_calls_its_key_by_the_name_on_the_key(language: str) -> None:
    for question, key in ((texts.ASK_NUMBER, texts.SHARE_NUMBER_KEY), (texts.ASK_PLACE, texts.SEND_PLACE_KEY)):
        assert f"“{words(phrase(key), language)}”" in words(phrase(question), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_that_officers_are_shown_can_be_sent(language: str) -> None:
    told = "\n".join([*shown("HELP_OFFICER", language), *shown("HINT_QUERY", language)])

    examples = set(re.findall(r"/near (\d.*)", told))

    assert len(examples) == 2
    assert all(isinstance(read_query(example, INDORE), Search) for example in examples)
