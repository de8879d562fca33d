"""The rules of the house, checked: which way imports go, who commits, what is documented, how long files are."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer import Typer

from bot.command_line import cli
from bot.core.access import GRANTED, Action, Role
from bot.misspelt import NOT_OURS
from bot.settings import Settings, load
from handlers import routes

ROOT = Path(__file__).parent.parent
HOMES = ("bot", "handlers", "storage", "sandbox", "tests", "bench")
LONG_FILES = {"bot/texts.py": "every sentence stands in one file"}
LONG_FUNCTIONS = {"storage/migrations": "a migration lists what it makes"}
LINES, FUNCTION_LINES = 220, 30  # "about 200" and "about 25"


def sources(*homes: str) -> list[Path]:
    return [path for home in homes or HOMES for path in sorted((ROOT / home).rglob("*.py"))]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_go_one_way() -> None:
    # a process of its own: inside this one it would switch our loggers off
    linter = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert linted.returncode == 0, linted.stdout


def test_the_core_never_asks_what_time_it_is() -> None:
    asking = [
        f"{named(path)}:{node.lineno}"
        for path in sources("bot/core")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today")
    ]

    assert asking == []


def test_only_the_engine_commits() -> None:
    committing = {
        named(path)
        for path in sources("bot", "handlers", "storage")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    }

    assert committing == {"storage/engine.py"}


def test_init_files_stay_empty() -> None:
    assert [named(path) for path in sources() if path.name == "__init__.py" and path.read_text(encoding="utf-8")] == []


def test_every_module_says_in_a_sentence_what_it_is_for() -> None:
    silent = [
        named(path)
        for path in sources()
        if path.name != "__init__.py" and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_files_and_functions_are_short_enough_to_read() -> None:
    long = []
    for path in sources("bot", "handlers", "storage", "sandbox"):
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > LINES and named(path) not in LONG_FILES:
            long.append(named(path))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES and not named(path).startswith(tuple(LONG_FUNCTIONS)):
                    long.append(f"{named(path)}:{node.name} ({lines} lines)")

    assert long == []


@pytest.mark.parametrize("command", sorted(routes.COMMANDS))
def test_every_chat_command_stands_in_the_readme(command: str) -> None:
    assert f"`/{command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def command_names(typer: Typer, before: str = "") -> list[str]:
    """Every command, those of its groups as `keys new`."""
    own = [command.name or command.callback.__name__ for command in typer.registered_commands if command.callback]
    groups = [
        (group.typer_instance, f"{before}{group.name} " if group.name else before) for group in typer.registered_groups
    ]
    inside = [name for instance, prefix in groups if instance for name in command_names(instance, prefix)]
    return [*(f"{before}{name}" for name in own), *inside]


def test_every_command_of_the_command_line_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [name for name in command_names(cli) if f"citizen-eye {name}" not in readme] == []


def test_every_setting_stands_in_the_example_with_a_comment_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    shown = {line.partition("=")[0]: lines[n - 1] for n, line in enumerate(lines) if re.match(r"[A-Z_]+=", line)}

    assert set(shown) == {*(name.upper() for name in Settings.model_fields), *NOT_OURS}
    assert [name for name, before in shown.items() if not before.startswith("#") and "=" not in before] == []


def test_the_example_holds_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    assert load(_env_file=ROOT / ".env.example") == load(_env_file=None)


def test_every_role_and_every_action_is_spoken_for() -> None:
    rows: list[routes.Route | routes.Talk] = [*routes.COMMANDS.values(), *routes.BUTTONS.values(), *routes.TALKS]
    used = {row.action for row in rows}
    granted = {action for actions in GRANTED.values() for action in actions}

    assert set(GRANTED) == set(Role)
    assert granted == set(Action)
    assert used | {Action.HEAR_OF_FAULTS} == set(Action)  # hearing of faults is a message, not a command


def test_every_file_that_the_documents_name_exists() -> None:
    named_files = re.compile(r"`((?:bot|handlers|storage|sandbox|tests|docs|bench)/[\w/.]*)`|\]\((?!http)([^)#]+)\)")
    missing = []
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for inside, linked in named_files.findall(path.read_text(encoding="utf-8")):
            target = ROOT / inside if inside else path.parent / linked
            if not target.exists():
                missing.append(f"{named(path)}: {inside or linked}")

    assert missing == []


def test_the_repository_speaks_of_the_product_alone() -> None:
    words = re.compile(r"(https?://)?(files\.pythonhosted|pypi\.org)|/work/|\.library", re.IGNORECASE)
    files = [*sources(), ROOT / "README.md", *ROOT.glob("*.lock"), *ROOT.glob("docs/**/*.md"), ROOT / "Makefile"]
    speaking = [
        named(path) for path in files if path != Path(__file__) and words.search(path.read_text(encoding="utf-8"))
    ]

    assert speaking == []
