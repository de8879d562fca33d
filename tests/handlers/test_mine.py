"""`/mine`: one's own entries, and what can be done with each."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.casework.near import Circle
from bot.core.geo import Point, metres
from bot.core.messages import Button, Say, Tap
from bot.core.registration import Entry, State
from bot.core.resident.signup_questions import NeedCount, NeedPlace
from storage import registrations, spots
from tests.chat import PALASIA, RAJWADA, Chat, Phone
from tests.every_stage import brought_to

NORTH_OF_RAJWADA = {m: Point(RAJWADA.lat + m / 110_740, RAJWADA.lon) for m in (19.9, 20.1)}


def entry(tx: Session, number: str) -> Entry:
    row = registrations.find(tx, number)
    assert row
    return registrations.entry(tx, row)


def found(tx: Session, at: Point) -> int:
    """How many entries a search finds within 50 m."""
    return len(spots.within(tx, Circle(at, 50.0))[0])


def buttons(who: Phone) -> list[Button]:
    return [button for said in who.answers if isinstance(said, Say) for row in said.buttons for button in row]


def labels(who: Phone) -> list[str]:
    return [button.label.text for button in buttons(who)]


def test_without_entries_it_says_how_to_begin(resident: Phone) -> None:
    resident.says("/mine")

    assert resident.reads == [texts.MINE_NONE]


def test_a_single_entry_is_shown_right_away_with_all_that_can_be_done(resident: Phone) -> None:
    number = resident.registers()

    resident.says("/mine")

    assert resident.reads == [texts.CARD]
    assert number in resident.sees
    assert labels(resident) == [texts.CHANGE, texts.MOVE, texts.MORE, texts.PAUSE, texts.ON_THE_MAP, texts.REMOVE]


def test_several_entries_are_listed_and_a_tap_opens_one(resident: Phone) -> None:
    first, second = resident.registers(RAJWADA), resident.registers(PALASIA)

    resident.says("/mine")
    listed = [button.label.values["number"] for button in buttons(resident)]
    resident.sends(Tap(buttons(resident)[1].data))

    assert listed == [first, second]
    assert second in resident.sees
    assert labels(resident)[-1] == texts.ALL_ENTRIES


def test_more_than_ten_entries_come_in_pages(resident: Phone) -> None:
    numbers = [resident.registers(Point(22.70 + n / 1000, 75.85)) for n in range(12)]

    resident.says("/mine")
    first = [button.label.values.get("number") for button in buttons(resident)]
    resident.taps(texts.NEXT_PAGE)
    second = [button.label.values.get("number") for button in buttons(resident)]
    resident.taps(texts.PREVIOUS_PAGE)

    assert first == [*numbers[:10], None]
    assert second == [*numbers[10:], None]
    assert [button.label.values.get("number") for button in buttons(resident)] == first


def test_the_place_of_an_entry_can_be_seen_on_the_map(resident: Phone) -> None:
    brought_to("card", resident)

    resident.taps(texts.ON_THE_MAP)

    [said] = resident.answers
    assert isinstance(said, Say)
    assert said.pin == RAJWADA


def test_change_corrects_the_entry_and_makes_no_other(resident: Phone, tx: Session) -> None:
    number = resident.registers(RAJWADA, 4)
    resident.says("/mine")
    resident.taps(texts.CHANGE)
    resident.taps(texts.CHANGE_COUNT)
    resident.says("7")
    resident.taps(texts.SAVE)

    assert resident.reads == [texts.SAVED_CHANGE]
    assert entry(tx, number).cameras == 7
    assert len(registrations.owned(tx, resident.row)) == 1


def test_going_back_all_the_way_while_changing_still_corrects_the_same_entry(resident: Phone, tx: Session) -> None:
    number = resident.registers(RAJWADA, 4)
    resident.says("/mine")
    resident.taps(texts.CHANGE)
    for _ in range(3):
        resident.sends(Tap("back"))
    resident.says("9")
    resident.taps(texts.SAVE)

    assert entry(tx, number).cameras == 9
    assert len(registrations.owned(tx, resident.row)) == 1


def test_move_puts_it_elsewhere_and_it_is_found_there_only(resident: Phone, tx: Session) -> None:
    number = resident.registers(RAJWADA)
    resident.says("/mine")
    resident.taps(texts.MOVE)
    resident.pins(PALASIA)
    resident.taps(texts.YES_HERE)
    resident.taps(texts.SAVE)

    assert entry(tx, number).site.point == PALASIA
    assert (found(tx, RAJWADA), found(tx, PALASIA)) == (0, 1)


def test_a_label_stays_when_the_entry_is_corrected(resident: Phone, tx: Session) -> None:
    brought_to("label", resident)
    resident.says("blue gate")
    resident.says("/mine")
    resident.taps(texts.MOVE)
    resident.pins(PALASIA)
    resident.taps(texts.YES_HERE)
    resident.taps(texts.SAVE)

    row = registrations.owned(tx, resident.row)[0]
    assert registrations.site_of(tx, row).name == "blue gate"


def test_a_paused_entry_is_found_by_nobody_and_says_so(resident: Phone, tx: Session) -> None:
    number = resident.registers()
    resident.says("/mine")

    resident.taps(texts.PAUSE)

    assert entry(tx, number).state is State.PAUSED
    assert found(tx, RAJWADA) == 0
    assert texts.CARD_PAUSED in resident.sees
    assert texts.RESUME in labels(resident)


def test_a_resumed_entry_is_found_again(resident: Phone, tx: Session) -> None:
    number = resident.registers()
    resident.says("/mine")
    resident.taps(texts.PAUSE)

    resident.taps(texts.RESUME)

    assert entry(tx, number).state is State.ACTIVE
    assert found(tx, RAJWADA) == 1


def test_a_paused_entry_that_is_moved_stays_paused(resident: Phone, tx: Session) -> None:
    resident.registers()
    resident.says("/mine")
    resident.taps(texts.PAUSE)
    resident.taps(texts.MOVE)
    resident.pins(PALASIA)
    resident.taps(texts.YES_HERE)
    resident.taps(texts.SAVE)

    assert (found(tx, RAJWADA), found(tx, PALASIA)) == (0, 0)


def test_a_removed_entry_is_gone_from_the_list_and_from_every_search(resident: Phone, tx: Session) -> None:
    number = resident.registers()
    resident.says("/mine")
    resident.taps(texts.REMOVE)
    asked, still = resident.asked, found(tx, RAJWADA)
    resident.taps(texts.YES_REMOVE)

    assert (asked, still) == (texts.SURE_REMOVE, 1)
    assert resident.reads == [texts.REMOVED]
    assert found(tx, RAJWADA) == 0
    assert entry(tx, number).state is State.WITHDRAWN
    assert resident.says("/mine")
    assert resident.reads == [texts.MINE_NONE]


def test_keep_it_keeps_it(resident: Phone, tx: Session) -> None:
    resident.registers()
    resident.says("/mine")
    resident.taps(texts.REMOVE)

    resident.taps(texts.KEEP)

    assert resident.reads == [texts.KEPT_AS_IT_WAS]
    assert found(tx, RAJWADA) == 1


@pytest.mark.parametrize("verb", ["card", "map", "change", "move", "pause", "resume", "remove"])
def test_nobody_can_touch_someone_elses_entry(chat: Chat, resident: Phone, tx: Session, verb: str) -> None:
    number = resident.registers()
    stranger = chat.phone(1002, number="+919812345678")
    stranger.registers(PALASIA)

    stranger.sends(Tap(f"/mine:{verb}:{number}"))

    assert stranger.reads == [texts.NOT_YOURS_NOW]
    assert entry(tx, number).state is State.ACTIVE
    assert stranger.stack == []


@pytest.mark.parametrize("verb", ["card", "map", "change", "move", "pause", "resume", "remove"])
def test_buttons_of_an_entry_that_was_removed_say_so(resident: Phone, tx: Session, verb: str) -> None:
    number = resident.registers()
    resident.says("/mine")
    resident.taps(texts.REMOVE)
    resident.taps(texts.YES_REMOVE)

    resident.sends(Tap(f"/mine:{verb}:{number}"))

    assert resident.reads == [texts.NOT_YOURS_NOW]
    assert entry(tx, number).state is State.WITHDRAWN


@pytest.mark.parametrize(("far", "offered"), [(19.9, True), (20.1, False)])
def test_within_twenty_metres_of_ones_own_entry_a_correction_is_offered(
    resident: Phone, far: float, offered: bool
) -> None:
    resident.registers(RAJWADA)
    near = NORTH_OF_RAJWADA[far]
    assert metres(RAJWADA, near) == pytest.approx(far, abs=0.05)

    resident.says("/add")
    resident.pins(near)
    resident.taps(texts.YES_HERE)

    assert resident.asked == (texts.ASK_SAME if offered else texts.ASK_COUNT)


def test_the_correction_changes_the_entry_instead_of_adding_one(resident: Phone, tx: Session) -> None:
    number = resident.registers(RAJWADA, 2)
    resident.says("/add")
    resident.pins(NORTH_OF_RAJWADA[19.9])
    resident.taps(texts.YES_HERE)
    resident.taps(texts.UPDATE_IT)
    resident.says("5")
    resident.taps(texts.SAVE)

    assert entry(tx, number).cameras == 5
    assert len(registrations.owned(tx, resident.row)) == 1


def test_other_cameras_at_the_same_place_become_an_entry_of_their_own(resident: Phone, tx: Session) -> None:
    resident.registers(RAJWADA, 2)

    resident.registers(RAJWADA, 3)

    assert [row.cameras for row in registrations.owned(tx, resident.row)] == [2, 3]


def test_a_neighbours_entry_in_the_same_place_is_no_concern_of_theirs(chat: Chat, resident: Phone) -> None:
    resident.registers(RAJWADA)
    neighbour = chat.phone(1002, number="+919812345678")
    brought = neighbour.says("/start") and neighbour.taps(texts.AGREE) and neighbour.shares_number()
    neighbour.pins(RAJWADA)
    neighbour.taps(texts.YES_HERE)

    assert brought
    assert neighbour.asked == texts.ASK_COUNT


def test_add_asks_neither_for_consent_nor_for_the_number_again(resident: Phone) -> None:
    resident.registers()

    resident.says("/add")

    assert resident.reads == [texts.ASK_PLACE]
    assert resident.stack == [NeedPlace("+919876543210")]


def test_a_change_button_in_the_middle_of_a_new_sign_up_does_not_lose_it(resident: Phone) -> None:
    number = resident.registers(RAJWADA)
    resident.says("/add")
    resident.pins(PALASIA)
    resident.taps(texts.YES_HERE)
    assert isinstance(resident.stack[-1], NeedCount)

    resident.sends(Tap(f"/mine:change:{number}"))
    resident.taps(texts.SAVE)

    assert resident.reads == [texts.SAVED_CHANGE, texts.WHERE_YOU_ARE, texts.ASK_COUNT]


def test_whoever_has_as_many_entries_as_allowed_is_told_whom_to_ask(chat: Chat, resident: Phone) -> None:
    chat.house = replace(chat.house, most_entries=1)
    resident.registers()

    resident.says("/add")

    assert resident.reads == [texts.TOO_MANY]
    assert resident.stack == []
