"""`citizen-eye keys` as its keeper meets it: a new key, what each key still holds, the change from one to the other."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import opening
from bot.commands import rotating
from bot.opening import read_ring
from bot.settings import load
from storage import keycheck
from storage.engine import Store
from storage.keeping import rotation
from storage.keeping.reseal import PARTS
from storage.keeping.rotation import Rotation
from tests.commands import KEY, Nursery

pytestmark = pytest.mark.xdist_group("commands")
NOON = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
NO_KEY = {"CITIZEN_EYE_KEY": ""}


def new_key(nursery: Nursery, folder: Path) -> str:
    return nursery.run(folder, "keys", "new").output.strip()


def invited(nursery: Nursery, folder: Path, **settings: str) -> None:
    words = ("invite", "officer", "--station", "Palasia", "--name", "SI, Palasia 1")
    assert nursery.run(folder, "migrate", **settings).code == 0
    assert nursery.run(folder, *words, **settings).code == 0


def bot(folder: Path, ring: str) -> Store:
    """What a bot that starts with these keys works with."""
    return opening.register(load(_env_file=None, database_url=f"sqlite:///{folder}/register.db", citizen_eye_key=ring))


def test_a_new_key_is_printed_alone_and_beside_it_where_to_put_it(tmp_path: Path, nursery: Nursery) -> None:
    first, second = nursery.run(tmp_path, "keys", "new"), nursery.run(tmp_path, "keys", "new")

    assert re.fullmatch(r"[0-9a-f]{64}\n", first.output)
    assert first.output != second.output
    assert "citizen-eye keys rotate" in first.errors
    assert not (tmp_path / "register.db").exists()


def test_show_counts_what_each_key_seals_and_never_shows_a_key(tmp_path: Path, nursery: Nursery) -> None:
    invited(nursery, tmp_path)
    new = new_key(nursery, tmp_path)

    said = nursery.run(tmp_path, "keys", "show", CITIZEN_EYE_KEY=f"{new},{KEY}")

    assert said.code == 0
    assert re.fullmatch(
        r"key [0-9a-f]{4} \(new: restart the bot\): nothing\n"
        r"key [0-9a-f]{4} \(newest\): trace 1, links 1, second factors 1, the check at the start 1\n",
        said.output,
    )
    assert KEY not in said.output + said.errors
    assert new not in said.output + said.errors


def test_a_small_town_changes_its_key_in_its_own_file(tmp_path: Path, nursery: Nursery) -> None:
    nursery.run(tmp_path, "migrate", **NO_KEY)  # a town with a key of its own
    file, new = tmp_path / "key", new_key(nursery, tmp_path)
    old = file.read_text(encoding="ascii").strip()
    file.write_text(f"{new},\n{old}\n", encoding="ascii")

    rotated = nursery.run(tmp_path, "keys", "rotate", **NO_KEY)
    file.write_text(f"{new}\n", encoding="ascii")
    without = nursery.run(tmp_path, "roles", **NO_KEY)
    file.write_text(f"{old}\n", encoding="ascii")
    backwards = nursery.run(tmp_path, "roles", **NO_KEY)

    assert rotated.code == 0
    assert "can be taken out" in rotated.output
    assert without.code == 0
    assert (backwards.code, "not the key of this database" in backwards.errors) == (2, True)


def test_a_link_that_waits_keeps_the_old_key_and_is_spoken_of(tmp_path: Path, nursery: Nursery) -> None:
    invited(nursery, tmp_path)

    said = nursery.run(tmp_path, "keys", "rotate", CITIZEN_EYE_KEY=f"{new_key(nursery, tmp_path)},{KEY}")

    assert said.code == 0
    assert "need an old key: 1;" in said.output
    assert "can be taken out" not in said.output


def test_a_ring_without_a_key_in_use_is_refused_with_what_to_do(tmp_path: Path, nursery: Nursery) -> None:
    new = new_key(nursery, tmp_path)
    both = {"CITIZEN_EYE_KEY": f"{new},{KEY}"}
    invited(nursery, tmp_path)
    bot(tmp_path, both["CITIZEN_EYE_KEY"]).close()
    invited(nursery, tmp_path, **both)  # sealed with the new key

    without = nursery.run(tmp_path, "roles")

    assert without.code == 2
    assert "lacks a key" in without.errors


def test_a_new_key_that_no_bot_has_yet_is_looked_at_and_written_past_by_every_other_command(
    tmp_path: Path, nursery: Nursery
) -> None:
    both = {"CITIZEN_EYE_KEY": f"{new_key(nursery, tmp_path)},{KEY}"}
    invited(nursery, tmp_path)
    store = bot(tmp_path, KEY)

    invited(nursery, tmp_path, **both)
    for words in (("check",), ("roles",), ("keys", "show"), ("audit", "verify"), ("backup",)):
        nursery.run(tmp_path, *words, **both)

    assert store.run(keycheck.lacking) == set()
    assert {key for part in PARTS for key in rotation.held(store, part)} == {store.seal.ids[0]}
    store.close()


def test_a_new_key_that_was_taken_back_before_it_sealed_anything_stops_nobody(tmp_path: Path, nursery: Nursery) -> None:
    bot(tmp_path, KEY).close()
    invited(nursery, tmp_path)
    bot(tmp_path, f"{'ab' * 32},{KEY}").close()

    store = bot(tmp_path, KEY)

    assert store.run(keycheck.lacking) == set()
    store.close()


@pytest.mark.parametrize("written", ["{0},{1}", "{0}\n{1}\n", " {0} , {1} ,\n", "{0},\n{1}\n"])
def test_a_ring_may_be_written_with_commas_or_on_lines(written: str) -> None:
    first, second = "17" * 32, "42" * 32

    assert read_ring(written.format(first, second)) == [bytes.fromhex(first), bytes.fromhex(second)]


@pytest.mark.parametrize("written", ["", "\n", ",", "42", f"{'42' * 32},42"])
def test_what_is_no_ring_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="32 random bytes"):
        read_ring(written)


def test_whatever_is_left_is_named_by_its_row_and_keeps_the_old_key() -> None:
    doing = Rotation(NOON, stuck={"person": {7}}, twice={8, 9}, left={"spot": set(range(100, 120))})

    said = "\n".join(rotating.report(doing))

    assert not doing.complete
    assert "(people): 7." in said
    assert "8, 9." in said
    assert "(places): 100, 101" in said
    assert "and 10 more" in said
    assert said.endswith("Keep the old keys in the ring.")


def test_everything_that_is_sealed_has_a_name_that_a_keeper_reads() -> None:
    assert set(rotating.NAMES) == {part.name for part in PARTS} | {"check"}
