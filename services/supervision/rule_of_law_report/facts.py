"""The facts of a report: the record with what the act hands in, and what the city knows of its maker."""

from datetime import datetime
from typing import Any

from yifa.registry.v1 import body_pb2
from yifa.supervision.v1 import rule_of_law_report_pb2 as pb

from services.law.calendar import SHANGHAI
from services.law.fine_target import sets_target
from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.rule_of_law_report import (
    Maker,
    Recipient,
    RuleOfLawReportFacts,
    RuleOfLawReportRecord,
)
from services.law.process import Move
from services.law.rule import fact
from services.supervision.body.model import Body
from services.supervision.complaint.facts import word
from services.supervision.normative_document.maker import acts_for
from services.supervision.rule_of_law_report.model import BOOK, ReportedYear, RuleOfLawReport


def year_end(year: int) -> datetime:
    """The moment at which a year is over."""
    return datetime(year + 1, 1, 1, tzinfo=SHANGHAI)


def stood(body: Any, at: datetime) -> bool:
    """Whether a body, a row or the same columns of a select, is a department that stood at a moment: townships and authorised
    organisations report to theirs (RLG 23).
    """
    known = body.kind == body_pb2.BODY_KIND_AGENCY and body.from_time is not None and body.from_time < at
    return bool(known and body.confirmed and (body.until_time is None or body.until_time >= at))


def record_of(report: pb.RuleOfLawReport, request: Any) -> RuleOfLawReportRecord:
    text = report.text
    return RuleOfLawReportRecord(
        year=report.year,
        maker=Maker.DEPARTMENT if report.body_id else Maker.GOVERNMENT,
        document=report.document_number,
        measures=text.measures,
        shortcomings=text.shortcomings,
        first_responsible=text.first_responsible,
        corrections=text.corrections,
        plans=text.plans,
        recipients=frozenset(
            word(pb.ReportRecipient, each, "REPORT_RECIPIENT_", Recipient)
            for each in report.recipients
            if each
        ),
        address=report.address,
        submit_time=moment_at(report, "submit_time"),
        publish_time=moment_at(report, "publish_time"),
        reasons=str(getattr(request, "reasons", "")),
    )


@whole
class Reporting(RuleOfLawReportFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, report: pb.RuleOfLawReport, look: Any, move: Move, request: Any = None) -> None:
        self.report, self.look, self.now, self.move = report, look, look.now, move
        self.record = record_of(report, request)

    def at(self) -> datetime:
        """A report is due from the end of its year on, whenever that was noticed."""
        return year_end(self.report.year) if self.move.act == "BEGIN" else self.now

    def fine_target(self) -> bool:
        return bool(sets_target(self.record.plans))

    @fact
    def stood(self) -> bool:
        if not self.report.body_id:
            return True
        body = self.look.find(Body, self.report.body_id)
        return body is not None and stood(body, year_end(self.report.year))

    @fact
    def begun(self) -> bool:
        return self.look.find(RuleOfLawReport, self.report.report_id) is not None

    @fact
    def before_book(self) -> bool:
        book = self.look.find(ReportedYear, BOOK)
        return book is not None and self.report.year <= book.year

    def year_end(self) -> datetime:
        return year_end(self.report.year)

    def of_maker(self) -> bool:
        return acts_for(self.look, self.report.body_id)

    @fact
    def gone(self) -> bool:
        """The government is always there."""
        body = self.look.find(Body, self.report.body_id) if self.report.body_id else None
        return body is not None and body.until_time is not None and bool(body.until_time <= self.now)
