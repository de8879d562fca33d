"""The sandbox's guided tour: register as a resident, then be the officer who needs that camera."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot import texts
from bot.core.messages import Phrase, phrase
from bot.words import LANGUAGES, label, words

ASHA, OFFICER, STAFF, BEARER = (
    (1001, "hi"),
    (2001, "en"),
    (3001, "hi"),
    (4001, "en"),
)  # their phones, and the language of what stands on them


@dataclass(frozen=True, slots=True)
class Step:
    """What to do on whose phone, with buttons named as they stand there, until the bot says something like `until`."""

    whose: tuple[int, str]
    do: str
    until: str
    send: str = ""
    buttons: dict[str, Phrase] = field(default_factory=dict)


def _named(**buttons: str) -> dict[str, Phrase]:
    return {name: phrase(text) for name, text in buttons.items()}


STEPS = (
    Step(
        ASHA,
        texts.TOUR_REGISTER,
        texts.SAVED,
        buttons=_named(
            agree=texts.AGREE,
            number=texts.SHARE_NUMBER_KEY,
            place=texts.SEND_PLACE_KEY,
            here=texts.YES_HERE,
            save=texts.SAVE,
        ),
    ),
    Step(
        OFFICER,
        texts.TOUR_SEARCH,
        texts.ASK_OWNERS,
        "/near 22.7185 75.8550 10",
        _named(training=texts.TRAINING_INCIDENT, hour=texts.LAST_HOUR),
    ),
    Step(
        OFFICER,
        texts.TOUR_ASK,
        texts.REQUEST_SENT,
        buttons=_named(ask=texts.ASK_OWNERS, time=texts.SAME_TIME, send=texts.SEND_REQUEST)
        | {"all": phrase(texts.ASK_ALL, n=1)},
    ),
    Step(ASHA, texts.TOUR_ANSWER, texts.SHARED, buttons=_named(have=texts.I_HAVE_IT, share=texts.SHARE_YES)),
    Step(OFFICER, texts.TOUR_NUMBER, texts.EXPORT_CAPTION, "/export", _named(pdf=texts.FORM_PDF)),
    Step(ASHA, texts.TOUR_SEEN, texts.SEEN_TITLE, "/seen"),
    Step(ASHA, texts.TOUR_REMOVE, texts.REMOVED, "/mine", _named(remove=texts.REMOVE, yes=texts.YES_REMOVE)),
    Step(STAFF, texts.TOUR_COVERAGE, texts.COVERAGE, "/coverage"),
    Step(BEARER, texts.TOUR_POSTER, texts.POSTER_HERE, "/invite", _named(poster=texts.POSTER_PNG)),
)


def steps() -> list[dict[str, Any]]:
    """The tour as the page reads it."""
    return [_as_json(step) for step in STEPS]


def _as_json(step: Step) -> dict[str, Any]:
    person, language = step.whose
    buttons = {name: f"“{label(button, language)}”" for name, button in step.buttons.items()}
    do = {one: words(phrase(step.do, **buttons), one) for one in LANGUAGES}
    return {"person": person, "do": do, "send": step.send, "until": [mark(step.until, one) for one in LANGUAGES]}


def mark(text: str, language: str) -> str:
    """The longest piece of a sentence that is the same whatever its values are."""
    said = words(Phrase(text, dict.fromkeys(re.findall(r"{(\w+)}", text), "\0")), language)
    return max((piece.strip() for piece in re.split(r"[\0\n]", said)), key=len)
