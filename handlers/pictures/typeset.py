"""The one door to typst: a template of ours and data become a picture or a PDF."""

import ctypes
import json
import warnings
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import fontpkg_noto_sans_devanagari

if TYPE_CHECKING:
    import typst  # itself with the first picture: a bot that starts has no time for it

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(fontpkg_noto_sans_devanagari.__file__).parent / "files"
KEPT = 10  # documents whose workings typst keeps (typst-py: comemo::evict)
PPI = 288.0  # four pixels a point: a picture 320 pt wide fills Telegram's 1280 pixels
Kind = Literal["png", "pdf"]


class UntidyTypesetting(UserWarning):
    """typst was not content with a template: an error in tests, a line on stderr otherwise."""


@cache
def fonts() -> "typst.Fonts":
    """Noto Sans Devanagari, which has Latin letters as well, and those in typst itself; never the computer's own."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def typeset(template: str, data: object, kind: Kind, *, ppi: float = PPI, made_at: datetime | None = None) -> bytes:
    """`templates/<template>.typ` with `data`, which it finds as JSON in `sys.inputs.data`.

    What people wrote comes in there and nowhere else: so it stays data, and is never read as markup. Safe to call
    from several threads. `made_at` is the date within a PDF. Raises typst.TypstError where the template cannot
    take the data, ValueError for a PNG of several pages.
    """
    import typst

    compiler = typst.Compiler(root=str(TEMPLATES), font_paths=fonts(), ignore_system_fonts=True)  # for one thread only
    made, untidy = compiler.compile_with_warnings(
        str(TEMPLATES / f"{template}.typ"),
        format=kind,
        ppi=ppi,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=made_at and made_at.replace(microsecond=0),  # a PDF's date has none, and typst refuses them
    )
    _let_go(compiler)
    for one in untidy:
        warnings.warn(f"{template}: {one.message}", UntidyTypesetting, stacklevel=2)
    if not isinstance(made, bytes):
        raise ValueError(f"{template} has more than one page, and a picture has one")
    return made


def _let_go(compiler: "typst.Compiler") -> None:
    """typst keeps what it worked out for the last documents, in case the next is like them: ours never are.

    Empty ones push that out, in a few milliseconds; then the memory goes back to the system, where the C library can.
    """
    for _ in range(KEPT + 1):
        compiler.compile(b"", format="pdf")
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
