"""A crowd that registers and searches without a pause, and remembers what it was told."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot import texts
from bot.core.access import Role
from bot.core.geo import Point
from bot.core.messages import phrase
from bot.core.registration import coordinates
from sandbox.people import Person
from sandbox.world import World
from tests.live import Hands, opens_an_incident, registers, words_of

AT_ONCE = 5  # residents who register at the same time
PATIENCE_S = 100.0  # what a killed worker was sending waits a minute for its lease to lapse


@dataclass(frozen=True)
class Answers:
    """What a resident answered, and the number they got for it."""

    phone: str
    point: Point
    cameras: int
    number: str


@dataclass
class Crowd:
    """People of one city, until `enough` is set; then everybody ends what they began."""

    world: World
    chance: random.Random
    patience: float = PATIENCE_S
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    registered: dict[int, Answers] = field(default_factory=dict)
    searched: dict[int, list[Point]] = field(default_factory=dict)
    _last: int = 10_000

    async def lives(self, officers: dict[int, str]) -> None:
        """`officers`: ids and the payloads of their links."""
        people: list[Awaitable[None]] = [self._residents() for _ in range(AT_ONCE)]
        people += [self._officer(person_id, payload) for person_id, payload in officers.items()]
        await asyncio.gather(*people)

    def hands(self, person_id: int) -> Hands:
        language = ("hi", "en")[person_id % 2]
        person = Person(person_id, f"Person {person_id}", language_code=language, phone=f"+9190000{person_id:05d}")
        self.world.people[person_id] = person
        return Hands(self.world, person, self.patience)

    def place(self) -> Point:
        return Point(round(self.chance.uniform(22.68, 22.76), 6), round(self.chance.uniform(75.82, 75.92), 6))

    async def _residents(self) -> None:
        while not self.enough.is_set():
            self._last += 1
            await self._resident(self.hands(self._last))

    async def _resident(self, hands: Hands) -> None:
        point, cameras = self.place(), self.chance.randint(1, 50)
        number = await registers(hands, point.lat, point.lon, cameras)
        self.registered[hands.id] = Answers(hands.person.phone, point, cameras, number)

    async def _officer(self, person_id: int, payload: str) -> None:
        hands = self.hands(person_id)
        searched = self.searched[person_id] = []
        self.world.starts(person_id, payload)
        await hands.takes_up(Role.OFFICER, "Palasia", newest=False)  # the link's answer may come again
        await opens_an_incident(hands)
        while not self.enough.is_set():
            point = Point(22.70 + len(searched) / 10_000, 75.85)
            searched.append(point)
            self.world.says(person_id, f"/near {point.lat:.5f} {point.lon:.5f} 700")
            await hands.sees(answers(hands, point))


def answers(hands: Hands, point: Point) -> Callable[[dict[str, object]], bool]:
    """Whether a message is the answer to a search around this point."""
    radius = phrase(texts.METRES, n="700")
    head = hands.in_words(texts.SEARCHED, place=coordinates(point), radius=radius)
    return lambda said: words_of(said).startswith(head)
