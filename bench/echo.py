"""A network that answers at once: what a bare python-telegram-bot is measured on."""

import json
from typing import Any

from telegram.request import BaseRequest, RequestData

ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


def message(number: int, text: str = "hello") -> dict[str, Any]:
    """A private message as Telegram writes it."""
    person = {"id": 1000 + number % 50, "first_name": "Asha"}
    chat = person | {"type": "private"}
    return {"message_id": number + 1, "date": 0, "chat": chat, "from": person | {"is_bot": False}, "text": text}


class Instant(BaseRequest):
    """Takes every call, and has the answer ready."""

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_timeouts: Any, **_more: Any
    ) -> tuple[int, bytes]:
        """The signature is python-telegram-bot's."""
        del method
        result = ME if url.endswith("/getMe") else message(1)
        if request_data:
            request_data.json_parameters  # noqa: B018 - a real network would need them made as well
        return 200, json.dumps({"ok": True, "result": result}).encode()
