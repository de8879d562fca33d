"""Any script's digits, dashes, quotes and blanks made plain ASCII, so that every reader sees one writing."""

import re
import unicodedata

LONGEST = 4096  # a Telegram message; whatever comes after it is not read

_LOOK_ALIKES = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃➖", "-"),
        **dict.fromkeys("º˚⁰ᵒ", "°"),
        **dict.fromkeys("‘’‛′´`ʹʼˊ", "'"),
        **dict.fromkeys("“”‟″ʺ˝〃", '"'),
        "٫": ".",  # Arabic decimal point
        "،": ",",
        "⁄": "/",
        "〜": "~",
    }
)
_BLANKS = re.compile(r"\s+")


def plain(words: str) -> str:
    """NFKC, ASCII digits, plain dashes and quotes, nothing invisible, single blanks; capped in length."""
    told_apart = "".join(map(_seen, words[:LONGEST].translate(_LOOK_ALIKES)))
    same = unicodedata.normalize("NFKC", told_apart)[:LONGEST].translate(_LOOK_ALIKES)
    return _BLANKS.sub(" ", "".join(map(_plain_sign, same))).strip()


def folded(words: str) -> str:
    """`plain`, in lower case, and with Hindi spelled one way: no nukta, anusvara for chandrabindu."""
    return plain(plain(words).casefold()).replace("\u093c", "").replace("\u0901", "\u0902")


def _seen(sign: str) -> str:
    """What NFKC should see: nothing invisible, which would keep letters apart, and 4² marked, which is not 42."""
    if sign <= "\x7f":
        return sign
    if unicodedata.category(sign) in {"Cf", "Cs", "Me"} or "\ufe00" <= sign <= "\ufe0f":
        return ""  # zero-width signs, marks of direction, keycap frames, halves of a broken emoji
    raised = unicodedata.decomposition(sign).startswith(("<super>", "<sub>"))
    return "^" + sign if raised and unicodedata.digit(sign, None) is not None else sign


def _plain_sign(sign: str) -> str:
    if sign <= "\x7f":
        return " " if sign < " " or sign == "\x7f" else sign
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)
