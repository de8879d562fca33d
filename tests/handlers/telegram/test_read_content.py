"""What messages can hold besides words: places, pictures, service notes; and what each means to the bot."""

from typing import Any

import pytest

from bot.core.geo import Point
from bot.core.messages import Media, Other, Pin
from handlers.telegram.read import read
from tests.handlers.telegram.raw import FILE, FORWARDED, PRIVATE, message, reading, update

HERE = {"latitude": 22.7185, "longitude": 75.855}
VIDEO = FILE | {"width": 640, "height": 360, "duration": 4}
NOTE = FILE | {"length": 240, "duration": 4}
PHOTO = [FILE | {"width": 90, "height": 60}]
STICKER = FILE | {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False}
POLL = {
    "id": "p",
    "question": "?",
    "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
CHECKLIST = {"title": "Shopping", "tasks": [{"id": 1, "text": "milk"}]}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ({"location": HERE}, ""),
        ({"location": HERE | {"horizontal_accuracy": 12.0, "live_period": 900, "heading": 90}}, ""),
        ({"location": HERE} | FORWARDED, ""),
        ({"location": HERE, "venue": {"location": HERE, "title": "Blue gate", "address": "Indore"}}, "Blue gate"),
    ],
)
def test_every_way_of_sending_a_place_is_a_pin(content: dict[str, Any], name: str) -> None:
    envelope = reading(**content)

    assert envelope is not None
    assert envelope.got == Pin(Point(22.7185, 75.855), name)


def test_the_place_where_the_equator_meets_greenwich_is_a_pin_too() -> None:
    envelope = reading(location={"latitude": 0.0, "longitude": 0.0})

    assert envelope is not None
    assert envelope.got == Pin(Point(0.0, 0.0))


@pytest.mark.parametrize(
    "content",
    [
        {"photo": PHOTO},
        {"photo": PHOTO, "caption": "/start"},
        {"video": VIDEO},
        {"video_note": NOTE},
        {"voice": FILE | {"duration": 4}},
        {"audio": FILE | {"duration": 4}},
        {"animation": VIDEO, "document": FILE},
        {"story": {"chat": PRIVATE, "id": 1}},
        {"paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_pictures_and_recordings_are_media_and_never_looked_at(content: dict[str, Any]) -> None:
    envelope = reading(**content)

    assert envelope is not None
    assert envelope.got == Media()


def test_a_document_is_media_of_which_only_its_name_and_size_are_known() -> None:
    envelope = reading(document=FILE)

    assert envelope is not None
    assert envelope.got == Media(str(FILE["file_id"]), int(FILE.get("file_size", 0)))


@pytest.mark.parametrize(
    "content",
    [{"sticker": STICKER}, {"dice": {"emoji": "🎲", "value": 4}}, {"poll": POLL}, {"checklist": CHECKLIST}],
    ids=lambda content: next(iter(content)),
)
def test_stickers_dice_polls_and_checklists_are_something_else(content: dict[str, Any]) -> None:
    envelope = reading(**content)

    assert envelope is not None
    assert envelope.got == Other()


@pytest.mark.parametrize(
    "content",
    [
        {"new_chat_members": [{"id": 7, "is_bot": True, "first_name": "Bot"}]},
        {"left_chat_member": {"id": 7, "is_bot": True, "first_name": "Bot"}},
        {"new_chat_title": "Neighbours"},
        {"group_chat_created": True},
        {"pinned_message": message(text="a rule")},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"migrate_to_chat_id": -100300},
        {"connected_website": "example.org"},
        {},
    ],
    ids=lambda content: next(iter(content), "nothing"),
)
def test_service_messages_are_nobodys_message(content: dict[str, Any]) -> None:
    assert reading(**content) is None


@pytest.mark.parametrize("kind", ["edited_message", "channel_post", "edited_channel_post"])
def test_edits_and_channel_posts_are_nobodys_message(kind: str) -> None:
    assert read(update(kind, **message(text="four"))) is None


def test_a_moving_live_location_counts_by_its_first_point_only() -> None:
    live = HERE | {"live_period": 900}

    assert read(update("edited_message", **message(location=live), edit_date=1_800_000_060)) is None
