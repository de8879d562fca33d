"""The door to typst: our fonts alone, and what people write stays data."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from handlers.pictures import typeset as door
from handlers.pictures.typeset import UntidyTypesetting, fonts, typeset

NASTY = '#panic("run") $x$ *bold* _it_ <label> @ref \\ #read("/etc/passwd") "quoted" [block] // comment'
WORDS = '#import "house.typ": *\n#show: house\n#set page(width: 300pt, height: 90pt)\n#data.words'


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates with ours, and room for one more."""
    for path in door.TEMPLATES.glob("*.typ"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(door, "TEMPLATES", tmp_path)
    return tmp_path / "mine.typ"


def test_only_fonts_that_came_with_the_program_are_used() -> None:
    assert {"Noto Sans Devanagari", "DejaVu Sans Mono"} <= set(fonts().families())
    assert all(font.path is None or font.path.startswith(str(door.FONTS)) for font in fonts().fonts())


def test_what_people_write_is_never_read_as_markup(template: Path) -> None:
    template.write_text(WORDS)

    page = PdfReader(BytesIO(typeset("mine", {"words": NASTY}, "pdf"))).pages[0]

    assert "".join(page.extract_text().split()) == "".join(NASTY.split())


@pytest.mark.parametrize("words", ["\x00", "\u202eabc", "👮🏽‍♀️", "\ud7ff\ufffd", "क" * 5000, ""])
def test_no_words_break_a_page(template: Path, words: str) -> None:
    template.write_text(WORDS.replace("height: 90pt", "height: auto"))

    assert typeset("mine", {"words": words}, "png").startswith(b"\x89PNG")


def test_hindi_is_shaped_and_not_only_strung_together(template: Path) -> None:
    template.write_text(
        '#context[#set text(font: "Noto Sans Devanagari")\n#set page(width: auto, height: auto)\n#sys.inputs.data]'
    )

    def wide(words: str) -> int:
        return Image.open(BytesIO(typeset("mine", words, "png"))).width

    assert wide("क्ष") < wide("क्\u200cष")  # one sign, narrower than its two halves
    assert wide("कि") > wide("क")


def test_a_template_that_typst_is_not_content_with_is_noticed(template: Path) -> None:
    template.write_text('#set text(font: "A Font That Nobody Has")\nwords')

    with pytest.warns(UntidyTypesetting, match="unknown font"):
        typeset("mine", {}, "png")


def test_a_picture_has_one_page_and_a_paper_may_have_more(template: Path) -> None:
    template.write_text("one #pagebreak() two")

    with pytest.raises(ValueError, match="more than one page"):
        typeset("mine", {}, "png")
    assert len(PdfReader(BytesIO(typeset("mine", {}, "pdf"))).pages) == 2


def test_a_paper_bears_its_date_at_any_moment_of_a_second(template: Path) -> None:
    template.write_text(WORDS)
    moment = datetime(2026, 11, 24, 8, 49, 57, 123456, UTC)

    made = PdfReader(BytesIO(typeset("mine", {"words": "x"}, "pdf", made_at=moment)))

    assert made.metadata is not None
    assert made.metadata.creation_date == moment.replace(microsecond=0)


def test_several_pictures_can_be_made_at_once(template: Path) -> None:
    template.write_text(WORDS)

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: typeset("mine", {"words": str(n % 2)}, "png"), range(12)))

    assert len(set(made)) == 2
