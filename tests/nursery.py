"""Bears processes of `citizen-eye` quickly: imports the program once, then forks one for each order.

Each is a process of its own, with its own directory, environment and output; only the imports are shared.
Run as a program it reads a JSON object a line: {"words", "folder", "settings"} starts one and answers with its
process id; {"wait": pid} answers how it ended (as subprocess' returncode), or "-" while it lives.
"""

import gc
import json
import os
import sys
from collections.abc import Callable
from typing import Any

OUTPUT, ERRORS = "printed", "errors"


def main() -> None:
    import bot.command_line  # noqa: F401 - all of it, once
    from bot.__main__ import main as citizen_eye

    gc.freeze()
    say("ready")
    for line in sys.stdin:
        order = json.loads(line)
        say(ended(order["wait"]) if "wait" in order else born(order, citizen_eye))


def say(answer: object) -> None:
    sys.stdout.write(f"{answer}\n")
    sys.stdout.flush()


def ended(pid: int) -> int | str:
    gone, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if gone else "-"


def born(order: dict[str, Any], citizen_eye: Callable[[], None]) -> int:
    """The child's process id; the child itself never comes back."""
    if pid := os.fork():
        return pid
    code = 1
    try:
        live(order)
        citizen_eye()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def live(order: dict[str, Any]) -> None:
    """Leave the parent's surroundings: directory, environment, input and output."""
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["settings"])
    sys.argv = ["citizen-eye", *order["words"]]
    how = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for taken, wanted in enumerate((os.open(os.devnull, os.O_RDONLY), os.open(OUTPUT, how), os.open(ERRORS, how))):
        os.dup2(wanted, taken)


if __name__ == "__main__":
    main()
