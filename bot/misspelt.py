"""Names in .env that are no setting: each would be ignored in silence, so it is said, with the one that was meant."""

import re
from difflib import get_close_matches

from pydantic_settings import DotEnvSettingsSource

from bot.settings import Settings

NOT_OURS = ("POSTGRES_PASSWORD",)  # compose.yaml reads it from the same file
_COMPOSE = "COMPOSE_"  # so begin the settings of compose itself
_NAME = re.compile(r"[A-Z_]{2,40}")


def warnings() -> list[str]:
    """A sentence for each. No value is shown, nor what does not look like a name: a key may have slipped there."""
    known = (*(name.upper() for name in Settings.model_fields), *NOT_OURS)
    written = (name.upper() for name, value in DotEnvSettingsSource(Settings).env_vars.items() if value is not None)
    strange = [name for name in written if name not in known and not name.startswith(_COMPOSE)]
    meant = {name: get_close_matches(name, known, 1, 0.75) for name in strange}
    return [_sentence(name, *near) for name, near in meant.items() if near or _NAME.fullmatch(name)]


def _sentence(name: str, near: str = "") -> str:
    return f".env: {name} is not a setting" + (f"; did you mean {near}?" if near else "")
