"""The facts of a request for help at a department: the record with what the act hands in, and what its own replicas say."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import assistance_pb2 as pb
from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.body.model import Body, PowerItem
from services.enforcement.case.model import Case
from services.enforcement.deadline.model import Clock
from services.enforcement.measure.facts import INQUIRED_INTO
from services.kit.clocks import term_end
from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.assistance import AssistanceFacts, AssistanceRecord
from services.law.procedures.penalty.body import during, may_enforce
from services.law.process import Move

TERM = "PEN-26"


@whole
class Asked(AssistanceFacts):
    """An act about a request. `look` is a transaction or a view."""

    def __init__(self, record: pb.Assistance, look: Any, _move: Move, _request: Any = None) -> None:
        self.assistance, self.look, self.now = record, look, look.now
        self.record = AssistanceRecord(
            subject=record.subject,
            reason=record.reason,
            item_id=record.item_id,
            wanted_time=moment_at(record, "wanted_time"),
            answer=record.answer,
            delay_tell_time=moment_at(record, "delay_tell_time"),
            delay_reason=record.delay_reason,
            decline_reason=record.decline_reason,
            free_to_decline=not record.ruling.help,
        )

    def at(self) -> datetime:
        return self.now

    def sector(self) -> str:
        return self.assistance.sector

    def own_powers(self) -> bool:
        asked = self.assistance
        item = self.look.find(PowerItem, asked.item_id)
        if item is None or item.body_id != asked.to_body_id or item.from_time is None:
            return False
        return during(item.from_time, item.until_time, self.at())

    def may_help(self) -> bool:
        asked = self.assistance
        body = self.look.find(Body, asked.to_body_id)
        return (
            body is not None
            and asked.to_body_id != asked.body_id
            and may_enforce(body, body.node, self.now, self.at())
        )

    def case_open(self) -> bool:
        row = self.look.find(Case, self.assistance.case_id)
        return row is not None and cases.CaseState.Name(cases.Case.FromString(row.record).state).removeprefix(
            "CASE_STATE_"
        ) in (INQUIRED_INTO)

    def asking(self) -> bool:
        return bool(self.look.node == self.assistance.node)

    def asked(self) -> bool:
        return bool(self.look.node == self.assistance.to_node)

    def term_end(self) -> datetime | None:
        row = self.look.find(Clock, f"{self.assistance.assistance_id}/{TERM}")
        return None if row is None else term_end(self.look.parameters, row, self.look.calendar, self.now)
