"""The page's files: what lies in sandbox/page, and the font."""

import hashlib
from pathlib import Path

import fontpkg_noto_sans_devanagari
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

PAGE = Path(__file__).parent / "page"
FONT = Path(fontpkg_noto_sans_devanagari.ROOT) / "files" / "NotoSansDevanagari[wdth,wght].ttf"

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
_FRESH = {"Cache-Control": "no-cache"}


def routes() -> list[Route]:
    return [Route("/", _index), Route("/page/font.ttf", _font), Route("/page/{name}", _file)]


def edition() -> str:
    """Another one whenever a file of the page has changed, so that an open page knows that it is old."""
    parts = [path.name.encode() + path.read_bytes() for path in sorted(PAGE.iterdir()) if path.suffix in _TYPES]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]


async def _index(_request: Request) -> Response:
    return _served("index.html")


async def _file(request: Request) -> Response:
    return _served(request.path_params["name"])


def _served(name: str) -> Response:
    known = {path.name: path for path in PAGE.iterdir() if path.suffix in _TYPES} if PAGE.is_dir() else {}
    if name not in known:
        return PlainTextResponse("There is no such file.", 404)
    return FileResponse(known[name], media_type=_TYPES[known[name].suffix], headers=_FRESH)


async def _font(_request: Request) -> Response:
    return FileResponse(FONT, media_type="font/ttf", headers={"Cache-Control": "max-age=86400"})
