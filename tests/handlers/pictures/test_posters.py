"""The poster: its code survives a small photo of it, it prints without colour, and every name fits."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bot.core.files import Print
from bot.core.messages import Name
from bot.core.picture import Poster
from handlers.pictures import studio

LINK = "https://t.me/citizen_eye_indore_bot?start=l_8fK2mQ9xW4tZ7vB1"
LONGEST_LINK = f"https://t.me/{'a_bot_with_the_longest_name_bot'}?start={'A-z_9' * 12}Abcd"  # Telegram allows no more
HINDI, LONG = "शांति निकेतन रहवासी संघ", "Shri Mahalaxmi Nagar Extension Cooperative Housing Society 3"
SOCIETIES = (HINDI, LONG, "W" * 60, "क्ष्म्य" * 8)


def poster(society: str = SOCIETIES[0], link: str = LINK) -> Poster:
    police = Name("Indore Police", "इन्दौर पुलिस")
    contact = Name("Vijay Nagar police station, 0731-2550100", "विजय नगर थाना, 0731-2550100")
    return Poster(society, Name("Indore", "इन्दौर"), police, contact, link)


def picture(one: Poster) -> Image.Image:
    return Image.open(BytesIO(studio.make(one, "en"))).convert("RGB")


def paper(one: Poster) -> PdfReader:
    return PdfReader(BytesIO(studio.make(Print("poster.pdf", one), "en")))


def read(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


def squeezed(image: Image.Image, side: int, quality: int) -> Image.Image:
    """As a messenger passes a photo on: its longer side so long, and a JPEG."""
    image.thumbnail((side, side))
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file)


@pytest.mark.parametrize("society", SOCIETIES)
@pytest.mark.parametrize("link", [LINK, LONGEST_LINK])
def test_the_code_can_be_read_from_a_small_and_poor_photo_of_the_poster(society: str, link: str) -> None:
    small = squeezed(picture(poster(society, link)), side=640, quality=60)

    assert max(small.size) == 640
    assert read(small) == [link]


def test_the_code_can_be_read_from_a_photocopy_in_black_and_white() -> None:
    copied = picture(poster()).convert("L").point(lambda light: 255 if light > 128 else 0)

    assert read(copied) == [LINK]


def test_words_stand_out_from_what_is_behind_them_without_any_colour() -> None:
    grey = picture(poster()).convert("L")
    wide, high = grey.size
    band, body, promises = ((0, high * top // 24, wide, high * end // 24) for top, end in ((0, 3), (4, 8), (18, 21)))

    for box in (band, body, promises):
        many = grey.crop(box).histogram()
        behind, *tones = sorted(range(256), key=many.__getitem__, reverse=True)
        words = next(tone for tone in tones if contrast(tone, behind) > 3)  # the commonest that differs from it
        assert contrast(words, behind) >= 4.5


def contrast(one: float, other: float) -> float:
    """The ratio of WCAG 2.2 for two greys of 0 to 255."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(grey: float) -> float:
    part = grey / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


@pytest.mark.parametrize("society", SOCIETIES)
def test_every_name_fits_on_one_page_of_a4(society: str) -> None:
    pages = paper(poster(society)).pages

    assert len(pages) == 1
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (595, 842)
    made = picture(poster(society))
    edge = made.crop((0, made.height // 5, 40, made.height // 2)).getcolors()
    assert edge == [(40 * (made.height // 2 - made.height // 5), (255, 255, 255))]


def test_the_longest_police_station_and_contact_fit_as_well_and_the_code_is_read() -> None:
    police = Name("Indore City Police Commissionerate, Citizen Information Cell", "इन्दौर नगरीय पुलिस आयुक्तालय, सिटीजन सेल")
    contact = Name(f"{LONG} police station, {LONG}, 0731-2550100", f"थाना {SOCIETIES[3]}, {SOCIETIES[3]}, 0731-2550100")
    longest = Poster(LONG, Name("Indore", "इन्दौर"), police, contact, LONGEST_LINK)

    assert len(paper(longest).pages) == 1
    assert read(squeezed(picture(longest), side=640, quality=60)) == [LONGEST_LINK]


def test_both_languages_the_steps_the_promises_and_the_contact_stand_on_it() -> None:
    text = paper(poster("Shanti Niketan")).pages[0].extract_text()

    for words in ("Shanti Niketan", "Indore Police", "0731-2550100", "Press START", "never taken", "voluntary"):
        assert words in text
    assert text.count("0731-2550100") == 2
    assert LINK.removeprefix("https://") in text


def test_a_picture_to_forward_is_within_telegrams_limits() -> None:
    made = studio.make(poster(), "en")
    width, height = Image.open(BytesIO(made)).size

    assert len(made) < 2_000_000
    assert width + height <= 10_000
