"""Station staff enter cameras for someone without a smartphone: hidden until the owner agrees, here or on paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from bot import texts
from bot.core.access import Role
from bot.core.casework.near import Circle
from bot.core.files import Print
from bot.core.geo import Point
from bot.core.messages import Contact, Say, Whose
from bot.core.picture import Slip
from handlers.pictures import studio
from handlers.station import assist
from storage import audit, spots
from storage.tables.register import Outbox, Person, Registration
from storage.tables.waiting import Waiting
from tests.chat import PALASIA, RAJWADA, Chat, Phone
from tests.conftest import invitation, make_officer

OWNER = "+919876543210"


@pytest.fixture
def staff(chat: Chat) -> Phone:
    return make_officer(chat, 3001, Role.STAFF)


def enters(staff: Phone, place: Point = PALASIA, number: str = "98765 43210") -> Slip:
    """Staff go through the questions; the slip that comes out."""
    staff.says("/assist")
    staff.taps(texts.ASSIST_NEW)
    staff.says(number)
    staff.pins(place)
    staff.says("4")
    staff.taps(texts.ASSIST_ENTER)
    [said] = staff.answers
    assert isinstance(said, Say)
    assert isinstance(said.document, Print)
    assert isinstance(said.document.picture, Slip)
    return said.document.picture


def signs(staff: Phone, slip: Slip) -> list[str]:
    staff.says("/assist")
    staff.taps(texts.ASSIST_SIGNED)
    staff.says(slip.number)
    asked = staff.reads
    if texts.ASK_SIGNED in asked:
        staff.taps(texts.YES_SIGNED)
    return asked


def found(tx: Session, place: Point = PALASIA) -> int:
    return spots.page(tx, Circle(place, 20), 0, 10).places


def test_an_entry_for_someone_else_is_found_by_nobody(staff: Phone, tx: Session) -> None:
    enters(staff)

    assert found(tx) == 0
    assert tx.exec(select(Registration)).all() == []
    assert staff.reads == [texts.ASSISTED]


def test_the_slip_says_all_of_it_in_both_languages_and_carries_the_code(staff: Phone) -> None:
    slip = enters(staff)

    pdf = studio.make(Print("slip.pdf", slip), "en")

    pages = PdfReader(BytesIO(pdf)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    for said in (slip.number, slip.code, OWNER, "Palasia", "22.72360, 75.88500"):
        assert said in text
    assert "I am 18 or older" in " ".join(text.split())
    assert "दस्तखत" in text


def test_the_qr_of_the_slip_leads_to_the_entry(staff: Phone, chat: Chat) -> None:
    slip = enters(staff)
    owner = chat.phone(4001)

    payload = slip.link.partition("?start=")[2]
    owner.says(f"/start {payload}")

    assert slip.link.startswith("https://t.me/citizen_eye_bot?start=c_")
    assert owner.reads == [texts.OFFER_BY_CODE]


def test_a_signed_slip_makes_it_an_entry_with_the_slip_s_number_as_proof(staff: Phone, chat: Chat, tx: Session) -> None:
    slip = enters(staff)

    asked = signs(staff, slip)

    assert asked == [texts.ASK_SIGNED]
    assert staff.reads == [texts.SIGNED]
    [row] = tx.exec(select(Registration)).all()
    assert (row.number, row.slip, row.source, row.consent_at) == (slip.number, slip.number, "assist", chat.now)
    assert slip.number in tx.exec(select(Registration.slip)).all()
    assert found(tx) == 1


def test_nothing_is_ever_sent_to_someone_who_is_there_on_paper_only(staff: Phone, tx: Session) -> None:
    slip = enters(staff)
    signs(staff, slip)

    [owner] = tx.exec(select(Person).where(Person.channel == "slip")).all()
    assert not owner.reachable
    assert tx.exec(select(Outbox).where(Outbox.channel == "slip")).all() == []


def test_the_code_claims_a_signed_entry_from_any_phone(staff: Phone, chat: Chat, tx: Session) -> None:
    slip = enters(staff)
    signs(staff, slip)
    daughter = chat.phone(4001, number="+919811111111")

    daughter.says(f"/claim {slip.code}")
    daughter.taps(texts.OFFER_KEEP)
    daughter.taps(texts.AGREE)
    daughter.shares_number()

    [row] = tx.exec(select(Registration)).all()
    assert (row.person_id, row.number, row.slip) == (daughter.row, slip.number, slip.number)
    assert found(tx) == 1


def test_the_code_of_a_signed_entry_is_kept_for_as_long_as_nobody_has_claimed_it(staff: Phone, chat: Chat) -> None:
    slip = enters(staff)
    signs(staff, slip)
    daughter = chat.phone(4001, number="+919812345678")

    for _ in range(5):
        chat.later(days=20)
        chat.ticks()
    daughter.says(f"/claim {slip.code}")

    assert texts.CODE_NOT_VALID not in daughter.reads


def test_the_code_corrects_a_signed_entry(staff: Phone, chat: Chat, tx: Session) -> None:
    slip = enters(staff)
    signs(staff, slip)
    resident = chat.phone(4001, number="+919811111111")
    resident.registers(RAJWADA)

    resident.says(f"/claim {slip.code}")
    resident.taps(texts.OFFER_CORRECT)
    resident.taps(texts.CHANGE_COUNT)
    resident.says("9")
    resident.taps(texts.SAVE)

    rows = {row.number: row.cameras for row in tx.exec(select(Registration))}
    assert rows[slip.number] == 9
    assert len(rows) == 2


def test_the_code_removes_a_signed_entry_without_any_account(staff: Phone, chat: Chat, tx: Session) -> None:
    slip = enters(staff)
    signs(staff, slip)
    neighbour = chat.phone(4001)

    neighbour.says(f"/claim {slip.code}")
    neighbour.taps(texts.REMOVE)

    assert neighbour.reads == [texts.OFFER_REMOVED]
    assert found(tx) == 0
    assert [row.state for row in tx.exec(select(Registration))] == ["withdrawn"]


def test_an_owner_in_the_chat_is_asked_there_and_the_staff_cannot_tell(
    staff: Phone, resident: Phone, tx: Session
) -> None:
    resident.registers(RAJWADA)
    enters(staff)
    known = staff.reads
    enters(staff, number="98111 11111")
    unknown = staff.reads

    resident.looks()
    told = resident.reads
    resident.taps(texts.OFFER_SEE)
    offered = resident.reads
    resident.taps(texts.OFFER_KEEP)

    assert known == unknown == [texts.ASSISTED]
    assert told == [texts.OFFER_MESSAGE_STAFF]
    assert offered == [texts.OFFER]
    assert found(tx) == 1


def test_who_signs_up_later_finds_the_signed_entry_waiting(staff: Phone, resident: Phone, tx: Session) -> None:
    slip = enters(staff)
    signs(staff, slip)

    resident.says("/start")
    resident.taps(texts.AGREE)
    resident.shares_number()
    offered = resident.reads
    resident.taps(texts.OFFER_KEEP)

    [row] = tx.exec(select(Registration)).all()
    assert offered == [texts.OFFER]
    assert row.person_id == resident.row


def test_forget_ends_what_was_signed_on_paper_as_well(staff: Phone, resident: Phone, tx: Session) -> None:
    resident.registers(RAJWADA)
    slip = enters(staff)
    signs(staff, slip)

    resident.says("/forget")
    resident.taps(texts.YES_FORGET)

    assert found(tx) == found(tx, RAJWADA) == 0


def test_a_member_of_staff_cannot_use_the_code_of_their_own_making(staff: Phone) -> None:
    slip = enters(staff)
    signs(staff, slip)

    staff.says(f"/claim {slip.code}")

    assert staff.reads == [texts.CODE_OF_YOUR_MAKING]


def test_a_slip_of_another_station_or_one_that_is_decided_cannot_be_signed(staff: Phone, chat: Chat) -> None:
    slip = enters(staff)
    other = chat.phone(3002)
    other.says(f"/start {invitation(chat, Role.STAFF, station='Sarafa')}")
    other.taps(texts.ACCEPT_ROLE)

    elsewhere = signs(other, slip)
    signs(staff, slip)
    twice = signs(staff, slip)

    assert elsewhere == twice == [texts.SLIP_UNKNOWN]


def test_a_signature_that_was_claimed_meanwhile_counts_for_nothing(staff: Phone, chat: Chat, tx: Session) -> None:
    slip = enters(staff)
    staff.says("/assist")
    staff.taps(texts.ASSIST_SIGNED)
    staff.says(slip.number)
    owner = chat.phone(4001)
    owner.says(f"/claim {slip.code}")
    owner.taps(texts.REMOVE)

    staff.taps(texts.YES_SIGNED)

    assert staff.reads == [texts.SLIP_UNKNOWN]
    assert found(tx) == 0


def test_an_owner_whose_slip_was_signed_without_them_hears_of_it_and_ends_it(
    staff: Phone, resident: Phone, tx: Session
) -> None:
    resident.registers(RAJWADA)
    slip = enters(staff)
    signs(staff, slip)

    resident.looks()
    told = resident.reads
    resident.taps(texts.OFFER_SEE)
    resident.taps(texts.REMOVE)

    assert told[-1] == texts.TOLD_SIGNED
    assert found(tx) == 0


def test_every_entry_and_every_signature_is_written_down(staff: Phone, tx: Session) -> None:
    slip = enters(staff)
    signs(staff, slip)

    acts = [audit.Act.ASSIST, audit.Act.SIGNED]
    rows = [row for act in acts for row in audit.rows(tx, act)]
    assert [audit.detail_of(tx, row)["number"] for row in rows] == [slip.number, slip.number]
    assert {(row.person_id, row.station) for row in rows} == {(staff.row, "Palasia")}
    assert slip.code not in str([audit.detail_of(tx, row) for row in audit.rows(tx)])


def test_nobody_enters_a_whole_quarter_from_a_desk(staff: Phone, monkeypatch: pytest.MonkeyPatch, tx: Session) -> None:
    monkeypatch.setattr(assist, "A_DAY", 1)
    enters(staff)
    staff.says("/assist")
    staff.taps(texts.ASSIST_NEW)
    staff.says("98111 11111")
    staff.pins(RAJWADA)
    staff.says("1")
    staff.taps(texts.ASSIST_ENTER)

    assert staff.reads == [texts.ASSIST_ENOUGH]
    assert len(tx.exec(select(Waiting)).all()) == 1


def test_wrong_answers_get_a_hint(staff: Phone) -> None:
    staff.says("/assist")
    staff.says("hello")
    what = staff.reads
    staff.taps(texts.ASSIST_NEW)
    staff.says("12345")
    number = staff.reads
    staff.sends(Contact("+919876543210", Whose.FORWARDED))
    place = staff.reads
    staff.pins(Point(28.6, 77.2))
    outside = staff.reads
    staff.says("22.7236, 75.8850")
    staff.says("900")
    count = staff.reads
    staff.taps(texts.BACK)

    assert what == [texts.HINT_BUTTONS, texts.ASK_ASSIST]
    assert number == [texts.HINT_ASSIST_NUMBER, texts.ASK_ASSIST_NUMBER]
    assert place == [texts.ASK_ASSIST_PLACE]
    assert outside == [texts.HINT_OUTSIDE, texts.ASK_ASSIST_PLACE]
    assert count == [texts.HINT_COUNT_RANGE, texts.ASK_COUNT]
    assert (staff.reads, staff.stack) == ([texts.ASSIST_LEFT], [])


def test_a_slip_s_number_with_a_slip_of_the_tongue_is_noticed(staff: Phone) -> None:
    slip = enters(staff)
    staff.says("/assist")
    staff.taps(texts.ASSIST_SIGNED)
    staff.says(slip.number[:-1] + ("0" if slip.number[-1] != "0" else "1"))

    assert staff.reads == [texts.HINT_SLIP, texts.ASK_SLIP]
