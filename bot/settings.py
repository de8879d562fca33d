"""The environment (and .env) read once into one frozen Settings; a wrong value is refused by its name."""

import base64
import binascii
import json
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.core.city import City, read_outline
from bot.core.geo import Point
from bot.core.messages import Name
from bot.core.town import Town
from bot.expected import EXPECTED

KEY_HINT = "32 random bytes, as 64 hexadecimal digits or in base64; several with commas, the newest first"
SQLITE, POSTGRES = "sqlite:///", "postgresql://"
WRONG, OUTLINE_HINT = "is wrong; expected:", "a GeoJSON file with a polygon"
DATABASE_HINT = "sqlite:///path/to/file.db or postgresql://user:password@host/database"


class SettingsError(Exception):
    """One sentence for each setting that is wrong."""


class Settings(BaseSettings):
    """Everything that can be set. Comments for each stand in .env.example."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        str_strip_whitespace=True,
    )

    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    database_url: SecretStr = SecretStr("sqlite:///data/citizen-eye.db")
    citizen_eye_key: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    trace_head: Path | None = None

    city_name: str = Field("Indore", min_length=1)
    city_name_hi: str = Field("इन्दौर", min_length=1)
    city_centre: Annotated[tuple[float, float], NoDecode] = (22.7196, 75.8577)
    city_radius_km: float = Field(25.0, gt=0, le=1000)
    city_outline: Path | None = None
    police_name: str = Field("Indore Police", min_length=1)
    police_name_hi: str = Field("इन्दौर पुलिस", min_length=1)
    data_contact: str = Field("your nearest police station", min_length=1)
    data_contact_hi: str = Field("आपका नजदीकी थाना", min_length=1)
    phone_region: str = Field("IN", pattern="^[A-Z]{2}$")
    timezone: str = "Asia/Kolkata"

    webhook_url: str = ""
    listen_host: str = Field("127.0.0.1", min_length=1)
    listen_port: int = Field(0, ge=0, le=65535)

    whatsapp_number: str = Field("", pattern=r"^(\+?[1-9]\d{7,14})?$")
    geocoder_url: str = ""
    tile_url: str = ""
    tile_credit: str = Field("© OpenStreetMap contributors", min_length=1, max_length=60)
    messages_per_second: float = Field(25.0, gt=0, le=30)
    most_entries_per_person: int = Field(50, ge=1, le=1000)
    search_needs_incident: bool = True
    searches_per_day: int = Field(60, ge=1)
    places_per_day: int = Field(500, ge=1)
    numbers_per_day: int = Field(20, ge=1)
    grant_needs_two: str = Field("auto", pattern="^(auto|yes|no)$")
    retention_days: int = Field(365, ge=0, le=3650)
    backup_key: str = Field("", pattern="^(age1[a-z0-9]{50,})?$")
    backup_folder: Path = Path("data/backups")
    backup_keep: int = Field(14, ge=1, le=3650)
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, token: SecretStr) -> SecretStr:
        number, colon, rest = token.get_secret_value().partition(":")
        if token.get_secret_value() and not (number.isdigit() and colon and len(rest) >= 10):
            raise ValueError("the token from BotFather, such as 123456789:AAE…")
        return token

    @field_validator("telegram_api_url", "geocoder_url")
    @classmethod
    def _url(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and not (parts.scheme in ("https", "http") and parts.hostname):
            raise ValueError("an address that begins with https://, such as https://api.telegram.org")
        return url.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, url: str) -> str:
        parts = urlsplit(url)
        ours = parts.path.startswith(("/health", "/metrics"))
        safe = parts.scheme == "https" or parts.hostname in ("127.0.0.1", "localhost")
        if url and (not safe or not parts.hostname or len(parts.path) < 2 or parts.query or ours):
            raise ValueError("https:// with a host and a path of its own, such as https://bot.example.org/updates")
        return url

    @field_validator("tile_url")
    @classmethod
    def _tiles(cls, url: str) -> str:
        parts, filled = urlsplit(url), [url.count(part) for part in ("{z}", "{x}", "{y}", "{")]
        if url and not (parts.scheme in ("https", "http") and parts.hostname and filled == [1, 1, 1, 3]):
            raise ValueError("https:// with {z}, {x} and {y} in it, such as https://tiles.example.org/{z}/{x}/{y}.png")
        return url

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: SecretStr) -> SecretStr:
        check_database(url.get_secret_value())
        return url

    @field_validator("citizen_eye_key", mode="before")
    @classmethod
    def _keys(cls, keys: Any) -> Any:
        ring = [part.strip() for part in keys.split(",")] if isinstance(keys, str) else keys
        written = tuple(key for key in ring if key)
        if len({read_key(key) for key in written}) < len(written):
            raise ValueError(f"{KEY_HINT} (a key stands in it twice)")
        return tuple(SecretStr(key) for key in written)

    @field_validator("city_centre", mode="before")
    @classmethod
    def _centre(cls, centre: Any) -> Any:
        if not isinstance(centre, str):
            return centre
        try:
            lat, lon = (float(part) for part in centre.split(","))
        except ValueError:
            raise ValueError("latitude and longitude in degrees, such as 22.7196,75.8577") from None
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError("a latitude of -90 to 90 and a longitude of -180 to 180")
        return lat, lon

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):  # ZoneInfo's "not found" is a KeyError
            raise ValueError("a time zone's name, such as Asia/Kolkata") from None
        return name

    @model_validator(mode="after")
    def _outline(self) -> "Settings":
        self.town()
        return self

    def town(self) -> Town:
        """The town these settings describe."""
        outline = None
        if self.city_outline:
            try:
                outline = read_outline(json.loads(self.city_outline.read_text(encoding="utf-8")))
            except OSError:
                raise ValueError(f"CITY_OUTLINE {WRONG} {OUTLINE_HINT} (it cannot be read)") from None
            except ValueError as error:
                raise ValueError(f"CITY_OUTLINE {WRONG} {OUTLINE_HINT} ({error})") from None
        city = City(self.city_name, self.city_name_hi, Point(*self.city_centre), self.city_radius_km * 1000, outline)
        police = Name(self.police_name, self.police_name_hi)
        contact = Name(self.data_contact, self.data_contact_hi)
        return Town(city, police, contact, self.phone_region, self.timezone, self.retention_days)

    def ring(self) -> list[bytes]:
        """The keys, newest first; empty where none is set."""
        return [read_key(key.get_secret_value()) for key in self.citizen_eye_key]


def check_database(url: str) -> None:
    """Raises ValueError, with what is expected, for what names neither a SQLite file nor a PostgreSQL database."""
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError(DATABASE_HINT) from None
    path = parts.database or ""
    file = path.strip() and not path.startswith((":memory:", "file:")) and not parts.query
    if not url.startswith((SQLITE, POSTGRES)) or (url.startswith(SQLITE) and not file):
        raise ValueError(DATABASE_HINT)


def read_key(written: str) -> bytes:
    """32 bytes from hexadecimal digits or base64. Raises ValueError with what is expected."""
    try:
        key = bytes.fromhex(written) if len(written) == 64 else base64.b64decode(written, validate=True)
    except (ValueError, binascii.Error):
        raise ValueError(KEY_HINT) from None
    if len(key) != 32:
        raise ValueError(f"{KEY_HINT} (this one has {len(key)} bytes)")
    return key


def load(**given: Any) -> Settings:
    """Read the settings. Raises SettingsError, which names each wrong one but never shows its value."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(problem) for problem in error.errors())) from None


def _sentence(problem: Any) -> str:
    name = "_".join(str(part) for part in problem["loc"][:1]).upper()
    ours = str(problem["msg"]).removeprefix("Value error, ")
    expected = ours if problem["type"] == "value_error" else EXPECTED.get(name, ours)
    return f"{name} {WRONG} {expected}" if name else expected
