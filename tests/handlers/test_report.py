"""The public report: counts by month and station as PDF and text, nothing that points at anybody, no training."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
import shapely
from pypdf import PdfReader
from sqlmodel import Session

from bot import texts
from bot.core.access import Role
from bot.core.admin.report import Measure
from bot.core.casework.limits import Alarm
from bot.core.files import Document, Print
from bot.core.messages import Say, Tap
from bot.core.station.outlines import Outline
from bot.words import in_lines
from handlers.pictures import studio
from storage import audit
from storage.admin import figures, grants
from storage.casework import alarms
from storage.station import stations
from tests.chat import PALASIA, RAJWADA, Chat, Phone
from tests.conftest import make_officer
from tests.stations import OUTLINES, drawn


@pytest.fixture
def admin(chat: Chat) -> Phone:
    drawn(chat)
    return make_officer(chat, 9001, Role.ADMIN)


def in_december(chat: Chat, admin: Phone) -> Phone:
    """November is over, and somebody asks for the report."""
    chat.now = datetime(2026, 12, 5, 6, 30, tzinfo=UTC)
    admin.says("/report")
    return admin


def text_of(admin: Phone) -> str:
    [file] = [said.document for said in admin.answers if isinstance(said, Say) and isinstance(said.document, Document)]
    return in_lines(file.lines, "en")


def paper_of(admin: Phone, language: str = "en") -> PdfReader:
    [file] = [said.document for said in admin.answers if isinstance(said, Say) and isinstance(said.document, Print)]
    return PdfReader(BytesIO(studio.make(file, language)))


def test_registrations_and_withdrawals_are_told_by_month_and_station(chat: Chat, admin: Phone) -> None:
    for owner in range(7):
        chat.has_cameras(PALASIA, owner=5000 + owner)
    for owner in range(6):
        chat.has_cameras(RAJWADA, owner=6000 + owner)
    for owner in range(5):
        who = chat.phone(5000 + owner)
        who.says("/forget")
        who.taps(texts.YES_FORGET)

    told = text_of(in_december(chat, admin))

    assert "Registrations\n" in told
    assert "11-2026 – 13\n  Palasia: 7\n  Sarafa: 6" in told
    assert "11-2026 – 5\n  Palasia: 5" in told


@pytest.mark.parametrize("days", [0, 30, 365])
def test_withdrawals_are_told_by_station_however_long_what_is_left_of_them_stays(
    chat: Chat, admin: Phone, days: int
) -> None:
    chat.house = replace(chat.house, town=replace(chat.house.town, retention_days=days))
    for owner in range(6):
        [number] = chat.has_cameras(PALASIA, owner=5000 + owner)
        who = chat.phone(5000 + owner)
        who.sends(Tap(f"/mine:remove:{number}"))
        who.taps(texts.YES_REMOVE)
    chat.later(days=70)
    chat.ticks()

    admin.says("/report")

    assert "Withdrawals: 6" in admin.sees
    assert "11-2026 – 6\n  Palasia: 6" in text_of(admin).partition("Withdrawals")[2]


def test_a_message_tells_the_sums_and_two_files_the_tables(chat: Chat, admin: Phone) -> None:
    for owner in range(6):
        chat.has_cameras(PALASIA, owner=5000 + owner)

    in_december(chat, admin)

    assert admin.reads[0] == texts.REPORT_TITLE
    assert admin.reads.count(texts.REPORT_SUM) == len(Measure)
    assert admin.reads[-2:] == [texts.REPORT_PAPER, texts.REPORT_TEXT]
    assert "Registrations: 6" in admin.sees


def test_a_small_count_is_nowhere_in_message_text_or_paper(chat: Chat, admin: Phone) -> None:
    for owner in range(3):
        chat.has_cameras(PALASIA, owner=5000 + owner)
    for owner in range(9):
        chat.has_cameras(RAJWADA, owner=6000 + owner)

    in_december(chat, admin)

    assert "Registrations: 12" in admin.sees
    told = text_of(admin)
    assert "Palasia: 3" not in told
    assert "Palasia: ·" in told
    assert "11-2026 – 12\n  Palasia: ·\n  Sarafa: ·" in told  # nine is hidden, for 12 - 9 is 3


@pytest.mark.parametrize("language", ["en", "hi"])
def test_the_paper_keeps_each_table_whole_and_every_station_in_it(chat: Chat, admin: Phone, language: str) -> None:
    for owner in range(6):
        chat.has_cameras(PALASIA, owner=5000 + owner)

    paper = paper_of(in_december(chat, admin), language)

    pages = [page.extract_text().split() for page in paper.pages]
    assert len(pages) < len(Measure)
    for page in pages:
        assert "11-2026" in page
        assert page.count("Palasia") == page.count("Sarafa") > 0
    assert sum(page.count("Palasia") for page in pages) == len(Measure)


def test_a_station_with_the_longest_name_pushes_no_months_together(chat: Chat, admin: Phone) -> None:
    long = Outline("Shri Mahalaxmi Nagar Extension and Scheme 54 Police Station", OUTLINES[1].area)
    chat.store.run(lambda tx: stations.put(tx, [long], chat.now))

    [page, *_] = paper_of(in_december(chat, admin)).pages

    assert {f"{month:02}-2026" for month in range(1, 12)} <= set(page.extract_text().split())


def test_a_city_of_sixty_stations_still_fits_on_its_pages(chat: Chat, admin: Phone) -> None:
    boxes = [shapely.box(75.0 + n / 100, 22.6, 75.01 + n / 100, 22.8) for n in range(60)]
    outlines = [Outline(f"Station number {n}", area) for n, area in enumerate(boxes)]
    chat.store.run(lambda tx: stations.put(tx, outlines, chat.now))

    assert len(paper_of(in_december(chat, admin)).pages) >= len(Measure)


def test_nothing_of_anybody_stands_in_it(chat: Chat, admin: Phone) -> None:
    numbers = [chat.has_cameras(PALASIA, owner=5000 + owner)[0] for owner in range(6)]

    in_december(chat, admin)

    told = admin.sees + text_of(admin) + "".join(page.extract_text() for page in paper_of(admin).pages)
    for secret in (*numbers, "98765", "22.72", "75.88", "SI, Palasia"):
        assert secret not in told


def test_the_month_that_is_not_over_is_left_out(chat: Chat, admin: Phone) -> None:
    for owner in range(6):
        chat.has_cameras(PALASIA, owner=5000 + owner)

    admin.says("/report")

    assert "Registrations: 0" in admin.sees


def test_searches_are_counted_at_the_station_of_whoever_searched(chat: Chat, tx: Session) -> None:
    since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    officer = make_officer(chat, 2001)

    chat.store.run(
        lambda inside: audit.write(inside, audit.Act.SEARCH, chat.now, person_id=officer.row, station="Palasia")
    )

    assert list(figures.of(tx, Measure.SEARCHES, since, until)) == [(chat.now, "Palasia")]


def test_an_alarm_about_an_officer_is_counted_at_their_station(chat: Chat, tx: Session) -> None:
    since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    [by] = grants.of(tx, make_officer(chat, 2001).row)
    day = chat.now.date()

    chat.store.run(lambda inside: alarms.raised(inside, Alarm.REACHED, by, "searches", day, chat.now, None))

    assert list(figures.of(tx, Measure.ALERTS, since, until)) == [(chat.now, "Palasia")]


def test_making_a_report_leaves_its_line_in_the_trace(chat: Chat, admin: Phone, tx: Session) -> None:
    in_december(chat, admin)

    assert [row.person_id for row in audit.rows(tx, audit.Act.REPORT)] == [admin.row]
