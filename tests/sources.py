"""What the program's own source says of itself: which constants of bot/texts.py it names, and in which calls."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXTS = "bot/texts.py"
DEVANAGARI = re.compile(r"[\u0900-\u0963\u0966-\u097F]")  # the danda is left out: it ends a sentence of any script


def files(*folders: str) -> Iterator[tuple[str, Path]]:
    """Name (from the root) and path of every module in these folders, bot/texts.py apart."""
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name != TEXTS:
            yield name, path


def trees(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Name and syntax tree of every module in these folders."""
    for name, path in files(*folders):
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def constants_in(tree: ast.AST) -> set[str]:
    """The constants that a piece of source names, as `texts.SAVED`."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "texts"
    }


def calls_in(tree: ast.AST, callees: set[str]) -> Iterator[ast.Call]:
    """The calls of functions with these names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in callees:
            yield node
