"""What came from outside is read in a process of its own, which may die; who asked goes on."""

import os
import signal
import threading
from pathlib import Path

import pytest

from services.kit import apart
from services.kit.apart import Bounds, TooMuch, Unreadable, read_apart

SMALL = Bounds(memory=1 << 28, cpu=1, seconds=2, found=1 << 22)
HOSTILE = "tests.kit.hostile_readers"


@pytest.mark.parametrize(
    ("reader", "kind", "why"),
    [
        ("spin", TooMuch, "too long"),
        ("sleep", TooMuch, "too long"),
        ("grow", TooMuch, "memory"),
        ("pour", TooMuch, "holds too much"),
        ("crash", TooMuch, "ended the program"),
        ("abort", TooMuch, "memory"),
        ("write", Unreadable, "damaged|too long|ended the program"),
        ("wrong", Unreadable, "this is no list"),
        ("damaged", Unreadable, "damaged"),
        ("failed", Unreadable, "damaged"),
    ],
)
def test_what_a_file_does_to_its_reader_is_told_and_no_more(
    reader: str, kind: type[ValueError], why: str
) -> None:
    with pytest.raises((kind, TooMuch), match=why) as told:
        read_apart(f"{HOSTILE}:{reader}", b"any", SMALL)

    assert any("\u4e00" <= character <= "\u9fff" for character in str(told.value)), "in Chinese too"
    assert read_apart(f"{HOSTILE}:echo", b"the next", SMALL) == b"the next"


def test_a_file_is_read_from_its_beginning_to_its_end(tmp_path: Path) -> None:
    content = os.urandom(1 << 20)
    (tmp_path / "file").write_bytes(content)

    with (tmp_path / "file").open("rb") as file:
        assert read_apart(f"{HOSTILE}:echo", file.fileno(), SMALL) == content
    assert read_apart(f"{HOSTILE}:echo", b"", SMALL) == b""


def test_many_are_read_beside_each_other() -> None:
    found: dict[int, bytes] = {}
    threads = [
        threading.Thread(
            target=lambda n=n: found.update({n: read_apart(f"{HOSTILE}:echo", b"%d" % n, SMALL)})
        )
        for n in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {n: b"%d" % n for n in range(16)}


def test_a_helper_that_was_killed_is_begun_anew() -> None:
    read_apart(f"{HOSTILE}:echo", b"", SMALL)
    helper = apart._helper().process

    helper.send_signal(signal.SIGKILL)
    helper.wait()

    assert read_apart(f"{HOSTILE}:echo", b"again", SMALL) == b"again"


def test_nothing_stays_open() -> None:
    read_apart(f"{HOSTILE}:echo", b"", SMALL)
    before = len(os.listdir("/proc/self/fd"))

    for reader in ("echo", "wrong", "pour", "crash") * 3:
        try:
            read_apart(f"{HOSTILE}:{reader}", b"", SMALL)
        except ValueError:
            continue

    assert len(os.listdir("/proc/self/fd")) == before
