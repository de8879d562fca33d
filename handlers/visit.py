"""One person's one update while it is handled: who they are, what they sent, and where they stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.core import stages
from bot.core.access import Action, Role, may
from bot.core.casework.limits import Limits
from bot.core.messages import Answer, Incoming, Say, Tap
from bot.core.resident.signup_desk import Desk
from bot.core.stages import Stage
from bot.core.town import NOTICE_VERSION, Town
from storage import people, registrations
from storage.admin import grants
from storage.casework import incidents
from storage.tables.casework import Incident
from storage.tables.register import Grant, Person


@dataclass(frozen=True, slots=True)
class House:
    """What every visit shares: the town, the bot's own name, the limits."""

    town: Town
    bot_username: str = ""
    most_entries: int = 50
    unfinished_days: int = 7
    search_needs_incident: bool = True
    limits: Limits = field(default_factory=Limits)
    training: bool = False  # whether incidents may be made up: in the sandbox only
    messages_per_second: float = 25.0
    grant_needs_two: str = "auto"  # auto | yes | no
    whatsapp_number: str = ""  # digits alone, with the country's; empty where the bot has none

    def link(self, payload: str) -> str:
        """A link that starts the bot with a payload."""
        return f"https://t.me/{self.bot_username}?start={payload}"


@dataclass(slots=True)
class Visit:
    """Lives for one transaction. `stack` holds the open conversations, the current one last."""

    tx: Session
    house: House
    person: Person
    got: Incoming
    now: datetime
    stack: list[Stage] = field(default_factory=list)
    from_language: str = ""  # what the channel says of the person's language
    asked: bool = False  # a question was asked in this visit, so it need not be asked again
    message: str = ""  # the message that this update brought
    saved: bool = False  # a new entry was saved in it
    _grants: list[Grant] | None = None

    @property
    def grants(self) -> list[Grant]:
        """What this person holds now; looked up once, and not at all for what every resident may."""
        if self._grants is None:
            self._grants = grants.in_force(self.tx, self.person.id, self.now)
        return self._grants

    def holds_more(self) -> None:
        """A role was granted or ended in this visit: look again."""
        self._grants = None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(grant.role) for grant in self.grants)

    @property
    def stage(self) -> Stage | None:
        return self.stack[-1] if self.stack else None

    def may(self, action: Action) -> bool:
        return may(frozenset(), action) or may(self.roles, action)

    def grant_for(self, action: Action) -> Grant:
        """The grant that allows an action, for the trace. Raises StopIteration where none does."""
        return next(grant for grant in self.grants if may(frozenset({Role(grant.role)}), action))

    @property
    def today(self) -> date:
        """The day it is in town."""
        return self.now.astimezone(self.house.town.zone).date()

    @property
    def incident(self) -> Incident | None:
        """The incident this officer works on just now; a made-up one counts in the sandbox only."""
        current = incidents.current(self.tx, self.person.id, self.now)
        return current if current and (self.house.training or not current.training) else None

    def push(self, stage: Stage) -> None:
        """Open a conversation; whoever does so asks its question."""
        self.stack, self.asked = stages.pushed(self.stack, stage), True

    def becomes(self, stage: Stage | None) -> None:
        """The current conversation moves to this stage, or ends."""
        self.stack = [*self.stack[:-1], stage] if stage is not None else self.stack[:-1]

    @property
    def language(self) -> str:
        return self.person.language or self.from_language or "en"

    @property
    def agreed(self) -> bool:
        return self.person.consent_at is not None and self.person.consent_version == NOTICE_VERSION

    def desk(self, *, with_entries: bool) -> Desk:
        """What the sign-up conversation needs to know."""
        rows = registrations.owned(self.tx, self.person.id) if with_entries else ()
        mine = tuple(registrations.entry(self.tx, row) for row in rows)
        known = people.phone_of(self.tx, self.person) if self.person.phone_token else ""  # none after /forget
        return Desk(self.house.town, mine, known, self.agreed)


Handler = Callable[["Visit"], Sequence[Answer]]
Asker = Callable[["Visit"], Sequence[Say]]


def asker(stages: object, question: Callable[[Any], Sequence[Say]]) -> Asker:
    """What asks a conversation's open question once more; nothing where another conversation is open."""

    def ask_again(visit: "Visit") -> Sequence[Say]:
        return question(visit.stage) if isinstance(visit.stage, stages) else ()  # type: ignore[arg-type]  # a union of classes

    return ask_again


def arrive(tx: Session, house: House, person: Person, got: Incoming, now: datetime, language: str) -> Visit:
    """Someone at the door: their open conversations are looked up."""
    stack = stages.read(people.stages_of(tx, person))
    return Visit(tx, house, person, got, now, stack, language)


def number(text: str) -> int:
    """A row's id or a page as a button carries it; 0 for whatever else somebody made up."""
    found = int(text) if text.isdecimal() and text.isascii() and len(text) < 20 else 0
    return found if found.bit_length() < 64 else 0  # no id is larger, and no database would take it


def argument(visit: Visit, place: int = -1) -> str:
    """What a standing button says after its name: `/mine:card:7K4M-92QX` -> the last part, or another."""
    parts = visit.got.data.split(":") if isinstance(visit.got, Tap) else []
    return parts[place] if -len(parts) <= place < len(parts) else ""


def row_named(visit: Visit, place: int = -1) -> int:
    """The row id that a standing button names; 0 for anything no id can be."""
    text = argument(visit, place)
    row = int(text) if text.isdecimal() and text.isascii() else 0
    return row if row.bit_length() < 64 else 0
