"""The street address of a pin: shown where a geocoder answers, and never in the way where it does not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from handlers.address import locator
from tests.chat import RAJWADA


@contextmanager
def nominatim(status: int, body: bytes) -> Iterator[str]:
    """A server on loopback that answers every request alike."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
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
