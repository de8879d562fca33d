"""Invitations for the entries of an older register: a file for whoever sends them, there only once they are kept."""

import csv
import os
from pathlib import Path

import typer

from bot import texts
from bot.core.messages import phrase
from bot.core.resident import claiming
from bot.core.town import Town
from bot.words import words
from storage.engine import Store
from storage.station import codes
from storage.station.old_entries import Invited


def unfinished(letters: Path) -> Path:
    """What the letters are called until their entries are kept."""
    return letters.with_name(f"{letters.name}.unfinished")


def finish_earlier(store: Store, letters: Path) -> None:
    """An import was cut off at its end: were its entries kept, these are its letters; else they are worth nothing."""
    part = unfinished(letters)
    if not part.exists() or letters.exists():
        return
    with part.open(encoding="utf-8-sig", newline="") as file:
        first = next((row[1] for row in list(csv.reader(file))[1:2] if len(row) > 1), "")
    if first and store.run(lambda tx: codes.find(tx, first)):
        part.rename(letters)
        typer.echo(f"The import before was cut off at its end; its invitations are in {letters}.")
    else:
        part.unlink()


def write(letters: Path, town: Town, username: str, invited: list[Invited]) -> None:
    """One for each number, in both languages; nobody else on this computer can read them."""
    os.close(os.open(letters, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with letters.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(("number", "code", "message"))
        for one in invited:
            link = f"https://t.me/{username}?start={claiming.PREFIX}{one.code}"
            text = phrase(texts.INVITE_OLD_ENTRY, police=town.police, link=link, code=one.code)
            out.writerow((one.phone.removeprefix("+"), one.code, f"{words(text, 'hi')}\n\n{words(text, 'en')}"))
