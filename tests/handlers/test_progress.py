"""`/progress` and the weekly message: counts that help and give nobody away, a goal, one thing to try."""

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.messages import Phrase, Reach, Say, Tap
from bot.core.picture import Bar, Bars, Funnel
from bot.core.society.funnel import Counts
from bot.core.society.progress import Progress, Reached, suggestion
from bot.core.society.society import Named, Purpose
from bot.words import words
from handlers import clock
from handlers.society import digest
from storage import outbox
from storage.admin import grants
from storage.engine import Store
from storage.tables.register import Outbox
from storage.tables.societies import Society
from tests.chat import Chat, Phone
from tests.conftest import become_officer
from tests.societies import Neighbourhood, bears, founded
from tests.town import another


@pytest.fixture
def society(chat: Chat) -> Neighbourhood:
    return founded(chat)


@pytest.fixture
def bearer(society: Neighbourhood) -> Phone:
    return bears(society)


def said(who: Phone) -> list[Say]:
    return [answer for answer in who.answers if isinstance(answer, Say)]


def shown(who: Phone) -> list[str]:
    return [words(line, "en") for one in said(who) for line in one.lines]


def drawn(who: Phone) -> list[Bar]:
    """The bars of all pictures."""
    pictures = [one.picture for one in said(who)]
    bars = [bar for one in pictures if isinstance(one, Bars) for bar in one.bars]
    return bars + [step for one in pictures if isinstance(one, Funnel) for step in one.steps]


def test_below_five_it_reads_fewer_than_five_once_and_nothing_is_drawn(society: Neighbourhood, bearer: Phone) -> None:
    society.neighbours_register(4, cameras=40)

    bearer.says("/progress")

    assert bearer.reads == [texts.PROGRESS_HEAD, texts.PROGRESS_NEW, texts.PROGRESS_NO_GOAL, texts.TRY]
    assert bearer.sees.casefold().count("fewer than 5") == 1
    assert drawn(bearer) == []
    assert not {n for n in ("160", "40", "4 ") if n in bearer.sees}
    assert bearer.button(texts.SET_GOAL)
    assert bearer.button(texts.WEEKLY_OFF)


def test_where_many_opened_and_few_signed_up_no_number_of_cameras_is_told(
    society: Neighbourhood, bearer: Phone
) -> None:
    society.neighbours_register(4, cameras=40)
    society.neighbour(44_001)

    bearer.says("/progress")

    assert shown(bearer)[1:4] == [
        "In all: fewer than 5 sign-ups",
        "By messages: fewer than 5 sign-ups",
        "By the poster: fewer than 5 sign-ups",
    ]
    assert "opened the link: at least 5" in bearer.sees
    assert not {n for n in ("160", "40", "4 ") if n in bearer.sees}
    assert [bar.value for bar in drawn(bearer)] == [5, None, None, None, None]  # the steps alone


def test_sign_ups_and_cameras_are_told_by_link_this_week_and_in_all(society: Neighbourhood, bearer: Phone) -> None:
    society.neighbours_register(6, cameras=3)
    society.chat.later(days=8)
    society.neighbours_register(5, cameras=2, first=41_000, purpose=Purpose.POSTER)

    bearer.says("/progress")

    five = "at least 5 sign-ups, at least 10 cameras"
    assert shown(bearer)[1:4] == [
        f"In all: at least 10 sign-ups, at least 25 cameras\n  this week: {five}",
        "By messages: at least 5 sign-ups, at least 15 cameras\n  this week: fewer than 5 sign-ups",
        f"By the poster: {five}\n  this week: {five}",
    ]


def test_who_signs_up_has_a_camera_so_there_are_never_fewer_cameras_than_sign_ups(
    society: Neighbourhood, bearer: Phone
) -> None:
    society.neighbours_register(4, cameras=1)
    society.neighbours_register(4, cameras=1, first=41_000, purpose=Purpose.POSTER)

    bearer.says("/progress")

    assert "In all: at least 5 sign-ups, at least 5 cameras" in bearer.sees


def test_the_same_numbers_are_in_the_pictures_and_no_others(society: Neighbourhood, bearer: Phone) -> None:
    society.neighbours_register(7, cameras=3)

    bearer.says("/progress")
    bars, funnel = (one.picture for one in said(bearer))

    assert isinstance(bars, Bars)
    assert isinstance(funnel, Funnel)
    assert [bar.value for bar in bars.bars] == [5, 5, None, 5]
    assert [bar.value for bar in funnel.steps] == [5] * 5


def test_no_number_and_no_difference_of_two_numbers_is_below_five(society: Neighbourhood, bearer: Phone) -> None:
    numbers = set()
    for n in range(13):  # whoever looks after every single sign-up
        society.neighbours_register(1, cameras=n + 1, first=42_000 + n, purpose=list(Purpose)[n % 2])
        society.chat.later(hours=9)
        bearer.says("/progress")
        numbers |= {bar.value for bar in drawn(bearer)}
        numbers |= {int(digits) for line in shown(bearer) for digits in re.findall(r"\d+", line)}

    assert len(numbers) > 2
    assert {n % 5 for n in numbers if n is not None} == {0}


def test_the_funnel_shows_where_neighbours_stop_and_what_to_try(society: Neighbourhood, bearer: Phone) -> None:
    for n in range(11):
        who = society.neighbour(43_000 + n)
        if n < 10:
            who.taps(texts.AGREE)
        if n < 3:
            who.shares_number()

    bearer.says("/progress")

    assert shown(bearer)[-7:-1] == [
        "How far neighbours come:",
        "opened the link: at least 10",
        "agreed: at least 10",
        "gave their number: fewer than 5",
        "gave the place: fewer than 5",
        "saved: fewer than 5",
    ]
    assert words(Phrase(texts.TRY_NUMBER), "en") in shown(bearer)[-1]


def progress(*steps: int, goal: int | None = None) -> Progress:
    first, second, third, fourth, fifth = steps
    counts = Counts((first, second, third, fourth, fifth), 0)
    return Progress("Shanti", goal, Reached(counts, counts), ())


@pytest.mark.parametrize(
    ("told", "tries"),
    [
        (progress(0, 0, 0, 0, 0), texts.TRY_FORWARDING),
        (progress(50, 20, 15, 15, 15), texts.TRY_NOTICE),
        (progress(50, 45, 15, 15, 10), texts.TRY_NUMBER),
        (progress(50, 50, 45, 20, 20), texts.TRY_PLACE),
        (progress(50, 45, 45, 40, 20), texts.TRY_SAVING),
        (progress(20, 20, 20, 20, 20), texts.TRY_ASKING),
        (progress(20, 20, 20, 20, 20, goal=25), texts.TRY_ASKING),
        (progress(20, 20, 20, 20, 20, goal=20), texts.TRY_THANKING),
    ],
)
def test_the_suggestion_is_drawn_from_where_most_stop(told: Progress, tries: str) -> None:
    assert suggestion(told).text == tries


@pytest.mark.parametrize("how", [lambda who: who.taps(texts.COUNT_BUTTON, n=50), lambda who: who.says("पचास")])
def test_a_goal_is_asked_for_and_stands_in_words_and_picture(
    society: Neighbourhood, bearer: Phone, how: object
) -> None:
    assert callable(how)
    society.neighbours_register(5)
    bearer.says("/progress")
    bearer.taps(texts.SET_GOAL)
    asked = bearer.reads
    how(bearer)

    assert asked == [texts.ASK_GOAL]
    assert bearer.reads[0] == texts.GOAL_SET
    bars = said(bearer)[1].picture
    assert isinstance(bars, Bars)
    assert bars.goal
    assert bars.goal.value == 50
    assert society.chat.store.run(lambda tx: tx.get_one(Society, society.id).goal) == 50


@pytest.mark.parametrize(
    ("words_", "hint"),
    [
        ("many", texts.HINT_GOAL),
        ("0", texts.HINT_GOAL_RANGE),
        ("4", texts.HINT_GOAL_RANGE),
        ("99999", texts.HINT_GOAL_RANGE),
    ],
)
def test_a_goal_that_is_none_gets_a_hint_and_the_question_again(bearer: Phone, words_: str, hint: str) -> None:
    bearer.says("/progress")
    bearer.taps(texts.SET_GOAL)
    bearer.says(words_)

    assert bearer.reads == [hint, texts.ASK_GOAL]


def test_a_goal_set_before_anyone_came_is_told_at_once(bearer: Phone) -> None:
    bearer.says("/progress")
    bearer.taps(texts.SET_GOAL)
    bearer.taps(texts.COUNT_BUTTON, n=50)

    assert bearer.reads == [texts.GOAL_SET, texts.PROGRESS_HEAD, texts.PROGRESS_NEW, texts.PROGRESS_GOAL, texts.TRY]


def test_leaving_the_goal_keeps_it(bearer: Phone) -> None:
    bearer.says("/progress")
    bearer.taps(texts.SET_GOAL)
    bearer.taps(texts.KEEP_IT_SO)

    assert bearer.reads == [texts.KEPT_AS_IT_WAS]


def test_a_reached_goal_is_thanked_for(society: Neighbourhood, bearer: Phone) -> None:
    bearer.says("/progress")
    bearer.taps(texts.SET_GOAL)
    bearer.says("5")
    society.neighbours_register(5)
    bearer.says("/progress")

    assert texts.PROGRESS_GOAL_MET in bearer.reads


def test_another_society_s_goal_cannot_be_set(chat: Chat, bearer: Phone) -> None:
    other = founded(chat, Named("Green Park", "Bhawarkua"))

    bearer.sends(Tap(f"/progress:goal:{other.id}"))

    assert bearer.reads == [texts.NOT_YOUR_SOCIETY]


def test_a_goal_asked_for_before_the_society_was_withdrawn_is_not_set(society: Neighbourhood, bearer: Phone) -> None:
    bears(founded(society.chat, Named("Green Park", "Bhawarkua")), bearer)
    bearer.says("/progress")
    bearer.sends(Tap(f"/progress:goal:{society.id}"))

    def close(tx: Session) -> None:
        tx.get_one(Society, society.id).closed_at = society.chat.now

    society.chat.store.run(close)
    bearer.says("50")

    assert bearer.reads == [texts.NOT_YOUR_SOCIETY]


# --- the weekly message -----------------------------------------------------------------------------


def to_monday(chat: Chat, hours: float = 0) -> None:
    """From Sunday noon to Monday ten in Indore, and some hours."""
    chat.later(hours=22 + hours)


def weekly(chat: Chat, who: Phone) -> list[str]:
    chat.ticks()
    who.looks()
    return who.reads


def test_every_monday_at_ten_each_office_bearer_gets_the_week_and_one_thing_to_try(
    society: Neighbourhood, bearer: Phone
) -> None:
    chat = society.chat
    society.neighbours_register(6)
    to_monday(chat, hours=-0.1)
    early = weekly(chat, bearer)
    chat.later(hours=1)
    on_time = weekly(chat, bearer)
    told = bearer.sees
    got = []
    for _ in range(15):
        chat.later(days=1)
        got.append(bool(weekly(chat, bearer)))

    both = "at least 5 sign-ups, at least 15 cameras"
    assert (early, on_time) == ([], [texts.DIGEST, texts.TRY])
    assert f"last week: {both}\n  in all: {both}" in told
    assert got == [n in (6, 13) for n in range(15)]


def test_who_joined_this_week_waits_for_the_next_monday(chat: Chat) -> None:
    to_monday(chat, hours=-1)
    bearer = bears(founded(chat))
    first = weekly(chat, bearer)
    chat.later(hours=2)
    second = weekly(chat, bearer)
    chat.later(days=7)

    assert (first, second) == ([], [])
    assert weekly(chat, bearer) == [texts.DIGEST_FEW, texts.TRY]


def test_a_monday_that_nobody_ticked_through_is_caught_up(society: Neighbourhood, bearer: Phone) -> None:
    to_monday(society.chat, hours=50)

    assert weekly(society.chat, bearer) == [texts.DIGEST_FEW, texts.TRY]


def test_one_tap_mutes_it_and_one_brings_it_back(society: Neighbourhood, bearer: Phone) -> None:
    chat = society.chat
    to_monday(chat)
    weekly(chat, bearer)
    bearer.taps(texts.WEEKLY_OFF)
    muted = bearer.reads
    chat.later(days=7)
    silent = weekly(chat, bearer)
    bearer.says("/progress")
    bearer.taps(texts.WEEKLY_ON)
    unmuted = bearer.reads
    chat.later(hours=1)
    same_week = weekly(chat, bearer)
    chat.later(days=7)

    assert (muted, silent, unmuted) == ([texts.WEEKLY_IS_OFF], [], [texts.WEEKLY_IS_ON])
    assert same_week == [texts.DIGEST_FEW, texts.TRY]  # it was not sent this week yet
    assert weekly(chat, bearer) == [texts.DIGEST_FEW, texts.TRY]


def test_from_the_weekly_message_it_is_one_tap_to_all_numbers(society: Neighbourhood, bearer: Phone) -> None:
    to_monday(society.chat)
    weekly(society.chat, bearer)

    bearer.taps(texts.DIGEST_MORE)

    assert texts.PROGRESS_HEAD in bearer.reads


def test_whose_role_ended_or_who_has_no_society_or_blocked_the_bot_gets_none(
    society: Neighbourhood, bearer: Phone
) -> None:
    chat = society.chat
    lone = become_officer(chat.phone(2302), role=Role.BEARER)
    gone = bears(society, chat.phone(2303))
    gone.sends(Reach(False))
    chat.store.run(lambda tx: grants.revoke(grants.of(tx, bearer.row)[0], chat.now))
    to_monday(chat)

    assert [weekly(chat, who) for who in (bearer, lone, gone)] == [[], [], []]


def test_many_processes_that_tick_send_it_once_and_as_bulk(society: Neighbourhood, bearer: Phone, tx: Session) -> None:
    chat = society.chat
    to_monday(chat)
    stores = [another(chat.store) for _ in range(3)]

    def ticks(store: Store) -> None:
        store.run(partial(clock.tick, house=chat.house, now=chat.now))
        store.run(partial(digest.due, house=chat.house, now=chat.now))  # even outside the chores' own slots

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(ticks, stores))
    for store in stores:
        store.close()

    waiting = tx.exec(select(Outbox).where(Outbox.person_id == bearer.row, Outbox.outcome == "")).all()
    assert [row.priority for row in waiting] == [outbox.BULK]


def test_two_societies_make_one_weekly_message(society: Neighbourhood, bearer: Phone) -> None:
    bears(founded(society.chat, Named("Green Park", "Bhawarkua")), bearer)
    to_monday(society.chat)

    assert weekly(society.chat, bearer) == [texts.DIGEST_FEW, texts.DIGEST_FEW, texts.TRY]
