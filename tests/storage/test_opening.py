"""Keys: made on the first run, kept beside the database, and refused in a sentence when they do not fit."""

import base64
import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot import key_file, opening
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


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_new_register_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        store = opening.register(town(tmp_path))
        modes = {file.name: mode(file) for file in (tmp_path / "data").iterdir()}
        store.close()
    finally:
        os.umask(before)

    assert mode(tmp_path / "data") == 0o700
    assert modes == dict.fromkeys(("key", "town.db", "town.db-wal", "town.db-shm"), 0o600)


def test_of_many_first_starts_at_once_one_makes_the_key_and_all_take_it(tmp_path: Path) -> None:
    file = tmp_path / "data" / "key"

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: (key_file.make(file), file.read_text()), range(8)))

    assert [first for first, _ in made].count(True) == 1
    assert {kept for _, kept in made} == {file.read_text()}
    assert [other.name for other in file.parent.iterdir()] == ["key"]


def test_a_key_that_cannot_be_written_whole_is_not_there_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(SettingsError, match="OSError"):
        opening.register(town(tmp_path))

    assert list((tmp_path / "data").iterdir()) == []


def test_an_empty_key_file_is_called_empty(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "key").touch()

    with pytest.raises(SettingsError, match="key does not hold a key: it is empty"):
        opening.register(town(tmp_path))


def test_what_needs_a_register_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    elsewhere = load(_env_file=None)

    with pytest.raises(SettingsError, match="run this in the folder of the register, or set DATABASE_URL") as refused:
        opening.existing(elsewhere)

    assert str(tmp_path / "data" / "citizen-eye.db") in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_a_register_in_it_is_none_either(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "town.db").touch()

    with pytest.raises(SettingsError, match="there is no register at"):
        opening.existing(town(tmp_path))

    assert [file.name for file in (tmp_path / "data").iterdir()] == ["town.db"]


def test_what_needs_a_register_opens_the_one_that_is_there(tmp_path: Path) -> None:
    opening.register(town(tmp_path)).close()

    opening.existing(town(tmp_path)).close()


def test_migrating_nothing_makes_a_register_that_the_next_start_can_open(tmp_path: Path) -> None:
    opening.migrate(town(tmp_path))

    opening.register(town(tmp_path)).close()

    assert mode(tmp_path / "data" / "key") == 0o600


def test_an_odd_failure_is_a_sentence_too(tmp_path: Path) -> None:
    settings = load(_env_file=None, database_url=f"sqlite:///{tmp_path}/a\0b.db", citizen_eye_key=RIGHT)

    with pytest.raises(SettingsError, match=r"DATABASE_URL cannot be opened \(ValueError\)"):
        opening.register(settings)
