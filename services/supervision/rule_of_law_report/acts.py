"""Yearly reports on rule-of-law government: handed in, made public, or not asked of who is there no more (RLG 23-25)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import rule_of_law_report_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.rule_of_law_report import RULE_OF_LAW_REPORT as REPORT
from services.supervision.body.model import Body
from services.supervision.rule_of_law_report.act import act, report_id


def _entered(request: pb.EnterRuleOfLawReportRequest, tx: Tx) -> pb.RuleOfLawReport:
    """As it was handed in on paper."""
    body = tx.find(Body, request.body_id) if request.body_id else None
    name = (
        tx.parameters.numbering().government if not request.body_id else body.name if body is not None else ""
    )
    report = pb.RuleOfLawReport(
        report_id=report_id(request.body_id, request.year),
        year=request.year,
        body_id=request.body_id,
        body_name=name,
        node=tx.city if not request.body_id else body.node if body is not None else "",
        address=request.address,
        enterer=tx.caller.subject,
    )
    _said(request, report, tx)
    for when in ("submit_time", "publish_time"):
        if request.HasField(when):  # type: ignore[arg-type]
            getattr(report, when).CopyFrom(getattr(request, when))
    return report


@act(REPORT.ENTER, begins=_entered, loads=((Body, "body_id"),))
def enter_rule_of_law_report(
    _request: pb.EnterRuleOfLawReportRequest, _report: pb.RuleOfLawReport, _do: Do
) -> events.RuleOfLawReportEntered:
    """Enter the report on a year before this book, as it was handed in and made public (RLG 23, 24)."""
    return events.RuleOfLawReportEntered()


def _said(request: Any, report: pb.RuleOfLawReport, _tx: Tx) -> None:
    report.document_number = request.document_number.strip()
    report.text.CopyFrom(request.text)
    report.recipients[:] = dict.fromkeys(request.recipients)


@act(REPORT.SUBMIT, takes=_said)
def submit_rule_of_law_report(
    _request: pb.SubmitRuleOfLawReportRequest, report: pb.RuleOfLawReport, do: Do
) -> events.RuleOfLawReportSubmitted:
    """Hand the report in (RLG 23). Stops PUB-07 and ACC-04."""
    report.submitter = do.caller
    put_moment(report.submit_time, do.now)
    return events.RuleOfLawReportSubmitted()


def _where(request: pb.PublishRuleOfLawReportRequest, report: pb.RuleOfLawReport, _tx: Tx) -> None:
    report.address = request.address


@act(REPORT.PUBLISH, takes=_where)
def publish_rule_of_law_report(
    _request: pb.PublishRuleOfLawReportRequest, report: pb.RuleOfLawReport, do: Do
) -> events.RuleOfLawReportPublished:
    """Say where the report is public (RLG 24). Stops PUB-08."""
    report.publisher = do.caller
    put_moment(report.publish_time, do.now)
    return events.RuleOfLawReportPublished()


@act(REPORT.RELEASE)
def release_rule_of_law_report(
    request: pb.ReleaseRuleOfLawReportRequest, report: pb.RuleOfLawReport, do: Do
) -> events.RuleOfLawReportReleased:
    """Say that who had to report is there no more. Stops all its terms."""
    report.release_reasons, report.releaser = request.reasons, do.caller
    put_moment(report.release_time, do.now)
    return events.RuleOfLawReportReleased()
