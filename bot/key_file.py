"""Makes the file that holds a register's own key: whole or not at all, for its owner alone, and never twice."""

import os
import secrets
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def make(file: Path) -> bool:
    """Write a new key there. False where another program was first: then that one's key is the register's."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "w", encoding="ascii") as out:
            out.write(secrets.token_hex(32) + "\n")
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)  # unlike a rename, it never takes the place of a key that is there
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    _keep_names(file.parent)
    return True


def _keep_names(folder: Path) -> None:
    """The name of a new file survives a power cut only when its folder is written out as well."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
