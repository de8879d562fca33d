"""Map tiles: asked once, waited for briefly, and never in the way of the picture."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest
from PIL import Image

from bot.core.casework.near import Circle
from bot.core.messages import Name
from bot.core.picture import Bar, Bars, MapPicture
from handlers.pictures import studio, tiles
from handlers.pictures.ground import BARE, tiles_under
from handlers.pictures.maps import frame_of
from handlers.pictures.tiles import Tiles
from tests.chat import PALASIA, RAJWADA

SHOWN = MapPicture("A map", Circle(RAJWADA, 500.0), (), Name("Indore", "इन्दौर"))
FRAME = frame_of(SHOWN)
THERE = frame_of(MapPicture("Elsewhere", Circle(PALASIA, 500.0), (), ""))
GREEN = (10, 200, 10)


def png(side: int = 256) -> bytes:
    made = BytesIO()
    Image.new("RGB", (side, side), GREEN).save(made, "PNG")
    return made.getvalue()


@dataclass
class Server:
    """A tile server on loopback: answers every tile alike."""

    body: bytes = field(default_factory=png)
    status: int = 200
    hold: threading.Event | None = None
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    url: str = ""

    @contextmanager
    def running(self) -> Iterator["Server"]:
        mine = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                mine.asked.append(self.path)
                mine.agents.add(self.headers["User-Agent"])
                if mine.hold:
                    mine.hold.wait(10)
                self.send_response(mine.status)
                self.send_header("Location", "/elsewhere.png")
                self.end_headers()
                if mine.status == 200:
                    self.wfile.write(mine.body)

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            self.url = f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png"
            try:
                yield self
            finally:
                if self.hold:
                    self.hold.set()
                server.shutdown()
                thread.join()


async def test_the_tiles_under_a_map_are_fetched_once_and_kept() -> None:
    with Server().running() as server:
        async with Tiles(server.url, "© Somebody") as had:
            ground = await had.under(FRAME)
            again = await had.under(FRAME)

    wanted = [f"/{z}/{x}/{y}.png" for z, x, y in tiles_under(FRAME)]
    assert sorted(server.asked) == sorted(wanted)
    assert server.agents == {"citizen-eye"}
    assert ground == again
    assert set(ground.tiles) == set(tiles_under(FRAME))
    assert ground.credit == "© Somebody"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, b""),
        (500, b""),
        (302, b""),  # a redirect is not followed
        (200, b"<html>no tiles here</html>"),
        (200, b""),
        (200, b"\x89PNG\r\n\x1a\n" + b"x" * tiles.LARGEST),
        (200, png(2000)),  # small in bytes, large when it is unpacked
    ],
)
async def test_what_is_no_tile_leaves_the_grid(status: int, body: bytes) -> None:
    with Server(body, status).running() as server:
        async with Tiles(server.url, "©") as had:
            assert await had.under(FRAME) == BARE

    assert "/elsewhere.png" not in server.asked


async def test_a_server_that_is_away_leaves_the_grid() -> None:
    with Server().running() as server:
        pass

    async with Tiles(server.url, "©") as had:
        assert await had.under(FRAME) == BARE


async def test_a_slow_server_is_waited_for_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiles, "PATIENCE_S", 0.3)

    with Server(hold=threading.Event()).running() as server:
        async with Tiles(server.url, "©") as had:
            began = time.monotonic()
            ground = await had.under(FRAME)
            waited = time.monotonic() - began
            again = await had.under(THERE)

    assert ground == again == BARE
    assert waited < 2
    elsewhere = {f"/{z}/{x}/{y}.png" for z, x, y in set(tiles_under(THERE)) - set(tiles_under(FRAME))}
    assert elsewhere
    assert elsewhere.isdisjoint(server.asked)  # it rests for a minute, and nobody waits for it twice


async def test_tiles_that_came_in_time_need_not_come_again() -> None:
    with Server().running() as server:
        async with Tiles(server.url, "©") as had:
            await had.under(FRAME)
            server.status = 500  # and from now on the server is broken

            assert (await had.under(FRAME)).tiles
            assert await had.under(THERE) == BARE


async def test_memory_holds_only_so_many_tiles_the_newest_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    many = len(tiles_under(THERE))
    monkeypatch.setattr(tiles, "CACHE", many * len(png()))

    with Server().running() as server:
        async with Tiles(server.url, "©") as had:
            await had.under(FRAME)
            await had.under(THERE)
            before = len(server.asked)
            await had.under(THERE)
            kept = len(server.asked)
            await had.under(FRAME)

    assert (before, kept) == (len(tiles_under(FRAME)) + many, before)
    assert len(server.asked) > kept


async def test_a_map_is_drawn_on_tiles_and_other_pictures_ask_for_none() -> None:
    chart = Bars("By week", (Bar("1 Nov", 12, 12),))

    with Server().running() as server:
        async with Tiles(server.url, "© Somebody") as had:
            make = studio.made_on(had)
            await make(chart, "en")
            none = list(server.asked)
            picture = Image.open(BytesIO(await make(SHOWN, "en"))).convert("RGB")

    assert none == []
    assert picture.getpixel((100, 300)) == GREEN
