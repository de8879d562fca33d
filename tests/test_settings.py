"""Settings: read once, and a wrong one is refused by its name with what is expected, never with its value."""

import base64
import re
from pathlib import Path

import pytest

from bot import misspelt
from bot.expected import EXPECTED
from bot.settings import Settings, SettingsError, load, read_key

ROOT = Path(__file__).parent.parent
TOKEN = "123456789:AAE-made-up-and-good-nowhere"
SECRET = "s3cr3t-that-nobody-may-read"
KEY = "42" * 32


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_has_to_be_set() -> None:
    settings = load()

    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url.get_secret_value() == "sqlite:///data/citizen-eye.db"
    assert settings.town().city.name_en == "Indore"
    assert settings.ring() == []


def test_the_example_file_can_be_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes((ROOT / ".env.example").read_bytes())

    assert load() == load(_env_file=None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("TELEGRAM_TOKN=x", ["TELEGRAM_TOKN is not a setting; did you mean TELEGRAM_TOKEN?"]),
        ("telegram_token_=x", ["TELEGRAM_TOKEN_ is not a setting; did you mean TELEGRAM_TOKEN?"]),
        ("export LISTENPORT=8080", ["LISTENPORT is not a setting; did you mean LISTEN_PORT?"]),
        ("TELEGRAM_T0KEN=x", ["TELEGRAM_T0KEN is not a setting; did you mean TELEGRAM_TOKEN?"]),
        ("HTTPS_PROXY=http://proxy", ["HTTPS_PROXY is not a setting"]),
        ("city_name=Bhopal", []),
        ("# TELEGRAM_TOKN=x", []),
        ("COMPOSE_PROJECT_NAME=bhopal", []),
        (TOKEN, []),
        (f"{KEY}=", []),
        (f"{base64.b64encode(bytes(range(32))).decode()}=", []),
    ],
)
def test_a_name_in_the_file_that_is_no_setting_is_said_with_the_one_that_was_meant(
    tmp_path: Path, line: str, said: list[str]
) -> None:
    (tmp_path / ".env").write_text(f"CITY_NAME=Ujjain\n{line}\n", encoding="utf-8")

    assert misspelt.warnings() == [f".env: {one}" for one in said]


def test_what_other_programs_set_is_no_concern_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKN", "of the environment, not of the file")

    assert misspelt.warnings() == []


def test_the_example_and_what_compose_reads_are_all_known(tmp_path: Path) -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    (tmp_path / ".env").write_text(example + "".join(f"{name}=x\n" for name in asked), encoding="utf-8")

    assert asked == {"POSTGRES_PASSWORD"}
    assert misspelt.warnings() == []


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("CITY_NAME=Bhopal\nCITY_RADIUS_KM=30\n", encoding="utf-8")
    monkeypatch.setenv("CITY_NAME", "Ujjain")

    settings = load()

    assert (settings.city_name, settings.city_radius_km) == ("Ujjain", 30)


def test_a_setting_left_empty_keeps_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM_API_URL", "CITY_OUTLINE", "TIMEZONE", "CITY_RADIUS_KM", "LOG_LEVEL", "CITIZEN_EYE_KEY"):
        monkeypatch.setenv(name, "")

    assert load() == load(_env_file=None)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("TELEGRAM_TOKEN", SECRET, "the token from BotFather"),
        ("TELEGRAM_TOKEN", f"12345:{'x' * 9}", "the token from BotFather"),
        ("TELEGRAM_TOKEN", f"bot:{SECRET}", "the token from BotFather"),
        ("TELEGRAM_API_URL", "api.telegram.org", "https://"),
        ("TELEGRAM_API_URL", "ftp://api.telegram.org", "https://"),
        ("TELEGRAM_API_URL", "https://", "https://"),
        ("GEOCODER_URL", "nominatim", "https://"),
        ("WEBHOOK_URL", "http://bot.example.org/updates", "https://"),
        ("WEBHOOK_URL", "https://bot.example.org", "a path of its own"),
        ("WEBHOOK_URL", "https://bot.example.org/", "a path of its own"),
        ("WEBHOOK_URL", "https:///updates", "a host"),
        ("WEBHOOK_URL", "https://bot.example.org/metrics", "a path of its own"),
        ("WEBHOOK_URL", f"https://bot.example.org/updates?token={SECRET}", "a path of its own"),
        ("LISTEN_PORT", "70000", "65535"),
        ("TILE_URL", "https://tiles.example.org/{z}/{x}.png", "{z}, {x} and {y}"),
        ("TILE_URL", "tiles/{z}/{x}/{y}.png", "{z}, {x} and {y}"),
        ("TILE_URL", "https://tiles.example.org/{z}/{x}/{y}.png?{key}", "{z}, {x} and {y}"),
        ("TILE_CREDIT", "©" * 61, "at most 60"),
        ("DATABASE_URL", f"mysql://user:{SECRET}@host/db", "sqlite:///path/to/file.db"),
        ("DATABASE_URL", "citizen-eye.db", "sqlite:///path/to/file.db"),
        ("DATABASE_URL", f"postgresql://user:pass@host:{SECRET}/db", "postgresql://user"),
        ("DATABASE_URL", f"postgresql://user:{SECRET}@[::1/db", "postgresql://user"),
        ("DATABASE_URL", "sqlite:///", "sqlite:///path/to/file.db"),
        ("DATABASE_URL", "sqlite:///:memory:", "sqlite:///path/to/file.db"),
        ("DATABASE_URL", "sqlite:///file:x?mode=memory&uri=true", "sqlite:///path/to/file.db"),
        ("DATABASE_URL", "sqlite:///town.db?mode=ro", "sqlite:///path/to/file.db"),
        ("DATABASE_URL", "sqlite:///%20", "sqlite:///path/to/file.db"),
        ("CITIZEN_EYE_KEY", SECRET, "32 random bytes"),
        ("CITIZEN_EYE_KEY", "42" * 31, "32 random bytes"),
        ("CITIZEN_EYE_KEY", f"{KEY},{SECRET}", "32 random bytes"),
        ("CITIZEN_EYE_KEY", f"{KEY},{KEY}", "twice"),
        ("CITIZEN_EYE_KEY", f"{KEY},{base64.b64encode(bytes.fromhex(KEY)).decode()}", "twice"),
        ("CITY_NAME_HI", " ", "a name"),
        ("CITY_CENTRE", "22.7196", "latitude and longitude"),
        ("CITY_CENTRE", "Indore,India", "latitude and longitude"),
        ("CITY_CENTRE", "122.7,75.8", "-90 to 90"),
        ("CITY_CENTRE", "nan,75.8", "-90 to 90"),
        ("CITY_RADIUS_KM", "0", "greater than 0"),
        ("CITY_RADIUS_KM", "wide", "number"),
        ("CITY_RADIUS_KM", "inf", "1000"),
        ("CITY_OUTLINE", "no-such-file.json", "GeoJSON"),
        ("PHONE_REGION", "india", "such as IN"),
        ("TIMEZONE", "Indore", "Asia/Kolkata"),
        ("TIMEZONE", "../../etc/passwd", "Asia/Kolkata"),
        ("MESSAGES_PER_SECOND", "31", "30"),
        ("MESSAGES_PER_SECOND", "0", "greater than 0"),
        ("MOST_ENTRIES_PER_PERSON", "0", "from 1 to 1000"),
        ("RETENTION_DAYS", "-1", "from 0 to 3650"),
        ("RETENTION_DAYS", "1.5", "a whole number from 0 to 3650"),
        ("LOG_LEVEL", "verbose", "DEBUG, INFO, WARNING or ERROR"),
        ("SEARCH_NEEDS_INCIDENT", "perhaps", "true or false"),
        ("SEARCHES_PER_DAY", "0", "1 or more"),
        ("GRANT_NEEDS_TWO", "maybe", "yes, no or auto"),
        ("BACKUP_KEY", SECRET, "begins with age1"),
        ("BACKUP_KEEP", "0", "from 1 to 3650"),
        ("WHATSAPP_NUMBER", "call me", "+919812345678"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_expects(
    name: str, value: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        load()

    said = str(refused.value)
    assert said.startswith(f"{name} is wrong; expected: ")
    assert expected in said
    assert "should" not in said  # pydantic's own words
    assert SECRET not in said


def test_whatever_pydantic_checks_by_itself_is_expected_in_our_words() -> None:
    checked = {
        name.upper()
        for name, field in Settings.model_fields.items()
        if field.metadata or field.annotation in (int, float, bool)
    }

    assert checked - {"CITIZEN_EYE_KEY", "CITY_CENTRE"} == set(EXPECTED)


def test_every_wrong_setting_gets_its_own_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITY_RADIUS_KM", "wide")
    monkeypatch.setenv("LOG_LEVEL", "verbose")

    with pytest.raises(SettingsError) as refused:
        load()

    assert [line.split()[0] for line in str(refused.value).splitlines()] == ["CITY_RADIUS_KM", "LOG_LEVEL"]


def test_an_outline_that_is_no_geojson_is_refused_without_its_contents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "city.json").write_text(f'{{"type": "{SECRET}"}}', encoding="utf-8")
    monkeypatch.setenv("CITY_OUTLINE", "city.json")

    with pytest.raises(SettingsError, match="CITY_OUTLINE") as refused:
        load()

    assert SECRET not in str(refused.value)


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = load(telegram_token=TOKEN, citizen_eye_key=KEY, database_url=f"postgresql://u:{SECRET}@h/d")

    shown = repr(settings) + str(settings) + settings.model_dump_json()

    assert [secret for secret in (TOKEN, KEY, SECRET) if secret in shown] == []


def test_settings_cannot_be_changed_while_the_bot_runs() -> None:
    settings = load()

    with pytest.raises(ValueError, match="frozen"):
        settings.city_name = "Bhopal"


def test_a_key_may_be_written_in_hexadecimal_or_in_base64() -> None:
    key = bytes(range(32))

    assert read_key(key.hex()) == read_key(base64.b64encode(key).decode()) == key


def test_a_ring_of_keys_keeps_its_order() -> None:
    settings = load(citizen_eye_key=f"{KEY}, {'17' * 32}")

    assert settings.ring() == [bytes.fromhex(KEY), bytes.fromhex("17" * 32)]
