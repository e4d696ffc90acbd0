"""The facts of a published report: the record with what the act hands in, and what is counted now."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import report_pb2 as pb

from services.law.procedures.yearly_report import YearlyReportFacts, YearlyReportRecord
from services.law.process import Move
from services.law.rule import NotAsked, fact
from services.supervision.report.model import PublishedReport


def same(one: pb.Report, other: pb.Report) -> bool:
    """Whether two reports say the same in every line; when they were counted does not matter."""
    return list(one.columns) == list(other.columns) and list(one.lines) == list(other.lines)


class DoneReport(YearlyReportFacts):
    """The facts of an act that is done: `report` of the record is what is counted now. `look` is a transaction or a view."""

    def __init__(self, told: pb.PublishedReport, look: Any, _move: Move, request: Any = None) -> None:
        self.told, self.look, self.request, self.now = told, look, request, look.now
        self.record = YearlyReportRecord(told.year, told.address, getattr(request, "reason", ""))

    def at(self) -> datetime:
        return self.now

    def kept(self) -> pb.PublishedReport | None:
        row = self.look.find(PublishedReport, self.told.published_report_id)
        return pb.PublishedReport.FromString(row.record) if row is not None else None

    @fact
    def published(self) -> bool:
        return self.kept() is not None

    @fact
    def differs(self) -> bool:
        if self.request is None:
            raise NotAsked
        kept = self.kept()
        return kept is not None and not same(kept.report, self.told.report)
