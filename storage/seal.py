"""What is encrypted and how it is found again: AES-256-GCM boxes and keyed tokens.

A box is `version (1) | key id (2) | nonce (12) | ciphertext and tag`, with the table's and the row's name as
associated data, so a box copied into another row does not open. Keys derive by HKDF-SHA256 from the ring in
CITIZEN_EYE_KEY: the newest seals, every one of them opens.
"""

import hmac
import os
from collections.abc import Sequence
from hashlib import sha256
from typing import TypeAlias, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlmodel import Session

from bot.core.later import np, npt

VERSION = b"\x01"
KEY_BYTES = 32
_HEAD = slice(0, 3)
_ID = slice(1, 3)
_NONCE = slice(3, 15)
_BODY = slice(15, None)
_TAG = 16  # bytes, at the end of a body
Boxes: TypeAlias = "npt.NDArray[np.void]"
Cut: TypeAlias = list[tuple[str, str]]


class CannotOpenError(Exception):
    """A box was made with a key that is not in the ring, or was altered, or belongs to another row."""


def _derive(key: bytes, purpose: bytes, length: int = KEY_BYTES) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=b"citizen-eye/1/" + purpose).derive(key)


class Seal:
    """Seals, opens and makes tokens with a ring of 32-byte keys, newest first."""

    def __init__(self, ring: Sequence[bytes]) -> None:
        if not ring or any(len(key) != KEY_BYTES for key in ring):
            raise ValueError("a key ring holds one or more keys of 32 bytes")
        ids = [_derive(key, b"id", 2) for key in ring]
        if len(set(ids)) != len(ids):
            raise ValueError("two keys of the ring are the same, or share their id")
        self.ids = tuple(ids)  # newest first; a box says by it which key it needs, and it says nothing of the key
        self._boxes = {key_id: AESGCM(_derive(key, b"seal")) for key_id, key in zip(ids, ring, strict=True)}
        self._openers = {VERSION + key_id: box.decrypt for key_id, box in self._boxes.items()}
        self._tokens = [_derive(key, b"token") for key in ring]
        self._cells = [Cipher(AES(_derive(key, b"cell")), ECB()) for key in ring]  # noqa: S305 - see cell_tokens
        self.chain = {key_id: _derive(key, b"trace") for key_id, key in zip(ids, ring, strict=True)}
        self._newest = ids[0]
        self._head = VERSION + ids[0]

    def close(self, what: str, row: int, plain: bytes) -> bytes:
        """Seal some bytes for one row; `what` names the table and column."""
        nonce = os.urandom(12)
        return self._head + nonce + self._boxes[self._newest].encrypt(nonce, plain, f"{what}:{row}".encode())

    def open(self, what: str, row: int, box: bytes) -> bytes:
        """Open a box of that row. Raises CannotOpenError."""
        if (opener := self._openers.get(box[_HEAD])) is None:
            raise CannotOpenError(what)
        try:
            return opener(box[_NONCE], box[_BODY], f"{what}:{row}".encode())
        except InvalidTag:
            raise CannotOpenError(what) from None

    def open_all(self, what: str, rows: Sequence[int], boxes: Sequence[bytes]) -> list[bytes]:
        """Open the box of each of these rows, as `open` does, in a third of the time. Raises CannotOpenError."""
        return self._opened(what, rows, *([box[part] for box in boxes] for part in (_HEAD, _NONCE, _BODY)))

    def open_even(self, what: str, rows: Sequence[int], boxes: Boxes) -> bytes:
        """The plain texts of boxes that are all equally long, one after another; faster again. Raises CannotOpenError.

        `boxes` are cut as `even(bytes of a plain text)` says.
        """
        return b"".join(self._opened(what, rows, *(boxes[part].tolist() for part in ("head", "nonce", "body"))))

    def _opened(
        self, what: str, rows: Sequence[int], heads: list[bytes], nonces: list[bytes], bodies: list[bytes]
    ) -> list[bytes]:
        """Mostly they are all of one key, and one function opens them."""
        named = what.encode() + b":%d"
        names = [named % row for row in rows]
        try:
            if len(set(heads)) == 1:
                return list(map(self._openers[heads[0]], nonces, bodies, names))
            each = zip(heads, nonces, bodies, names, strict=True)
            return [self._openers[head](nonce, body, name) for head, nonce, body, name in each]
        except (InvalidTag, KeyError):
            raise CannotOpenError(what) from None

    def tokens(self, purpose: str, value: bytes) -> list[bytes]:
        """What to look a value up by: one 32-byte HMAC-SHA256 for each key of the ring, newest first."""
        message = purpose.encode() + b"\x00" + value
        return [hmac.digest(key, message, sha256) for key in self._tokens]

    def token(self, purpose: str, value: bytes) -> bytes:
        """The token to store: that of the newest key."""
        return hmac.digest(self._tokens[0], purpose.encode() + b"\x00" + value, sha256)

    def cell_tokens(self, cells: Sequence[int]) -> list[int]:
        """H3 cells as signed 64-bit tokens, for every key of the ring (newest first, then the next).

        A token is half of an AES-256 block that holds the cell: a keyed permutation of single blocks, each of them
        another cell, so nothing stands in a mode's way; a search needs a thousand of them (docs/decisions/0006).
        """
        blocks = np.zeros((len(cells), 2), ">u8")
        blocks[:, 0] = cells
        plain = blocks.tobytes()
        sealed = [cipher.encryptor().update(plain) for cipher in self._cells]
        return [token for all_ in sealed for token in np.frombuffer(all_, ">i8")[::2].tolist()]


def even(plain: int) -> Cut:
    """How a box is cut whose plain text has so many bytes."""
    return [("head", f"V{_NONCE.start}"), ("nonce", "V12"), ("body", f"V{plain + _TAG}")]


def seal_of(tx: Session) -> Seal:
    """The seal this transaction works with; `storage.engine` puts it there."""
    return cast(Seal, tx.info["seal"])
