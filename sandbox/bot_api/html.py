"""Telegram's HTML: tags become entities, and what is broken is refused."""

from html.parser import HTMLParser
from typing import Any

from sandbox.bot_api.errors import ApiError, bad
from sandbox.sayings import utf16

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
}  # fmt: skip


def _broken(what: str) -> ApiError:
    return bad(f"can't parse entities: {what}")


class _Reader(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self._open: list[tuple[str, int, str]] = []
        self._lines = source.split("\n")
        self.feed(source)
        self.close()
        if self._open:
            raise _broken(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise _broken(f'Unsupported start tag "{tag}" at byte offset {self._offset()}')
        self._open.append((tag, utf16(self.text), dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        expected = self._open.pop() if self._open else None
        if expected is None:
            raise _broken(f"Unexpected end tag at byte offset {self._offset()}")
        if expected[0] != tag:
            at = f"at byte offset {self._offset()}"
            raise _broken(f'Unmatched end tag {at}, expected "</{expected[0]}>", found "</{tag}>"')
        self._mark(*expected)

    def _mark(self, tag: str, start: int, href: str) -> None:
        length = utf16(self.text) - start
        if length == 0 or (tag == "a" and not href):
            return
        entity: dict[str, Any] = {"type": _TAGS[tag], "offset": start, "length": length}
        self.entities.append(entity | ({"url": href} if tag == "a" else {}))

    def _offset(self) -> int:
        line, column = self.getpos()
        before = "\n".join([*self._lines[: line - 1], self._lines[line - 1][:column]])
        return len(before.encode())


def read_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text, and its entities in order."""
    reader = _Reader(source)
    return reader.text, sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"]))
