"""What of persons is shown in public and what is hidden, whatever was decided (APL 50; ALIC 5(2); OGI 15; GBF-118 (6)).

The text of what is public is computed from the record; nobody types it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import NamedTuple

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1.party_pb2 import Party, PartyKind
from yifa.enforcement.v1.publication_pb2 import PublicDecision

from services.law.identity import born_on, why_no_credit_code

OF_AGE = 18
HIDDEN = "＊＊＊"
NOBODY = "当事人"
PARTIES: Mapping[int, str] = MappingProxyType(
    {
        PartyKind.PARTY_KIND_CITIZEN: "自然人",
        PartyKind.PARTY_KIND_ORGANISATION: "法人或者非法人组织",
        PartyKind.PARTY_KIND_SOLE_TRADER: "个体工商户",
    }
)
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


def natural(party: Party, number: str) -> bool:
    """Whether a party is shown as a natural person: one who trades under a personal number is, too."""
    if party.kind == PartyKind.PARTY_KIND_SOLE_TRADER:
        return not number or why_no_credit_code(number) is not None
    return party.kind != PartyKind.PARTY_KIND_ORGANISATION


def shown_name(party: Party, number: str) -> tuple[str, str]:
    """The name and the code by which a party is shown in public; a person is masked, and its number never shown. Of a case that
    came from another department the number is masked here, and the code is not.
    """
    known = party.credit_code or number.strip()
    return (masked_name(party.name), "") if natural(party, known) else (party.name, known)


def under_age(born: date, on: date) -> bool:
    """Whether somebody who was born on a day was not yet eighteen on another."""
    return (on.year - born.year) - ((on.month, on.day) < (born.month, born.day)) < OF_AGE


def birth_of(party: Party, number: str) -> date | None:
    """When a person was born: by the whole number or, where that does not tell, by what was said; None where nothing does."""
    if (born := born_on(number)) is not None:
        return born
    try:
        return date.fromisoformat(party.birth_date)
    except ValueError:
        return None


def hide(text: str) -> str:
    """A running text without what is a person's."""
    for each in HIDES:
        text = each.pattern.sub(each.instead, text)
    return text


def put_text(shown: PublicDecision, lines: Iterable[tuple[str, str]]) -> PublicDecision:
    """Write down what is public as its text, a line for each label that says something, and the digest of that."""
    shown.text = "\n".join(f"{label}：{said}" for label, said in lines if said)
    shown.sha256 = sha256(shown.text.encode()).digest()
    return shown


def withdrawn(left: PublicDecision, explanation: str, at: Timestamp) -> PublicDecision:
    """Of what is public no more the number of the decision and the body are left, with why (GBF-118 (6))."""
    left.explanation = explanation
    left.withdraw_time.CopyFrom(at)
    return left
