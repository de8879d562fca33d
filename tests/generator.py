"""The app for six-digit codes on an officer's phone."""

import pyotp
from sqlmodel import Session

from bot.core.casework.factor import Tried
from storage.casework import factors
from storage.tables.factors import Factor
from tests.chat import Chat


class Generator:
    """The app on an officer's phone."""

    def __init__(self, chat: Chat, person_id: int, seed: str = "") -> None:
        self.chat, self.person_id = chat, person_id
        self.seed = seed or chat.store.run(lambda tx: factors.make(tx, person_id, chat.now))

    def code(self, off: int = 0) -> str:
        """What it shows now; `off` half minutes later."""
        return pyotp.TOTP(self.seed).at(int(self.chat.now.timestamp()) + off * factors.STEP_S)

    def enters(self, code: str) -> Tried:
        return self.chat.store.run(lambda tx: factors.enter(tx, self.factor(tx), code, self.chat.now))

    def factor(self, tx: Session) -> Factor:
        factor = factors.of(tx, self.person_id)
        assert factor
        return factor

    @property
    def fresh(self) -> bool:
        return self.chat.store.run(lambda tx: factors.fresh(self.factor(tx), self.chat.now))

    @property
    def wrong_code(self) -> str:
        near = {self.code(off) for off in (-1, 0, 1)}
        return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)
