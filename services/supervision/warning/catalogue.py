"""Early warnings as they are declared: each in a file of its own under warnings/, or as `warning=` at a rule of a procedure."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from services.law.calendar import SHANGHAI
from services.law.citation import cite


class Level(IntEnum):
    """Who has to look: the unit, the oversight body, or the oversight body with a clue opened."""

    YELLOW = 1
    ORANGE = 2
    RED = 3


YELLOW, ORANGE, RED = Level


@dataclass(frozen=True)
class Finding:
    """Something found: when it happened, both sentences, and what tells findings of one kind about one subject apart.

    `rule` names the rule that is mirrored. `over` is for what was wrong and was mended since; `level` and `law` where they are
    not the kind's own; `subject` and `node` where what was looked at is no record, but a month of the whole city.
    """

    at: datetime
    zh: str
    en: str
    about: str = ""
    reason: str = ""
    rule: str = ""
    level: int = 0
    law: str = ""
    node: str = ""
    clock_id: str = ""
    over: bool = False
    subject: str = ""


Look = Callable[[Any], Iterable[Finding]]


@dataclass(frozen=True)
class Kind:
    """An early warning: what it is called, how grave it is, its article, what it watches and how it looks."""

    id: str
    level: Level
    law: str
    title_zh: str
    title_en: str
    watches: str = ""
    find: Look = field(default=lambda seen: (), compare=False)
    on: frozenset[Any] | None = None
    """The events that may change what it finds in a case: told of another one, it does not look. None: any may."""

    def __post_init__(self) -> None:
        if self.law:
            cite(self.law)


DECLARED: dict[str, Kind] = {}
# Those that look at more than one kind of subject: each further look, by what it watches.
FURTHER: list[tuple[str, str, Look, frozenset[Any] | None]] = []
# Those that only mirror a rule: the rule names them, and what it says is the warning.
MIRRORED = {
    kind.id: kind
    for kind in (
        Kind("EW-03", RED, "APL-2021:76(2)", "有案不立", "Not filed without a reason"),
        Kind("EW-05", RED, "APL-2021:62", "未告知先决定", "Decided before the party could answer"),
        Kind(
            "EW-06", RED, "APL-2021:63", "应听证未告知、未依法听证", "Right to a hearing not told or not kept"
        ),
        Kind("EW-07", RED, "APL-2021:58(1)", "应审未审", "Decided without a proper legal review"),
        Kind("EW-08", RED, "APL-2021:57(2)", "应集体讨论未讨论", "Major penalty not discussed by the heads"),
        Kind("EW-09", RED, "APL-2021:42(1)", "无证或者单人执法", "Act without two certified officers"),
        Kind("EW-10", RED, "APL-2021:45(2)", "申辩加重", "Heavier than what the party was told"),
        Kind("EW-15", RED, "APL-2021:70;APL-2021:71", "当场收缴罚款违规", "Fines collected on the spot"),
        Kind("EW-21", RED, "APL-2021:82;CRT-2020:16(2)", "以罚代移", "Penalty in place of a referral"),
        Kind("EW-22", ORANGE, "APL-2021:72(1)[1];APL-2021:73(3)", "加处罚款错误", "Surcharge wrong"),
        Kind("EW-25", RED, "APL-2021:37", "依据失效", "Basis no longer in force"),
        Kind("EW-33", ORANGE, "APL-2021:38(2)", "违反处罚程序", "Another rule of the procedure broken"),
        Kind("EW-35", RED, "ACL-2011:61", "违反行政强制程序", "Compulsory measure against the law"),
        Kind(
            "EW-36",
            ORANGE,
            "CRT-2020:16(1)",
            "移送涉嫌犯罪案件不合规定",
            "Referral of a crime against the rules",
        ),
        Kind("EW-47", ORANGE, "CREDIT-2025:27", "信用修复不合规定", "Credit repair against the rules"),
    )
}


def warning(
    kind_id: str,
    level: Level,
    *,
    law: str,
    zh: str,
    en: str,
    watches: str,
    on: frozenset[Any] | None = None,
) -> Callable[[Look], Look]:
    """Declare an early warning. Raises ValueError for an id that is taken."""

    def declare(find: Look) -> Look:
        if kind_id in DECLARED or kind_id in MIRRORED:
            raise ValueError(f"{kind_id} is declared twice")
        DECLARED[kind_id] = Kind(kind_id, level, law, zh, en, watches, find, on)
        return find

    return declare


def also(kind_id: str, watches: str, on: frozenset[Any] | None = None) -> Callable[[Look], Look]:
    """Let a warning, declared or mirrored, look at one more kind of subject."""

    def declare(find: Look) -> Look:
        FURTHER.append((kind_id, watches, find, on))
        return find

    return declare


@cache
def kinds() -> Mapping[str, Kind]:
    """Every early warning by its id."""
    from services.supervision import warnings

    for module in pkgutil.iter_modules(warnings.__path__):
        importlib.import_module(f"{warnings.__name__}.{module.name}")
    return MappingProxyType(dict(sorted((MIRRORED | DECLARED).items())))


@cache
def watching(what: str) -> tuple[Kind, ...]:
    """The warnings that look at one kind of subject ("case", "clock", "matter", "month", "chain" …), each with that look."""
    own = [kind for kind in kinds().values() if kind.watches == what]
    further = [
        replace(kinds()[kind_id], watches=what, find=find, on=on)
        for kind_id, watches, find, on in FURTHER
        if watches == what
    ]
    return tuple(sorted([*own, *further], key=lambda kind: kind.id))


@cache
def looking(told: Any) -> tuple[Kind, ...]:
    """Those that look at a case when an event of this type was told of it; all of them where it is None."""
    return tuple(kind for kind in watching("case") if told is None or kind.on is None or told in kind.on)


def looks_of(kind_id: str) -> tuple[Kind, ...]:
    """A warning with each of its looks; none for one that only mirrors rules."""
    known = kinds()[kind_id]
    own = [known] if known.watches else []
    return (*own, *(kind for w in WATCHED for kind in watching(w) if kind.id == kind_id and kind not in own))


WATCHED = ("case", "clock", "matter", "month", "inspection", "officer", "text", "benchmark")


def said(at: datetime) -> str:
    """A moment as warnings write it, in Asia/Shanghai."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
