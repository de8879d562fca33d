"""Neighbours who come by a society's link: greeted, counted once for each step, and attached to nothing."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from bot import texts
from bot.core.society.funnel import FEWEST, Step, told
from bot.core.society.society import Purpose
from storage.society import doors, funnel, societies
from storage.tables.societies import CameBy, Funnel, Society
from tests.chat import PALASIA, Chat, Phone
from tests.conftest import become_officer
from tests.every_stage import QUESTIONS, STOPS, brought_to
from tests.societies import SHANTI, Neighbourhood, founded, signs_up

pytestmark = pytest.mark.matrix


@pytest.fixture
def society(chat: Chat) -> Neighbourhood:
    return founded(chat)


def exact(tx: Session, door_id: int, week: int = 0) -> list[int]:
    """The counts as they lie in the register: opened, agreed, number, place, saved, cameras."""
    row = tx.get(Funnel, (door_id, week))
    return [row.opened, row.agreed, row.gave_number, row.gave_place, row.saved, row.cameras] if row else []


def test_a_neighbour_is_greeted_in_the_name_of_the_society_and_signs_up_as_ever(society: Neighbourhood) -> None:
    who = society.neighbour(3001)

    assert who.reads == [texts.INVITED_BY, texts.NOTICE]
    assert SHANTI.name in who.sees
    assert signs_up(who, PALASIA, 4)


def test_each_step_is_counted_as_it_is_taken(society: Neighbourhood, tx: Session) -> None:
    door, who = society.door_id(), society.neighbour(3001)
    counted = [exact(tx, door)]

    acts: tuple[Callable[[], object], ...] = (
        lambda: who.taps(texts.AGREE),
        lambda: who.shares_number(),
        lambda: who.pins(PALASIA),
        lambda: who.taps(texts.YES_HERE),
        lambda: who.says("4"),
        lambda: who.taps(texts.SAVE),
    )
    for act in acts:
        act()
        counted.append(exact(tx, door))

    assert counted == [
        [1, 0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0],
        [1, 1, 1, 0, 0, 0],
        [1, 1, 1, 0, 0, 0],
        [1, 1, 1, 1, 0, 0],
        [1, 1, 1, 1, 0, 0],
        [1, 1, 1, 1, 1, 4],
    ]
    assert exact(tx, door, society.week) == exact(tx, door)


def test_going_back_and_opening_the_link_again_count_nothing_twice(society: Neighbourhood, tx: Session) -> None:
    who = society.neighbour(3001)
    who.taps(texts.AGREE)
    who.shares_number()
    for _ in range(3):
        who.says(texts.BACK)
        who.shares_number()
        who.says(f"/start {society.payload()}")
    who.pins(PALASIA)
    who.taps(texts.YES_HERE)
    who.says("4")
    who.taps(texts.SAVE)
    who.says(f"/start {society.payload()}")

    assert who.reads == [texts.WELCOME_BACK]
    assert exact(tx, society.door_id()) == [1, 1, 1, 1, 1, 4]


def test_a_second_place_of_the_same_person_adds_cameras_and_no_second_sign_up(
    society: Neighbourhood, tx: Session
) -> None:
    signs_up(society.neighbour(3001), PALASIA, 4)

    society.chat.phone(3001).registers(cameras=2)

    assert exact(tx, society.door_id()) == [1, 1, 1, 1, 1, 6]


def test_corrections_and_withdrawals_move_no_count(society: Neighbourhood, tx: Session) -> None:
    who = society.neighbour(3001)
    signs_up(who, PALASIA, 4)
    who.says("/mine")
    who.taps(texts.CHANGE)
    who.taps(texts.CHANGE_COUNT)
    who.says("9")
    who.taps(texts.SAVE)
    who.says("/forget")
    who.taps(texts.YES_FORGET)

    assert exact(tx, society.door_id()) == [1, 1, 1, 1, 1, 4]
    assert tx.exec(select(CameBy)).all() == []  # nothing leads from the person to the society any more


@pytest.mark.parametrize("where", [name for name in QUESTIONS if name != "accept"])
def test_a_link_opened_in_the_middle_of_anything_disturbs_nothing(chat: Chat, where: str, tx: Session) -> None:
    who = brought_to(where, chat.phone(1001))
    before, society = who.stack, founded(chat)

    who.says(f"/start {society.payload()}")

    assert who.asked == STOPS[where].again
    assert who.stack == before
    assert exact(tx, society.door_id())[0] == 1


def test_withdrawn_renewed_and_unknown_links_just_start_the_ordinary_sign_up(
    society: Neighbourhood, tx: Session
) -> None:
    chat, shut, old = society.chat, society.payload(Purpose.POSTER), society.payload()
    chat.store.run(lambda tx: doors.shut(society.door(tx, Purpose.POSTER), chat.now))
    chat.store.run(lambda tx: doors.renew(tx, society.door(tx), chat.now))

    read = []
    for number, payload in enumerate((shut, old, "s_", "s_" + "A" * 22, f"s_{old[2:].swapcase()}", "s_नमस्ते")):
        who = chat.phone(3001 + number)
        who.says(f"/start {payload}")
        read.append((who.reads, who.sees))

    assert {tuple(reads) for reads, _ in read} == {(texts.NOTICE,)}
    assert all(SHANTI.name not in sees for _, sees in read)
    assert tx.exec(select(Funnel)).all() == []
    assert society.neighbour(3100).reads == [texts.INVITED_BY, texts.NOTICE]


def test_the_links_of_a_closed_society_open_nothing(society: Neighbourhood) -> None:
    payload = society.payload()

    def close(tx: Session) -> bool:
        row = tx.get(Society, society.id)
        return bool(row and societies.close(row, society.chat.now))

    society.chat.store.run(close)
    who = society.chat.phone(3001)
    who.says(f"/start {payload}")

    assert who.reads == [texts.NOTICE]


def test_an_officer_who_opens_the_link_is_asked_like_any_neighbour(society: Neighbourhood) -> None:
    officer = become_officer(society.chat.phone(3001))

    officer.says(f"/start {society.payload()}")

    assert officer.reads == [texts.INVITED_BY, texts.NOTICE]


def test_two_links_count_apart_and_the_last_one_opened_counts_on(society: Neighbourhood, tx: Session) -> None:
    who = society.neighbour(3001, Purpose.POSTER)
    who.taps(texts.AGREE)
    who.says(f"/start {society.payload(Purpose.MESSAGE)}")
    who.shares_number()

    assert exact(tx, society.door_id(Purpose.POSTER)) == [1, 1, 0, 0, 0, 0]
    assert exact(tx, society.door_id(Purpose.MESSAGE)) == [1, 1, 1, 0, 0, 0]


def test_whoever_comes_by_no_link_is_counted_nowhere(chat: Chat, resident: Phone, tx: Session) -> None:
    founded(chat)

    resident.registers()

    assert tx.exec(select(Funnel)).all() == []
    assert tx.exec(select(CameBy)).all() == []


def test_people_see_by_which_link_they_came(society: Neighbourhood) -> None:
    who = society.neighbour(3001)
    who.says("/mydata")

    file = [line for said in who.answers for line in getattr(getattr(said, "document", None), "lines", ())]
    assert [line.values["society"] for line in file if line.text == texts.MYDATA_CAME_BY] == [SHANTI.name]


def test_how_someone_came_who_stopped_is_forgotten_in_a_week_and_the_counts_stay(
    society: Neighbourhood, tx: Session
) -> None:
    signs_up(society.neighbour(3001), PALASIA, 4)
    society.neighbour(3002).taps(texts.AGREE)
    left = []

    for days in (6, 2, 30):
        society.chat.later(days=days)
        society.chat.ticks()
        left.append((len(tx.exec(select(CameBy)).all()), len(tx.exec(select(Funnel)).all())))

    assert left == [(2, 2), (1, 1), (1, 1)]
    assert exact(tx, society.door_id()) == [2, 2, 1, 1, 1, 4]


def test_a_link_holds_128_bits_of_chance_and_is_kept_only_as_a_keyed_hash_and_sealed(
    chat: Chat,
) -> None:
    payloads = {founded(chat).payload() for _ in range(20)}

    assert len(payloads) == 20
    assert {len(payload.removeprefix(doors.PREFIX)) for payload in payloads} == {22}  # 22 x 6 bits hold 128
    kept = chat.saved()
    assert not [payload for payload in payloads if payload.encode() in kept]
    assert SHANTI.name.encode() not in kept
    assert SHANTI.place.encode() not in kept


def test_what_is_counted_leaves_the_register_in_steps_of_five_only(society: Neighbourhood, tx: Session) -> None:
    society.neighbours_register(6, cameras=3)
    society.neighbour(3001)

    counts = funnel.counts(tx, [society.door_id()])

    assert counts.steps == (5, 5, 5, 5, 5)
    assert counts.of(Step.OPENED) == counts.saved == FEWEST
    assert [told(n) for n in (0, 4, 5, 9, 10)] == [0, 0, 5, 5, 10]


def test_a_single_sign_up_never_shows_how_many_cameras_it_brought(society: Neighbourhood, tx: Session) -> None:
    seen = []
    for n, cameras in enumerate((1, 40, 1, 1, 1, 45, 1, 1, 1, 1)):
        signs_up(society.neighbour(3001 + n), PALASIA, cameras)
        seen.append(funnel.counts(tx, [society.door_id()]).cameras)

    assert seen == [0, 0, 0, 0, 40, 40, 40, 40, 40, 90]  # it moves with the fifth and the tenth, not with the sixth


def test_the_week_begins_on_monday_where_the_town_is(society: Neighbourhood, tx: Session) -> None:
    door, first = society.door_id(), society.week
    society.neighbour(3001)  # Sunday noon in Indore
    society.chat.later(hours=11.9)
    same = society.week
    society.chat.later(hours=0.2)
    society.neighbour(3002)

    assert (same, society.week) == (first, first + 1)
    assert (exact(tx, door, first)[0], exact(tx, door, first + 1)[0], exact(tx, door)[0]) == (1, 1, 2)
