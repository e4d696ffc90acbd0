"""A penalty as a row of the table that goes to the credit platforms (双公示): its values, and what is wrong with them.

Which columns there are, how long and for whom they are filled is data: services/law/tables/penalty_publicity.toml.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.party_pb2 import PartyKind
from yifa.enforcement.v1.penalty_pb2 import PenaltyKind
from yifa.enforcement.v1.publication_pb2 import CreditDisplay, CreditTier, PublicDecision

from services.law.calendar import SHANGHAI
from services.law.identity import why_no_credit_code, why_no_id_number
from services.law.moment import moment_at, moment_of
from services.law.procedures.penalty.amounts import CONFISCATIONS, yuan
from services.law.procedures.penalty.public_text import KINDS
from services.law.procedures.public_text import PARTIES

COLUMNS = Path(__file__).parents[2] / "tables" / "penalty_publicity.toml"
NO_END = "2099/12/31"
"""What the platforms take for a penalty without an end of its own."""
_LICENCES = frozenset(
    {PenaltyKind.PENALTY_KIND_SUSPENSION_OF_LICENCE, PenaltyKind.PENALTY_KIND_REVOCATION_OF_LICENCE}
)
_ORGANISATION, _CITIZEN = PartyKind.PARTY_KIND_ORGANISATION, PartyKind.PARTY_KIND_CITIZEN
_CLASSES: Mapping[int, str] = MappingProxyType({**PARTIES, _ORGANISATION: "法人及非法人组织"})


@dataclass(frozen=True)
class Column:
    """A column of the table. required: "yes", for whom or for which penalty, or blank. form: by what the value is
    checked. also: the codes that it had in older editions.
    """

    code: str
    zh: str
    length: int
    required: str = ""
    form: str = ""
    also: tuple[str, ...] = ()


class Sent(NamedTuple):
    """What a row is made of. public: what is public of the decision, the party named; number: the party's whole number;
    agency and code: who punishes, and its 统一社会信用代码; credit: None for a decision of before the measures.
    """

    case: Case
    public: PublicDecision
    number: str
    agency: str
    code: str
    credit: CreditDisplay | None


Said = Mapping[str, str]
"""The values of a row by the codes of its columns, blank ones too."""


class Fault(NamedTuple):
    """What is wrong with a value."""

    column: str
    zh: str
    en: str


@cache
def columns() -> tuple[Column, ...]:
    """The columns in the order of the standard. Raises ValueError for one that nothing fills or that no check knows."""
    found = tuple(
        Column(**{**entry, "also": tuple(entry.get("also", ()))})
        for entry in tomllib.loads(COLUMNS.read_text("utf-8"))["column"]
    )
    for column in found:
        known = column.required in ("", "yes", *_NEEDED) and column.form in ("", *_FORMS)
        if column.code not in _VALUES or not known:
            raise ValueError(
                f"{COLUMNS.name}: {column.code} is no column that is known, or asked in no known way"
            )
    return found


def is_sent(sent: Sent) -> bool:
    """Whether the platforms get it at all: no minor dishonesty, which is not shown (CREDIT-2025 12(1)), nothing that is
    kept back, was repaired or is shielded (3, 20).
    """
    case = sent.case
    kept_back = any(case.HasField(name) for name in ("withholding", "set_aside", "withdrawal"))
    over = case.credit.shielded or case.credit.HasField("end_time")
    minor = sent.credit is not None and sent.credit.tier == CreditTier.CREDIT_TIER_MINOR
    return not (kept_back or minor or over)


def values(sent: Sent) -> tuple[str, ...]:
    """The row, in the order of the columns."""
    return tuple(_VALUES[column.code](sent) for column in columns())


def titled(code: str) -> str:
    """The name of a column of the standard."""
    return next(column.zh for column in columns() if column.code == code)


def row_faults(row: tuple[str, ...], today: date) -> list[Fault]:
    """All that is wrong with a row, column by column; whoever made it."""
    found, whole = [], {column.code: value for column, value in zip(columns(), row, strict=True)}
    for column, value in zip(columns(), row, strict=True):
        if not value:
            if column.required == "yes" or (column.required and _NEEDED[column.required](whole)):
                found.append(Fault(column.code, f"{column.zh}必填", "has to be filled"))
            continue
        if len(value) > column.length:
            said = f"{column.zh}超过{column.length}个字符", f"is longer than {column.length} characters"
            found.append(Fault(column.code, *said))
        if column.form and (wrong := _FORMS[column.form](value, today)):
            en, zh = wrong
            found.append(Fault(column.code, f"{column.zh}{zh}", en))
    return found


def _day(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y/%m/%d}"


def _ten_thousands(fen: int) -> str:
    """An amount in 万元 with six decimals, which is a hundredth of a yuan to the last digit."""
    return f"{fen // 10**6}.{fen % 10**6:06}" if fen else ""


def _kinds(sent: Sent) -> str:
    return ";".join(KINDS[kind] for kind in sent.public.kinds if kind in KINDS)


def _content(sent: Sent) -> str:
    penalty = sent.case.decision.penalty
    sums = {PenaltyKind.PENALTY_KIND_FINE: penalty.fine.fen}
    taken = next((kind for kind in penalty.kinds if kind in CONFISCATIONS), None)
    if taken is not None:
        sums[taken] = penalty.confiscation.fen
    return "；".join(
        KINDS[kind] + (f"{yuan(sums[kind])}元" if sums.get(kind) else "")
        for kind in penalty.kinds
        if kind in KINDS
    )


def _person(sent: Sent) -> bool:
    return sent.case.party.kind == _CITIZEN


def _operator_code(sent: Sent) -> str:
    return "" if _person(sent) else sent.number


def _by_id_card(sent: Sent) -> bool:
    decided = moment_of(sent.case.decision.decide_time).astimezone(SHANGHAI).date()
    return why_no_id_number(sent.number, decided) is None


def _kinds_said(said: Said) -> set[str]:
    return set(filter(None, _BETWEEN.split(said["CF_CFLB"])))


_NEEDED: Mapping[str, Callable[[Said], bool]] = MappingProxyType(
    {
        "organisation": lambda said: said["CF_XDR_LB"] == _CLASSES[_ORGANISATION],
        "operator": lambda said: said["CF_XDR_LB"] != _CLASSES[_CITIZEN],
        "person": lambda said: said["CF_XDR_LB"] == _CLASSES[_CITIZEN],
        "fine": lambda said: KINDS[PenaltyKind.PENALTY_KIND_FINE] in _kinds_said(said),
        "confiscation": lambda said: not _named(CONFISCATIONS).isdisjoint(_kinds_said(said)),
        "licence": lambda said: not _named(_LICENCES).isdisjoint(_kinds_said(said)),
    }
)


def _named(kinds: Iterable[int]) -> frozenset[str]:
    return frozenset(KINDS[kind] for kind in kinds)


def _no_day(value: str, today: date) -> tuple[str, str] | None:
    try:
        datetime.strptime(value, "%Y/%m/%d")
    except ValueError:
        return "is no day; write it as 2026/05/06", "不是日期，应如2026/05/06"
    return None


def _no_day_past(value: str, today: date) -> tuple[str, str] | None:
    late = "lies in the future", "晚于今日"
    return _no_day(value, today) or (late if value > f"{today:%Y/%m/%d}" else None)


def _no_amount(value: str, today: date) -> tuple[str, str] | None:
    if _AMOUNT.fullmatch(value):
        return None
    return (
        "is no amount in 10,000 yuan with six decimals, as 2.000000",
        "不是以万元为单位、六位小数的金额，应如2.000000",
    )


def _no_class(value: str, today: date) -> tuple[str, str] | None:
    known = "、".join(_CLASSES.values())
    return None if value in _CLASSES.values() else (f"is none of {known}", f"应为{known}之一")


def _no_kinds(value: str, today: date) -> tuple[str, str] | None:
    unknown = [kind for kind in _BETWEEN.split(value) if kind not in KINDS.values()]
    if not unknown:
        return None
    return (
        f"names no kind of penalty of APL 9: {unknown[0]!r}",
        f"中的“{unknown[0]}”不是《行政处罚法》第九条的种类",
    )


_BETWEEN = re.compile("[;；]")
_AMOUNT = re.compile(r"[0-9]{1,12}\.[0-9]{6}")
_FORMS: Mapping[str, Callable[[str, date], tuple[str, str] | None]] = MappingProxyType(
    {
        "credit_code": lambda value, today: why_no_credit_code(value),
        "day": _no_day,
        "day_past": _no_day_past,
        "amount": _no_amount,
        "class": _no_class,
        "kinds": _no_kinds,
    }
)
_BLANK = ("CF_XDR_GSZC", "CF_XDR_ZZJG", "CF_XDR_SWDJ", "CF_XDR_SYDW", "CF_XDR_SHZZ", "CF_FR_ZJLX", "CF_FR_ZJHM",
          "CF_NR_ZKDX", "BZ")  # fmt: skip
"""What no case has: older numbers of the party, the representative's card, the licence that is taken away."""
_VALUES: Mapping[str, Callable[[Sent], str]] = MappingProxyType(
    {
        **dict.fromkeys(_BLANK, lambda s: ""),
        "CF_XDR_MC": lambda s: s.case.party.name,
        "CF_XDR_LB": lambda s: _CLASSES.get(s.case.party.kind, ""),
        "CF_XDR_SHXYM": _operator_code,
        "CF_FRDB": lambda s: s.case.party.legal_representative if s.case.party.kind == _ORGANISATION else "",
        "CF_XDR_ZJLX": lambda s: "身份证" if _person(s) and _by_id_card(s) else "",
        "CF_XDR_ZJHM": lambda s: s.number if _person(s) else "",
        "CF_WSH": lambda s: s.public.document_number,
        "CF_WFXW": lambda s: s.public.violation,
        "CF_SY": lambda s: s.public.facts or s.public.violation,
        "CF_YJ": lambda s: s.public.basis,
        "CF_CFLB": _kinds,
        "CF_NR": _content,
        "CF_NR_FK": lambda s: _ten_thousands(s.public.fine.fen),
        "CF_NR_WFFF": lambda s: _ten_thousands(s.public.confiscation.fen),
        "CF_JDRQ": lambda s: _day(moment_of(s.public.decide_time)),
        "CF_YXQ": lambda s: (
            _day(end) if (end := moment_at(s.case, "decision.penalty.until_time")) is not None else NO_END
        ),
        "CF_GSJZQ": lambda s: _day(moment_of(s.credit.until_time)) if s.credit is not None else "",
        **dict.fromkeys(("CF_CFJG", "CF_SJLY"), lambda s: s.agency),
        **dict.fromkeys(("CF_CFJGDM", "CF_SJLYDM"), lambda s: s.code),
    }
)
