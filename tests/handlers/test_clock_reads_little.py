"""Whatever a tick asks the database for is found by an index: nobody waits longer because the register is large."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from sqlmodel import Session

from handlers import clock
from storage.dialect import is_postgres
from storage.engine import Store, open_engine
from storage.keycheck import key_fits
from storage.seal import Seal
from tests.chat import Chat
from tests.conftest import KEY, make_officer
from tests.handlers.test_asking import asks, searches, street
from tests.statements import listen

# as many rows as there are officers, their decisions, cases, links, weeks or slots: no more of them in a large register
FEW = {"role_grant", "invite", "factor", "quarantine", "funnel", "wish", "tally", "job", "broadcast", "incident"}
FEW |= {"judged_pair"}
# holds only what waits, so that to go through all of it is what is to be done
WAITS = re.compile(r"ix_(request_unsettled|request_unthanked|waiting_signed|outbox_due|outbox_unsent)\b")
Asked = tuple[str, Any]


@pytest.fixture
def asked(chat_on: Chat) -> list[Asked]:
    """What the database is asked for, from now on."""
    found: list[Asked] = []

    listen(chat_on.store.engine, lambda words, given: found.append((words, given)))
    return found


@pytest.fixture
def chat_on(url: str) -> Iterator[Chat]:
    """A register on each of the two databases, with something to do for every chore that finds people."""
    store = Store(open_engine(url), Seal([KEY]))
    store.run(key_fits)
    chat = Chat(store)
    officer = make_officer(chat, 2001)
    street(chat, 3)
    searches(officer)
    asks(officer, n=3)
    chat.phone(3001).says("/start")  # a question that stays open
    yield chat
    chat.store.close()


def plans(tx: Session, asked: Sequence[Asked]) -> Iterator[tuple[str, list[str]]]:
    """Each statement with what of its plan goes through a whole table or a whole index."""
    raw = tx.connection().connection.cursor()
    if is_postgres(tx):
        for way in ("seqscan", "hashjoin", "mergejoin"):  # only what cannot be avoided is left
            raw.execute(f"SET LOCAL enable_{way} = off")
    for words, given in {words: (words, given) for words, given in asked}.values():
        if not words.startswith(("SELECT", "UPDATE", "DELETE")) or "advisory" in words:
            continue
        if is_postgres(tx):
            [[plan]] = raw.execute(f"EXPLAIN (FORMAT JSON) {words}", given).fetchall()
            yield words, list(_through_all(plan[0]["Plan"] if isinstance(plan, list) else json.loads(plan)[0]["Plan"]))
        else:
            steps = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {words}", given)]
            yield words, [step for step in steps if step.startswith("SCAN ") and "CONSTANT ROW" not in step]


def _through_all(node: dict[str, Any]) -> Iterator[str]:
    if "Scan" in node["Node Type"] and not node.keys() & {"Index Cond", "Recheck Cond"}:
        yield f"SCAN {node.get('Relation Name', node.get('Alias', ''))} {node.get('Index Name', '')}"
    for part in node.get("Plans", ()):
        yield from _through_all(part)


def long(step: str) -> bool:
    return step.split()[1] not in FEW and not WAITS.search(step)


@pytest.mark.parametrize("days", [1.5, 8, 40, 400])
def test_no_chore_goes_through_a_whole_table(chat_on: Chat, asked: list[Asked], days: float) -> None:
    chat_on.later(days=days)
    asked.clear()

    def ticks(tx: Session) -> list[tuple[str, list[str]]]:
        clock.tick(tx, chat_on.house, chat_on.now)
        return list(plans(tx, list(asked)))

    found = chat_on.store.run(ticks)

    assert len(found) >= len(clock.CHORES)
    assert [(words, step) for words, steps in found for step in steps if long(step)] == []
