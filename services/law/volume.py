"""The volume of a closed case (一案一卷): the order of its papers by the rules of each sector, and what it may not lack."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from services.law.citation import INTERNAL, cite
from services.law.paper import PAPERS

TABLE = Path(__file__).parent / "tables" / "archive.toml"
# What a record shows to have been done leaves one of these; the other papers are made as they are needed.
NEEDED = (
    "filing", "investigation_report", "legal_review", "prior_notice", "hearing_record", "decision", "no_penalty",
    "spot_decision", "service_receipt", "termination", "closing",
)  # fmt: skip
# What holds the volume together lies in no section of it.
HOLDING = frozenset({"cover", "contents"})


@dataclass(frozen=True)
class Section:
    """A heading under which papers lie in a volume. See tables/archive.toml."""

    law: str
    zh: str
    sector: str = ""
    side: bool = False
    papers: tuple[str, ...] = ()
    evidence: bool = False
    files: bool = False
    other: bool = False


_PLAIN = (Section(INTERNAL, "案卷材料", evidence=True, files=True, other=True),)


@cache
def _sections() -> Mapping[str, tuple[Section, ...]]:
    """The sections of each sector. Raises ValueError for a paper that there is not or that lies twice, and for a sector without
    a place for the rest.
    """
    found: dict[str, list[Section]] = {}
    for entry in tomllib.loads(TABLE.read_text("utf-8"))["section"]:
        section = Section(**{**entry, "papers": tuple(entry.get("papers", ()))})
        cite(section.law)
        found.setdefault(section.sector, []).append(section)
    for sector, its in found.items():
        named = [kind for section in its for kind in section.papers]
        if wrong := [kind for kind in named if kind not in PAPERS or named.count(kind) > 1]:
            raise ValueError(f"{TABLE.name}: {wrong[0]} of {sector} is no paper, or lies twice")
        if (
            sum(s.other for s in its) != 1
            or sum(s.evidence for s in its) != 1
            or sum(s.files for s in its) != 1
        ):
            raise ValueError(
                f"{TABLE.name}: {sector} has not one place each for evidence, files and the rest"
            )
    return MappingProxyType({sector: tuple(its) for sector, its in found.items()})


def sections(sector: str) -> tuple[Section, ...]:
    """The sections of a volume in a sector, in their order."""
    return _sections().get(sector, _PLAIN)


def section_of(kind: str, its: tuple[Section, ...]) -> Section:
    """Where a paper lies."""
    return next((s for s in its if kind in s.papers), next(s for s in its if s.other))
