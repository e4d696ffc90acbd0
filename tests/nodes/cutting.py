"""`python -m tests.nodes.cutting WHAT …`: for each number that comes in, takes a file of keys in (`join SETTINGS FILE KEY`) or
gives a node a new key (`rotate DIRECTORY FOLDER NODE ALGORITHM`, `token ISSUERS KEY NODE`), in a process that is killed -9
before so many things are done to files, and says how that process ended.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from services.cli.keys import changed_key
from services.cli.tokens import changed_token_key
from services.kit.algorithm import ALGORITHMS
from services.kit.settings import Settings
from services.kit.time import wall
from services.node.carrying import join

TOUCHES = ("open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.chmod")


def joining(settings: str, file: str, key: str) -> tuple[Path, Callable[[], Any]]:
    said, text = Settings.load(settings), Path(file).read_text("utf-8")
    return said.path.parent, lambda: join(said, text, wall(), key)


def rotating(directory: str, folder: str, node: str, algorithm: str) -> tuple[Path, Callable[[], Any]]:
    keys = Path(directory).parent
    asked = (Path(directory), Path(folder), node, wall(), timedelta(hours=1), ALGORITHMS[algorithm])
    return keys, partial(changed_key, *asked)


def signing(issuers: str, key: str, node: str) -> tuple[Path, Callable[[], Any]]:
    return Path(issuers).parent, partial(changed_token_key, Path(issuers), Path(key), node, 3600.0)


def cut(n: int, folder: Path, work: Callable[[], Any]) -> None:
    """Killed before the n-th: audit hooks are called before what they tell of is done."""
    steps = count(1)

    def hook(event: str, about: Sequence[Any]) -> None:
        touches = event in TOUCHES and any(
            isinstance(x, (str, Path)) and str(folder) in str(x) for x in about
        )
        if (touches or event == "fcntl.flock") and next(steps) == n:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    work()


if __name__ == "__main__":
    what = {"join": joining, "rotate": rotating, "token": signing}[sys.argv[1]]
    for line in sys.stdin:
        if not (pid := os.fork()):
            cut(int(line), *what(*sys.argv[2:]))
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
