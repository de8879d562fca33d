"""A sender in a process of its own: it writes down whom it wrote to, and can be told to die without a word, or to
have a clock that is ahead."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta

from handlers.delivery import Outcome, Post, Sent
from storage.engine import Store, open_engine
from storage.outbox import Leased, waiting
from storage.pace import Rates
from storage.seal import Seal


async def sends(url: str, key: bytes, log: str, dies_after: int, ahead_s: int) -> None:
    """Deliver the outbox of a register; `dies_after` so many messages by kill -9, or never (0)."""
    store = Store(open_engine(url), Seal([key]))
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    sent = 0

    async def send(message: Leased) -> Outcome:
        nonlocal sent
        os.write(file, f"{message.lane.hex()}\n".encode())
        sent += 1
        if sent == dies_after:
            os.kill(os.getpid(), signal.SIGKILL)
        return Sent(str(sent))

    ahead = timedelta(seconds=ahead_s)
    post = Post(store, "telegram", send, lambda: datetime.now(UTC) + ahead, Rates(100_000, 100_000, 100_000))
    running = asyncio.create_task(post.run())
    while await store.turn(waiting):  # noqa: ASYNC110 - the register rings no bell
        await asyncio.sleep(0.02)
    running.cancel()
    await asyncio.wait((running,))
    store.close()


if __name__ == "__main__":
    asyncio.run(sends(sys.argv[1], bytes.fromhex(sys.argv[2]), sys.argv[3], *map(int, sys.argv[4:])))
