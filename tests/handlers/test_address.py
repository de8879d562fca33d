"""The street address of a pin: shown where a geocoder answers, and never in the way where it does not."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from handlers import address
from handlers.address import locator
from tests.chat import RAJWADA


@contextmanager
def nominatim(status: int, body: bytes, *, until: threading.Event | None = None) -> Iterator[str]:
    """A server on loopback that answers every request alike, and only once `until` is set."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if until:
                until.wait(20)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


async def test_a_pin_gets_its_street() -> None:
    body = b'{"lat": "22.7185", "lon": "75.8550", "display_name": "Rajwada, Indore"}'

    with nominatim(200, body) as url:
        address = await locator(url)(RAJWADA, "en")

    assert address == "Rajwada, Indore"


async def test_a_failing_geocoder_costs_the_address_alone() -> None:
    with nominatim(500, b"") as url:
        assert await locator(url)(RAJWADA, "en") == ""
    with nominatim(200, b"not json") as url:
        assert await locator(url)(RAJWADA, "en") == ""
    assert await locator(url)(RAJWADA, "en") == ""  # nobody listens there any more


async def test_a_place_without_a_street_has_no_address() -> None:
    with nominatim(200, b'{"error": "Unable to geocode"}') as url:
        assert await locator(url)(RAJWADA, "hi") == ""


@pytest.mark.parametrize(
    "body",
    [
        b'{"place_id": 1}',
        b"[1]",
        b'"hello"',
        b"null",
        b"7",
        b'{"lat": "x", "lon": "y", "display_name": "Rajwada"}',
        b'{"lat": "1", "lon": "2", "display_name": null}',
        b'{"lat": "1", "lon": "2", "display_name": ["Rajwada"]}',
    ],
)
async def test_an_odd_answer_costs_the_address_alone(body: bytes) -> None:
    with nominatim(200, body) as url:
        assert await locator(url)(RAJWADA, "en") == ""


async def test_nobody_waits_longer_for_their_turn_than_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "TIMEOUT_S", 0.5)
    answering = threading.Event()
    with nominatim(200, b"{}", until=answering) as url:
        locate, began = locator(url), time.monotonic()
        found = await asyncio.gather(*(locate(RAJWADA, "en") for _ in range(20)))
        took = time.monotonic() - began
        answering.set()

    assert found == [""] * 20
    assert took < 5  # each alone may take half a second, and wait a second more; twenty in a row would take ten
