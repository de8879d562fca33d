"""How much one officer may look at in a day, and what is told of it to those who answer for the station."""

from dataclasses import dataclass
from enum import StrEnum

NEARLY = 0.8  # of a limit: from here on others hear of it
NEAR_HOME_M = 200.0  # so near to one's own registered address, a search looks like a private one
SAME_PLACE_M, SAME_PLACE_TIMES = 100.0, 4  # a place that is searched again and again
SAME_PLACE_DAYS = 7
IDLE_SEARCHES = 5  # so many searches for one incident, and no owner asked a day later


class Measure(StrEnum):
    """What is counted for each officer and day."""

    SEARCHES = "searches"
    PLACES = "places shown"
    NUMBERS = "numbers shown"


class Alarm(StrEnum):
    """Why those who answer for a station are told of an officer."""

    NEARLY = "nearly at a limit"
    REACHED = "a limit reached"
    OWN_ADDRESS = "own address"
    SAME_PLACE = "same place"
    NO_REQUEST = "no request"


@dataclass(frozen=True, slots=True)
class Limits:
    """For one officer and one day."""

    searches: int = 60
    places: int = 500
    numbers: int = 20

    def of(self, measure: Measure) -> int:
        match measure:
            case Measure.SEARCHES:
                return self.searches
            case Measure.PLACES:
                return self.places
            case Measure.NUMBERS:
                return self.numbers
