"""`citizen-eye check`: settings, key, database, token, webhook; a line each, and what to do."""

from dataclasses import dataclass

from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot import opening
from bot.app import telegram_bot
from bot.settings import Settings, SettingsError, load
from storage import claims, outbox, schema


@dataclass(frozen=True, slots=True)
class Line:
    """What was looked at, whether it is fine, and what to know or do."""

    what: str
    fine: bool
    said: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.fine else 'BAD '} {self.what:9} {self.said}"


async def every() -> list[Line]:
    """All checks; those that a failed one makes pointless are left out."""
    try:
        settings = load()
    except SettingsError as error:
        return [Line("settings", False, said) for said in str(error).splitlines()]
    town = settings.town()
    lines = [Line("settings", True, f"{town.city.name_en}, {town.police.en}; questions go to: {town.contact.en}")]
    return [*lines, *_register(settings), *await _telegram(settings)]


def _register(settings: Settings) -> list[Line]:
    try:
        store = opening.existing(settings)
    except SettingsError as error:
        return [Line("database", False, str(error))]
    try:
        waiting, aside = store.run(lambda tx: (outbox.waiting(tx), claims.set_aside(tx)))
    finally:
        store.close()
    source = (
        "from CITIZEN_EYE_KEY" if settings.ring() else "from the file beside the database; keep a copy in a safe place"
    )
    said = f"schema {schema.ours()}, {waiting} messages wait, {aside} updates set aside"
    return [Line("key", True, source), Line("database", True, said)]


async def _telegram(settings: Settings) -> list[Line]:
    if not settings.telegram_token.get_secret_value():
        return [Line("token", False, "missing: write TELEGRAM_TOKEN=… into .env (.env.example shows how)")]
    bot = telegram_bot(settings)
    try:
        await bot.initialize()
        hook = await bot.get_webhook_info()
    except InvalidToken:
        return [Line("token", False, "Telegram refuses it: ask BotFather for it again with /token")]
    except TelegramError as error:
        return [
            Line(
                "token",
                False,
                f"Telegram cannot be reached ({type(error).__name__}): check the network and TELEGRAM_API_URL",
            )
        ]
    finally:
        await bot.shutdown()
    return [Line("token", True, f"@{bot.username}"), _webhook(hook)]


def _webhook(hook: WebhookInfo) -> Line:
    if hook.url:
        return Line("webhook", False, "one is set, so polling gets nothing: delete it (deleteWebhook) first")
    return Line("webhook", True, f"none, as polling needs it; {hook.pending_update_count} updates wait at Telegram")
