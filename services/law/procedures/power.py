"""Items of power lists: their way, and what the law asks of them and of a basis that changes."""

# ruff: noqa: E501
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yifa.registry.v1.basis_pb2 import BasisLevel
from yifa.registry.v1.power_pb2 import PowerKind

from services.law.process import Move, Process, rule

LOWEST: dict[int, int] = {
    PowerKind.POWER_KIND_PENALTY: BasisLevel.BASIS_LEVEL_GOVERNMENT_RULE,
    PowerKind.POWER_KIND_PERMIT: BasisLevel.BASIS_LEVEL_GOVERNMENT_RULE,
    PowerKind.POWER_KIND_COERCION: BasisLevel.BASIS_LEVEL_LOCAL_REGULATION,
}
"""The lowest norm that may found a kind of power (APL 10–16; ALL 14–17; ACL 10); other kinds are not bounded."""


@dataclass(frozen=True)
class Norm:
    """What of a basis matters to an item: its rank, and from when until when it is in force."""

    level: int
    from_time: datetime
    until_time: datetime | None = None

    def in_force(self, at: datetime) -> bool:
        return self.from_time <= at and not self.ended(at)

    def ended(self, at: datetime) -> bool:
        return self.until_time is not None and self.until_time <= at


@dataclass(frozen=True)
class PowerFacts:
    """What the rules on items look at. `at` is empty for a draft, whose bases may still be to come."""

    kind: int = 0
    norms: tuple[Norm, ...] = ()
    at: datetime | None = None
    now: datetime | None = None
    new: bool = True
    ordered: bool = True

    @property
    def standing(self) -> tuple[Norm, ...]:
        """The bases that count."""
        if self.at is not None:
            return tuple(n for n in self.norms if n.in_force(self.at))
        return tuple(n for n in self.norms if self.now is None or not n.ended(self.now))


def lapse(norms: Iterable[Norm]) -> datetime | None:
    """The moment from which none of the bases is in force; None while one has no end."""
    ends = [norm.until_time for norm in norms]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


@rule("NO_LEGAL_BASIS", law="APL-2021:4;APL-2021:38(1)", zh="事项没有现行有效的执法依据。")
def based(facts: PowerFacts) -> bool:
    """A power rests on a basis in force."""
    return bool(facts.standing)


@rule(
    "NO_LEGAL_BASIS",
    law="APL-2021:16;ACL-2011:10",
    zh="依据的效力层级不足：规范性文件不得设定行政处罚、行政许可，规章不得设定行政强制措施。",
)
def firm(facts: PowerFacts) -> bool:
    """No penalty or permit rests on a normative document alone, no coercion on a rule alone."""
    lowest = LOWEST.get(facts.kind)
    return lowest is None or not facts.standing or any(n.level <= lowest for n in facts.standing)


@rule("NOTHING_TO_PUBLISH", law="CBZ-2019-7:14", zh="清单自上次公布以来没有变化。")
def something_new(facts: PowerFacts) -> bool:
    """A new version of a list is published when something changed."""
    return facts.new


@rule("BASIS_NOT_IN_FORCE", law="HRB-2008-58", zh="依据已废止，或者修改、废止的时间早于其最近一次生效时间。")
def changed_in_order(facts: PowerFacts) -> bool:
    """A basis is amended or repealed while it is in force, later than its last change."""
    return facts.ordered


# fmt: off
_CHANGE: dict[str, Any] = {"law": "CBZ-2019-7:14", "rules": (based, firm), "title_zh": "拟定变更", "title_en": "Draft a change"}

_PUBLISH: dict[str, Any] = {"law": "CBZ-2019-7:14", "rules": (based, firm), "title_zh": "公布", "title_en": "Publish"}

_REVIEW: dict[str, Any] = {"law": "HRB-2008-58", "title_zh": "依据变动，列入清理", "title_en": "Review after a change of law"}

POWER_ITEM = Process(
    "power_item",
    #    act        from            to
    Move("PROPOSE", "",             "DRAFT",        "CBZ-2019-7:14", (based, firm), title_zh="拟定事项", title_en="Draft the item"),
    Move("CHANGE",  "DRAFT",        "DRAFT",        **_CHANGE),
    Move("CHANGE",  "PUBLISHED",    "CHANGED",      **_CHANGE),
    Move("CHANGE",  "CHANGED",      "CHANGED",      **_CHANGE),
    Move("CHANGE",  "UNDER_REVIEW", "CHANGED",      **_CHANGE),
    Move("PUBLISH", "DRAFT",        "PUBLISHED",    **_PUBLISH),
    Move("PUBLISH", "CHANGED",      "PUBLISHED",    **_PUBLISH),
    Move("REVIEW",  "DRAFT",        "DRAFT",        **_REVIEW),
    Move("REVIEW",  "PUBLISHED",    "UNDER_REVIEW", **_REVIEW),
    Move("REVIEW",  "CHANGED",      "CHANGED",      **_REVIEW),
    Move("REVIEW",  "UNDER_REVIEW", "UNDER_REVIEW", **_REVIEW),
    Move("KEEP",    "UNDER_REVIEW", "PUBLISHED",    "HRB-2008-58", (based, firm), title_zh="清理后保留", title_en="Keep after review"),
    *(Move("REMOVE", state, "REMOVED", "HRB-2008-58", title_zh="取消事项", title_en="Remove the item")
      for state in ("DRAFT", "PUBLISHED", "CHANGED", "UNDER_REVIEW")),
    titles=("权责事项", "Item of a power list"),
)
# fmt: on
