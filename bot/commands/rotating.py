"""`citizen-eye keys new | show | rotate`: what is said about the keys that seal the register; never a key of it."""

import secrets
from collections import Counter
from collections.abc import Sequence

import typer

from bot import opening
from bot.app import now
from bot.settings import Settings
from storage import keycheck
from storage.engine import Store
from storage.keeping import rotation
from storage.keeping.reseal import PARTS
from storage.keeping.rotation import Rotation
from storage.seal import Seal

NAMES = {
    "person": "people",
    "registration": "entries",
    "spot": "places",
    "role_grant": "roles",
    "audit": "trace",
    "outbox": "messages",
    "invite": "links",
    "factor": "second factors",
    "incident": "incidents",
    "approval": "requests to seniors",
    "waiting": "entries that wait",
    "claim_code": "codes",
    "proposal": "roles that wait for a second tap",
    "broadcast": "broadcasts",
    "kept": "messages that can be changed",
    "delay": "delays of what owners see",
    "society": "societies",
    "door": "societies' links",
    "wish": "wishes to spread the word",
    "came_by": "notes of who came by which link",
    "check": "the check at the start",
}
TO_DO_WITH_IT = """\
That is a new key; it is kept nowhere yet. To change the key of a register:
1. Put it before the old one, with a comma between: in CITIZEN_EYE_KEY, or where that is empty, in the file `key`
   beside the SQLite database. Keep a copy of it in a safe place.
2. Restart the bot: it seals with the new key and still opens with the old one. Where there are several workers, give
   all of them the new key behind the old one first, and then before it.
3. citizen-eye keys rotate
4. When it says so, take the old key out, and restart the bot once more."""


def new() -> None:
    """Make a key."""
    typer.echo(secrets.token_hex(32))
    typer.echo(TO_DO_WITH_IT, err=True)


def show(settings: Settings) -> None:
    """Say how many sealed values each key holds."""
    store = opening.existing(settings)
    try:
        for line in lines(store, Seal(opening.ring_there(settings)).ids):
            typer.echo(line)
    finally:
        store.close()


def lines(store: Store, ring: Sequence[bytes]) -> list[str]:
    """A line for each key: its short id, its place in the ring, and what it holds."""
    counts = {part.name: rotation.held(store, part) for part in PARTS}
    counts["check"] = Counter([store.run(keycheck.check_value)[1:3]])
    newest = ring.index(store.seal.ids[0])
    places = [*("new: restart the bot",) * newest, "newest", *("old",) * (len(ring) - newest - 1)]
    known = list(zip(ring, places, strict=True))
    known += [(key, "not in the ring") for key in sorted(set().union(*counts.values()) - set(ring))]
    return [_line(key, place, counts) for key, place in known]


def _line(key: bytes, place: str, counts: dict[str, Counter[bytes]]) -> str:
    held = [f"{NAMES[name]} {found[key]:,}" for name, found in counts.items() if found[key]]
    return f"key {key.hex()} ({place}): {', '.join(held) or 'nothing'}"


def rotate(settings: Settings) -> bool:
    """Seal everything with the newest key; whether all of it is."""
    store = opening.existing(settings, take_up=True)
    try:
        return _rotate(store)
    finally:
        store.close()


def _rotate(store: Store) -> bool:
    doing = Rotation(now())
    with typer.progressbar(length=2 * rotation.rows(store)) as bar:
        for label, work in (("sealing  ", rotation.reseal), ("verifying", rotation.verify)):
            bar.label = label
            for rows in work(store, doing):
                bar.update(rows)
    for line in report(doing):
        typer.echo(line)
    return doing.complete


def report(doing: Rotation) -> list[str]:
    """What was done, and what is left and why."""
    said = [f"Rows sealed anew with the newest key: {doing.sealed:,}. Every value was opened and compared."]
    for table, ids in doing.stuck.items():
        said.append(f"These do not open with any key of the ring ({NAMES[table]}): {_numbers(ids)}. Restore a backup.")
    if doing.twice:
        said.append(
            f"These people have another row for the same chat: {_numbers(doing.twice)}. They were left as they are."
        )
    for table, ids in doing.left.items():
        said.append(f"Still sealed with an old key ({NAMES[table]}): {_numbers(ids)}.")
    if doing.left:
        said.append("Some program still seals with an old key: restart it with the whole ring, and rotate again.")
    if not doing.complete:
        return [*said, "Keep the old keys in the ring."]
    if doing.links and doing.links_until:
        until = f"{doing.links_until:%Y-%m-%d %H:%M} UTC"
        said.append(
            f"Links that nobody opened yet and that need an old key: {doing.links:,}; the last one dies on {until}."
            " Keep the old keys until then, or make those links anew."
        )
        return said
    return [*said, "The old keys can be taken out of the ring. Keep them with the backups that were made before."]


def _numbers(ids: set[int]) -> str:
    shown = ", ".join(str(number) for number in sorted(ids)[:10])
    return shown if len(ids) <= 10 else f"{shown} and {len(ids) - 10:,} more"
