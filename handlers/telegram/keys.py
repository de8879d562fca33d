"""What stands under a message: buttons, or keys under the text field."""

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot import texts
from bot.core.messages import Ask, Say, phrase
from bot.words import label, words

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None


def markup(say: Say, language: str) -> Markup:
    """The keyboard that a message asks for; its buttons where it asks for none."""

    def place(key: str) -> KeyboardButton:
        return KeyboardButton(words(phrase(key), language), request_location=True)

    match say.ask:
        case Ask.NUMBER:
            return _keys(
                KeyboardButton(words(phrase(texts.SHARE_NUMBER_KEY), language), request_contact=True),
                say,
                language,
            )
        case Ask.PLACE:
            return _keys(place(texts.SEND_PLACE_KEY), say, language)
        case Ask.HERE:
            return _keys(place(texts.SEND_HERE_KEY), say, language)
        case Ask.CLEAR:
            return ReplyKeyboardRemove()
    return inline(say, language)


def _keys(key: KeyboardButton, say: Say, language: str) -> ReplyKeyboardMarkup:
    rows = [[key], [KeyboardButton(words(phrase(texts.BACK), language))]] if say.back else [[key]]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)


def inline(say: Say, language: str) -> InlineKeyboardMarkup | None:
    """The buttons of a message."""
    if not say.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    label(button.label, language), callback_data=button.data or None, url=button.url or None
                )
                for button in row
            ]
            for row in say.buttons
        ]
    )
