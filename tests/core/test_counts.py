"""How many, how long, how far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading.counts import read_count, read_days, read_radius
from bot.core.reading.number_words import WHOLE
from tests.core.places_written import DEVANAGARI

COUNTS = {
    "4": 4, "04": 4, "४": 4, "०४": 4, "٤": 4, "４": 4, "4️⃣": 4, "②": 2, "0": 0, "500": 500,
    "999999999": 999_999_999, "four": 4, "FOUR": 4, "चार": 4, "पाँच": 5, "पांच": 5, "छह": 6,
    "छः": 6, "छे": 6, "ek": 1, "do camera": 2, "teen": 3, "char": 4, "chaar": 4, "paanch": 5,
    "chhah": 6, "che": 6, "saat": 7, "aath": 8, "nau": 9, "das": 10, "bees": 20, "4 cameras": 4,
    "4cameras": 4, "4कैमरे": 4, "चार कैमरे": 4, "चार कैमरे हैं।": 4,
    "हमारे यहाँ कुल ४ कैमरे लगे हैं": 4, "I have 4 cameras": 4, "only 4": 4, "4.": 4, "4!": 4,
    "(4)": 4, "4 (four)": 4, "4 (चार)": 4, "twenty one": 21, "twenty-one": 21, "ninety nine": 99,
    "उन्नीस": 19, "पच्चीस": 25, "निन्यानवे": 99, "साठ": 60, "hundred": 100, "a hundred": 100,
    "one hundred and twenty": 120, "two hundred five": 205, "सौ": 100, "एक सौ बीस": 120,
    "दो सौ": 200, "ek sau bees": 120, "5 सौ": 500, "डेढ़ सौ": 150, "ढाई सौ": 250, "शून्य": 0,
    "zero": 0,
}  # fmt: skip
NO_COUNTS = [
    "", " ", "?", "4 or 5", "4-5", "4 - 5", "4/5", "4, 5", "4 5", "चार-पाँच", "दो तीन", "4 या 5",
    "1.5", "1,5", "1,000", "-3", "−3", "+3", "3+", "4²", "½", "4th", "1e3", "0x4", "9999999999",
    "many", "बहुत", "नहीं", "कोई नहीं", "one of them is new", "twenty ten", "twenty thirty",
    "hundred hundred", "hundred and", "zero hundred", "二", "9" * 5000,
]  # fmt: skip
DAYS = {
    "15": 15, "१५": 15, "15 days": 15, "15days": 15, "१५ दिन": 15, "पंद्रह दिन": 15, "2 weeks": 14,
    "a week": 7, "हफ़्ते भर": 7, "1 month": 30, "एक महीना": 30, "डेढ़ महीना": 45,
    "half a month": 15, "महीने भर": 30, "1 year": 365, "24 hours": 1, "72 घंटे": 3,
    "about 15 days": 15, "15 दिन तक की रिकॉर्डिंग": 15, "0": 0, "365": 365, "1.5 months": 45,
}  # fmt: skip
NO_DAYS = [
    "", "days", "10-15 days", "10 to 15", "366", "400", "13 months", "2 years", "1.5 days",
    "12 hours", "-1", "लंबे समय तक",
]  # fmt: skip
RADII = {
    "500": 500, "500m": 500, "500 m": 500, "500 मीटर": 500, "५०० मी": 500, "500 mtr": 500,
    "500 metres": 500, "1.2km": 1200, "1.2 km": 1200, "1,2 km": 1200, "१.२ किमी": 1200,
    "1 किमी": 1000, "1 kilometre": 1000, "2 कि.मी.": 2000, "2 कि. मी.": 2000, "2 कि॰मी॰": 2000,
    "2 किलो मीटर": 2000, "1,000 m": 1000, "1,000": 1000, "five hundred metres": 500,
    "पाँच सौ मीटर": 500, "एक किलोमीटर": 1000, "आधा किमी": 500, "half a km": 500,
    "डेढ़ किलोमीटर": 1500, "ढाई किमी": 2500, "a km": 1000, "within 500 m": 500,
    "a radius of 500 m": 500, "500 मीटर के अंदर": 500, "0": 0,
}  # fmt: skip
NO_RADII = ["", "m", "km", "-500", "500-600", "1 km 200 m", "1e3", ".5 km", "500 feet", "far", "5" * 5000]
AROUND = st.text(st.sampled_from("0123456789०१२ .,-+/kmकिमीचारदोसौ तीन fourdays\u200f²"))


@pytest.mark.parametrize(("words", "count"), COUNTS.items())
def test_a_number_of_cameras_is_understood(words: str, count: int) -> None:
    assert read_count(words) == count


@pytest.mark.parametrize("words", NO_COUNTS)
def test_a_number_is_never_guessed(words: str) -> None:
    assert read_count(words) is None


@pytest.mark.parametrize(("words", "days"), DAYS.items())
def test_days_of_recording_are_understood(words: str, days: int) -> None:
    assert read_days(words) == days


@pytest.mark.parametrize("words", NO_DAYS)
def test_days_are_never_guessed(words: str) -> None:
    assert read_days(words) is None


@pytest.mark.parametrize(("words", "metres"), RADII.items())
def test_a_radius_is_understood(words: str, metres: float) -> None:
    assert read_radius(words) == pytest.approx(metres)


@pytest.mark.parametrize("words", NO_RADII)
def test_a_radius_is_never_guessed(words: str) -> None:
    assert read_radius(words) is None


@given(st.integers(0, 999_999_999))
def test_every_number_is_understood_in_both_scripts(number: int) -> None:
    assert read_count(str(number)) == number
    assert read_count(f"{str(number).translate(DEVANAGARI)} कैमरे") == number


@pytest.mark.parametrize("number", range(101))
def test_every_number_to_a_hundred_has_its_hindi_word(number: int) -> None:
    words = [word for word, n in WHOLE.items() if n == number] or ["सौ"]

    assert {read_count(word) for word in words} == {number}


@given(st.text() | AROUND)
def test_no_words_at_all_break_the_counting(words: str) -> None:
    count, days, radius = read_count(words), read_days(words), read_radius(words)

    assert count is None or count >= 0
    assert days is None or 0 <= days <= 365
    assert radius is None or 0 <= radius < float("inf")
