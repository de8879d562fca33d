"""Charts, measured in their pixels."""

from io import BytesIO

from PIL import Image
from pypdf import PdfReader

from bot.core.files import Print
from bot.core.messages import Name
from bot.core.picture import Bar, Bars, Funnel
from handlers.pictures import studio

BLUE, ORANGE = (11, 92, 173), (194, 65, 12)
TITLE = Name("Registrations by week", "हफ़्ते के हिसाब से दर्ज कैमरे")


def bars(*values: int | None, goal: int | None = None) -> Bars:
    shown = tuple(Bar(f"week {n}", value, "<5" if value is None else value) for n, value in enumerate(values))
    return Bars(TITLE, shown, Bar("Goal", goal, goal) if goal else None, "a note")


def drawn(chart: Bars) -> Image.Image:
    return Image.open(BytesIO(studio.make(chart, "en"))).convert("RGB")


def heights(picture: Image.Image, n: int) -> list[int]:
    """Blue pixels in the middle column of each bar."""
    left, wide = 64, (1280 - 128) / n
    columns = [round(left + wide * (i + 0.5)) for i in range(n)]
    return [sum(picture.getpixel((x, y)) == BLUE for y in range(picture.height)) for x in columns]


def test_bars_are_as_high_as_their_numbers() -> None:
    low, high, none = heights(drawn(bars(20, 40, 0)), 3)

    assert abs(high - 2 * low) <= 8  # the rounded corners
    assert none == 0


def test_what_is_too_few_looks_the_same_however_few_it_is() -> None:
    picture = drawn(bars(None, 30, 3))

    few, _, three = heights(picture, 3)
    assert few == 0  # hatched, not filled
    assert three > 0


def test_the_goal_is_a_line_across_at_its_height() -> None:
    picture = drawn(bars(10, 10, goal=40))

    rows = [y for y in range(picture.height) if sum(picture.getpixel((x, y)) == ORANGE for x in range(64, 1216)) > 300]
    bottom = max(y for y in range(picture.height) if picture.getpixel((352, y)) == BLUE)
    bar = heights(picture, 2)[0]
    assert rows
    assert abs((bottom - rows[0]) - 4 * bar) < 24


def test_the_words_stand_in_the_readers_language() -> None:
    paper = studio.make(Print("week.pdf", bars(12, 30)), "hi")

    text = PdfReader(BytesIO(paper)).pages[0].extract_text()
    assert "हफ" in text
    assert "Registrations" not in text


def test_a_picture_fits_what_telegram_shows() -> None:
    picture = drawn(bars(*range(26), goal=20))

    assert picture.size == (1280, 960)


def test_a_chart_of_nothing_is_drawn_all_the_same() -> None:
    assert heights(drawn(bars(0)), 1) == [0]


def test_the_steps_of_a_funnel_are_as_wide_as_their_numbers() -> None:
    steps = (Bar("Opened", 100, 100), Bar("Agreed", 50, 50), Bar("Saved", None, "fewer than 5"))

    picture = Image.open(BytesIO(studio.make(Funnel("Where", steps, "a note"), "en"))).convert("RGB")

    widths = {sum(picture.getpixel((x, y)) == BLUE for x in range(picture.width)) for y in range(picture.height)}
    assert picture.width == 1280
    assert max(widths) == 1200
    assert any(abs(width - 600) <= 2 for width in widths)
