"""Which important matters a department tells its superior (重大事项请示报告), to whom and how soon: dated data of the layers.

No text of the nation names them or their terms: what the national layer has are defaults, cited as internal rules. A city writes
its own under [matter.CODE]; of several layers the narrowest counts, item by item.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from services.law.citation import cite
from services.law.term import Term

UNITS = ("hour", "working_day", "calendar_day")


class MatterKind(StrEnum):
    """Whether instructions are asked for before something is done, or what happened is told."""

    REQUEST = "REQUEST"
    REPORT = "REPORT"


class Superior(StrEnum):
    """To whom it goes: the government of the city, its oversight body, or the department above (上级部门)."""

    GOVERNMENT = "GOVERNMENT"
    OVERSIGHT = "OVERSIGHT"
    DEPARTMENT = "DEPARTMENT"


@dataclass(frozen=True)
class Within:
    """In which time from a day on: until the reply to a request, until the report of what became known."""

    since: date
    term: Term
    law: str


@dataclass(frozen=True)
class Reportable:
    """One item of the list; `until` is the last day on which it is one."""

    code: str
    kind: MatterKind
    to: Superior
    title_zh: str
    title_en: str
    terms: tuple[Within, ...]
    until: date | None = None

    def on(self, day: date) -> Within | None:
        """In which time on a day; None on one on which it is no item."""
        if self.until is not None and day > self.until:
            return None
        return next((within for within in reversed(self.terms) if within.since <= day), None)


def read_reportable(code: str, entry: Mapping[str, Any]) -> Reportable:
    """An item as it is written. Raises ValueError, KeyError, TypeError for what cannot be one."""
    raw = dict(entry)
    terms = tuple(_within(each) for each in raw.pop("terms"))
    days = [within.since for within in terms]
    if not days or days != sorted(set(days)):
        raise ValueError("the dates of its terms overlap: each `since` must be later than the one before")
    item = Reportable(
        code=code, kind=MatterKind(raw.pop("kind")), to=Superior(raw.pop("to")), terms=terms, **raw
    )
    if not (item.title_zh.strip() and item.title_en.strip()):
        raise ValueError("an item has a title in both languages")
    if item.until is not None and type(item.until) is not date:
        raise TypeError(f"until is a day as 2027-01-01, not {item.until!r}")
    return item


def _within(entry: Mapping[str, Any]) -> Within:
    raw = dict(entry)
    since, law, term = raw.pop("since"), raw.pop("law"), Term(raw.pop("amount"), raw.pop("unit"))
    if raw:
        raise ValueError(f"a term has no {min(raw)}")
    if type(since) is not date:
        raise TypeError(f"since is a day as 2022-01-01, not {since!r}")
    if term.unit not in UNITS or term.amount < 1:
        raise ValueError(f"a term is one or more of {', '.join(UNITS)}, not {term.amount} {term.unit}")
    cite(law)
    return Within(since, term, law)


def listed(layers: Iterable[Iterable[Reportable]], day: date) -> tuple[Reportable, ...]:
    """The items of a day, in the order of their codes; the layers come first who is asked first."""
    found: dict[str, Reportable] = {}
    for items in layers:
        for item in items:
            found.setdefault(item.code, item)
    return tuple(found[code] for code in sorted(found) if found[code].on(day) is not None)
