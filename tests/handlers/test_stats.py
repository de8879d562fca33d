"""`/stats`: how many requests were answered at a station, week by week."""

from bot import texts
from bot.core.access import Role
from tests.chat import PALASIA, Chat, Phone
from tests.conftest import at_station
from tests.handlers.test_asking import asks, searches, street
from tests.stations import drawn


def weeks(staff: Phone) -> list[str]:
    """How many requests were answered in each of the last weeks, the newest first."""
    staff.says("/stats")
    return [line.rpartition(", ")[2] for line in staff.sees.splitlines() if line.startswith("from ")]


def test_a_request_that_was_answered_counts_in_its_week_at_the_station_of_the_camera(
    chat: Chat, officer: Phone
) -> None:
    drawn(chat)
    theirs, ours = at_station(chat, 3001, "Sarafa", Role.STAFF), at_station(chat, 3002, "Palasia", Role.STAFF)
    street(chat, 3)  # in Sarafa's area
    chat.has_cameras(PALASIA, owner=6000)
    searches(officer)  # of Palasia
    asks(officer, n=4)
    asked_only = weeks(theirs)
    for number in (5000, 5001, 6000):
        owner = chat.phone(number)
        owner.looks()
        owner.taps(texts.CANNOT_HELP)
    owner.taps(texts.CAMERA_WAS_OFF)  # a second thought is no second answer

    answered = weeks(theirs), weeks(ours)
    chat.later(days=7)

    none = "0 requests answered"
    assert asked_only == [none] * 4
    assert answered == (["2 requests answered", *[none] * 3], ["1 request answered", *[none] * 3])
    assert weeks(theirs) == [none, "2 requests answered", none, none]
