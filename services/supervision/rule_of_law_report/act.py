"""The acts of a report: bound to its procedure, its table, its clocks and its facts."""

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from yifa.supervision.v1 import rule_of_law_report_pb2 as pb

from services.kit.tx import Tx
from services.law.moment import moment_at
from services.law.procedures.rule_of_law_report import PUBLISH_BY, RULE_OF_LAW_REPORT, SUBMIT_BY, YEARLY
from services.supervision.deadline.model import Clock
from services.supervision.rule_of_law_report.facts import Reporting
from services.supervision.rule_of_law_report.model import RuleOfLawReport
from services.supervision.told_unit import ToldUnit
from services.supervision.warning.own_clock import look_at_own

PREFIX = "RL-"
TERMS = (SUBMIT_BY, PUBLISH_BY, YEARLY)
_STATES = {n: name.removeprefix("RULE_OF_LAW_REPORT_STATE_") for name, n in pb.RuleOfLawReportState.items()}


def report_id(body_id: str, year: int) -> str:
    """The id of the report of a body, or of the government, on a year: always the same, so that there is one."""
    return f"{PREFIX}{uuid5(NAMESPACE_OID, f'rule_of_law_report/{body_id}/{year}')}"


def columns(report: pb.RuleOfLawReport) -> dict[str, Any]:
    return {
        "year": report.year,
        "state": _STATES[report.state],
        "node": report.node,
        "body_id": report.body_id,
        "publish_time": moment_at(report, "publish_time"),
        "version": report.version,
    }


def judge(tx: Tx, report_id: str, *, again: bool = False) -> None:
    """Bring the warnings about the terms of a report in line (EW-02)."""
    row = tx.get(RuleOfLawReport, report_id)
    for clock_id in TERMS:
        look_at_own(tx, row, clock_id, row.node, again=again)


def then(tx: Tx, record: Any, _event: Any) -> None:
    """The early warnings look at its terms."""
    judge(tx, record.report_id)


act = ToldUnit(
    row=RuleOfLawReport,
    record=pb.RuleOfLawReport,
    key="report_id",
    procedure=RULE_OF_LAW_REPORT,
    facts=Reporting,
    columns=columns,
    clocks=Clock,
    tags=("report_id",),
    then=then,
)
