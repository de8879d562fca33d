"""Keys: made on the first run, kept beside the database, and refused in a sentence when they do not fit."""

import base64
import re
import stat
from pathlib import Path

import pytest

from bot import opening
from bot.settings import Settings, SettingsError, load

RIGHT, WRONG = "0f" * 32, "ab" * 32


def town(folder: Path, key: str = "") -> Settings:
    return load(_env_file=None, database_url=f"sqlite:///{folder}/data/town.db", citizen_eye_key=key)


@pytest.fixture(autouse=True)
def no_key_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CITIZEN_EYE_KEY", raising=False)


def test_on_the_first_run_a_key_is_made_that_only_its_owner_reads(tmp_path: Path) -> None:
    opening.register(town(tmp_path)).close()

    file = tmp_path / "data" / "key"
    assert re.fullmatch(r"[0-9a-f]{64}\n", file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_next_run_takes_the_same_key(tmp_path: Path) -> None:
    opening.register(town(tmp_path)).close()
    key = (tmp_path / "data" / "key").read_text()

    opening.register(town(tmp_path)).close()

    assert (tmp_path / "data" / "key").read_text() == key


def test_every_town_has_its_own_key(tmp_path: Path) -> None:
    for name in ("indore", "bhopal"):
        opening.register(town(tmp_path / name)).close()

    assert (tmp_path / "indore/data/key").read_text() != (tmp_path / "bhopal/data/key").read_text()


@pytest.mark.parametrize("write", [str, lambda key: base64.b64encode(bytes.fromhex(key)).decode()])
def test_a_key_is_hexadecimal_or_base64(tmp_path: Path, write: object) -> None:
    assert callable(write)
    opening.register(town(tmp_path, RIGHT)).close()

    opening.register(town(tmp_path, write(RIGHT))).close()

    assert not (tmp_path / "data" / "key").exists()


def test_a_wrong_key_is_refused_in_a_sentence(tmp_path: Path) -> None:
    opening.register(town(tmp_path, RIGHT)).close()

    with pytest.raises(SettingsError, match="CITIZEN_EYE_KEY is not the key of this database"):
        opening.register(town(tmp_path, WRONG))

    opening.register(town(tmp_path, RIGHT)).close()


def test_a_lost_key_is_not_made_anew(tmp_path: Path) -> None:
    opening.register(town(tmp_path)).close()
    (tmp_path / "data" / "key").unlink()

    with pytest.raises(SettingsError, match="CITIZEN_EYE_KEY is missing"):
        opening.register(town(tmp_path))

    assert not (tmp_path / "data" / "key").exists()


@pytest.mark.parametrize("kept", ["", "abc", "zz" * 32, RIGHT[:62], "नमस्ते"])
def test_a_damaged_key_file_is_refused_by_its_name(tmp_path: Path, kept: str) -> None:
    opening.register(town(tmp_path)).close()
    (tmp_path / "data" / "key").write_text(kept, encoding="utf-8")

    with pytest.raises(SettingsError, match="key does not hold a key"):
        opening.register(town(tmp_path))


@pytest.mark.parametrize("key", ["abc", RIGHT[:62], RIGHT + "00", "zz" * 32, f"{RIGHT},abc", "नमस्ते"])
def test_a_short_or_garbled_key_is_refused_by_its_name_and_never_shown(tmp_path: Path, key: str) -> None:
    with pytest.raises(SettingsError) as error:
        town(tmp_path, key)

    assert "CITIZEN_EYE_KEY is wrong" in str(error.value)
    assert key not in str(error.value)


def test_the_same_key_twice_in_the_ring_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CITIZEN_EYE_KEY"):
        opening.register(town(tmp_path, f"{RIGHT},{RIGHT}"))


def test_a_new_key_before_the_old_one_opens_the_old_database(tmp_path: Path) -> None:
    opening.register(town(tmp_path, RIGHT)).close()

    opening.register(town(tmp_path, f"{WRONG},{RIGHT}")).close()


def test_the_old_key_cannot_be_left_out_while_rows_are_sealed_with_it(tmp_path: Path) -> None:
    opening.register(town(tmp_path, RIGHT)).close()
    opening.register(town(tmp_path, f"{WRONG},{RIGHT}")).close()

    with pytest.raises(SettingsError, match="CITIZEN_EYE_KEY is not the key of this database"):
        opening.register(town(tmp_path, WRONG))
