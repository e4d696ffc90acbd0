"""Declared gaps: what the law leaves open and what of it was not read, at the articles it is about. A silence is no answer."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from services.law.citation import cite, statute_of

FILE = Path(__file__).parent / "gaps.toml"
KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "open_norm": ("没有数额或者标准", "open norm"),
        "conflicting_reading": ("理解不一致", "conflicting readings"),
        "text_not_seen": ("文本未读", "text not seen"),
    }
)
DOES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"refuse": ("不自动选择，须说明", "refuses until the choice is stated"), "warn": ("提示", "warns")}
)


@dataclass(frozen=True)
class Gap:
    """A gap: of what kind, what is done about it, at which articles, from when on, why."""

    name: str
    kind: str
    does: str
    zh: str
    en: str
    laws: tuple[str, ...] = ()
    since: date | None = None
    earlier: bool = False

    def covers(self, law: str, day: date) -> bool:
        """Whether it is about an article, or a statute that it names whole, on a day."""
        if self.since is not None and day < self.since:
            return False
        return any(law == each or law.startswith((f"{each}:", f"{each}(", f"{each}[")) for each in self.laws)


@cache
def gaps() -> Mapping[str, Gap]:
    """Every declared gap by its name. Raises ValueError for a bad file."""
    return MappingProxyType(read_gaps(FILE))


def read_gaps(path: Path) -> dict[str, Gap]:
    """The gaps of a file; raises ValueError as `file: gap: reason`."""
    found = {}
    for name, entry in tomllib.loads(path.read_text("utf-8")).items():
        try:
            found[name] = _gap(name, dict(entry))
        except (TypeError, ValueError, AttributeError) as wrong:
            raise ValueError(f"{path.name}: {name}: {wrong}") from wrong
    return found


def _gap(name: str, entry: dict[str, Any]) -> Gap:
    gap = Gap(name, laws=tuple(entry.pop("laws", ())), **entry)
    if gap.kind not in KINDS or gap.does not in DOES:
        raise ValueError(f"kind is one of {', '.join(KINDS)}, does one of {', '.join(DOES)}")
    if not (gap.zh and gap.en):
        raise ValueError("why, in Chinese and English, is needed")
    if bool(gap.laws) == gap.earlier:
        raise ValueError("it is about articles, or about what lies earlier than all that is kept")
    for law in gap.laws:
        cite(law) if ":" in law else statute_of(law)
    return gap


def gap_at(law: str, day: date) -> Gap | None:
    """The gap at one article on a day; one that refuses before one that warns."""
    found = sorted((gap for gap in gaps().values() if gap.covers(law, day)), key=lambda g: g.does != "refuse")
    return found[0] if found else None


def earlier() -> Gap:
    """The gap before the first day of what is kept."""
    return next(gap for gap in gaps().values() if gap.earlier)
