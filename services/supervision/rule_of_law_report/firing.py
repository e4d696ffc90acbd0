"""The terms of a report (PUB-07, PUB-08, ACC-04): who has to report is told before one ends, and once it has."""

from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.supervision.deadline.model import Clock
from services.supervision.rule_of_law_report.act import act, judge
from services.supervision.rule_of_law_report.model import RuleOfLawReport


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end, or ended."""
    passed = stage.what == "passed"
    _remind(tx, stage.row, passed=passed)
    if passed and stage.at > stage.row.due_time:
        judge(tx, stage.row.subject, again=True)


def recounted(tx: Tx, row: Clock, _old_due_time: datetime) -> None:
    """A term was counted anew, by corrected law."""
    _remind(tx, row, passed=False)


def _remind(tx: Tx, row: Clock, *, passed: bool) -> None:
    kept = tx.get(RuleOfLawReport, row.subject)
    record = kept.report()
    show_deadlines(record, [row])
    act.write(
        tx, record, events.RuleOfLawReportReminded(deadline=deadline_proto(row), passed=passed), row=kept
    )
