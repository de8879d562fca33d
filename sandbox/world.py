"""The sandbox's world: everything Telegram would keep, and everything people do on their phones."""

import re
from typing import Any

import pyotp

from sandbox import sayings
from sandbox.chats import Chat, Message
from sandbox.files import Upload
from sandbox.people import Person
from sandbox.sayings import Kind, Whose
from sandbox.state import USERNAME, State, Tapped

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class World(State):
    """People act by these methods; each queues the update that the bot will get."""

    def says(self, person_id: int, text: str) -> Message:
        return self._sends(person_id, sayings.words(text))

    def says_code(self, person_id: int) -> Message:
        """Send the six digits that the code generator on their phone shows now."""
        if person_id not in self.generators:
            raise ValueError("there is no code generator on this phone")
        return self.says(person_id, pyotp.TOTP(self.generators[person_id]).at(self.now))

    def starts(self, person_id: int, payload: str = "") -> Message:
        """Press START, or open a link with a payload; a blocked bot is let in again by it."""
        if not _PAYLOAD.fullmatch(payload):
            raise ValueError("a start link carries at most 64 of A-Z, a-z, 0-9, _ and -")
        if self.chat_with(person_id).blocked:
            self.unblocks(person_id)
        return self.says(person_id, f"/start {payload}")

    def shares_contact(self, person_id: int, whose: Whose = "own") -> Message:
        person = self.people[person_id]
        others = [other for other in self.people.values() if other.id != person_id]
        other = others[0] if others else Person(person_id + 1, "A neighbour", phone="+919000009999")
        return self._sends(person_id, sayings.contact(person, other, whose, self.now))

    def drops_pin(
        self,
        person_id: int,
        lat: float,
        lon: float,
        *,
        live: bool = False,
        forwarded: bool = False,
        venue: str = "",
    ) -> Message:
        """Send a place: the phone's own, a dropped pin, a named venue or a live location."""
        content = sayings.place(lat, lon, live=live, venue=venue)
        return self._sends(person_id, content | (sayings.forwarded(self.now) if forwarded else {}))

    def moves_pin(self, person_id: int, message_id: int, lat: float, lon: float) -> Message:
        """A live location walks on: the bot gets an edited message."""
        return self._edits(person_id, message_id, sayings.place(lat, lon, live=True, venue=""))

    def edits_text(self, person_id: int, message_id: int, text: str) -> Message:
        return self._edits(person_id, message_id, sayings.words(text))

    def sends_media(self, person_id: int, kind: Kind = "photo", caption: str = "") -> Message:
        return self._sends(person_id, sayings.media(self.files, kind, caption))

    def sends_file(self, person_id: int, name: str, content: bytes) -> Message:
        """A document with a content of one's own."""
        file = self.files.keep(Upload(name, "application/octet-stream", content), "document")
        return self._sends(person_id, {"document": file.as_file | {"file_name": name}})

    def taps(self, person_id: int, message_id: int, data: str) -> dict[str, Any]:
        """Press an inline button, even one that is gone by now; returns the callback query."""
        chat = self._open(person_id)
        kept = chat.find(message_id)
        gone = {"chat": chat.about, "message_id": message_id, "date": 0}
        query_id = self.next_tap_id()
        self.tapped[query_id] = Tapped(person_id, self.clock())
        query = {
            "id": query_id,
            "from": self.people[person_id].as_user,
            "message": kept.message if kept else gone,
            "chat_instance": str(person_id),
            "data": data,
        }
        self._arrives("callback_query", query)
        return query

    def blocks(self, person_id: int) -> None:
        self._lets_in(person_id, blocked=True)

    def unblocks(self, person_id: int) -> None:
        self._lets_in(person_id, blocked=False)

    def says_in_group(self, person_id: int, group_id: int, text: str) -> Message:
        """Write in a group the bot is in. As bots are by default, it sees commands and its own name only."""
        if group_id >= 0:
            raise ValueError("a group's id is negative")
        about = {"id": group_id, "type": "supergroup", "title": "Neighbours"}
        chat = self.chats.setdefault(group_id, Chat(about, started=True))
        message = self._message(person_id, chat, sayings.words(text))
        if _for_the_bot(message):
            self._arrives("message", message)
        return message

    def _sends(self, person_id: int, content: dict[str, Any]) -> Message:
        chat = self._open(person_id)
        chat.started = True
        message = self._message(person_id, chat, content)
        self._arrives("message", message)
        return message

    def _message(self, person_id: int, chat: Chat, content: dict[str, Any]) -> Message:
        sender = self.people[person_id].as_user
        head = {"message_id": self.next_message_id(), "from": sender, "chat": chat.about, "date": self.now}
        chat.keep(head | content, by_bot=False)
        self.touch(chat)
        return head | content

    def _edits(self, person_id: int, message_id: int, content: dict[str, Any]) -> Message:
        chat = self._open(person_id)
        kept = chat.find(message_id)
        if kept is None or kept.by_bot:
            raise ValueError("there is no such message of theirs")
        kept.message = kept.message | content | {"edit_date": self.now}
        kept.edited = True
        self.touch(chat)
        self._arrives("edited_message", kept.message)
        return kept.message

    def _open(self, person_id: int) -> Chat:
        chat = self.chat_with(person_id)
        if chat.blocked:
            raise ValueError("they have blocked the bot: START lets it in again")
        return chat

    def _lets_in(self, person_id: int, *, blocked: bool) -> None:
        chat = self.chat_with(person_id)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        was, is_now = ("member", "kicked") if blocked else ("kicked", "member")
        change = {
            "chat": chat.about,
            "from": self.people[person_id].as_user,
            "date": self.now,
            "old_chat_member": self._standing(was),
            "new_chat_member": self._standing(is_now),
        }
        self.touch(chat)
        self._arrives("my_chat_member", change)

    def _standing(self, status: str) -> dict[str, Any]:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.bot, "status": status} | until

    def _arrives(self, kind: str, body: dict[str, Any]) -> None:
        self.inbox.add(kind, body)
        self.changed.ring()


def _for_the_bot(message: Message) -> bool:
    text = message["text"]
    if f"@{USERNAME}" in text:
        return True
    commands = [mark for mark in message.get("entities", ()) if mark["offset"] == 0]
    return bool(commands) and "@" not in text.split()[0]
