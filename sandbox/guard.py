"""Who is answered: this computer only, and no other site's page."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
    "font-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'self'",
    "frame-ancestors 'none'",
))  # fmt: skip
_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Refuses foreign hosts (DNS rebinding) and foreign origins (cross-site posts); adds a strict policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if why := _refusal(scope, Headers(scope=scope)):
            await PlainTextResponse(why, 403)(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, sealed)


def _refusal(scope: Scope, headers: Headers) -> str:
    host = headers.get("host", "")
    if not _is_here(f"http://{host}"):
        return "The sandbox answers to 127.0.0.1 and localhost only."
    origin = headers.get("origin")
    if scope["path"].startswith("/bot") and "sec-fetch-site" in headers:
        return "The Bot API is for programs, not for web pages."  # a page could call it by GET, as a picture
    if scope["method"] not in ("GET", "HEAD") and origin is not None and origin.lower() != f"http://{host}".lower():
        return "The sandbox takes posts from its own page only."
    return ""


def _is_here(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port  # a broken one raises
    except ValueError:
        return False
    return parts.hostname in ("127.0.0.1", "localhost") and "@" not in parts.netloc
