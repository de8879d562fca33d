"""`/mydata`: everything that is kept about one, as a file that people can read."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.core.access import Role
from bot.core.messages import Document, Phrase, Say, Value
from bot.core.town import NOTICE_VERSION
from bot.words import words
from storage.admin import grants
from tests.chat import NOON, PALASIA, TOWN, Chat, Phone
from tests.conftest import become_officer
from tests.every_stage import brought_to


def local(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo("Asia/Kolkata")).strftime("%d-%m-%Y %H:%M")


def my_data(who: Phone) -> tuple[Phrase, ...]:
    who.says("/mydata")
    [file] = [said.document for said in who.answers if isinstance(said, Say) and said.document]
    assert isinstance(file, Document)
    return file.lines


def said_of(who: Phone, text: str) -> list[Mapping[str, Value]]:
    """What the file says in sentences of this kind: their values."""
    return [line.values for line in my_data(who) if text in (line.text, line.many)]


def in_words(value: Value) -> str:
    return words(value, "en") if isinstance(value, Phrase) else str(value)


@pytest.fixture
def told(chat: Chat) -> Phone:
    """Someone who told the bot all there is to tell, a while ago."""
    who = brought_to("label", chat.phone(7203948571))
    who.says("blue gate")
    chat.later(days=3, minutes=5)
    return who


def test_a_file_comes_with_a_sentence_about_it(told: Phone) -> None:
    told.says("/mydata")

    assert told.reads == [texts.MYDATA]
    names = [said.document.name for said in told.answers if isinstance(said, Say) and said.document]
    assert names == [texts.MYDATA_FILE]


def test_it_holds_every_field_that_is_kept_of_the_person(chat: Chat, told: Phone) -> None:
    [person], [phone], [consent] = (
        said_of(told, text) for text in (texts.MYDATA_PERSON, texts.MYDATA_PHONE, texts.MYDATA_CONSENT)
    )

    assert (person["channel"], person["chat"]) == ("telegram", "7203948571")
    assert (person["since"], person["seen"]) == (local(NOON), local(chat.now))
    assert phone["phone"] == "+919876543210"
    assert (consent["version"], consent["date"]) == (NOTICE_VERSION, local(NOON))
    assert said_of(told, texts.MYDATA_END) == [{"contact": TOWN.contact}]


def test_it_holds_every_field_that_is_kept_of_an_entry(told: Phone) -> None:
    told.says("/mine")
    number = next(said.lines[0].values["number"] for said in told.answers if isinstance(said, Say))

    [entry] = said_of(told, texts.MYDATA_ENTRY)

    assert {key: in_words(value) for key, value in entry.items()} == {
        "number": number,
        "state": texts.STATE_ACTIVE,
        "place": "22.71850, 75.85500",
        "name": "blue gate",
        "n": "4",
        "known": f"{texts.KIND_SHOP} · {texts.SEES_ROAD} · {texts.DAYS_KEPT[1].format(n=15)}",
        "made": local(NOON),
        "changed": local(NOON),
        "version": NOTICE_VERSION,
        "date": local(NOON),
    }


def test_it_says_when_an_entry_was_changed_and_that_it_is_paused(chat: Chat, told: Phone) -> None:
    told.says("/mine")
    told.taps(texts.PAUSE)

    [entry] = said_of(told, texts.MYDATA_ENTRY)

    assert (entry["changed"], in_words(entry["state"])) == (local(chat.now), texts.STATE_PAUSED)


def test_what_was_withdrawn_stands_in_it_with_the_day_of_its_end(chat: Chat, told: Phone) -> None:
    told.says("/forget")
    told.taps(texts.YES_FORGET)

    [entry] = said_of(told, texts.MYDATA_ENTRY)

    assert in_words(entry["state"]) == texts.STATE_WITHDRAWN
    assert said_of(told, texts.MYDATA_LEFTOVER) == [
        {"date": local(chat.now), "until": local(chat.now + timedelta(days=365))}
    ]
    assert said_of(told, texts.MYDATA_PHONE) == [{"phone": "+919876543210"}]  # sealed away, and still kept
    assert said_of(told, texts.MYDATA_NO_CONSENT) == [{}]


def test_it_mentions_unfinished_answers_and_when_they_are_wiped(told: Phone) -> None:
    before = said_of(told, texts.MYDATA_OPEN)
    told.says("/add")
    told.pins(PALASIA)

    assert (before, said_of(told, texts.MYDATA_OPEN)) == ([], [{"days": 7}])


def test_messages_on_their_way_are_counted(told: Phone) -> None:
    for _ in range(2):
        told.sends_offline("/help")

    assert said_of(told, texts.MYDATA_QUEUED[1]) == [{"n": 2}]


def test_an_officers_role_and_searches_stand_in_it(chat: Chat, told: Phone) -> None:
    become_officer(told)
    told.says("/near 22.7236 75.8850 500")

    [role] = said_of(told, texts.MYDATA_ROLE)

    assert {key: in_words(value) for key, value in role.items()} == {
        "role": texts.ROLE_OFFICER,
        "station": "Palasia",
        "name": "SI, Palasia 1",
        "since": local(chat.now),
        "until": local(chat.now + timedelta(days=365)),
    }
    assert said_of(told, texts.MYDATA_TRACE) == [{"n": 2}]  # the grant and the search


def test_a_role_that_has_ended_is_still_kept_and_so_still_told(chat: Chat, told: Phone) -> None:
    become_officer(told, Role.ADMIN)
    began = chat.now
    chat.later(days=1)
    chat.store.run(lambda tx: [grants.revoke(grant, chat.now) for grant in grants.every(tx)])

    [role] = said_of(told, texts.MYDATA_ROLE)

    assert (role["since"], role["until"]) == (local(began), local(chat.now))


def test_a_stranger_reads_that_hardly_anything_is_kept(resident: Phone) -> None:
    kept = {line.text for line in my_data(resident)}

    nothing = {texts.MYDATA_NO_PHONE, texts.MYDATA_NO_CONSENT, texts.MYDATA_NO_ENTRIES}
    assert kept == {texts.MYDATA_TITLE, texts.MYDATA_PERSON, *nothing, texts.MYDATA_END}


def test_nobody_elses_data_stand_in_it(chat: Chat, told: Phone) -> None:
    neighbour = chat.phone(1002, number="+919812345678")
    neighbour.registers(PALASIA)

    theirs = "\n".join(words(line, "en") for line in my_data(neighbour))

    assert "+919812345678" in theirs
    assert told.number not in theirs
    assert "blue gate" not in theirs
    assert len(said_of(neighbour, texts.MYDATA_ENTRY)) == 1
