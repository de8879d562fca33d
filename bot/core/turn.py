"""The outcome of one step of a conversation: where it stands, what is said, and what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot import texts
from bot.core.messages import Incoming, Media, Phrase, Say, Tap, Text, phrase
from bot.core.resident.camera_access import looks_like_camera_access

S = TypeVar("S")
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Turn(Generic[S, E]):
    """`stage` None: the conversation is over. `effect` is for a handler to carry out in the same transaction."""

    stage: S | None
    says: tuple[Say, ...] = ()
    effect: E | None = None


def hinted(hint: Phrase, question: Sequence[Say]) -> tuple[Say, ...]:
    """The question again, with a sentence before it that says what to do instead."""
    first, *rest = [said for said in question if said.lines]
    line = phrase(texts.HINT, hint=hint, question=first.lines[0])
    return (replace(first, lines=(line, *first.lines[1:]), replace=False), *rest)


def general_hint(got: Incoming) -> Phrase | None:
    """What is refused everywhere: pictures, and a way into a camera."""
    match got:
        case Media():
            return phrase(texts.NO_PICTURES)
        case Text(words) if looks_like_camera_access(words):
            return phrase(texts.NO_CAMERA_ACCESS)
    return None


def in_place(got: Incoming, says: tuple[Say, ...]) -> tuple[Say, ...]:
    """After a tap the first answer takes the place of the question that was tapped, where it can."""
    if not isinstance(got, Tap) or not says:
        return says
    first = says[0]
    fits = first.ask is None and first.pin is None and first.document is None
    return (replace(first, replace=True), *says[1:]) if fits else says
