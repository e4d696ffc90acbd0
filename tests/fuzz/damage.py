"""What happens to a file on its way, and what is told of reading it."""

import io
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

ODD = (
    "", " ", "\u3000", "\0", "\x1b[31m", "\u200b", "=1+1", "#N/A", "#REF!", "NaN", "1e400", "-1", "9" * 400, "１２",
    "長" * 40_000,
    "2026-02-30", "1900-01-00", "0000-00-00", "２０２６年１月１日", "'", '"', "\r\n", "A1:B2", "true", "\ud7ff", "👮",
)  # fmt: skip


@dataclass
class Found:
    """What came of all files."""

    files: int = 0
    seconds: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def fault(self, what: str, about: str) -> None:
        told = self.faults[what[:300]]
        if len(told) < 2:
            told.append(about[:3000])


class Wrong(Exception):
    """A reader gave something that the file does not say."""


class Damage:
    """Makes files otherwise; the same seed does the same."""

    rng: Random

    def hurt(self, data: bytes) -> bytes:
        rng, made = self.rng, bytearray(data)
        for _ in range(rng.choice((1, 1, 2, 10))):
            if not made:
                break
            at = rng.randrange(len(made))
            way = rng.randrange(5)
            if way == 0:
                made[at] = rng.randrange(256)
            elif way == 1:
                del made[at:]
            elif way == 2:
                made[at:at] = rng.choice((b"\0", b"\xff\xfe", b'"', b"\n", rng.randbytes(9)))
            elif way == 3:
                del made[at : at + rng.randrange(1, 40)]
            else:
                made[at] ^= 1 << rng.randrange(8)
        return bytes(made)

    def hurt_inside(self, file: Path) -> bytes:
        """What a part of it says is changed, and its sums with it."""
        out = io.BytesIO()
        with zipfile.ZipFile(file) as was, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as now:
            chosen = self.rng.choice(was.namelist())
            for name in was.namelist():
                data = was.read(name)
                if name == chosen:
                    if self.rng.random() < 0.1:
                        continue
                    data = self.hurt(data)
                now.writestr(name, data)
        return out.getvalue()


def change(rng: Random, said: Any) -> None:
    """Something in what JSON says is otherwise."""
    while True:
        keys = list(said) if isinstance(said, dict) else list(range(len(said)))
        if not keys:
            return
        key = rng.choice(keys)
        if isinstance(said[key], dict | list) and said[key] and rng.random() < 0.7:
            said = said[key]
            continue
        said[key] = rng.choice(
            (
                None,
                True,
                -1,
                0,
                10**30,
                2**63,
                1.5,
                float("inf"),
                "",
                "x",
                "00" * 32,
                [],
                {},
                [1],
                {"a": 1},
                "长",
                [[]] * 3,
            )
        )
        return


def otherwise(rng: Random, text: str) -> str:
    """A value of a TOML file is of another kind."""
    lines = text.splitlines()
    at = rng.choice([n for n, line in enumerate(lines) if " = " in line])
    name = lines[at].partition(" = ")[0]
    value = rng.choice(
        (
            "1",
            "-1",
            "1.5",
            "nan",
            "true",
            '""',
            '"\\u0000"',
            "[]",
            "[1, [2]]",
            "{}",
            "{ a = 1 }",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "07:00:00",
            '"' + "x" * 9000 + '"',
            "9223372036854775807",
        )
    )
    lines[at] = f"{name} = {value}"
    return "\n".join(lines) + "\n"


def in_words(text: str) -> None:
    """A refusal says what is wrong in both languages."""
    if not any("\u4e00" <= c <= "\u9fff" for c in text) or not any(c.isascii() and c.isalpha() for c in text):
        raise Wrong(f"not said in both languages: {text[:200]}")
