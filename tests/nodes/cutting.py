"""`python -m tests.nodes.cutting SETTINGS FILE KEY`: for each number that comes in, takes the file of keys in as `yifa node join`
does, in a process that is killed -9 before so many things are done to files, and says how that process ended.
"""

import os
import signal
import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from services.kit.settings import Settings
from services.kit.time import wall
from services.node.carrying import join

TOUCHES = ("open", "os.rename", "os.mkdir", "os.remove", "os.chmod")


def cut(n: int, settings: Path, file: Path, key: str) -> None:
    """Killed before the n-th: audit hooks are called before what they tell of is done."""
    steps, folder = count(1), str(settings.parent)
    said, text = Settings.load(settings), file.read_text("utf-8")

    def hook(event: str, about: Sequence[Any]) -> None:
        touches = event in TOUCHES and any(isinstance(x, (str, Path)) and folder in str(x) for x in about)
        if (touches or event == "fcntl.flock") and next(steps) == n:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    join(said, text, wall(), key)


if __name__ == "__main__":
    for line in sys.stdin:
        if not (pid := os.fork()):
            cut(int(line), Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
