"""Disputes over who handles a case, agreed on or decided by the common superior."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule


@dataclass(frozen=True)
class DisputeRecord:
    """The record of a dispute, with what the act hands in."""

    dispute_id: str = ""
    case_id: str = ""
    other_case_id: str = ""
    agreed_case_id: str = ""
    """The case that goes on, as the agencies agreed."""
    yielding_case_id: str = ""
    """The case that does not go on, as the superior designates."""


class DisputeFacts(Facts):
    """The record of a dispute with what the act hands in (`record`), and the node's own time."""

    record: DisputeRecord
    now: datetime

    @abstractmethod
    def first_case_id(self) -> str:
        """The case of the competent agency that filed first."""

    @abstractmethod
    def yielding_decided(self) -> bool:
        """Whether the case that would not go on has been decided already."""


@rule(
    "JURISDICTION_CONFLICT",
    guard="G-04",
    law="APL-2021:25(1)",
    zh="两个以上行政机关都有管辖权的，由最先立案的行政机关管辖。",
    en="The case agreed on is not that of the agency that filed first. Agree on that one, or refer the dispute.",
)
def first_to_file(f: DisputeFacts) -> bool:
    """Of several competent agencies the first to file handles the case (APL 25(1))."""
    agreed = f.record.agreed_case_id
    return bool(agreed) and agreed == f.first_case_id()


@rule(
    "CASE_DECIDED",
    law="APL-2021:25",
    zh="另一方已作出处罚决定，不得再指定其案件移送。",
    en="The other department has decided its case already. Designate that one, or leave both as they are.",
    tells=lambda f: {"dispute_id": f.record.dispute_id, "case_id": f.record.yielding_case_id},
)
def may_yield(f: DisputeFacts) -> bool:
    """A case that was decided already is not taken from the department that decided it."""
    return f.yielding_decided() is False


# fmt: off
TABLE = table(
    "jurisdiction",
    ("DISPUTE", "", "DISPUTED", "APL-2021:25(2)", (),
     "AGENCY", ("发生管辖争议", "Dispute"), "jurisdiction.disputed"),
    ("AGREE", "DISPUTED REFERRED", "SETTLED", "APL-2021:25", (first_to_file,),
     "AGENCY", ("协商一致", "Agree"),
     "case.yielded transfer.acknowledged"),
    ("REFER", "DISPUTED", "REFERRED", "APL-2021:25(2)", (),
     "AGENCY", ("报请指定管辖", "Refer to the common superior"), "jurisdiction.referred"),
    ("DESIGNATE", "DISPUTED REFERRED", "DESIGNATED", "APL-2021:25(2);SAMR-2022:16", (may_yield,),
     "SUPERIOR_AGENCY", ("指定管辖", "Designate"), "jurisdiction.designated"),
    titles=("管辖争议", "Dispute over jurisdiction"),
    ends="SETTLED DESIGNATED",
)
# fmt: on
JURISDICTION = Procedure("jurisdiction", DisputeFacts, TABLE)
