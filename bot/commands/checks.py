"""`citizen-eye check`: settings, key, database, token, webhook, pictures; a line each, and what to do."""

from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot import opening
from bot.client import telegram_bot
from bot.core.casework.near import Circle
from bot.core.picture import MapPicture
from bot.settings import Settings, SettingsError, load
from handlers.health import Line
from handlers.pictures import maps, studio
from handlers.pictures.tiles import Tiles
from storage import claims, outbox, schema


async def every() -> list[Line]:
    """All checks; of those that a failed one makes pointless it is said that they wait for it."""
    try:
        settings = load()
    except SettingsError as error:
        return [Line("settings", False, said) for said in str(error).splitlines()]
    town = settings.town()
    lines = [Line("settings", True, f"{town.city.name_en}, {town.police.en}; questions go to: {town.contact.en}")]
    return [*lines, *_register(settings), *await _telegram(settings), await _pictures(settings)]


def _register(settings: Settings) -> list[Line]:
    try:
        store = opening.existing(settings)
    except opening.WrongKeyError as error:
        return [Line("key", False, str(error)), _after("key", "database")]
    except SettingsError as error:
        return [_after("database", "key"), Line("database", False, str(error))]
    try:
        waiting, aside = store.run(lambda tx: (outbox.waiting(tx), claims.set_aside(tx)))
    finally:
        store.close()
    source = (
        "from CITIZEN_EYE_KEY" if settings.ring() else "from the file beside the database; keep a copy in a safe place"
    )
    said = f"schema {schema.ours()}; messages that wait: {waiting}; updates set aside: {aside}"
    return [Line("key", True, source), Line("database", True, said)]


def _after(first: str, then: str) -> Line:
    return Line(then, False, f"not looked at: the {first} comes first")


async def _telegram(settings: Settings) -> list[Line]:
    if not settings.telegram_token.get_secret_value():
        return _no_token("missing: write TELEGRAM_TOKEN=… into .env (.env.example shows how)")
    bot = telegram_bot(settings)
    try:
        await bot.initialize()
        hook = await bot.get_webhook_info()
    except InvalidToken:
        return _no_token("Telegram refuses it: ask BotFather for it again with /token")
    except TelegramError as error:
        kind = type(error).__name__
        return _no_token(f"Telegram cannot be reached ({kind}): check the network and TELEGRAM_API_URL")
    finally:
        await bot.shutdown()
    return [Line("token", True, f"@{bot.username}"), _webhook(hook, settings)]


def _no_token(why: str) -> list[Line]:
    return [Line("token", False, why), _after("token", "webhook")]


def _webhook(hook: WebhookInfo, settings: Settings) -> Line:
    if ours := settings.webhook_url:
        without = "" if settings.listen_port else "; LISTEN_PORT is empty, so each `citizen-eye run` needs --port"
        return Line("webhook", hook.url == ours, _of_ours(hook, ours) + without)
    if hook.url:
        return Line("webhook", False, "one is set, so polling gets nothing: `citizen-eye unhook` deletes it")
    return Line("webhook", True, f"none, as polling needs it; {hook.pending_update_count} updates wait at Telegram")


def _of_ours(hook: WebhookInfo, ours: str) -> str:
    if hook.url != ours:
        return f"not set to {ours}: `citizen-eye run` sets it when it starts"
    trouble = f"; Telegram's last trouble with it: {hook.last_error_message}" if hook.last_error_message else ""
    return f"set; {hook.pending_update_count} updates wait at Telegram{trouble}"


async def _pictures(settings: Settings) -> Line:
    """Draws a map of the city's centre, on tiles where there are to be some."""
    city = settings.town().city
    shown = MapPicture("", Circle(city.centre, 500.0), (), settings.town().name)
    try:
        await studio.made(shown, "hi")
    except Exception as error:  # whatever typst cannot do here, it could not do for an answer either
        return Line("pictures", False, f"cannot be drawn ({type(error).__name__}): install Citizen-Eye again")
    if not settings.tile_url:
        return Line("pictures", True, "maps on a grid; TILE_URL would put tiles under them")
    async with Tiles(settings.tile_url, settings.tile_credit) as tiles:
        if (await tiles.under(maps.frame_of(shown))).tiles:
            return Line("pictures", True, "maps on the tiles of TILE_URL")
    return Line("pictures", False, "no tiles come from TILE_URL within time: maps have a grid instead")
