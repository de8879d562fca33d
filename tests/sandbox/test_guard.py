"""Who is answered: this computer, and no other site's page."""

import httpx
import pytest

from sandbox.guard import POLICY
from sandbox.server import Running
from sandbox.world import World
from tests.sandbox.wire import ASHA

TEXT = {"text": "hello"}


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", "user@127.0.0.1", "127.0.0.1:x", "[", ""],
)
@pytest.mark.parametrize("path", ["/", "/desk/state", "/desk/events", "/page/main.js"])
async def test_a_foreign_host_is_refused(http: httpx.AsyncClient, host: str, path: str) -> None:
    assert (await http.get(path, headers={"host": host})).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost", "LOCALHOST:8765"])
async def test_this_computer_is_answered_by_either_name(http: httpx.AsyncClient, host: str) -> None:
    assert (await http.get("/desk/state", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null", ""])
async def test_another_sites_page_cannot_post(http: httpx.AsyncClient, world: World, origin: str) -> None:
    for path in (f"/desk/people/{ASHA}/text", "/desk/reset", f"/bot{world.token}/getMe"):
        assert (await http.post(path, json=TEXT, headers={"origin": origin})).status_code == 403

    assert world.inbox.pending() == []
    assert world.calls == []


async def test_the_own_page_can_post(http: httpx.AsyncClient, server: Running, world: World) -> None:
    answer = await http.post(f"/desk/people/{ASHA}/text", json=TEXT, headers={"origin": server.url})

    assert answer.status_code == 200
    assert len(world.chat(ASHA)) == 1


async def test_no_page_calls_the_bot_api_not_even_by_a_picture(http: httpx.AsyncClient, world: World) -> None:
    world.starts(ASHA)
    picture = {"sec-fetch-site": "cross-site", "sec-fetch-dest": "image"}

    answer = await http.get(f"/bot{world.token}/sendMessage", params={"chat_id": ASHA, "text": "x"}, headers=picture)

    assert answer.status_code == 403
    assert len(world.chat(ASHA)) == 1


@pytest.mark.parametrize("path", ["/", "/desk/state", "/page/main.js", "/nothing"])
async def test_the_policy_lets_nothing_in_from_anywhere_else(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path)

    assert answer.headers["content-security-policy"] == POLICY
    assert "default-src 'none'" in POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_the_page_and_its_font_are_served_and_nothing_beside_them(http: httpx.AsyncClient) -> None:
    page = await http.get("/")
    font = await http.get("/page/font.ttf")

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert (font.headers["content-type"], font.content[:4]) == ("font/ttf", b"\0\1\0\0")
    for path in ("/page/nothing.js", "/page/..%2Fserver.py", "/page/%2e%2e/server.py", "/page/"):
        assert (await http.get(path)).status_code == 404
