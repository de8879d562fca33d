"""What is counted: updates, answers, the queue, searches, the sign-up; and never anyone or anything of anyone."""

import re
from pathlib import Path
from typing import get_args

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families as families

from bot import texts
from bot.core.resident.signup_questions import Stage
from handlers import metrics
from handlers.reception import Outcome
from sandbox.world import World
from storage.engine import Store
from storage.outage import Outage
from tests.chat import RAJWADA, Phone
from tests.live import Live, alive, hooked, registers

ASHA, IMRAN, OFFICER = 1001, 1002, 2001
LAT, LON = 22.718537, 75.855041
CHANCE = re.compile(r"^(\w+_(?:created|sum)(?:\{.*\})?) \S+$", re.MULTILINE)  # any digits may stand in a time
PLANTED = "my-neighbours-blue-gate"


def value(name: str, **labels: str) -> float:
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


async def told(live: Live) -> str:
    url = live.settings.webhook_url.replace("/updates", "/metrics")
    async with httpx.AsyncClient(trust_env=False) as keeper:
        return (await keeper.get(url)).text


async def test_a_sign_up_is_counted_stage_by_stage_and_its_answers_as_sent(store: Store, tmp_path: Path) -> None:
    def counts() -> dict[str, float]:
        stages = ("NeedConsent", "NeedNumber", "NeedPlace", "NeedHere", "NeedCount", "NeedSave", "saved")
        found = {stage: value("citizen_eye_signup_total", stage=stage) for stage in stages}
        found["taken"] = value("citizen_eye_updates_total", outcome="taken")
        return found | {"sent": value("citizen_eye_answers_total", outcome="sent")}

    before = counts()

    async with alive(World(), store, tmp_path / "register.db") as live:
        await registers(live.hands(IMRAN), LAT, LON, 4)
        await live.settles()

    more = {name: many - before[name] for name, many in counts().items()}
    assert {name: more[name] for name in ("NeedConsent", "NeedNumber", "NeedPlace", "NeedCount", "saved")} == {
        "NeedConsent": 1, "NeedNumber": 1, "NeedPlace": 1, "NeedCount": 1, "saved": 1,
    }  # fmt: skip
    assert more["taken"] == 7
    assert more["sent"] >= 7


def test_a_search_is_timed(officer: Phone) -> None:
    before = value("citizen_eye_search_seconds_count")

    officer.says("/near 22.7196 75.8577 500")

    assert value("citizen_eye_search_seconds_count") == before + 1


def test_a_correction_of_an_entry_is_no_sign_up(resident: Phone) -> None:
    resident.registers(RAJWADA)
    resident.says("/mine")

    resident.taps(texts.CHANGE)

    assert resident.stack
    assert metrics.reached(None, resident.stack[-1], saved=False) == ""


async def test_the_age_and_length_of_the_queue_are_told(store: Store, tmp_path: Path) -> None:
    world = World()
    world.faults.add("sendMessage", status=500, times=1000)

    async with alive(world, store, tmp_path / "register.db", **hooked()) as live:
        world.says(IMRAN, "/cancel")
        await live.until(lambda: live.calls("sendMessage"))
        waiting = await told(live)
        world.faults.clear()
        await live.settles()
        after = await told(live)

    assert "citizen_eye_outbox_waiting 1.0" in waiting
    assert float(re.findall(r"^citizen_eye_outbox_oldest_seconds (\S+)", waiting, re.MULTILINE)[0]) >= 0
    assert "citizen_eye_outbox_waiting 0.0" in after
    assert "citizen_eye_database_up 1.0" in after


async def test_nothing_of_anyone_is_ever_told(store: Store, tmp_path: Path) -> None:
    async with alive(World(), store, tmp_path / "register.db", **hooked()) as live:
        imran = live.hands(IMRAN)
        number = await registers(imran, LAT, LON, 4)
        live.world.says(IMRAN, PLANTED)
        live.world.says(IMRAN, f"/{PLANTED}")
        live.world.says(OFFICER, f"/near {LAT} {LON} 500")
        await live.settles()
        said = CHANCE.sub(r"\1", await told(live))

    secrets = [number, PLANTED, str(LAT), str(LON), "718537", "855041", imran.person.phone[3:], "Imran"]
    chats = [f'"{person}"' for person in (ASHA, IMRAN, OFFICER)]
    assert [secret for secret in (*secrets, *chats) if secret in said] == []


def test_every_label_comes_from_a_closed_list() -> None:
    for outcome in Outcome:
        metrics.count_updates([outcome], [])
    closed = {
        *Outcome,
        *(kind.name.lower() for kind in Outage),
        *(stage.__name__ for stage in get_args(Stage)),
        *("saved", "sent", "blocked", "refused", "later"),
    }

    said = metrics.written(None).decode()

    labels = {
        found
        for family in families(said)
        for sample in family.samples
        for name, found in sample.labels.items()
        if name != "le"
    }
    assert labels <= closed
    assert set(Outcome) <= labels


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics"])
async def test_a_polling_bot_serves_health_and_metrics_too(store: Store, tmp_path: Path, path: str) -> None:
    port = hooked()["listen_port"]

    async with (
        alive(World(), store, tmp_path / "register.db", listen_port=port),
        httpx.AsyncClient(trust_env=False) as keeper,
    ):
        answer = await keeper.get(f"http://127.0.0.1:{port}{path}")

    assert answer.status_code == 200, answer.text
    assert "server" not in answer.headers
