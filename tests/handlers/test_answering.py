"""Owners answer: freely, until the deadline, with second thoughts; a number is seen only where its owner says so."""

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.casework.request import live as live_of
from bot.core.geo import Point
from bot.core.messages import Button, Erase, Media, Phrase, Say, Tap
from bot.words import words
from handlers.casework import requests as sending
from handlers.delivery import Blocked, Later, Outcome, Refused
from storage import audit, registrations
from storage.admin import grants
from storage.casework import incidents, looks, requests
from storage.casework.looks import Act
from storage.outbox import BULK
from storage.tables.register import Outbox
from tests.chat import RAJWADA, Chat, Phone
from tests.conftest import make_officer
from tests.handlers.channel import Channel
from tests.handlers.test_asking import asked, asks, line, searches, street
from tests.handlers.test_my_data import said_of
from tests.handlers.test_seen import seen

PHONE = "+919876543210"


@pytest.fixture
def owner(chat: Chat, officer: Phone) -> Phone:
    """Someone who was asked, and reads it."""
    owner = chat.phone(1001)
    owner.registers(RAJWADA)
    searches(officer)
    asks(officer, n=1)
    owner.looks()
    return owner


def live(officer: Phone) -> str:
    """What the officer's live message says a little later."""
    officer.chat.later(seconds=3)
    officer.looks()
    said = [said for said in officer.answers if isinstance(said, Say) and said.keep.startswith("request:")]
    return "\n".join(words(line, "en") for line in said[-1].lines) if said else ""


def count(text: str, n: int) -> str:
    return words(Phrase(texts.LIVE_ANSWER, {"answer": text, "n": n}), "en")


@pytest.mark.parametrize(
    "label", [texts.I_HAVE_IT, texts.CAMERA_WAS_OFF, texts.NOT_COVERED, texts.CANNOT_HELP, texts.CALL_ME]
)
def test_each_answer_is_thanked_for_and_reaches_the_officer(owner: Phone, officer: Phone, label: str) -> None:
    owner.taps(label)

    assert owner.reads[0] == texts.OWNER_ANSWERED
    assert label in owner.sees
    assert count(label, 1) in live(officer)


def test_the_request_says_what_it_is(owner: Phone) -> None:
    said = owner.sees

    for part in ("voluntary", "not an order", "Palasia", "FIR 123/2026", "please keep", "until an officer calls"):
        assert part in said


def test_a_second_thought_changes_the_answer(owner: Phone, officer: Phone, tx: Session) -> None:
    owner.taps(texts.NOT_COVERED)
    owner.taps(texts.CAMERA_WAS_OFF)

    assert [one.answer for one in asked(tx)] == ["off"]
    now = live(officer)
    assert count(texts.CAMERA_WAS_OFF, 1) in now
    assert texts.NOT_COVERED not in now


def test_after_the_deadline_a_button_gets_a_kind_sentence_and_changes_nothing(
    chat: Chat, owner: Phone, tx: Session
) -> None:
    button = owner.button(texts.I_HAVE_IT)
    chat.later(hours=24)

    owner.taps_again(button)

    assert owner.reads == [texts.ASK_OVER]
    assert [one.answer for one in asked(tx)] == [""]


def test_after_the_incident_is_closed_as_well(chat: Chat, owner: Phone, officer: Phone) -> None:
    closes(officer)

    owner.taps(texts.I_HAVE_IT)

    assert owner.reads == [texts.ASK_OVER]
    assert chat.now


def closes(officer: Phone) -> None:
    officer.says("/incidents")
    officer.sends(Tap(f"/incidents:close:{case(officer)}:yes"))


def case(officer: Phone) -> int:
    found = officer.chat.store.run(lambda tx: incidents.of_station(tx, "Palasia"))
    return found[0].id


@pytest.mark.parametrize(
    "data", ["/answer:have:{asked}", "/share:yes:{asked}", "/answer:have:1", "/answer:free:{asked}"]
)
def test_nobody_answers_for_another_or_with_a_made_up_button(chat: Chat, owner: Phone, tx: Session, data: str) -> None:
    stranger = chat.phone(1002) if "free" not in data else owner
    [one] = asked(tx)

    stranger.sends(Tap(data.format(asked=one.id)))

    assert stranger.reads == [texts.ASK_GONE]
    assert [(one.answer, one.number_until) for one in asked(tx)] == [("", None)]


def test_a_file_sent_anyway_is_refused_and_is_no_answer(owner: Phone, tx: Session) -> None:
    owner.sends(Media())

    assert owner.reads == [texts.NO_PICTURES]
    assert [one.answer for one in asked(tx)] == [""]


@pytest.mark.parametrize("label", [texts.CAMERA_WAS_OFF, texts.NOT_COVERED, texts.CANNOT_HELP])
def test_only_who_has_it_or_wants_a_call_is_asked_for_the_number(owner: Phone, label: str) -> None:
    owner.taps(label)

    assert texts.MAY_SHARE not in owner.reads


@pytest.mark.parametrize("label", [texts.I_HAVE_IT, texts.CALL_ME])
def test_a_yes_shows_the_number_to_the_asking_officer_protected_and_for_a_day(
    chat: Chat, owner: Phone, officer: Phone, label: str
) -> None:
    colleague = make_officer(chat, 2002)
    owner.taps(label)
    owner.taps(texts.SHARE_YES)

    officer.looks()

    shown = [said for said in officer.answers if isinstance(said, Say) and PHONE in str(said.lines)]
    assert [(said.protect, said.over_kept) for said in shown] == [(True, True)]
    assert "Palasia" in owner.sees
    assert owner.reads == [texts.SHARED]
    colleague.looks()
    assert PHONE not in str(colleague.answers)
    chat.later(hours=23, minutes=59)
    officer.looks()
    before = list(officer.answers)
    chat.later(minutes=1)
    officer.looks()
    assert [said for said in before if isinstance(said, Erase)] == []
    assert [said.name for said in officer.answers if isinstance(said, Erase)] == [shown[0].keep]


def test_what_a_crash_could_send_twice_holds_no_number(owner: Phone, officer: Phone) -> None:
    owner.taps(texts.CALL_ME)
    owner.taps(texts.SHARE_YES)

    officer.looks()

    kept = [said for said in officer.answers if isinstance(said, Say) and said.keep.startswith("number:")]
    assert [one.text for one in kept[0].lines] == [texts.ONE_MOMENT]
    assert [said.over_kept for said in kept] == [False, True]


def test_a_shown_number_is_the_owner_s_to_see_and_stands_in_the_trace(
    owner: Phone, officer: Phone, tx: Session
) -> None:
    owner.taps(texts.CALL_ME)
    owner.taps(texts.SHARE_YES)

    assert [row.act for row in looks.rows(tx)] == [Act.PLACE, Act.NUMBER]
    assert [row.person_id for row in audit.rows(tx, audit.Act.SHARED)] == [officer.row]
    assert [one["act"] for one in seen(owner)] == [texts.SEEN_NUMBER]


def test_two_yeses_show_it_once(owner: Phone, tx: Session) -> None:
    owner.taps(texts.CALL_ME)
    yes = owner.button(texts.SHARE_YES)
    owner.taps_again(yes)
    owner.taps_again(yes)

    assert [row.act for row in looks.rows(tx)].count(Act.NUMBER) == 1


def test_a_no_shows_nothing(owner: Phone, officer: Phone, tx: Session) -> None:
    owner.taps(texts.I_HAVE_IT)
    owner.taps(texts.SHARE_NO)

    officer.looks()

    assert owner.reads == [texts.NOT_SHARED]
    assert PHONE not in str(officer.answers)
    assert [row.act for row in looks.rows(tx)] == [Act.PLACE]


def test_a_second_thought_takes_the_number_back_at_once(owner: Phone, officer: Phone, tx: Session) -> None:
    owner.taps(texts.I_HAVE_IT)
    again = owner.button(texts.CANNOT_HELP)
    owner.taps(texts.SHARE_YES)
    officer.looks()

    owner.taps_again(again)

    officer.looks()
    assert [said.name for said in officer.answers if isinstance(said, Erase)] == [f"number:{asked(tx)[0].id}"]
    assert asked(tx)[0].number_until is None


def test_a_number_is_not_shown_to_an_officer_whose_role_has_ended(
    chat: Chat, owner: Phone, officer: Phone, tx: Session
) -> None:
    owner.taps(texts.CALL_ME)
    chat.store.run(lambda one: [grants.revoke(grant, chat.now) for grant in grants.of(one, officer.row)])

    owner.taps(texts.SHARE_YES)

    officer.looks()
    assert owner.reads == [texts.OFFICER_GONE]
    assert PHONE not in str(officer.answers)
    assert [row.act for row in looks.rows(tx)] == [Act.PLACE]


def test_an_entry_that_was_removed_cannot_be_answered_for(chat: Chat, owner: Phone) -> None:
    button = owner.button(texts.I_HAVE_IT)
    owner.says("/forget")
    owner.taps(texts.YES_FORGET)

    owner.taps_again(button)

    assert owner.reads == [texts.ASK_GONE]
    assert chat.now


def test_my_data_says_how_many_requests_i_got(owner: Phone) -> None:
    owner.says("/mydata")

    assert [values["n"] for values in said_of(owner, texts.MYDATA_ASKED)] == [1]


def test_answers_that_come_together_change_the_officer_s_message_once(chat: Chat, officer: Phone) -> None:
    owners = [chat.phone(1001 + n, number=f"+9198765000{n:02}") for n in range(5)]
    for n, one in enumerate(owners):
        one.registers(Point(RAJWADA.lat + n / 1000, RAJWADA.lon))
    searches(officer)
    asks(officer, n=5)
    for one in owners:
        one.looks()
        one.taps(texts.NOT_COVERED)

    officer.looks()
    at_once = [said for said in officer.answers if isinstance(said, Say) and said.over_kept]
    chat.later(seconds=3)
    officer.looks()
    later = [said for said in officer.answers if isinstance(said, Say) and said.over_kept]

    assert (len(at_once), len(later)) == (0, 1)
    assert count(texts.NOT_COVERED, 5) in "\n".join(words(one, "en") for one in later[0].lines)


def test_who_has_it_is_listed_with_what_is_overwritten_first_at_the_top(chat: Chat, officer: Phone) -> None:
    owners = [chat.phone(1001 + n, number=f"+9198765000{n:02}") for n in range(3)]
    numbers = [one.registers(Point(RAJWADA.lat + n / 1000, RAJWADA.lon)) for n, one in enumerate(owners)]

    def keeps(one: Session) -> None:
        for number, days in zip(numbers, (30, None, 7), strict=True):
            row = registrations.find(one, number)
            assert row
            row.days_kept = days

    chat.store.run(keeps)
    searches(officer)
    asks(officer, n=3)
    for one in owners:
        one.looks()
        one.taps(texts.I_HAVE_IT)

    said = live(officer)

    assert sorted(numbers, key=said.index) == [numbers[2], numbers[0], numbers[1]]
    assert words(Phrase(texts.OVERWRITTEN_IN[1], {"n": 6}), "en") in said


def test_the_silent_are_reminded_once_half_way_and_nobody_else(chat: Chat, officer: Phone) -> None:
    silent, quick = chat.phone(1001, number="+919876500001"), chat.phone(1002, number="+919876500002")
    silent.registers(RAJWADA)
    quick.registers(Point(RAJWADA.lat + 0.001, RAJWADA.lon))
    searches(officer)
    asks(officer, n=2)
    quick.looks()
    quick.taps(texts.CANNOT_HELP)
    silent.looks()

    chat.later(hours=11, minutes=58)
    chat.ticks()
    early = list(silent.looks())
    chat.later(minutes=2)
    chat.ticks()
    silent.looks()
    reminded = list(silent.reads)
    silent.taps(texts.I_HAVE_IT)
    chat.later(minutes=5)
    chat.ticks()

    assert early == []
    assert reminded == [texts.OWNER_REMINDED]
    assert silent.looks() == []
    assert quick.looks() == []


def test_at_the_deadline_the_officer_reads_that_it_is_over(chat: Chat, owner: Phone, officer: Phone) -> None:
    live(officer)
    chat.later(hours=25)
    chat.ticks()

    officer.looks()

    assert owner
    assert line(officer, texts.LIVE_HEAD).values["ends"].text == texts.LIVE_OVER  # type: ignore[union-attr]  # a phrase


@pytest.mark.parametrize(
    ("label", "thanks"), [(texts.YES_HELPED, texts.IT_HELPED), (texts.JUST_THANKS, texts.THANK_YOU)]
)
def test_who_answered_is_thanked_when_the_incident_closes(
    owner: Phone, officer: Phone, label: str, thanks: str
) -> None:
    owner.taps(texts.I_HAVE_IT)

    closes(officer)
    officer.taps(label)
    owner.looks()

    assert owner.reads == [thanks]
    assert texts.OWNERS_THANKED[0] in officer.reads


def test_that_it_helped_is_said_only_to_who_had_it(owner: Phone, officer: Phone) -> None:
    owner.taps(texts.NOT_COVERED)

    closes(officer)
    officer.taps(texts.YES_HELPED)
    owner.looks()

    assert owner.reads == [texts.THANK_YOU]


def test_an_hour_later_everyone_is_thanked_anyway_and_only_once(chat: Chat, owner: Phone, officer: Phone) -> None:
    owner.taps(texts.I_HAVE_IT)
    closes(officer)
    button = officer.button(texts.YES_HELPED)
    chat.later(hours=1, minutes=1)

    chat.ticks()
    owner.looks()
    first = list(owner.reads)
    officer.taps_again(button)
    owner.looks()

    assert (first, owner.reads) == ([texts.THANK_YOU], [])


def test_who_was_silent_is_not_thanked(owner: Phone, officer: Phone) -> None:
    closes(officer)

    assert texts.ASK_HELPED[0] not in officer.reads
    assert owner.looks() == []


def test_a_button_of_another_station_thanks_nobody(chat: Chat, owner: Phone, officer: Phone) -> None:
    owner.taps(texts.I_HAVE_IT)
    closes(officer)
    button = officer.button(texts.YES_HELPED)
    stranger = make_officer(chat, 2002, Role.OFFICER, station="Rajendra Nagar")

    stranger.taps_again(button)

    assert stranger.reads == [texts.INCIDENT_GONE]
    assert owner.looks() == []


async def test_the_officer_reads_whom_it_reached_who_is_silent_and_who_has_not_got_it_yet(
    chat: Chat, officer: Phone
) -> None:
    street(chat, 4)
    searches(officer)
    asks(officer, n=4, send=False)
    officer.sends_offline_as(Tap(officer.button(texts.SEND_REQUEST).data), next(chat.updates))
    counts = [reached(chat)]
    queued = chat.store.run(lambda tx: list(tx.exec(select(Outbox).where(Outbox.priority == BULK))))
    channel = Channel(chat.store, at=chat.now)
    outcomes: list[Outcome] = [Blocked(), Refused("no such chat"), Later(600)]
    for row, outcome in zip(queued, outcomes, strict=False):
        channel.orders[chat.store.seal.open("outbox", row.id, row.message_sealed)] = [outcome]
    async with channel.working():
        await channel.until(lambda: channel.outcomes().count("") == 1)
    counts.append(reached(chat))
    late = chat.store.run(lambda tx: asked(tx)[2])
    chat.phone(5002).taps_again(Button(Phrase(""), f"/answer:off:{late.id}"))
    counts.append(reached(chat))

    assert counts == [
        {texts.LIVE_ASKED: "4 owners asked · 0 delivered · 0 silent", texts.LIVE_ON_THE_WAY: "Still on the way: 4"},
        {
            texts.LIVE_ASKED: "4 owners asked · 1 delivered · 1 silent",
            texts.LIVE_ON_THE_WAY: "Still on the way: 1",
            texts.LIVE_UNREACHABLE: "Not delivered, the bot cannot reach them: 2",
        },
        {
            texts.LIVE_ASKED: "4 owners asked · 2 delivered · 1 silent",
            texts.LIVE_UNREACHABLE: "Not delivered, the bot cannot reach them: 2",
            texts.LIVE_ANSWER: f"{texts.CAMERA_WAS_OFF}: 1",
        },
    ]


def reached(chat: Chat) -> dict[str, str]:
    """What the officer's live message says below its head, once the clock has brought it up to date."""
    chat.ticks()
    [request] = chat.store.run(requests.unsettled)
    told = chat.store.run(
        lambda tx: live_of(sending.wanted_of(tx, chat.house, request), requests.tally(tx, request, chat.now))
    )
    chat.later(minutes=1)
    assert chat.store.run(lambda tx: sending.refresh(tx, chat.house, chat.now)) == 0  # it says all of that
    return {line.text: words(line, "en") for line in told[1:]}


def test_who_forgets_everything_takes_the_shown_number_back(owner: Phone, officer: Phone, tx: Session) -> None:
    owner.taps(texts.CALL_ME)
    owner.taps(texts.SHARE_YES)
    officer.looks()
    owner.says("/forget")
    owner.taps(texts.YES_FORGET)

    officer.looks()

    assert [said.name for said in officer.answers if isinstance(said, Erase)] == [f"number:{asked(tx)[0].id}"]


def test_after_a_year_a_request_is_forgotten_with_whom_it_asked(chat: Chat, owner: Phone, tx: Session) -> None:
    chat.later(days=364)
    chat.ticks()
    before = len(asked(tx))
    chat.later(days=2)

    chat.ticks()

    assert owner
    assert (before, asked(tx), chat.store.run(requests.unsettled)) == (1, [], [])
