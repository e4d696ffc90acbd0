"""python -m services.node node.toml [service …]: one node, or some of its services, as a process."""

import ctypes
import os
import signal
import sys
from pathlib import Path

from services.kit.private import keep_private
from services.kit.settings import BadSettings, Settings
from services.node.failure import Failure
from services.node.serve import serve

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Run what the settings name; what a user can mend is one line."""
    if os.environ.get("YIFA_PARENT"):
        ctypes.CDLL(None).prctl(
            PR_SET_PDEATHSIG, signal.SIGTERM
        )  # end with the process that started this one
    keep_private()
    _, settings, *only = sys.argv
    try:
        serve(Settings.load(Path(settings)), only)
    except (Failure, BadSettings) as wrong:
        sys.exit(f"yifa: {wrong}")


if __name__ == "__main__":
    main()
