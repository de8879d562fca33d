"""The program `citizen-eye`: what has to be settled before anything large is loaded, and then the command line."""

import gc
import os
import sys


def main() -> None:
    """The installed command."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy multiplies no matrices here: each thread takes memory
    gc.disable()  # nothing that is loaded now is rubbish: to look for it would take a sixth of the start
    sys.modules["httpx._main"] = None  # type: ignore[assignment] # not there: its command line loads rich and pygments
    from bot import command_line

    gc.freeze()
    gc.enable()
    command_line.main()


if __name__ == "__main__":
    main()
