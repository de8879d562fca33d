"""Checks Bot API calls and answers against aiogram's models of the real schema."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import aiogram.methods
from aiogram.methods import TelegramMethod
from aiogram.types import Message, Update
from pydantic import BaseModel, ValidationError


def model_of(method: str) -> type[TelegramMethod[Any]]:
    """aiogram's class for a method; AssertionError where the Bot API has no such method."""
    found = getattr(aiogram.methods, method[:1].upper() + method[1:], None)
    assert isinstance(found, type) and issubclass(found, TelegramMethod), f"the Bot API has no {method}"  # noqa: PT018 - the second needs the first
    return found


def check_call(method: str, params: Mapping[str, Any]) -> None:
    """AssertionError unless the Bot API would take the call: known names, all the required ones, fitting types.

    Values are as `world.calls` records them: JSON decoded, uploads as "attach://name".
    """
    model = model_of(method)
    unknown = sorted(set(params) - set(model.model_fields))
    assert not unknown, f"{method} takes no {', '.join(unknown)}"
    _check(model, params, method, strict=True)


def check_message(message: Mapping[str, Any]) -> None:
    """AssertionError unless this is a Message of the Bot API, down to the last field."""
    _check(Message, message, "message", strict=False)  # its dates come as numbers


def check_update(update: Mapping[str, Any]) -> None:
    """AssertionError unless this is an Update of the Bot API."""
    _check(Update, update, "update", strict=False)


def _check(model: type[BaseModel], given: Mapping[str, Any], what: str, *, strict: bool) -> None:
    try:
        read = model.model_validate_json(json.dumps(given), strict=strict)
    except ValidationError as wrong:
        places = [".".join(map(str, error["loc"])) for error in wrong.errors(include_input=False)]
        raise AssertionError(f"{what} does not fit at {', '.join(places)}") from None
    strangers = sorted(_strangers(read, what))
    assert not strangers, f"unknown: {', '.join(strangers)}"


def _strangers(value: object, where: str) -> Iterator[str]:
    """Fields, however deep, that the models do not know."""
    match value:
        case BaseModel():
            yield from (f"{where}.{name}" for name in value.model_extra or {})
            for name in value.model_fields_set & set(type(value).model_fields):
                yield from _strangers(getattr(value, name), f"{where}.{name}")
        case list() | tuple():
            for one in value:
                yield from _strangers(one, where)
