"""Every sentence stands in bot/texts.py, once, and nowhere else; and none stands there for nothing."""

import ast

from bot import texts
from tests.sources import DEVANAGARI, ROOT, TEXTS, calls_in, constants_in, files, trees

ALL = {name for name in vars(texts) if name.isupper()}
SAYERS = {"phrase", "say", "counted", "Phrase", "Button", "button", "KeyboardButton"}
READS_HINDI = {
    "bot/core/reading/angles.py",
    "bot/core/resident/camera_access.py",
    "bot/core/reading/case_words.py",
    "bot/core/station/column_words.py",
    "bot/core/reading/counts.py",
    "bot/core/reading/number_words.py",
    "bot/core/reading/unit_words.py",
}
SPEAKS_TO_THE_KEEPER = {  # on the command line
    "bot/settings.py",
    "bot/command_line.py",
    "bot/commands/keeper.py",
    "bot/commands/checks.py",
    "bot/opening.py",
    "bot/playground.py",
    "bot/demo.py",
    "bot/commands/importing.py",
}


def test_no_constant_is_written_twice() -> None:
    tree = ast.parse((ROOT / TEXTS).read_text(encoding="utf-8"))
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]

    assert sorted(target.id for target in targets if isinstance(target, ast.Name)) == sorted(ALL)


def test_every_sentence_is_used() -> None:
    used = {constant for _, tree in trees("bot", "handlers") for constant in constants_in(tree)}

    assert ALL - used == set()


def test_hindi_is_written_nowhere_but_in_its_own_file() -> None:
    holders = {
        name
        for name, path in files("bot", "handlers", "storage")
        if DEVANAGARI.search(path.read_text(encoding="utf-8"))
    }

    assert holders - SPEAKS_TO_THE_KEEPER == READS_HINDI


def test_no_sentence_is_written_where_it_is_said() -> None:
    written = [
        f"{name}:{call.lineno}"
        for name, tree in trees("bot", "handlers", "storage")
        for call in calls_in(tree, SAYERS)
        if call.args and isinstance(call.args[0], ast.Constant | ast.JoinedStr)
    ]

    assert written == []
