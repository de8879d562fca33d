"""Questions about many keys at once, in the driver's own words: putting them together anew takes longer than asking."""

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import nullcontext
from typing import Any, NamedTuple

from sqlmodel import Session

from storage.dialect import is_postgres


class Question(NamedTuple):
    """As each database answers it fastest. SQLite gets the keys as JSON, PostgreSQL as an array of `bigint`."""

    sqlite: str
    postgres: str


def listed(tx: Session, keys: Sequence[int]) -> str:
    """The keys as one text: a driver would take a list apart number by number."""
    words = json.dumps(list(keys))
    return "{" + words[1:-1] + "}" if is_postgres(tx) else words


def asked(tx: Session, question: Question, about: str | int) -> Any:
    """A cursor of the driver's own; rows come as it gives them."""
    driver = tx.connection().connection
    if is_postgres(tx):
        return driver.cursor(binary=True).execute(question.postgres, (about,))
    return driver.cursor().execute(question.sqlite, (about,))


class Task(NamedTuple):
    """A question, and what is made of its rows."""

    question: Question
    about: str | int
    work: Callable[[Sequence[Any]], Any]


def worked_through(tx: Session, tasks: Sequence[Task]) -> Generator[Any, None, None]:
    """What is made of each. PostgreSQL finds the rows of the next one while this process works on the last."""
    driver: Any = tx.connection().connection.driver_connection
    questions = (asked(tx, task.question, task.about) for task in tasks)
    with driver.pipeline() if is_postgres(tx) else nullcontext():
        ahead: Any = next(questions, None)
        for task in tasks:
            rows, ahead = ahead.fetchall(), next(questions, None)
            yield task.work(rows)
