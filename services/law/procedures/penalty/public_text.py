"""What everybody may see of a penalty decision: which fields, in which form, and what is hidden in running text (APL 50; OGI 15;
GBF-118 (6); SAMR-PUBLICITY 4, 6; GD-PUBLICITY 13, 14). The text is computed from the case; nobody types it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import NamedTuple

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.party_pb2 import PartyKind
from yifa.enforcement.v1.penalty_pb2 import PenaltyKind
from yifa.enforcement.v1.publication_pb2 import PublicDecision, Redaction

from services.law.calendar import SHANGHAI
from services.law.identity import why_no_credit_code
from services.law.moment import moment_of
from services.law.procedures.penalty.amounts import yuan

HIDDEN = "＊＊＊"
NOBODY = "当事人"
PARTIES: Mapping[int, str] = MappingProxyType(
    {
        PartyKind.PARTY_KIND_CITIZEN: "自然人",
        PartyKind.PARTY_KIND_ORGANISATION: "法人或者非法人组织",
        PartyKind.PARTY_KIND_SOLE_TRADER: "个体工商户",
    }
)
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
_TWO_SIGNS = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 夏侯 端木 南宫 长孙 宇文 轩辕 百里 呼延 闻人 澹台".split()  # noqa: SIM905
)


class Hide(NamedTuple):
    """What of a person is hidden in running text wherever it stands (GD-PUBLICITY 14(1)[2], [3])."""

    what: str
    pattern: re.Pattern[str]
    instead: str


_END = r"[^，。；;,\n）)]"
HIDES = (
    Hide("身份证号码", re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])"), HIDDEN),
    Hide("银行账号", re.compile(r"(?<![\dA-Za-z])\d{16,19}(?![\dA-Za-z])"), HIDDEN),
    Hide("银行账号", re.compile(r"((?:银行)?(?:账|帐|卡)号(?:码)?(?:为|是)?[:：]?)\s*[\d \-]{8,}"), rf"\1{HIDDEN}"),
    Hide("电话号码", re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"), HIDDEN),
    Hide("电话号码", re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"), HIDDEN),
    Hide("电子邮箱", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII), HIDDEN),
    Hide("出生日期", re.compile(r"(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?(?=出生|生(?!产|效|活))"), HIDDEN),
    Hide("出生日期", re.compile(r"((?:出生日期|出生年月|生日)(?:为|是)?[:：]?)\s*[\d年月日./-]+"), rf"\1{HIDDEN}"),
    Hide(
        "住址",
        re.compile(
            rf"((?:家庭|现|户籍|居)?住址(?:为|是|在)?[:：]?|户籍地(?:址)?(?:为|是)?[:：]?|家住|现住){_END}+"
        ),
        rf"\1{HIDDEN}",
    ),
    Hide(
        "权属证书编号",
        re.compile(
            r"((?:不动产权|房产证|房地产权|车牌|行驶证)(?:证书)?(?:编?号(?:码)?|第)(?:为|是)?[:：]?)[\w（）()〔〕]+"
        ),
        rf"\1{HIDDEN}",
    ),
)  # fmt: skip


def masked_name(name: str) -> str:
    """The name of a natural person as it is shown: the family name, and 某 for each further sign."""
    family = 2 if name[:2] in _TWO_SIGNS and len(name) > 2 else 1
    return name[:family] + "某" * min(2, max(1, len(name) - family))


def is_natural(case: Case, number: str) -> bool:
    """Whether the party is shown as a natural person: one who trades under a personal number is, too."""
    if case.party.kind == PartyKind.PARTY_KIND_SOLE_TRADER:
        return not number or why_no_credit_code(number) is not None
    return case.party.kind != PartyKind.PARTY_KIND_ORGANISATION


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
    decision, natural = case.decision, is_natural(case, number)
    name = (masked_name(case.party.name) if natural else case.party.name) if named else ""
    hidden = tuple(redactions)

    def clean(text: str) -> str:
        return _clean(text, case, number, name or NOBODY, hidden)

    basis = "；".join(dict.fromkeys(filter(None, (case.violation.law, case.notice.basis))))
    shown = PublicDecision(
        document_number=decision.document_number,
        body_name=case.body_name,
        party_kind=case.party.kind,
        party_name=name,
        party_code="" if natural or not named else number.strip(),
        violation=clean(case.violation.title),
        facts=clean(case.notice.facts),
        basis=clean(basis),
        kinds=decision.penalty.kinds,
        fine=decision.penalty.fine if decision.penalty.fine.fen else None,
        confiscation=decision.penalty.confiscation if decision.penalty.confiscation.fen else None,
        decide_time=decision.decide_time,
    )
    lines = ((each.label, each.said(shown)) for each in LINES)
    shown.text = "\n".join(f"{label}：{said}" for label, said in lines if said)
    shown.sha256 = sha256(shown.text.encode()).digest()
    return shown


def _clean(text: str, case: Case, number: str, name: str, hidden: tuple[Redaction, ...]) -> str:
    """Running text without what is kept back: passages named, the party as it is not shown, what is a person's."""
    for redaction in hidden:
        text = text.replace(redaction.passage, HIDDEN)
    if name != case.party.name and case.party.name:
        text = text.replace(case.party.name, name)
        if number:
            text = text.replace(number, HIDDEN)
    code = number if name == case.party.name else ""
    parts = re.split(f"({re.escape(code)})", text) if code else [text]
    return "".join(part if code and part == code else _hide(part) for part in parts)


def _hide(text: str) -> str:
    for hide in HIDES:
        text = hide.pattern.sub(hide.instead, text)
    return text


def missing(redactions: Iterable[Redaction], case: Case) -> list[int]:
    """The places of those passages that stand nowhere in what would be public."""
    whole = "\n".join((case.violation.title, case.notice.facts, case.violation.law, case.notice.basis))
    return [n for n, redaction in enumerate(redactions) if redaction.passage not in whole]
