"""setWebhook and its like: where updates are delivered to."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.bot_api.errors import bad
from sandbox.bot_api.given import Given
from sandbox.bot_api.updates import choose_kinds
from sandbox.state import Webhook
from sandbox.world import World

LONGEST_SECRET = 256
MOST_CONNECTIONS = 100

_SECRET = re.compile(r"[A-Za-z0-9_-]*")


def set_webhook(world: World, given: Given) -> bool:
    url = given.text("url")
    if not url:
        return delete_webhook(world, given)
    _check_address(url)
    secret = given.text("secret_token")
    if len(secret) > LONGEST_SECRET:
        raise bad("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    choose_kinds(world, given)
    _drop_pending(world, given)
    most = min(MOST_CONNECTIONS, max(1, given.whole("max_connections", 40)))
    world.webhook = Webhook(url, secret, most)
    world.inbox.end_poll("setWebhook request")
    return True


def _check_address(url: str) -> None:
    """Telegram insists on HTTPS; the sandbox delivers to this computer only, so plain HTTP is enough."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as wrong:
        raise bad("bad webhook: Failed to resolve host") from wrong
    if parts.scheme not in ("http", "https") or not host:
        raise bad("invalid webhook URL specified")
    if host != "localhost" and not _loopback(host):
        raise bad("bad webhook: the sandbox delivers to this computer only")


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _drop_pending(world: World, given: Given) -> None:
    if given.flag("drop_pending_updates"):
        world.inbox.clear()


def delete_webhook(world: World, given: Given) -> bool:
    _drop_pending(world, given)
    world.webhook = None
    world.inbox.bell.ring()
    return True


def get_webhook_info(world: World, _given: Given) -> dict[str, Any]:
    hook = world.webhook
    info: dict[str, Any] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.inbox.pending()),
    }
    if world.inbox.allowed:
        info["allowed_updates"] = list(world.inbox.allowed)
    if hook is None:
        return info
    info["max_connections"] = hook.max_connections
    if hook.failed_at:
        info |= {"last_error_date": hook.failed_at, "last_error_message": hook.failure}
    return info
