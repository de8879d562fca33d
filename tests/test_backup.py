"""Backups: made while the bot serves, tried, sealed; put back whole; and nobody who left comes back with them."""

import os
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from pyrage import x25519
from sqlmodel import Session

from bot import backup, texts
from bot.core.access import Role
from bot.settings import Settings, load
from storage.keeping import backup as copies
from storage.keeping import upkeep
from storage.keeping.backup import BackupError, Kind
from storage.keeping.upkeep import AGAIN, GIVEN_UP
from storage.tables.register import Upkeep
from tests.chat import NOON, RAJWADA, Chat
from tests.commands import KEY, Nursery
from tests.conftest import make_officer

pytestmark = [pytest.mark.xdist_group("commands"), pytest.mark.sqlite]
PAIR = x25519.Identity.generate()


@pytest.fixture
def settings(chat: Chat, tmp_path: Path) -> Settings:
    return load(
        _env_file=None,
        database_url=f"sqlite:///{chat.file}",
        citizen_eye_key=KEY,
        backup_key=str(PAIR.to_public()),
        backup_folder=tmp_path / "backups",
        backup_keep=3,
    )


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    file = tmp_path / "in-the-safe"
    file.write_text(f"# the private key\n{PAIR}\n")
    return file


def last(chat: Chat, name: str) -> Upkeep | None:
    return chat.store.run(lambda tx: upkeep.last(tx, name))


def test_a_backup_is_a_sealed_file_of_its_owner_alone_that_was_tried_before(chat: Chat, settings: Settings) -> None:
    chat.has_cameras(RAJWADA)

    made = backup.make(settings, chat.store, NOON)

    assert made.file.stat().st_mode & 0o777 == 0o600
    assert made.file.read_bytes().startswith(b"age-encryption.org/v1")
    assert made.tried is not None
    assert made.tried.rows > 0
    assert made.tried.boxes >= 4  # chat, number, place, spot
    assert [file.name for file in settings.backup_folder.iterdir()] == [made.file.name]


def test_a_backup_takes_what_is_committed_while_others_go_on_writing(chat: Chat, settings: Settings) -> None:
    chat.has_cameras(RAJWADA)

    with Session(chat.store.engine, info={"seal": chat.store.seal}) as busy:
        busy.connection()  # a transaction is open and holds the writer's lock
        made = backup.make(settings, chat.store, NOON)

    assert made.tried is not None


def test_a_register_comes_back_from_its_backup_and_the_bot_goes_on(
    chat: Chat, settings: Settings, identity: Path, tmp_path: Path, nursery: Nursery
) -> None:
    chat.has_cameras(RAJWADA)
    officer = make_officer(chat, 2001)
    made = backup.make(settings, chat.store, NOON)
    chat.store.close()
    chat.file.unlink()
    place = {"DATABASE_URL": f"sqlite:///{chat.file}", "BACKUP_FOLDER": str(settings.backup_folder)}

    said = nursery.run(tmp_path, "restore", str(made.file), "--identity", str(identity), **place)
    chat.restarts()

    assert (said.code, said.errors) == (0, "")
    assert "sealed values opened" in said.output
    officer.says("/near 22.7185 75.8550 500")
    assert texts.NOTHING_FOUND not in officer.reads
    assert texts.NOT_FOR_YOU not in officer.reads
    assert chat.file.stat().st_mode & 0o777 == 0o600


def test_whoever_withdrew_after_the_backup_does_not_come_back_with_it(
    chat: Chat, settings: Settings, identity: Path, tmp_path: Path, nursery: Nursery
) -> None:
    leaver = chat.phone(1001)
    leaver.registers()
    stayer = chat.phone(1002)
    stayer.registers()
    made = backup.make(settings, chat.store, NOON)
    leaver.says("/forget")
    leaver.taps(texts.YES_FORGET)
    backup.nightly(settings, chat.store, lambda: NOON + timedelta(days=1))
    chat.store.close()
    chat.file.unlink()
    place = {"DATABASE_URL": f"sqlite:///{chat.file}", "BACKUP_FOLDER": str(settings.backup_folder)}

    said = nursery.run(tmp_path, "restore", str(made.file), "--identity", str(identity), **place)
    chat.restarts()
    leaver.says("/mine")
    stayer.says("/mine")

    assert "         1  withdrawn again" in said.output
    assert "         1  declined, forgotten" in said.output
    assert texts.MINE_NONE in leaver.reads
    assert texts.MINE_NONE not in stayer.reads


def test_what_is_written_down_beside_the_backups_says_nothing_of_anybody(chat: Chat, settings: Settings) -> None:
    leaver = chat.phone(1001)
    leaver.registers()
    leaver.says("/forget")
    leaver.taps(texts.YES_FORGET)

    for _ in range(2):
        backup.nightly(settings, chat.store, lambda: NOON)

    lines = (settings.backup_folder / "withdrawn.txt").read_text().splitlines()
    assert [line.split()[2] for line in lines] == ["withdraw", "forget"]
    assert "9876" not in "".join(lines)
    assert "22.7" not in "".join(lines)


@pytest.mark.parametrize("what", ["another key", "cut short", "another register's key", "a register is there"])
def test_what_cannot_be_put_back_is_said_and_leaves_no_register(
    what: str, chat: Chat, settings: Settings, identity: Path, tmp_path: Path, nursery: Nursery
) -> None:
    made = backup.make(settings, chat.store, NOON)
    place = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new' / 'register.db'}"}
    expected = {
        "another key": "does not open",
        "cut short": "does not open",
        "another register's key": "the key of this register does not open it",
        "a register is there": "a restore overwrites nothing",
    }[what]
    if what == "another key":
        identity.write_text(f"{x25519.Identity.generate()}\n")
    if what == "cut short":
        made.file.write_bytes(made.file.read_bytes()[:-100])
    if what == "another register's key":
        place["CITIZEN_EYE_KEY"] = "ab" * 32
    if what == "a register is there":
        place = {"DATABASE_URL": f"sqlite:///{chat.file}"}

    said = nursery.run(tmp_path, "restore", str(made.file), "--identity", str(identity), **place)

    assert said.code == 2
    assert expected in said.errors
    assert "Traceback" not in said.errors
    assert not (tmp_path / "new" / "register.db").exists()


def test_a_damaged_copy_is_noticed_before_it_is_called_a_backup(
    chat: Chat, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat.has_cameras(RAJWADA)
    whole = copies.copy

    def bad_disk(url: str, to: Path) -> None:
        whole(url, to)
        with to.open("r+b") as file:
            file.seek(to.stat().st_size // 2)
            file.write(b"\xff" * 4096)

    monkeypatch.setattr(copies, "copy", bad_disk)

    with pytest.raises(BackupError):
        backup.make(settings, chat.store, NOON)
    assert list(settings.backup_folder.iterdir()) == []


def test_only_so_many_backups_stay_and_the_newest_are_they(chat: Chat, settings: Settings) -> None:
    made = [backup.make(settings, chat.store, NOON + timedelta(days=day)).file for day in range(5)]

    assert backup.kept(settings.backup_folder) == made[:1:-1]


def test_each_night_has_one_backup_and_a_missed_one_is_caught_up_once(chat: Chat, settings: Settings) -> None:
    minutes = [NOON + timedelta(hours=hour) for hour in range(30)] + [NOON + timedelta(days=4, minutes=1)] * 3

    made = [moment for moment in minutes if backup.nightly(settings, chat.store, partial(datetime.replace, moment))]

    half_past_two = datetime.fromisoformat("2026-11-01T21:00:00+00:00")  # in India
    assert made == [NOON, NOON + timedelta(hours=15), NOON + timedelta(days=4, minutes=1)]
    assert made[1] - half_past_two < timedelta(hours=1)


def test_a_failure_is_told_to_administrators_and_tried_again_in_an_hour(chat: Chat, settings: Settings) -> None:
    admin = make_officer(chat, 3001, Role.ADMIN)
    no_folder = settings.model_copy(update={"backup_folder": chat.file / "not-a-folder"})

    assert backup.nightly(no_folder, chat.store, lambda: NOON) is None
    admin.says("/help")
    soon = backup.nightly(settings, chat.store, lambda: NOON + AGAIN - timedelta(minutes=1))
    later = backup.nightly(settings, chat.store, lambda: NOON + AGAIN)

    assert texts.BACKUP_FAILED in admin.reads
    assert soon is None
    assert later is not None
    done = last(chat, backup.RESTORE_TEST)
    assert done is not None
    assert (done.fine, "boxes opened" in done.note) == (True, True)


def test_a_backup_whose_process_died_is_made_by_another_hours_later(chat: Chat, settings: Settings) -> None:
    night = backup.night_of(NOON, settings.timezone)
    assert chat.store.run(lambda tx: upkeep.begin(tx, backup.BACKUP, night, NOON))

    assert backup.nightly(settings, chat.store, lambda: NOON + timedelta(hours=1)) is None
    assert backup.nightly(settings, chat.store, lambda: NOON + GIVEN_UP) is not None


def test_half_a_copy_of_a_process_that_was_killed_is_swept_away_and_one_that_is_being_made_is_not(
    chat: Chat, settings: Settings
) -> None:
    killed, at_work = (settings.backup_folder / f".making-{name}" for name in ("killed", "at-work"))
    for folder, hours in ((killed, 30), (at_work, 1)):
        folder.mkdir(parents=True)
        (folder / "copy").write_bytes(b"half of it")
        moment = (NOON - timedelta(hours=hours)).timestamp()
        os.utime(folder, (moment, moment))

    backup.make(settings, chat.store, NOON)

    assert not killed.exists()
    assert (at_work / "copy").exists()


def test_without_a_key_there_are_no_backups_and_by_hand_the_keeper_is_told_how(
    chat: Chat, settings: Settings, tmp_path: Path, nursery: Nursery
) -> None:
    keyless = settings.model_copy(update={"backup_key": ""})

    said = nursery.run(tmp_path, "backup", DATABASE_URL=f"sqlite:///{chat.file}")

    assert backup.nightly(keyless, chat.store, lambda: NOON) is None
    assert said.code == 2
    assert "backup-key" in said.errors
    assert not settings.backup_folder.exists()


def test_the_pair_of_keys_is_made_once_and_its_private_half_is_a_file_of_its_owner(
    tmp_path: Path, nursery: Nursery
) -> None:
    first = nursery.run(tmp_path, "backup-key", "private")
    again = nursery.run(tmp_path, "backup-key", "private")

    file = tmp_path / "private"
    public = str(x25519.Identity.from_str(file.read_text().splitlines()[-1]).to_public())
    assert f"BACKUP_KEY={public}" in first.output
    assert file.stat().st_mode & 0o777 == 0o600
    assert "AGE-SECRET-KEY" not in first.output
    assert again.code == 2


def test_a_file_that_is_no_copy_of_a_register_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear sir or madam")

    with pytest.raises(BackupError):
        copies.kind_in(tmp_path / "letter")
    assert copies.kind_of("postgresql://host/name") is Kind.POSTGRES
