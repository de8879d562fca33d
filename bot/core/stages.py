"""Every stage a conversation can stand at, and how a stack of them is written down and read again."""

import json
from functools import cache
from typing import get_args

from pydantic import TypeAdapter, ValidationError

from bot.core.admin import broadcast, joining, officers
from bot.core.casework import areas, asking, delaying, opening_questions, revealing, search, ways
from bot.core.resident import claiming, details, leaving, signup_questions
from bot.core.society import founding, goal
from bot.core.station import assisting, pairs, walk

Stage = (
    signup_questions.Stage
    | details.Stage
    | leaving.Stage
    | search.Stage
    | walk.Stage
    | founding.Stage
    | opening_questions.Stage
    | ways.Stage
    | areas.Stage
    | claiming.Stage
    | asking.Stage
    | delaying.Stage
    | revealing.Stage
    | goal.NeedGoal
    | assisting.Stage
    | pairs.AtPair
    | joining.NeedAccept
    | officers.Stage
    | broadcast.Stage
)
_JSON = json.JSONEncoder(ensure_ascii=False)
KINDS = {kind.__name__: kind for kind in get_args(Stage)}


@cache
def _form(kind: str) -> TypeAdapter[Stage]:
    """How a stage of this kind is written and read; made when the first of them comes along."""
    return TypeAdapter(KINDS[kind])


def write(stack: list[Stage]) -> bytes:
    """A stack of open conversations, the current one last, as JSON."""
    written = [[kind := type(stage).__name__, _form(kind).dump_python(stage, mode="json")] for stage in stack]
    return _JSON.encode(written).encode() if stack else b""


def read(written: bytes) -> list[Stage]:
    """The stack again. A stage that an older version wrote and this one cannot read is left out."""
    stack = []
    for name, fields in json.loads(written) if written else []:
        if name in KINDS:
            try:
                stack.append(_form(name).validate_python(fields))
            except ValidationError:
                continue
    return stack


def pushed(stack: list[Stage], stage: Stage) -> list[Stage]:
    """The stack with a conversation on top. One of the same kind that was open before gives way to it."""
    family = _family(stage)
    return [*(other for other in stack if _family(other) != family), stage]


def _family(stage: Stage) -> object:
    if isinstance(stage, signup_questions.Stage):
        return signup_questions, bool(signup_questions.corrects(stage))
    for kind in (founding.Asked, founding.New, goal.NeedGoal, pairs.AtPair):
        if isinstance(stage, kind):
            return kind
    for family in (
        details,
        leaving,
        search,
        opening_questions,
        walk,
        claiming,
        asking,
        delaying,
        assisting,
        ways,
        areas,
        officers,
        broadcast,
        revealing,
    ):
        if isinstance(stage, family.Stage):
            return family
    return joining
