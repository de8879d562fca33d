"""A whole case over the Bot API: a theft, a search, a request, two owners' answers, a number, the file, and /seen."""

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot import texts
from bot.commands import keeper
from bot.core.access import Role
from bot.core.messages import Name, phrase
from sandbox.world import World
from storage.engine import Store
from tests.chat import RAJWADA
from tests.live import Hands, Live, Shown, alive, button, opens_an_incident, registers, words_of

ASHA, IMRAN, OFFICER = 1001, 1002, 2001


@pytest.fixture
async def live(store: Store, tmp_path: Path) -> AsyncIterator[Live]:
    async with alive(World(), store, tmp_path / "register.db") as live:
        yield live


async def officer_on_duty(live: Live) -> Hands:
    """An officer with a role, a code generator, and the incident of a theft."""
    link = keeper.invite(live.store, Role.OFFICER, "Palasia", "SI, Palasia 1", timedelta(days=365))
    live.world.generators[OFFICER] = link.seed
    officer = live.hands(OFFICER)
    live.world.starts(OFFICER, link.payload)
    await officer.takes_up(Role.OFFICER, "Palasia")
    await opens_an_incident(officer)
    return officer


async def asks_everyone(officer: Hands, n: int) -> None:
    """From the results of a search to the request that is on its way."""
    await officer.taps(texts.ASK_OWNERS)
    await officer.taps(texts.ASK_ALL, n=n)
    await officer.taps(texts.SAME_TIME)
    await officer.taps(texts.IN_HOURS[1], n=24)
    await officer.taps(texts.SEND_REQUEST)


async def takes_the_file(live: Live, officer: Hands) -> str:
    """What stands in the case file with numbers, after the reason and the second factor."""
    live.world.says(OFFICER, "/export")
    await officer.taps(texts.EXPORT_WITH)
    await officer.sees(lambda said: bool(button(said, officer.in_words(texts.EXPORT_WITHOUT))))
    await officer.taps(texts.FORM_PDF)
    await officer.taps(texts.REASON_RECORDING)
    await officer.reads(texts.ASK_SIX_DIGITS)
    live.world.says_code(OFFICER)
    return pages_of(live, await officer.sees(lambda said: "document" in said))


def pages_of(live: Live, said: Shown) -> str:
    file = live.world.files.by_id(said["document"]["file_id"])
    assert file is not None
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)


async def test_a_theft_becomes_an_answer_and_the_owner_reads_who_looked(live: Live) -> None:
    world, asha, imran = live.world, live.hands(ASHA), live.hands(IMRAN)
    officer = await officer_on_duty(live)
    hers = await registers(asha, RAJWADA.lat, RAJWADA.lon, 4)
    his = await registers(imran, RAJWADA.lat + 0.001, RAJWADA.lon, 2)
    world.says(OFFICER, f"/near {RAJWADA.lat} {RAJWADA.lon} 300")
    found = await officer.sees(lambda said: hers in words_of(said))

    await asks_everyone(officer, n=2)
    await asha.taps(texts.I_HAVE_IT)
    await asha.taps(texts.SHARE_YES)
    await imran.taps(texts.NOT_COVERED)
    number = await officer.sees(lambda said: asha.person.phone[-5:] in words_of(said))
    told = await officer.sees(lambda said: one_each(officer, words_of(said)))
    file = await takes_the_file(live, officer)
    world.says(ASHA, "/seen")
    seen = await asha.sees(lambda said: asha.in_words(texts.SEEN_TITLE).strip() in words_of(said))

    assert his in words_of(found)
    assert asha.person.phone[-5:] not in words_of(found)
    assert number["has_protected_content"]
    assert hers in words_of(told)
    assert his not in words_of(told)
    assert hers in file
    assert his in file
    assert asha.person.phone[-5:] in file
    assert imran.person.phone[-5:] not in file
    for part in (hers, "Palasia", asha.in_words(texts.INCIDENT_THEFT), asha.in_words(texts.SEEN_NUMBER)):
        assert part in words_of(seen)
    assert "SI, Palasia 1" not in words_of(seen)


async def test_a_closed_case_ends_with_a_thank_you_in_each_owner_s_language(live: Live) -> None:
    world, asha, imran = live.world, live.hands(ASHA), live.hands(IMRAN)
    officer = await officer_on_duty(live)
    await registers(asha, RAJWADA.lat, RAJWADA.lon, 4)
    await registers(imran, RAJWADA.lat + 0.001, RAJWADA.lon, 2)
    world.says(OFFICER, f"/near {RAJWADA.lat} {RAJWADA.lon} 300")
    await asks_everyone(officer, n=2)
    await asha.taps(texts.I_HAVE_IT)
    await asha.taps(texts.SHARE_NO)
    await imran.taps(texts.CANNOT_HELP)

    await closes_the_incident(live, officer)
    await officer.taps(texts.YES_HELPED)

    police = Name("Indore Police", "इन्दौर पुलिस")
    await asha.reads(texts.IT_HELPED, police=police, reference="FIR 123/2026")
    await imran.reads(texts.THANK_YOU, police=police, reference="FIR 123/2026")
    assert all(asha.person.phone[-5:] not in said for said in officer.texts)


async def closes_the_incident(live: Live, officer: Hands) -> None:
    live.world.says(OFFICER, "/incidents")
    card = await officer.sees(lambda said: any("FIR 123/2026" in label for label in labels(said)))
    live.world.taps(OFFICER, card["message_id"], button(card, next(one for one in labels(card) if "FIR" in one)))
    await officer.taps(texts.CLOSE_INCIDENT)
    await officer.taps(texts.YES_CLOSE_INCIDENT)


def labels(said: Shown) -> list[str]:
    rows = said.get("reply_markup", {}).get("inline_keyboard", [])
    return [key["text"] for row in rows for key in row]


def one_each(officer: Hands, said: str) -> bool:
    """Whether the live message counts one who has it and one whose camera does not cover it."""
    answers = (texts.I_HAVE_IT, texts.NOT_COVERED)
    lines = [officer.in_words(texts.LIVE_ANSWER, answer=phrase(answer), n=1) for answer in answers]
    return all(line in said for line in lines)
