"""Say + language -> words: gettext catalogues, compiled in memory when the program starts."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.core.phrases import Name, Phrase, Value

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("en", "hi")


def catalogue(language: str) -> Catalog:
    """The catalogue of a language, read anew; English has none, its words are the keys."""
    with (LOCALE / language / "LC_MESSAGES" / "bot.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def _table(language: str) -> dict[str, tuple[str, ...]]:
    if language == "en":
        return {}
    table = {}
    for message in catalogue(language):
        one = message.id if isinstance(message.id, str) else message.id[0]
        said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if one and said and all(said):
            table[one] = said
    return table


def words(phrase: Phrase, language: str) -> str:
    """A phrase in a language ("en" or "hi"), with its values put in."""
    values = {key: spoken(value, language) for key, value in phrase.values.items()}
    return _form(phrase, language).format_map(values)


def label(phrase: Phrase, language: str) -> str:
    """What stands on a button: it begins with a capital, whatever the same words do within a sentence."""
    said = words(phrase, language)
    return said[:1].upper() + said[1:]


def in_lines(phrases: Iterable[Phrase], language: str) -> str:
    """Each phrase on a line of its own."""
    return "\n".join(words(phrase, language) for phrase in phrases)


def _form(phrase: Phrase, language: str) -> str:
    said = _table(language).get(phrase.text)
    plural = phrase.many and phrase.n != 1
    if said is None:
        return phrase.many if plural else phrase.text
    return said[-1] if plural else said[0]


def spoken(value: Value, language: str) -> str:
    """Anything that can be said, in a language: a phrase, a name, or what is the same in all of them."""
    match value:
        case Phrase():
            return words(value, language)
        case Name(en, hi):
            return hi if language == "hi" else en
    return str(value)


def is_said(typed: str, text: str) -> bool:
    """Whether someone typed this text (a key of a reply keyboard comes back so), in whichever language."""
    return any(typed.strip() == words(Phrase(text), language) for language in LANGUAGES)


def language_of(code: str) -> str:
    """The language that a channel's code stands for ("hi-IN" -> "hi"); empty where we do not speak it."""
    short = code.lower().replace("_", "-").partition("-")[0]
    return short if short in LANGUAGES else ""
