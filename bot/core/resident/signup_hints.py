"""What to do instead: the sentence for an answer that does not fit the open question of the sign-up."""

from bot import texts
from bot.core.messages import Contact, Incoming, Phrase, Pin, Text, Whose, phrase
from bot.core.resident.signup_questions import NeedCount, NeedNumber, NeedPlace, Stage

DIGITS_OF_A_NUMBER = 6


def what_instead(stage: Stage, got: Incoming) -> Phrase:
    """One sentence; the question follows it."""
    match stage, got:
        case NeedNumber(), Contact(_, Whose.SOMEONE_ELSES):
            return phrase(texts.HINT_NUMBER_NOT_YOURS)
        case NeedNumber(), Contact(_, Whose.FORWARDED):
            return phrase(texts.HINT_NUMBER_FORWARDED)
        case NeedNumber(), Contact(_, Whose.UNKNOWN):
            return phrase(texts.HINT_NUMBER_NO_PROOF)
        case NeedNumber(), Contact():
            return phrase(texts.HINT_NUMBER_NOT_VALID)
        case (NeedNumber(), Pin()) | (NeedPlace(), Contact()):
            return phrase(texts.HINT_NOT_NOW)
        case NeedNumber(), Text(words) if sum(letter.isdecimal() for letter in words) >= DIGITS_OF_A_NUMBER:
            return phrase(texts.HINT_NUMBER_TYPED)
        case NeedNumber(), _:
            return phrase(texts.HINT_NUMBER)
        case NeedPlace(), _:
            return phrase(texts.HINT_PLACE)
        case NeedCount(), _:
            return phrase(texts.HINT_COUNT)
        case _, Contact() | Pin():
            return phrase(texts.HINT_NOT_NOW)
    return phrase(texts.HINT_BUTTONS)
