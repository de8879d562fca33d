"""A register that was put back: nobody's decision is undone by it, and its trace says itself what it lost."""

from datetime import timedelta
from pathlib import Path

import pytest
from pyrage import x25519

from bot import backup, opening, texts
from bot.commands import restoring
from bot.core.access import Role
from bot.core.casework.near import Circle
from bot.core.messages import Tap
from bot.gone import NAME
from bot.settings import Settings, load
from handlers.admin import holding
from storage import audit, people, spots, trace
from storage.acts import Act
from storage.admin import grants
from storage.society import quiet
from storage.trace import Head
from storage.trace_check import Checked, Finding, Wrong, losses, verify
from tests.chat import NOON, PALASIA, RAJWADA, Chat, Phone
from tests.commands import KEY, Nursery
from tests.conftest import make_officer
from tests.handlers.test_offers import agrees_and_shares, imported, waits

pytestmark = [pytest.mark.xdist_group("commands"), pytest.mark.sqlite]
PAIR = x25519.Identity.generate()


class Town:
    """A register on its own, as `citizen-eye` opens it, that can be put back as it was."""

    def __init__(self, folder: Path) -> None:
        self.settings: Settings = load(
            _env_file=None,
            database_url=f"sqlite:///{folder / 'town.db'}",
            citizen_eye_key=KEY,
            backup_key=str(PAIR.to_public()),
            backup_folder=folder / "backups",
        )
        self.identity = folder / "in-the-safe"
        self.identity.write_text(f"{PAIR}\n")
        self.chat = Chat(opening.register(self.settings))

    def is_copied(self) -> None:
        self.copy = backup.make(self.settings, self.chat.store, self.chat.now).file
        self.chat.later(hours=1)

    def is_put_back(self, *noted: Head) -> list[str]:
        """The copy takes the place of what was written since; the bot ticks once more before, and starts after."""
        backup.nightly(self.settings, self.chat.store, lambda: self.chat.now)
        self.chat.store.close()
        self.chat.file.unlink()
        said = restoring.restore(self.settings, self.copy, self.identity, self.chat.now, noted)
        self.chat.store = opening.register(self.settings)
        return list(said)

    @property
    def file(self) -> Path:
        return self.settings.backup_folder / NAME

    def head(self) -> Head:
        newest = self.chat.store.run(trace.head)
        assert newest
        return newest

    def findings(self, *noted: Head) -> list[Finding]:
        outside, checked = self.chat.store.outside, Checked()
        assert outside
        list(verify(self.chat.store, [*noted, *outside.noted()], checked))
        return checked.found


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


@pytest.fixture
def owner(town: Town) -> Phone:
    who = town.chat.phone(1001)
    who.registers(RAJWADA)
    return who


def seen(town: Town) -> int:
    return town.chat.store.run(lambda tx: spots.page(tx, Circle(RAJWADA, 20), 0, 10).places)


def test_an_entry_that_its_owner_hid_stays_hidden(town: Town, owner: Phone) -> None:
    town.is_copied()
    owner.says("/mine")
    owner.taps(texts.PAUSE)

    said = town.is_put_back()

    assert seen(town) == 0
    assert any(line.startswith("         1  declined, forgotten, hidden") for line in said)


def test_an_entry_that_was_hidden_for_a_while_is_found_as_before(town: Town, owner: Phone) -> None:
    town.is_copied()
    owner.says("/mine")
    owner.taps(texts.PAUSE)
    owner.taps(texts.RESUME)

    town.is_put_back()

    assert seen(town) == 1


def test_what_waited_and_was_declined_is_offered_to_nobody_again(town: Town) -> None:
    asha = town.chat.phone(1001)
    imported(town.chat, PALASIA)
    town.is_copied()
    agrees_and_shares(asha)
    asha.taps(texts.REMOVE)

    town.is_put_back()
    agrees_and_shares(asha)

    assert texts.OFFER not in asha.reads
    [row] = town.chat.store.run(waits)
    assert (row.outcome, row.phone_sealed, row.place_sealed) == ("removed", None, None)


def test_who_was_forgotten_is_not_found_by_the_number_that_the_backup_still_holds(town: Town) -> None:
    asha = town.chat.phone(1001)
    agrees_and_shares(asha)
    asha.pins(RAJWADA)
    asha.says("/forget")
    asha.taps(texts.KEEP)
    town.is_copied()
    asha.says("/forget")
    asha.taps(texts.YES_FORGET)

    town.is_put_back()

    person = town.chat.store.run(lambda tx: people.find(tx, "telegram", "1001"))
    assert person
    assert (person.consent_at, person.phone_token, person.stages_sealed) == (None, None, None)


def test_who_was_forgotten_and_agreed_again_before_the_backup_stays(town: Town, owner: Phone) -> None:
    owner.says("/forget")
    owner.taps(texts.YES_FORGET)
    town.chat.later(minutes=5)
    owner.registers(RAJWADA)
    town.is_copied()

    town.is_put_back()

    assert seen(town) == 1
    person = town.chat.store.run(lambda tx: people.find(tx, "telegram", "1001"))
    assert person
    assert person.consent_at


def test_who_wanted_no_news_and_no_weekly_message_gets_none(town: Town, owner: Phone) -> None:
    bearer = make_officer(town.chat, 3001, Role.BEARER)
    town.is_copied()
    owner.sends(Tap("/news:off"))
    bearer.sends(Tap("/progress:mute"))

    town.is_put_back()

    person = town.chat.store.run(lambda tx: people.find(tx, "telegram", "1001"))
    assert person
    assert person.muted_at
    assert town.chat.store.run(lambda tx: quiet.is_quiet(tx, bearer.row))


def test_who_wanted_news_again_gets_them(town: Town, owner: Phone) -> None:
    town.is_copied()
    owner.sends(Tap("/news:off"))
    owner.sends(Tap("/news:on"))

    town.is_put_back()

    person = town.chat.store.run(lambda tx: people.find(tx, "telegram", "1001"))
    assert person
    assert person.muted_at is None


def test_an_officer_whose_role_was_ended_does_not_come_back_with_the_backup(town: Town) -> None:
    officer = make_officer(town.chat, 2001)
    town.is_copied()
    grant = town.chat.store.run(lambda tx: grants.in_force(tx, officer.row, town.chat.now)[0].id)

    def ends(tx: object) -> None:
        found = grants.get(tx, grant)  # type: ignore[arg-type]  # a session
        assert found
        holding.end(tx, found, town.chat.now)  # type: ignore[arg-type]  # a session

    town.chat.store.run(ends)

    said = town.is_put_back()
    officer.says("/near 22.7185 75.8550 500")

    assert officer.reads == [texts.NOT_FOR_YOU]
    assert any(line.startswith("         1  roles ended again") for line in said)


def test_a_line_that_a_power_failure_cut_off_costs_neither_itself_nor_the_next(town: Town, owner: Phone) -> None:
    other = town.chat.phone(1002)
    other.registers(RAJWADA)
    town.is_copied()
    owner.says("/forget")
    owner.taps(texts.YES_FORGET)
    backup.nightly(town.settings, town.chat.store, lambda: town.chat.now)
    town.file.write_bytes(town.file.read_bytes()[:-5])
    other.says("/forget")
    other.taps(texts.YES_FORGET)

    town.is_put_back()

    assert seen(town) == 0
    kept = town.chat.store.run(lambda tx: people.find(tx, "telegram", "1001"))
    assert kept
    assert kept.consent_at is None


def test_what_is_ended_after_one_restore_is_known_to_the_next(town: Town, owner: Phone) -> None:
    other = town.chat.phone(1002)
    other.registers(RAJWADA)
    town.is_copied()
    for _ in range(5):
        owner.says("/mine")
        owner.taps(texts.PAUSE)
        owner.taps(texts.RESUME)
    town.is_put_back()
    other.says("/forget")
    other.taps(texts.YES_FORGET)

    town.is_put_back()

    assert seen(town) == 1


def test_a_restored_trace_says_which_rows_it_lost_and_goes_on(town: Town, owner: Phone) -> None:
    make_officer(town.chat, 2001)
    town.is_copied()
    before = town.head()
    owner.says("/mine")
    owner.taps(texts.PAUSE)
    owner.taps(texts.RESUME)
    last = town.head()

    said = town.is_put_back()
    owner.says("/mine")
    owner.taps(texts.PAUSE)

    [loss] = town.chat.store.run(losses)
    assert (loss.told, loss.after, loss.until) == (before.seq + 1, before.seq, last.seq)
    assert said[-1].startswith(f"rows {before.seq + 1} to {last.seq} of the trace were written after that backup")
    assert town.findings() == []
    assert town.findings(last) == []  # the head that was mailed last is the one the restore found outside


def test_a_head_that_was_mailed_in_between_is_still_called_another_one(town: Town, owner: Phone) -> None:
    town.is_copied()
    owner.says("/mine")
    owner.taps(texts.PAUSE)
    mailed = town.head()
    owner.taps(texts.RESUME)

    town.is_put_back()

    assert town.findings(mailed) == [Finding(Wrong.OTHER, mailed.seq, mailed.seq)]


def test_on_another_machine_the_mailed_head_tells_what_was_lost_and_without_one_it_is_said_so(
    town: Town, owner: Phone, tmp_path: Path, nursery: Nursery
) -> None:
    town.is_copied()
    owner.says("/mine")
    owner.taps(texts.PAUSE)
    mailed, after = town.head(), town.head().seq - 1
    new = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new' / 'town.db'}"}
    newer = {"DATABASE_URL": f"sqlite:///{tmp_path / 'newer' / 'town.db'}"}
    words = "restore", str(town.copy), "--identity", str(town.identity)

    nursery.run(tmp_path, *words, "--head", str(mailed), **new)
    known = nursery.run(tmp_path, "audit", "verify", "--head", str(mailed), **new)
    unsaid = nursery.run(tmp_path, *words, **newer)
    unknown = nursery.run(tmp_path, "audit", "verify", **newer)

    assert (known.code, unknown.code) == (0, 0), known.output
    assert f"rows {after + 1} to {mailed.seq} as they were before are lost" in known.output
    assert f"whatever followed row {after} before is lost" in unknown.output
    assert "`--head` would have told how much" in unsaid.output


def test_a_register_that_was_put_back_by_hand_does_not_write_over_the_head_outside(town: Town, owner: Phone) -> None:
    older = town.chat.file.with_name("older.db")
    town.chat.store.close()
    older.write_bytes(town.chat.file.read_bytes())
    owner.says("/mine")
    owner.taps(texts.PAUSE)
    owner.taps(texts.RESUME)
    last = town.head()
    town.chat.store.close()
    older.replace(town.chat.file)
    town.chat.store = opening.register(town.settings)

    owner.says("/mine")
    owner.taps(texts.PAUSE)

    assert town.findings() == [Finding(Wrong.CUT_OFF, last.seq, last.seq)]
    for _ in range(3):
        owner.taps(texts.RESUME)
        owner.taps(texts.PAUSE)
    assert town.findings() == [Finding(Wrong.OTHER, last.seq, last.seq)]


def test_the_folder_for_the_head_is_made_where_there_is_none(tmp_path: Path) -> None:
    settings = load(_env_file=None, database_url="postgresql://nobody@host/none", trace_head=tmp_path / "new" / "head")

    opening.outside(settings).keep(Head(1, b"one"))

    assert opening.outside(settings).read() == Head(1, b"one")
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_decisions_are_written_down_in_the_order_of_their_commits_whatever_the_clock_says(
    town: Town, owner: Phone
) -> None:
    town.chat.now = NOON + timedelta(days=1)
    owner.says("/mine")
    owner.taps(texts.PAUSE)
    backup.nightly(town.settings, town.chat.store, lambda: town.chat.now)
    town.chat.now = NOON
    owner.taps(texts.RESUME)
    backup.nightly(town.settings, town.chat.store, lambda: town.chat.now)

    lines = town.file.read_text().splitlines()

    assert [line.split()[2] for line in lines] == ["pause", "resume"]
    assert [row.action for row in town.chat.store.run(audit.rows) if row.action in (Act.PAUSE, Act.RESUME)]
