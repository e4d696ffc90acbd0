"""python -m services.node node.toml [service …]: one node, or some of its services, as a process."""

import ctypes
import gc
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def tie() -> None:
    """End with the process that started this one, where that asks for it; also if it has ended already."""
    parent = os.environ.get("YIFA_PARENT", "")
    if not parent:
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):
        sys.exit("yifa: who started this process is gone")


def main() -> None:
    """Run what the settings name; what a user can mend is one line."""
    tie()
    # Nothing that is read at the start is garbage: `run` of services/kit/lifetime.py turns the collector on again.
    gc.disable()
    # to read all the code takes a second or two, in which a parent may end
    from services.kit.private import keep_private
    from services.kit.settings import WRONG, BadSettings, Settings
    from services.node.failure import Failure
    from services.node.serve import serve

    keep_private()
    _, settings, *only = sys.argv
    try:
        serve(Settings.load(Path(settings)), only)
    except BadSettings as wrong:
        print(f"yifa: {wrong}", file=sys.stderr)
        sys.exit(WRONG)
    except Failure as wrong:
        sys.exit(f"yifa: {wrong}")


if __name__ == "__main__":
    main()
