"""The sandbox's demo city: everyone of the cast can do what their role says, and stations hold the cameras."""

import asyncio
from collections import Counter
from dataclasses import replace

import pyotp
import pytest
from sqlmodel import Session, select

from bot import app, demo, texts
from bot.core.access import Role
from bot.core.casework.factor import HAVE_ONE, Tried
from bot.core.messages import counted, say
from bot.playground import ROLES, THINGS_TO_TRY, made_up_owners, serving
from bot.words import words
from handlers import mail
from sandbox.people import CAST
from storage import outbox, people
from storage.admin import grants
from storage.casework import factors
from storage.engine import Store
from storage.society import doors, societies
from storage.station import stations
from storage.tables.register import Kept, Person, Registration
from tests.chat import Chat

SERVES = [person for person in CAST if person.role in ROLES]


@pytest.fixture
def seeds(store: Store) -> dict[str, str]:
    return store.run(lambda tx: demo.fill(tx, map(serving, SERVES), app.now()))


@pytest.mark.usefixtures("seeds")
def test_each_of_the_cast_holds_their_role_at_their_station(store: Store) -> None:
    def held(tx: Session) -> list[tuple[str, str, str]]:
        return [(grants.name_of(tx, one), one.role, one.station) for one in grants.held(tx, app.now())]

    station = {person.id: demo.SOCIETY_STATION if person.role == "RWA" else person.of for person in SERVES}
    expected = [(person.name, ROLES[person.role].value, station[person.id]) for person in SERVES]
    assert sorted(store.run(held)) == sorted(expected)
    assert set(ROLES.values()) == set(Role) - {Role.RESIDENT}


@pytest.mark.usefixtures("seeds")
def test_every_made_up_camera_belongs_to_one_of_the_stations_and_each_station_has_some(store: Store) -> None:
    def of_stations(tx: Session) -> Counter[str]:
        known = {station.id: station.name for station in stations.every(tx)}
        return Counter(known[one.station_id or 0] for one in tx.exec(select(Registration)))

    found = store.run(of_stations)

    assert set(found) == set(demo.CENTRES)
    assert found.total() == demo.REGISTRATIONS
    assert min(found.values()) > 20


@pytest.mark.usefixtures("seeds")
def test_the_office_bearer_has_a_society_with_links_that_open(store: Store) -> None:
    def of_bearer(tx: Session) -> tuple[str, list[bool]]:
        (grant,) = grants.holders(tx, Role.BEARER, app.now())
        society = societies.get(tx, grant.society_id or 0)
        assert society is not None
        links = [doors.payload_of(tx, door) for door in doors.of(tx, society, app.now())]
        return societies.named(tx, society).name, [doors.through(tx, link) is not None for link in links]

    name, open_ = store.run(of_bearer)

    assert name in [person.of for person in CAST if person.role == "RWA"]
    assert open_ == [True, True]


def test_whoever_needs_a_second_factor_has_one_that_works(store: Store, seeds: dict[str, str]) -> None:
    def tried(tx: Session, chat: str) -> Tried:
        person = people.find(tx, "telegram", chat)
        factor = factors.of(tx, person.id) if person else None
        assert factor is not None
        moment = app.now()
        return factors.enter(tx, factor, pyotp.TOTP(seeds[chat]).at(moment), moment)

    assert store.run(lambda tx: [tried(tx, chat) for chat in seeds]) == [Tried.RIGHT] * len(seeds)
    assert sorted(seeds) == sorted(str(person.id) for person in SERVES if ROLES[person.role] in HAVE_ONE)


def test_starting_over_makes_other_seeds_and_the_same_city(store: Store, seeds: dict[str, str]) -> None:
    def again(tx: Session) -> dict[str, str]:
        demo.empty(tx)
        return demo.fill(tx, map(serving, SERVES), app.now())

    fresh = store.run(again)

    assert set(fresh) == set(seeds)
    assert set(fresh.values()).isdisjoint(seeds.values())
    assert len(store.run(lambda tx: tx.exec(select(Registration)).all())) == demo.REGISTRATIONS


async def test_what_is_sent_to_made_up_owners_does_not_wait_for_a_phone_that_is_not_there(store: Store) -> None:
    def asked(tx: Session) -> None:
        demo.fill(tx, [], app.now())
        for person in tx.exec(select(Person).where(Person.channel == demo.CHANNEL).limit(3)):
            mail.post(tx, person, replace(say(texts.NOTHING_TO_CANCEL), keep="request"), app.now())

    store.run(asked)
    assert store.run(outbox.waiting) == 3
    readers = asyncio.create_task(made_up_owners(store).run())

    async with asyncio.timeout(10):
        while store.run(outbox.waiting):  # noqa: ASYNC110 - the delivery of a message rings no bell for others
            await asyncio.sleep(0.05)

    assert store.run(lambda tx: tx.exec(select(Kept.there)).all()) == [True] * 3
    readers.cancel()
    await asyncio.gather(readers, return_exceptions=True)


def test_an_administrator_of_a_fresh_sandbox_reads_that_nothing_waits(chat: Chat) -> None:
    admin = next(person for person in SERVES if ROLES[person.role] is Role.ADMIN)
    chat.store.run(lambda tx: demo.fill(tx, map(serving, SERVES), chat.now))

    phone = chat.phone(admin.id)
    phone.says("/health")

    assert texts.HEALTH_NONE_WAITS in phone.sees
    assert words(counted(texts.HEALTH_QUEUE, 0), "en") in phone.sees
    assert words(counted(texts.HEALTH_ASIDE, 0), "en") in phone.sees


def test_what_the_terminal_says_names_people_who_are_there() -> None:
    names = [person.name for person in CAST]

    assert "Asha Verma" in names
    assert "SI Rao, Palasia" in names
    assert "As Asha" in THINGS_TO_TRY
    assert "As SI Rao" in THINGS_TO_TRY
