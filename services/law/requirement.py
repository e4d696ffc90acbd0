"""What the law and the city's policies ask for: guards on acts and a checklist, each with what holds it.

The tables say which refusals, findings, clocks and code hold a requirement; whether they exist is a
matter of the services, so it is worked out where all of them are known.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from services.law.citation import cite
from services.law.procedures import procedures
from services.law.statute import catalogue
from services.law.words import Words

FOLDER = Path(__file__).parent / "requirements"
AREAS: Mapping[str, Words] = MappingProxyType(
    {
        "registry": ("主体和人员", "bodies and officers"),
        "case": ("办案", "cases"),
        "publicity": ("公示", "publicity"),
        "finance": ("罚没财务", "finance"),
        "supervision": ("监督", "supervision"),
        "accountability": ("追责", "accountability"),
        "evaluation": ("考核", "evaluation"),
        "normdoc": ("规范性文件", "normative documents"),
        "decision": ("重大决策", "major decisions"),
        "permit": ("许可", "permits"),
        "remedy": ("复议诉讼", "remedies"),
        "complaint": ("投诉和纠纷", "complaints and disputes"),
        "notify": ("通知", "notices"),
        "platform": ("平台", "platform"),
    }
)
KINDS: Mapping[str, Words] = MappingProxyType(
    {
        "D": ("数据", "data"),
        "C": ("期限", "clock"),
        "G": ("守则", "guard"),
        "F": ("流程", "flow"),
        "R": ("报告", "report"),
        "M": ("指标", "metric"),
        "N": ("通知", "notice"),
        "A": ("责任", "liability"),
    }
)
SEVERITIES: Mapping[str, Words] = MappingProxyType({"block": ("拒绝", "refuses"), "warn": ("提示", "warns")})
_LISTS = ("reasons", "findings", "guards", "clocks", "code", "tests", "tabled")
_ANCHOR = re.compile(r"[\w./-]+::\w+")


@dataclass(frozen=True)
class Requirement:
    """One thing that is asked for, and what is said to hold it.

    `reasons` are codes of refusals, `findings` what supervision looks for, `guards` and `clocks` ids,
    `code` and `tests` are written path::name, `tabled` names procedures of the law that put it on an act
    and that no service runs yet. `lacks` says what is not held yet, `beyond` what of it no software of this
    institution can do, since others decide it elsewhere; where that is all of it, it is `outside`.
    """

    id: str
    zh: str
    en: str
    law: str
    area: str = "case"
    kind: str = "G"
    severity: str = "block"
    reasons: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    tabled: tuple[str, ...] = ()
    lacks_zh: str = ""
    lacks_en: str = ""
    beyond_zh: str = ""
    beyond_en: str = ""
    outside: bool = False


@cache
def guards() -> Mapping[str, Requirement]:
    """What must hold before an act, by id G-01…; raises ValueError for a bad file."""
    return MappingProxyType(read("guards_*.toml", "G"))


@cache
def checklist() -> Mapping[str, Requirement]:
    """What the policies ask for, by id R-001…; raises ValueError for a bad file."""
    return MappingProxyType(read("checklist_*.toml", "R"))


def read(pattern: str, letter: str, folder: Path = FOLDER) -> dict[str, Requirement]:
    """The requirements of some files in the order of their numbers. Raises ValueError as `file: id: reason`."""
    found: dict[str, Requirement] = {}
    for path in sorted(folder.glob(pattern)):
        for name, entry in tomllib.loads(path.read_text("utf-8")).items():
            try:
                if name in found:
                    raise ValueError("is already defined")
                found[name] = _requirement(name, entry)
            except (TypeError, ValueError) as wrong:
                raise ValueError(f"{path.name}: {name}: {wrong}") from wrong
    numbers = sorted(found)
    width = len(numbers[0]) - 2 if numbers else 1
    for number, name in enumerate(numbers, 1):
        if name != f"{letter}-{number:0{width}}":
            raise ValueError(f"{pattern}: {letter}-{number:0{width}} is missing before {name}")
    return {name: found[name] for name in numbers}


def _requirement(name: str, entry: dict[str, Any]) -> Requirement:
    lists: dict[str, Any] = {key: tuple(entry.pop(key)) for key in _LISTS if key in entry}
    made = Requirement(name, **lists, **entry)
    cite(made.law)
    said = ((made.lacks_zh, made.lacks_en), (made.beyond_zh, made.beyond_en))
    if not made.zh or not made.en or any(bool(zh) != bool(en) for zh, en in said):
        raise ValueError("is said in Chinese and in English, and so is what it lacks and what lies beyond it")
    if made.outside and not made.beyond_zh:
        raise ValueError("it is out of scope and says not why")
    if (
        made.area not in AREAS
        or made.severity not in SEVERITIES
        or not KINDS.keys() >= set(made.kind.split())
    ):
        raise ValueError(f"unknown area, severity or kind: {made.area}, {made.severity}, {made.kind}")
    if unknown := [c for c in made.clocks if c not in catalogue()]:
        raise ValueError(f"no clock {unknown[0]}")
    if made.guards and (unknown := [g for g in made.guards if g not in guards()]):
        raise ValueError(f"no guard {unknown[0]}")
    if unknown := [name for name in made.tabled if name not in procedures()]:
        raise ValueError(f"no procedure {unknown[0]}")
    if wrong := [a for a in (*made.code, *made.tests) if not _ANCHOR.fullmatch(a)]:
        raise ValueError(f"{wrong[0]!r} is not of the form path::name")
    return made
