"""The whole story over the Bot API: a resident registers in Hindi, an officer finds it, and it can be taken back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot import texts
from bot.commands import keeper
from bot.core.access import Role
from bot.core.admin.joining import role_name
from bot.core.messages import Name, counted, phrase
from bot.core.registration import cameras, coordinates
from bot.words import LANGUAGES, words
from handlers import menus
from sandbox.state import USERNAME
from sandbox.world import World
from storage import audit
from storage.engine import Store
from tests.chat import PALASIA, RAJWADA
from tests.live import Hands, Live, alive, button, opens_an_incident, registers, words_of

ASHA, IMRAN, OFFICER = 1001, 1002, 2001
GROUP = -100_200_300


@pytest.fixture
async def live(store: Store, tmp_path: Path) -> AsyncIterator[Live]:
    async with alive(World(), store, tmp_path / "register.db") as live:
        yield live


async def made_officer(live: Live, person_id: int = OFFICER) -> Hands:
    """Someone who opened the keeper's one-time link, accepted, and opened an incident."""
    payload = keeper.invite(live.store, Role.OFFICER, "Palasia", "SI, Palasia 1", timedelta(days=365)).payload
    officer = live.hands(person_id)
    live.world.starts(officer.id, payload)
    await officer.takes_up(Role.OFFICER, "Palasia")
    await opens_an_incident(officer)
    return officer


def heading(hands: Hands, metres: str) -> str:
    """The first line of the answer to a search around Rajwada."""
    radius = phrase(texts.METRES, n=metres)
    return hands.in_words(texts.SEARCHED, place=coordinates(RAJWADA), radius=radius)


async def test_a_resident_registers_in_hindi_an_officer_finds_it_and_after_removal_finds_nothing(live: Live) -> None:
    asha, world = live.hands(ASHA), live.world
    officer = await made_officer(live)

    number = await registers(asha, RAJWADA.lat, RAJWADA.lon, 4)
    world.says(OFFICER, f"/near {RAJWADA.lat} {RAJWADA.lon} 500")
    found = await officer.sees(lambda said: number in words_of(said))
    world.says(ASHA, "/mine")
    await asha.taps(texts.REMOVE)
    await asha.taps(texts.YES_REMOVE)
    await asha.reads(texts.REMOVED, number=number)
    world.says(OFFICER, f"/near {RAJWADA.lat} {RAJWADA.lon} 501")
    gone = await officer.sees(lambda said: heading(officer, "501") in words_of(said))

    one_place = [heading(officer, "500"), words(counted(texts.PLACES, 1), "en"), words(cameras(4), "en")]
    assert all(line in words_of(found) for line in one_place)
    assert asha.person.phone[-10:] not in words_of(found)
    assert all(
        any(asha.in_words(asked) in said for said in asha.texts) for asked in (texts.ASK_NUMBER, texts.ASK_PLACE)
    )
    assert found["has_protected_content"]
    assert found["photo"]
    assert officer.in_words(texts.NOTHING_FOUND).strip() in words_of(gone)
    assert number not in words_of(gone)
    rows = live.store.run(lambda tx: audit.rows(tx, audit.Act.SEARCH))
    assert [(row.places, row.cameras, row.station) for row in rows] == [(1, 4, "Palasia"), (0, 0, "Palasia")]


async def test_the_place_comes_back_as_a_pin_and_the_sharing_key_goes_away(live: Live) -> None:
    imran, world = live.hands(IMRAN), live.world
    world.starts(IMRAN)
    await imran.taps(texts.AGREE)
    await imran.gets_key("request_contact")
    world.shares_contact(IMRAN)
    await imran.gets_key("request_location")

    world.drops_pin(IMRAN, PALASIA.lat, PALASIA.lon, venue="Blue gate")
    await imran.sees(
        lambda said: "Blue gate" in said.get("text", "") and bool(button(said, imran.in_words(texts.YES_HERE)))
    )

    pin = next(said for said in imran.shown if "location" in said)
    assert (pin["location"]["latitude"], pin["location"]["longitude"]) == (PALASIA.lat, PALASIA.lon)
    assert world.keyboard(IMRAN) is None


async def test_descriptions_and_menus_are_set_at_the_start_in_both_languages(live: Live) -> None:
    police, city = Name("Indore Police", "इन्दौर पुलिस"), Name("Indore", "इन्दौर")
    profile = live.world.profile

    await live.until(lambda: "hi" in profile.short_descriptions)

    for language in LANGUAGES:
        code = "" if language == "en" else language
        long, short = profile.descriptions[code], profile.short_descriptions[code]
        assert long == words(phrase(texts.BOT_DESCRIPTION, city=city, police=police), language)
        assert short == words(phrase(texts.BOT_SHORT_DESCRIPTION, police=police), language)
        assert profile.menu(ASHA, code) == menu_of(frozenset(), language)


def menu_of(roles: frozenset[Role], language: str) -> list[dict[str, str]]:
    return [{"command": name, "description": words(text, language)} for name, text in menus.commands(roles)]


async def test_an_officer_is_offered_near_in_the_menu_and_a_resident_is_not(live: Live) -> None:
    await made_officer(live)

    await live.settles()

    assert live.world.profile.menu(OFFICER, "en") == menu_of(frozenset({Role.OFFICER}), "en")
    assert "near" not in [command["command"] for command in live.world.profile.menu(IMRAN, "en")]


async def test_an_officer_who_changes_the_language_gets_the_menu_in_it(live: Live) -> None:
    officer = await made_officer(live)

    live.world.says(OFFICER, "/language")
    await officer.taps(texts.HINDI)
    await live.settles()

    assert live.world.profile.menu(OFFICER, "en") == menu_of(frozenset({Role.OFFICER}), "hi")


async def test_a_revoked_officer_is_told_and_the_menu_shrinks(live: Live) -> None:
    officer = await made_officer(live)
    await live.settles()
    grant = int(keeper.roles(live.store)[0].split()[0])

    said, done = keeper.revoke(live.store, grant)
    live.world.says(OFFICER, "/near 22.7196 75.8577 500")
    await officer.reads(texts.NOT_FOR_YOU)
    await live.settles()

    assert done
    assert "Palasia" in said
    assert officer.in_words(texts.ROLE_ENDED, role=role_name(Role.OFFICER), station="Palasia") in officer.texts
    assert live.world.profile.menu(OFFICER, "en") == menu_of(frozenset(), "en")


async def test_in_a_group_there_is_one_line_and_a_button_to_write_privately(live: Live) -> None:
    live.world.says_in_group(IMRAN, GROUP, "/near@" + USERNAME + " 22.7196 75.8577 500")

    await live.world.wait_for(lambda: len(live.world.chat(GROUP)) == 2)

    answer = live.world.chat(GROUP)[1]
    assert answer["text"] == words(phrase(texts.IN_GROUPS), "en")
    (key,) = answer["reply_markup"]["inline_keyboard"][0]
    assert key["text"] == words(phrase(texts.WRITE_TO_ME), "en")
    assert urlsplit(key["url"]).path == f"/{USERNAME}"


async def test_in_a_group_a_command_to_another_bot_is_left_to_that_bot(live: Live) -> None:
    live.world.says_in_group(IMRAN, GROUP, "/help@SomeOtherBot")
    live.world.says_in_group(IMRAN, GROUP, "/help")

    await live.world.wait_for(lambda: len(live.world.chat(GROUP)) == 3)
    await live.settles()

    assert [said["out"] for said in live.world.chat(GROUP)] == [True, True, False]


async def test_a_link_works_once_and_the_second_person_is_told_that_it_does_not(live: Live) -> None:
    payload = keeper.invite(live.store, Role.OFFICER, "Palasia", "SI, Palasia 1", timedelta(days=1)).payload
    officer, imran = live.hands(OFFICER), live.hands(IMRAN)
    live.world.starts(OFFICER, payload)
    await officer.takes_up(Role.OFFICER, "Palasia")

    live.world.starts(IMRAN, payload)
    await imran.sees(lambda said: imran.in_words(texts.LINK_NOT_VALID) in said.get("text", ""))

    assert len(keeper.roles(live.store)) == 1


async def test_a_place_on_the_map_is_protected_and_my_data_come_as_a_file_to_read(live: Live) -> None:
    officer, imran = await made_officer(live), live.hands(IMRAN)
    number = await registers(imran, RAJWADA.lat, RAJWADA.lon, 2)
    live.world.says(OFFICER, f"/near {RAJWADA.lat} {RAJWADA.lon} 500")

    await officer.taps(texts.PIN_BUTTON, n=1)
    live.world.says(IMRAN, "/mydata")
    pin = await officer.sees(lambda said: "venue" in said)
    said = await imran.sees(lambda message: "document" in message)

    assert pin["has_protected_content"]
    assert number in pin["venue"]["title"]
    assert (pin["location"]["latitude"], pin["location"]["longitude"]) == (RAJWADA.lat, RAJWADA.lon)
    file = live.world.files.by_id(said["document"]["file_id"])
    assert file is not None
    assert file.name == texts.MYDATA_FILE
    assert {number, imran.person.phone} <= set(file.content.decode("utf-8-sig").split())
