"""Bears bots quickly: imports the program once, then forks a process of its own for each `citizen-eye run`.

Reads one JSON object a line: {"folder": ..., "settings": {...}} starts a bot there and prints its process id;
{"wait": pid} waits for its end and prints how it ended (as subprocess' returncode).
"""

import gc
import json
import os
import sys
from typing import Any


def main() -> None:
    from bot.__main__ import main as citizen_eye

    gc.freeze()
    print("ready", flush=True)  # noqa: T201 - the parent reads it
    for line in sys.stdin:
        said: Any = json.loads(line)
        answer = ended(said["wait"]) if "wait" in said else born(said["folder"], said["settings"], citizen_eye)
        print(answer, flush=True)  # noqa: T201 - the parent reads it


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def born(folder: str, settings: dict[str, str], citizen_eye: Any) -> int:
    """The child's process id; the child itself never comes back."""
    if pid := os.fork():
        return pid
    code = 1
    try:
        live(folder, settings)
        citizen_eye()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def live(folder: str, settings: dict[str, str]) -> None:
    """Leave the parent's surroundings: directory, environment, input and output."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(settings)
    sys.argv = ["citizen-eye", "run"]
    nothing = os.open(os.devnull, os.O_RDONLY)
    printed = os.open("printed", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for wanted, taken in ((nothing, 0), (printed, 1), (printed, 2)):
        os.dup2(wanted, taken)


if __name__ == "__main__":
    main()
