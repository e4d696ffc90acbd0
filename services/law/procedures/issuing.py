"""What the law asks before a certificate is issued, and of its number."""

# ruff: noqa: E501
import re
from abc import abstractmethod
from datetime import date
from typing import Any

from yifa.registry.v1.certificate_pb2 import CERTIFICATE_KIND_ENFORCEMENT, CERTIFICATE_KIND_LEGAL_REVIEW
from yifa.registry.v1.qualification_pb2 import QualificationState as States

from services.law.procedure import Procedure
from services.law.procedures.officer import QualificationFacts, body_confirmed, permanent_staff, still_serving
from services.law.process import table
from services.law.rule import Facts, rule

EXAMINED = frozenset(
    {
        States.QUALIFICATION_STATE_EXAM_PASSED,
        States.QUALIFICATION_STATE_PUBLICISED,
        States.QUALIFICATION_STATE_CERTIFIED,
    }
)
"""The states of a qualification in which the exam is passed."""

# The day from which who reviews for the first time needs the exam of the legal profession: the amendment of 2017 (APL-2017 38(3)).
EXAM_ASKED = date(2018, 1, 1)
# 法律职业资格证书编号: the class, the year and ten digits.
_NUMBER = re.compile(r"[ABC](19|20)[0-9]{12}")


class IssueFacts(QualificationFacts):
    """What is asked before a certificate is issued."""

    @abstractmethod
    def kind(self) -> int:
        """The kind of certificate."""

    @abstractmethod
    def legal_qualification(self) -> str:
        """The number of the holder's certificate of the legal profession."""

    @abstractmethod
    def reviewing_since(self) -> date | None:
        """The day since which the holder has made legal reviews, where that is stated."""

    @abstractmethod
    def reviewing_proof(self) -> str:
        """The paper that shows it."""

    @abstractmethod
    def same_number(self) -> bool:
        """Whether somebody else in the registry has the same number of the legal profession."""

    @abstractmethod
    def of_kind(self) -> tuple[str, ...]:
        """The numbers of the officer's certificates of this kind that have not ended."""

    def in_force(self) -> tuple[str, ...]:
        """What stands against a second one. One for enforcement follows from the qualification, which is certified once."""
        return () if self.kind() == CERTIFICATE_KIND_ENFORCEMENT else self.of_kind()


class NumberFacts(Facts):
    """What is asked of the number of a new certificate."""

    @abstractmethod
    def number(self) -> str:
        """The next number; empty when the issuer's pattern has none left."""


@rule(
    "OFFICER_NOT_CERTIFIED",
    law="APL-2021:42(1);ASR-2025:17(2)",
    zh="未完成培训或者未通过执法资格考试，不得发放行政执法证；请先完成培训并考试合格。",
    en="Training or the exam for enforcement is not passed. Complete the training and pass the exam first.",
    guard="G-76",
)
def trained_and_examined(f: IssueFacts) -> bool:
    """A certificate to enforce or to supervise is issued only after training and a passed exam; who reviews passed another one."""
    return f.kind() == CERTIFICATE_KIND_LEGAL_REVIEW or f.qualification.state in EXAMINED


@rule(
    "LEGAL_QUALIFICATION_MISSING",
    law="APL-2021:58(2)",
    zh="初次从事法制审核的人员，应当通过国家统一法律职业资格考试取得法律职业资格；请填写本人的资格证书编号，"
    "或者2018年1月1日前已从事审核的起始日期和证明文件。",
    en="A certificate for legal review needs the holder's own number of the legal profession exam. Name it; or, for who reviewed "
    "before 2018-01-01, name since when and the paper that shows it.",
    guard="G-38",
)
def lawyer(f: IssueFacts) -> bool:
    """Who reviews decisions for the first time has passed the national legal profession exam; who did before it was asked shows that."""
    if f.kind() != CERTIFICATE_KIND_LEGAL_REVIEW:
        return True
    if number := f.legal_qualification().strip():
        return _NUMBER.fullmatch(number) is not None and not f.same_number()
    since = f.reviewing_since()
    return since is not None and since < EXAM_ASKED and bool(f.reviewing_proof().strip())


@rule(
    "CERTIFICATE_IN_FORCE",
    law="ASR-2025:17(2)",
    zh="该人员已持有同类有效证件，不得重复发证。",
    en="The officer holds a certificate of this kind that is in force. A second one is not issued.",
    tells=lambda f: {"certificate_numbers": ",".join(f.in_force())},
)
def none_in_force(f: Any) -> bool:
    """An officer holds one certificate of a kind at a time."""
    return not f.in_force()


@rule(
    "NUMBERS_EXHAUSTED",
    law="INTERNAL",
    zh="按照证件编号规则，该区域、单位已无可用编号。",
    en="The issuer's pattern has no number left for this area and body. Set another pattern of numbers.",
)
def number_left(f: NumberFacts) -> bool:
    """The issuer's pattern has room for the area, the body and one more number."""
    return bool(f.number())


# fmt: off
# The acts lead to no state of their own: they begin and end nowhere.
ISSUING_TABLE = table(
    "issuing",
    ("ISSUE_CERTIFICATE", "", "", "ASR-2025:17(2)", (trained_and_examined, body_confirmed, permanent_staff, still_serving, lawyer, none_in_force), "", ("发放证件", "Issue a certificate")),
    titles=("发证", "Issue of certificates"),
)
NUMBERING_TABLE = table(
    "numbering",
    ("ISSUE_CERTIFICATE", "", "", "ASR-2025:17(2)", (number_left,), "", ("发放证件", "Issue a certificate")),
    ("REISSUE_CERTIFICATE", "", "", "MOT-CERT:24", (number_left,), "", ("补发", "Issue anew")),
    titles=("证件编号", "Numbers of certificates"),
)
# fmt: on
ISSUING = Procedure("issuing", IssueFacts, ISSUING_TABLE)
NUMBERING = Procedure("numbering", NumberFacts, NUMBERING_TABLE)
