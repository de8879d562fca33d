"""All that an office-bearer can ever see, dumped: no name, number, place or entry of a neighbour is in it."""

import json
import re
from functools import cache
from io import BytesIO

import pytest
from pydantic import TypeAdapter
from pypdf import PdfReader
from sqlmodel import Session, select

from bot import texts
from bot.core.files import Document, Print
from bot.core.geo import Point
from bot.core.messages import Answer, Command, Contact, Incoming, Name, Pin, Say, Tap, Text, Whose
from bot.core.picture import Slip
from bot.core.society.society import Named, Purpose
from bot.words import words
from handlers import routes
from handlers.pictures import studio
from storage.tables.register import Grant, Person, Registration
from storage.tables.societies import Door, Society, Wish
from tests.chat import RAJWADA, Chat, Phone
from tests.conftest import make_officer
from tests.societies import Neighbourhood, bears, founded

ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)
FIRST = Point(22.731459, 75.881237)
LABEL, ASKER = "blue gate of Gupta ji", "Kamla Devi, treasurer"
OTHER = Named("Amrapali Greens", "Talawali Chanda", Point(22.771113, 75.912227))
CAMERAS = 47  # of each neighbour: told by no number


@pytest.fixture
def society(chat: Chat) -> Neighbourhood:
    return founded(chat)


@pytest.fixture
def entries(society: Neighbourhood) -> list[str]:
    """Seven neighbours came by the links and registered; another society has its own, and someone asks for a third."""
    society.chat.later(hours=1)
    numbers = society.neighbours_register(6, cameras=CAMERAS)
    owner = society.neighbour(47_001, Purpose.POSTER)
    owner.taps(texts.AGREE)
    owner.shares_number()
    owner.sends(Pin(FIRST, LABEL))
    owner.taps(texts.YES_HERE)
    owner.says(str(CAMERAS))
    owner.taps(texts.SAVE)
    numbers.append(str(owner.button(texts.ENOUGH).data.rpartition(":")[2]))
    founded(society.chat, OTHER).neighbours_register(5, first=48_000)
    asker = society.chat.phone(49_001)
    for said in ("/rwa", "Omaxe Hills", "Bicholi Mardana", ASKER):
        asker.says(said)
    make_officer(society.chat, 2001)
    return numbers


def planted(chat: Chat, entries: list[str]) -> set[str]:
    """Everything that must not be seen, in the forms in which it could be."""
    phones = {f"98{n:08}" for n in (*range(40_000, 40_006), 47_001, *range(48_000, 48_005))}
    spaced = {f"{one[:5]} {one[5:]}" for one in phones}
    points = [FIRST, OTHER.point or FIRST, *(Point(22.72 + n / 1000, 75.86) for n in range(1, 6))]
    places = {f"{side:.{n}f}" for point in points for side in (point.lat, point.lon) for n in (4, 5)}
    names = {LABEL, "Gupta", ASKER, "Kamla", OTHER.name, OTHER.place, "Omaxe", "Bicholi", "SI, Palasia 1"}
    ids = chat.store.run(lambda tx: {str(one) for table in (Person, Registration) for one in tx.exec(select(table.id))})
    return phones | spaced | (places - {"75.8600", "75.86000"}) | names | set(entries) | ids


def seen(answers: list[Answer]) -> str:
    """Answers as they lie in the outbox, as words in both languages, and what their pictures and files say."""
    raw = [ANSWER.dump_python(answer, mode="json") for answer in answers]
    said = [
        words(line, tongue) for one in answers if isinstance(one, Say) for line in one.lines for tongue in ("en", "hi")
    ]
    made = [printed(ANSWER.dump_json(one)) for one in answers if isinstance(one, Say) and (one.picture or one.document)]
    return json.dumps([raw, said, made], ensure_ascii=False)


@cache
def printed(answer: bytes) -> list[str]:
    """What stands in the picture and the file of an answer, in both languages."""
    said = ANSWER.validate_json(answer)
    assert isinstance(said, Say)
    files = [said.document, Print("picture.pdf", said.picture) if said.picture else None]
    return [text_of(file, tongue) for file in files if file for tongue in ("en", "hi")]


def text_of(file: object, tongue: str) -> str:
    assert isinstance(file, Document | Print)  # an office-bearer is given no other kind
    if isinstance(file, Document):
        return studio.make(file, tongue).decode()
    pages = PdfReader(BytesIO(studio.make(Print("any.pdf", file.picture), tongue))).pages
    return "\n".join(page.extract_text() for page in pages)


def tries(tx: Session, entries: list[str]) -> list[Incoming]:
    """Every command and every button, with everything that could be put after it; and whatever else one can send."""
    ids = [str(tx.exec(select(table.id)).first()) for table in (Person, Registration, Society, Door, Wish, Grant)]
    after = ["", entries[0], *ids]
    commands: list[Incoming] = [Command(name, rest) for name in routes.COMMANDS for rest in ("", entries[0], "new")]
    buttons: list[Incoming] = [Tap(f"{name}:{rest}" if rest else name) for name in routes.BUTTONS for rest in after]
    return [*commands, *buttons, Text("hello"), Pin(RAJWADA), Contact("+919000000000", Whose.SOMEONE_ELSES)]


def everything_shown_to(who: Phone, first: list[Incoming]) -> str:
    """What comes back for each of these, and for every button under the answers, and under the answers to those."""
    waiting, done, dump = list(first), set[Incoming](), []
    while waiting:
        got = waiting.pop()
        if got in done:
            continue
        done.add(got)
        who.sends(got)
        dump.append(seen(who.answers))
        rows = [row for answer in who.answers if isinstance(answer, Say) for row in answer.buttons]
        waiting += [Tap(button.data) for row in rows for button in row if button.data]
    who.looks()
    return "\n".join([*dump, seen(who.answers)])


def test_nothing_an_office_bearer_can_see_says_anything_of_a_neighbour(
    society: Neighbourhood, entries: list[str], tx: Session
) -> None:
    chat, bearer = society.chat, bears(society)
    secrets = planted(chat, entries[1:]) - {str(bearer.row)}  # the first one they know, and send: an echo is no news
    chat.later(days=8)
    chat.ticks()
    bearer.looks()
    weekly, read = seen(bearer.answers), bearer.reads

    dump = weekly + everything_shown_to(bearer, tries(tx, entries))

    assert read == [texts.DIGEST, texts.TRY]
    for expected in ("Shanti Niketan", "at least 5", "poster.pdf", "t.me/share/url", "opened the link", "रजिस्ट्रेशन"):
        assert expected in dump
    assert sorted(secret for secret in secrets if secret in dump) == []
    without_links = re.sub(r"(start=|start%3D)[\w-]+", "", dump)  # a token has digits of its own
    assert not {str(n * CAMERAS) for n in (1, 2, 3, 4, 6, 7)} & set(re.findall(r"\d+", without_links))


def test_the_search_would_find_a_secret_where_one_is_shown(society: Neighbourhood, entries: list[str]) -> None:
    owner = society.chat.phone(47_001)
    secrets = planted(society.chat, entries)

    dump = everything_shown_to(owner, [Command("mine"), Command("mydata")])

    found = {secret for secret in secrets if secret in dump}
    assert {entries[-1], "Gupta", "9800047001", f"{FIRST.lat:.5f}", f"{FIRST.lon:.5f}"} <= found


def test_the_search_reads_what_is_printed() -> None:
    nobody = Name("", "")
    slip = Slip("2T7Z-KCV5", "code", "t.me/x", "+919800047001", "22.73146, 75.88124", 4, "Palasia", nobody, nobody, "")

    [text, _] = printed(ANSWER.dump_json(Say(document=Print("slip.pdf", slip))))

    assert {"+919800047001", "22.73146", "2T7Z-KCV5"} <= set(re.split(r"[\s,]+", text))
