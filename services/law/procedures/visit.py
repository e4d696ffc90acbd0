"""Visits to enterprises that are no inspection: recorded as such, so that none passes for one, nor one for them."""

from abc import abstractmethod
from datetime import datetime

from services.law.procedure import Procedure
from services.law.procedures.penalty.body import may_enforce
from services.law.procedures.penalty.facts import Body
from services.law.procedures.shared import not_in_future, under
from services.law.process import table
from services.law.rule import Facts, rule

LAW = "GBF-2024-54"


class VisitFacts(Facts):
    """The node's own time, and the body that visits."""

    now: datetime
    node: str

    @abstractmethod
    def own_body(self) -> Body | None:
        """The body as it was announced, None for an unknown one."""

    @abstractmethod
    def inspecting(self) -> bool:
        """Whether the body inspects the enterprise at that time: then it is no other visit."""


@rule(
    "SUBJECT_NOT_QUALIFIED",
    law=LAW,
    zh="该机构不是本部门经确认公布的执法主体。",
    en="The body is not one of this department that is confirmed and announced. Name one that is.",
)
def visiting_body_known(f: VisitFacts) -> bool:
    """A visit is of a body of this department."""
    return may_enforce(f.own_body(), f.node, f.now, f.at())


@rule(
    "VISIT_IS_INSPECTION",
    guard="G-65",
    law=LAW,
    zh="正在对该企业实施检查，不得以其他名义入企。",
    en="The body is inspecting the enterprise at that time. What is done there belongs into the record of the inspection.",
)
def no_inspection_meanwhile(f: VisitFacts) -> bool:
    """No inspection goes by another name."""
    return f.inspecting() is False


TABLE = table(
    "visit",
    ("RECORD_VISIT", "", "RECORDED", LAW, (under(not_in_future, LAW), visiting_body_known, no_inspection_meanwhile),
     "HANDLING_OFFICER UNIT_HEAD CLERK", ("登记入企活动（非检查）", "Record a visit"), "yifa.enforcement.v1.VisitRecorded"),
    titles=("入企活动（非检查）", "Visit that is no inspection"),
)  # fmt: skip
VISIT = Procedure("visit", VisitFacts, TABLE)
