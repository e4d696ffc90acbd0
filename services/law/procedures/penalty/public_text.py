"""What everybody may see of a penalty decision: which fields, in which form, and what is hidden in running text (APL 50; OGI 15;
GBF-118 (6); SAMR-PUBLICITY 4, 6; GD-PUBLICITY 13, 14). The text is computed from the case; nobody types it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.penalty_pb2 import PenaltyKind
from yifa.enforcement.v1.publication_pb2 import PUBLIC_KIND_PENALTY, PublicDecision, Redaction

from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedures.penalty.amounts import yuan
from services.law.procedures.public_text import HIDDEN, NOBODY, PARTIES, hide, put_text, shown_name

KINDS: Mapping[int, str] = MappingProxyType(
    {
        PenaltyKind.PENALTY_KIND_WARNING: "警告",
        PenaltyKind.PENALTY_KIND_CIRCULATED_CRITICISM: "通报批评",
        PenaltyKind.PENALTY_KIND_FINE: "罚款",
        PenaltyKind.PENALTY_KIND_CONFISCATION_OF_GAINS: "没收违法所得",
        PenaltyKind.PENALTY_KIND_CONFISCATION_OF_PROPERTY: "没收非法财物",
        PenaltyKind.PENALTY_KIND_SUSPENSION_OF_LICENCE: "暂扣许可证件",
        PenaltyKind.PENALTY_KIND_LOWERING_OF_GRADE: "降低资质等级",
        PenaltyKind.PENALTY_KIND_REVOCATION_OF_LICENCE: "吊销许可证件",
        PenaltyKind.PENALTY_KIND_RESTRICTION_OF_OPERATION: "限制开展生产经营活动",
        PenaltyKind.PENALTY_KIND_SUSPENSION_OF_OPERATION: "责令停产停业",
        PenaltyKind.PENALTY_KIND_CLOSURE: "责令关闭",
        PenaltyKind.PENALTY_KIND_RESTRICTION_OF_OCCUPATION: "限制从业",
    }
)
"""The kinds of APL 9, as the penalty table of the credit platforms writes them too."""


class Shown(NamedTuple):
    """A line of the public text: its label, and the field of the decision with its form."""

    label: str
    said: Callable[[PublicDecision], str]


def _sum(fen: int) -> str:
    return f"{yuan(fen)}元" if fen else ""


LINES = (
    Shown("行政处罚决定书文号", lambda d: d.document_number),
    Shown("案件名称", lambda d: d.violation),
    Shown("当事人类型", lambda d: PARTIES.get(d.party_kind, "")),
    Shown("当事人", lambda d: d.party_name),
    Shown("统一社会信用代码", lambda d: d.party_code),
    Shown("违法事实", lambda d: d.facts),
    Shown("法律依据", lambda d: d.basis),
    Shown("处罚种类", lambda d: "、".join(KINDS[kind] for kind in d.kinds if kind in KINDS)),
    Shown("罚款金额", lambda d: _sum(d.fine.fen)),
    Shown("没收金额", lambda d: _sum(d.confiscation.fen)),
    Shown("作出决定的行政机关", lambda d: d.body_name),
    Shown("作出决定的日期", lambda d: f"{moment_of(d.decide_time).astimezone(SHANGHAI):%Y-%m-%d}"),
)
"""GD-PUBLICITY 13 and SAMR-PUBLICITY 4(3), in that order; a line without content is left out."""


def public_decision(
    case: Case, number: str, *, named: bool, redactions: Iterable[Redaction] = ()
) -> PublicDecision:
    """What is public of a decided case. `number` is the party's whole number; with `named`, the rules name parties here."""
    decision = case.decision
    name, code = shown_name(case.party, number) if named else ("", "")
    hidden = tuple(redactions)
    basis = "；".join(dict.fromkeys(filter(None, (case.violation.law, case.notice.basis))))
    shown = PublicDecision(
        kind=PUBLIC_KIND_PENALTY,
        document_number=decision.document_number,
        body_name=case.body_name,
        party_kind=case.party.kind,
        party_name=name,
        party_code=code,
        violation=clean(case.violation.title, case, number, name, hidden),
        facts=clean(case.notice.facts, case, number, name, hidden),
        basis=clean(basis, case, number, name, hidden),
        kinds=decision.penalty.kinds,
        fine=decision.penalty.fine if decision.penalty.fine.fen else None,
        confiscation=decision.penalty.confiscation if decision.penalty.confiscation.fen else None,
        decide_time=decision.decide_time,
    )
    return put_text(shown, ((each.label, each.said(shown)) for each in LINES))


def clean(text: str, case: Case, number: str, name: str, hidden: Iterable[Redaction]) -> str:
    """Running text about a case without what is kept back: passages named, the party as it is not shown, what is a person's.
    `name` is that by which the party is shown, empty where it is not named.
    """
    for redaction in hidden:
        text = text.replace(redaction.passage, HIDDEN)
    if name != case.party.name and case.party.name:
        text = text.replace(case.party.name, name or NOBODY)
        if number:
            text = text.replace(number, HIDDEN)
    code = number if name == case.party.name else ""
    parts = re.split(f"({re.escape(code)})", text) if code else [text]
    return "".join(part if code and part == code else hide(part) for part in parts)


def missing(redactions: Iterable[Redaction], case: Case) -> list[int]:
    """The places of those passages that stand nowhere in what would be public."""
    whole = "\n".join((case.violation.title, case.notice.facts, case.violation.law, case.notice.basis))
    return [n for n, redaction in enumerate(redactions) if redaction.passage not in whole]
