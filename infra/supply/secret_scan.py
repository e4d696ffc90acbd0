"""python infra/supply/secret_scan.py: whether a file of the repository holds what looks like a secret. Ends with 1 if so."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LARGEST = 2_000_000
PATTERNS = {
    "a private key": re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{40}"),
    "the seed of an nkey": re.compile(rb"\bS[UAONCX][A-Z2-7]{56}\b"),
    "a signed token": re.compile(rb"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}"),
    "a key of a cloud": re.compile(rb"\b(?:AKIA|ASIA|LTAI)[A-Z0-9a-z]{12,20}\b"),
    "a token of a code host": re.compile(rb"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20})\b"),
    "a password in an address": re.compile(
        rb"\b[a-z]+://[A-Za-z0-9_.-]+:[^\s@/{}$\"'<>:]{6,}@[A-Za-z0-9.-]+"
    ),
}


def files(root: Path) -> list[Path]:
    """What the repository keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True)  # noqa: S607
    return [root / name for name in listed.stdout.decode().split("\0") if name]


def secrets(content: bytes) -> Iterator[tuple[int, str]]:
    """The lines of what looks like a secret, and what it looks like."""
    for what, pattern in PATTERNS.items():
        for found in pattern.finditer(content):
            yield content.count(b"\n", 0, found.start()) + 1, what


def found_in(root: Path) -> list[str]:
    """Where there is one, in words."""
    said = []
    for file in files(root):
        if file.is_file() and file.stat().st_size <= LARGEST:
            said += [f"{file.relative_to(root)}:{line}: {what}" for line, what in secrets(file.read_bytes())]
    return said


if __name__ == "__main__":
    there = found_in(Path(__file__).parents[2])
    print("\n".join(there) or "no secret found")
    sys.exit(bool(there))
