"""A society to test with: its doors, and the neighbours who come through them."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.geo import Point
from bot.core.society.funnel import week_of
from bot.core.society.society import Named, Purpose
from storage.admin import invites
from storage.society import doors, societies
from storage.tables.societies import Door, Society
from tests.chat import PALASIA, TOWN, Chat, Phone

SHANTI = Named("Shanti Niketan", "Vijay Nagar", PALASIA)


@dataclass
class Neighbourhood:
    """A society, as its station sees it."""

    chat: Chat
    id: int

    def door(self, tx: Session, purpose: Purpose = Purpose.MESSAGE) -> Door:
        society = tx.get(Society, self.id)
        assert society
        return next(door for door in doors.of(tx, society, self.chat.now) if door.purpose == purpose)

    def payload(self, purpose: Purpose = Purpose.MESSAGE) -> str:
        """What the link says after `start=`."""
        return self.chat.store.run(lambda tx: doors.payload_of(tx, self.door(tx, purpose)))

    def door_id(self, purpose: Purpose = Purpose.MESSAGE) -> int:
        return self.chat.store.run(lambda tx: self.door(tx, purpose).id)

    @property
    def week(self) -> int:
        return week_of(self.chat.now, TOWN.timezone)

    def neighbour(self, number: int, purpose: Purpose = Purpose.MESSAGE) -> Phone:
        """Someone who opens the link."""
        who = self.chat.phone(number, number=f"+9198{number:08}")
        who.says(f"/start {self.payload(purpose)}")
        return who

    def neighbours_register(
        self, how_many: int, cameras: int = 3, first: int = 40_000, purpose: Purpose = Purpose.MESSAGE
    ) -> list[str]:
        """So many neighbours come by the link and register: the numbers of their entries."""
        return [
            signs_up(self.neighbour(first + n, purpose), Point(22.72 + n / 1000, 75.86), cameras)
            for n in range(how_many)
        ]


def signs_up(who: Phone, point: Point, cameras: int) -> str:
    """From the notice that is open to the registration number."""
    who.taps(texts.AGREE)
    who.shares_number()
    who.pins(point)
    who.taps(texts.YES_HERE)
    who.says(str(cameras))
    who.taps(texts.SAVE)
    return str(who.button(texts.ENOUGH).data.rpartition(":")[2])


def founded(chat: Chat, named: Named = SHANTI, station: str = "Palasia") -> Neighbourhood:
    """A society that staff of a station entered."""
    return Neighbourhood(chat, chat.store.run(lambda tx: societies.add(tx, station, named, chat.now).id))


def bears(society: Neighbourhood, who: Phone | None = None) -> Phone:
    """Someone accepts to spread the word for a society."""
    chat = society.chat
    until = chat.now + timedelta(days=365)

    def invite(tx: Session) -> str:
        row = tx.get_one(Society, society.id)
        return invites.make(tx, Role.BEARER, row.station, "Secretary", until, chat.now, society_id=row.id)

    who = who or chat.phone(2301, number="+919812300001")
    who.says(f"/start {chat.store.run(invite)}")
    who.taps(texts.ACCEPT_ROLE)
    return who
