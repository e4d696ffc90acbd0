"""Which law holds for an act of a day, when the law has changed since (行政处罚法 37; 生态环境法典 1057).

The law of the day of the act holds, unless the new one is lighter. What ended is never law again for later acts, and an older
version never takes its place.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from services.law.citation import Statute, cite, statutes
from services.law.gap import Gap, earlier, gap_at
from services.law.naming import Named, named_in, plain, versions

FILE = Path(__file__).parent / "concordance.toml"
WEIGHS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "same": ("处罚相同", "the same"),
        "heavier": ("新的规定较重", "the new one is heavier"),
        "lighter": ("新的规定较轻", "the new one is lighter"),
        "depends": ("轻重依个案比较", "to be compared in the case"),
    }
)
Fine = tuple[int, int]


@dataclass(frozen=True)
class Change:
    """Articles that ended, the articles in their place, and how these weigh on an act done under the old ones."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    weighs: str
    zh: str
    en: str
    old_fine: Fine | None = None
    new_fine: Fine | None = None

    def replaces(self, named: Named) -> bool:
        return any(_overlap(named, _named(code)) for code in self.old)

    def brings(self, named: Named) -> bool:
        return any(_overlap(named, _named(code)) for code in self.new)


class Holds(Enum):
    """Whether a basis holds for an act: in Chinese and English."""

    HOLDS = ("适用", "it holds")
    CHOICE = ("应当选择适用的法律并说明理由", "the law has to be chosen, for stated reasons")
    LIGHTER = ("新的规定较轻，适用新的规定", "the new law is lighter and holds in its place")
    NOT_LAW = ("行为发生时不是有效的法律", "it was not law when the act was done")


@dataclass(frozen=True)
class Basis:
    """A basis as a text names it, judged for an act of a day: the version meant, the articles in its place, why."""

    named: Named
    statute: Statute
    holds: Holds
    changes: tuple[Change, ...] = ()
    gap: Gap | None = None

    @property
    def code(self) -> str:
        return code_of(self.named, self.statute)

    @property
    def instead(self) -> tuple[str, ...]:
        """The articles on the other side of the change: those in its place, or those that it took the place of. The statute alone
        where they are not known; nothing where nothing changed.
        """
        if self.statute.replaced_by:
            found = tuple(dict.fromkeys(code for change in self.changes for code in change.new))
            past = self.holds is not Holds.HOLDS
            return found or ((self.statute.replaced_by,) if past else ())
        return tuple(dict.fromkeys(code for change in self.changes for code in change.old))


def code_of(named: Named, statute: Statute) -> str:
    """An article as it is cited by code."""
    if not named.article:
        return statute.code
    inserted = f"-{named.inserted}" if named.inserted else ""
    para, item = (f"({named.para})" if named.para else ""), (f"[{named.item}]" if named.item else "")
    return f"{statute.code}:{named.article}{inserted}{para}{item}"


@lru_cache(4096)
def bases_on(text: str, act_day: date | None, judged: date) -> tuple[Basis, ...]:
    """Every basis that a text names and that is known here, judged for an act of a day (None: not known)."""
    found = (basis_on(named, act_day, judged) for named in named_in(text))
    return tuple(basis for basis in found if basis is not None)


def basis_on(named: Named, act_day: date | None, judged: date) -> Basis | None:
    """One basis, judged; None for a law that is not known here."""
    known = versions(named)
    if not known:
        return None
    then = act_day or judged
    statute = next((s for s in reversed(known) if s.in_force <= then), known[0])
    if then < statute.in_force:
        return _before(named, statute, act_day, judged)
    if statute.in_force_on(judged) and statute.in_force_on(then):
        gap = gap_at(code_of(named, statute), then)
        choice = gap is not None and gap.does == "refuse"
        return Basis(named, statute, Holds.CHOICE if choice else Holds.HOLDS, gap=gap)
    changes = tuple(change for change in concordance() if change.replaces(named))
    gap = None if changes else gap_at(code_of(named, statute), judged)
    if not statute.in_force_on(then):
        # Where the day of the act is not known, it may have been done before the end.
        return Basis(named, statute, Holds.NOT_LAW if act_day else Holds.CHOICE, changes, gap)
    weighs = weigh(changes)
    return Basis(named, statute, Holds.LIGHTER if weighs == "lighter" else Holds.CHOICE, changes, gap)


def _before(named: Named, statute: Statute, act_day: date | None, judged: date) -> Basis:
    """A law that came after the act: it holds only if it took another's place and may be lighter."""
    came_anew = any(s.replaced_by == statute.code for s in statutes().values())
    if not came_anew:
        return Basis(named, statute, Holds.HOLDS, gap=earlier())
    changes = tuple(change for change in concordance() if change.brings(named))
    may_hold = statute.in_force_on(judged) and (not changes or weigh(changes) in ("lighter", "depends"))
    gap = None if changes else gap_at(code_of(named, statute), judged)
    return Basis(named, statute, Holds.CHOICE if may_hold else Holds.NOT_LAW, changes, gap)


def weigh(changes: Iterable[Change]) -> str:
    """How the new law weighs by several changes: as all of them do, else it depends; so it does where none is known."""
    found = {change.weighs for change in changes}
    return found.pop() if len(found) == 1 else "depends"


def ended(by: date) -> tuple[Statute, ...]:
    """The statutes that were replaced on a day or before, in the order of their ends."""
    found = [s for s in statutes().values() if s.replaced_by and s.repealed is not None and s.repealed <= by]
    return tuple(sorted(found, key=lambda s: (str(s.repealed), s.code)))


def names_statute(text: str, statute: Statute) -> tuple[Named, ...]:
    """Where a text names a statute."""
    title = plain(statute.title_zh)
    return tuple(named for named in named_in(text) if named.title == title)


@cache
def concordance() -> tuple[Change, ...]:
    """Every change. Raises ValueError for a bad file."""
    return read_concordance(FILE)


def read_concordance(path: Path) -> tuple[Change, ...]:
    """The changes of a file; raises ValueError as `file: articles: reason`."""
    found = []
    for entry in tomllib.loads(path.read_text("utf-8"))["change"]:
        try:
            found.append(_change(dict(entry)))
        except (TypeError, KeyError, ValueError) as wrong:
            raise ValueError(f"{path.name}: {entry.get('old')}: {wrong}") from wrong
    return tuple(found)


def _change(entry: dict[str, Any]) -> Change:
    lists = {name: tuple(value) for name, value in entry.items() if isinstance(value, list)}
    change = Change(**(entry | lists))
    if change.weighs not in WEIGHS:
        raise ValueError(f"weighs is one of {', '.join(WEIGHS)}")
    for code in (*change.old, *change.new):
        cite(code)
    for old in change.old:
        statute = statutes()[old.partition(":")[0]]
        if {code.partition(":")[0] for code in change.new} != {statute.replaced_by}:
            raise ValueError(f"{statute.code} was not replaced by what is named")
    if change.old_fine and change.new_fine and (said := _by_fines(change)) != change.weighs:
        raise ValueError(f"by its fines the new law is {said}")
    return change


def _by_fines(change: Change) -> str:
    """The highest fine is compared first, then the lowest (gaps.toml: lighter)."""
    old, new = (tuple(reversed(fine or ())) for fine in (change.old_fine, change.new_fine))
    return "same" if old == new else "heavier" if new > old else "lighter"


def _overlap(one: Named, other: Named) -> bool:
    """Whether two articles may be the same: what only one of them says tells nothing apart. A whole statute is no article."""
    if one.title != other.title or not one.article:
        return False
    pairs = ((one.para, other.para), (one.item, other.item))
    same = (one.article, one.inserted) == (other.article, other.inserted)
    return same and all(0 in pair or pair[0] == pair[1] for pair in pairs)


@cache
def _named(code: str) -> Named:
    [named] = named_in(code)
    return named
