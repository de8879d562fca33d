"""`/health` tells administrators how the bot is, and never calls fine what never ran."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.messages import counted, say
from bot.words import words
from handlers import mail
from handlers.admin import condition
from storage import claims, people
from storage.keeping import upkeep
from tests.chat import Chat, Phone
from tests.conftest import make_officer
from tests.town import is_sqlite


@pytest.fixture
def admin(chat: Chat) -> Phone:
    return make_officer(chat, 9001, Role.ADMIN)


def test_versions_database_queue_and_what_never_ran_are_told_honestly(chat: Chat, admin: Phone) -> None:
    admin.says("/health")

    assert admin.reads == [
        texts.HEALTH_TITLE,
        texts.HEALTH_VERSIONS,
        texts.HEALTH_DATABASE,
        texts.HEALTH_QUEUE[0],
        texts.HEALTH_NONE_WAITS,
        texts.HEALTH_ASIDE[0],
        texts.HEALTH_BACKUP_NEVER,
        texts.HEALTH_RESTORE_NEVER,
    ]
    assert ("SQLite 3." if is_sqlite(chat.store) else "PostgreSQL ") in admin.sees


def test_the_oldest_unsent_message_is_told_and_late_answers_are_called_late(chat: Chat, admin: Phone) -> None:
    resident = chat.phone(1001)
    resident.sends_offline("/help")
    chat.later(minutes=10)

    admin.says("/health")

    assert texts.HEALTH_OLDEST in admin.reads
    assert "10 minutes" in admin.sees
    assert admin.reads[-1] == texts.HEALTH_LATE


def test_a_message_that_is_meant_for_tomorrow_does_not_wait(chat: Chat, admin: Phone) -> None:
    def for_tomorrow(tx: Session) -> None:
        person = people.meet(tx, "telegram", "1001", "en", chat.now)
        mail.post(tx, person, say(texts.NOTHING_TO_CANCEL), chat.now, due=chat.now + timedelta(days=1))

    chat.store.run(for_tomorrow)

    admin.says("/health")

    assert texts.HEALTH_NONE_WAITS in admin.reads
    assert words(counted(texts.HEALTH_QUEUE, 0), "en") in admin.sees


def test_updates_that_were_set_aside_are_counted(chat: Chat, admin: Phone) -> None:
    for _ in range(claims.ATTEMPTS):
        chat.store.run(lambda tx: claims.failed(tx, "telegram", 77, "ValueError", chat.now))

    admin.says("/health")

    assert "1 update set aside" in admin.sees


@pytest.mark.parametrize(
    ("fine", "backup", "test"),
    [
        (True, texts.HEALTH_BACKUP, texts.HEALTH_RESTORE),
        (False, texts.HEALTH_BACKUP_BAD, texts.HEALTH_RESTORE_BAD),
    ],
)
def test_the_last_backup_and_its_test_are_told_as_they_went(
    chat: Chat, admin: Phone, fine: bool, backup: str, test: str
) -> None:
    for name in (condition.BACKUP, condition.RESTORE_TEST):
        chat.store.run(partial(upkeep.end, name=name, now=chat.now, fine=fine, note="4711 bytes"))

    admin.says("/health")

    assert admin.reads[-2:] == [backup, test]
    assert "4711 bytes" in admin.sees


def test_a_backup_that_began_and_did_not_end_is_not_called_one(chat: Chat, admin: Phone) -> None:
    chat.store.run(lambda tx: upkeep.begin(tx, condition.BACKUP, 1, chat.now))

    admin.says("/health")

    assert texts.HEALTH_BACKUP_NEVER in admin.reads


def test_the_names_are_those_the_backup_goes_by() -> None:
    from bot import backup

    assert (condition.BACKUP, condition.RESTORE_TEST) == (backup.BACKUP, backup.RESTORE_TEST)
