"""Giving an inspection its code, or saying why not: by the rules of its procedure, and what the city knows itself."""

from datetime import datetime, timedelta

from sqlmodel import select
from yifa.enforcement.v1 import inspection_pb2 as pb
from yifa.enforcement.v1.case_pb2 import Breach
from yifa.supervision.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.checkcode import checked
from services.law.moment import moment_of, put_moment
from services.law.procedures.inspection import TABLE
from services.law.rule import told
from services.supervision.body.model import Body
from services.supervision.inspection.facts import SeenInspection
from services.supervision.inspection.judging import STATES, broken_rules
from services.supervision.inspection.model import InspectionView
from services.supervision.inspection_code.model import CodeSeries, InspectionCode
from services.supervision.warning.runner import address

ACT = "REQUEST_INSPECTION_CODE"
WAITS = pb.INSPECTION_STATE_CODE_ASKED


def answer(tx: Tx, view: InspectionView) -> None:
    """Answer the department that asked for a code; nothing where it waits for none any more."""
    record = view.inspection()
    urgent = record.HasField("urgency") and TABLE.move("TAKE_CODE", STATES[record.state]) is not None
    if record.code.code or not (record.state == WAITS or urgent):
        return
    given = tx.query(select(InspectionCode).where(InspectionCode.inspection_id == record.inspection_id))
    reasons = [] if given else against(tx, record)
    if reasons:
        event = events.InspectionCodeWithheld(
            inspection_id=record.inspection_id,
            node=record.node,
            enterprise_name=record.enterprise.name,
            reasons=reasons,
        )
        tx.emit(event, subject=record.inspection_id, to=address(tx, record.node))
        return
    row = given[0] if given else issue(tx, record)
    issued = events.InspectionCodeIssued(
        inspection_id=record.inspection_id,
        node=record.node,
        enterprise_name=record.enterprise.name,
        code=pb.InspectionCode.FromString(row.record),
    )
    tx.emit(issued, subject=record.inspection_id, to=address(tx, record.node))


def against(tx: Tx, record: pb.Inspection) -> list[Breach]:
    """What stands against giving a code: what is broken, and what the city cannot know, which never passes for kept."""
    move = TABLE.move(ACT, "APPROVED")
    assert move is not None
    facts = SeenInspection(tx, record, move)
    found = []
    for rule, why in broken_rules(facts, move.blocking):
        breach = Breach(
            act=move.method,
            reason=rule.reason,
            law=tx.parameters.cited(rule.law, record.sector, rule.name),
            text_zh=rule.says_zh,
            text_en=rule.says if not why else f"{rule.says} ({why})",
            figures=told([rule], facts),
        )
        put_moment(breach.act_time, facts.at())
        found.append(breach)
    return found


def issue(tx: Tx, record: pb.Inspection) -> InspectionCode:
    """A new code, good about the day that is planned; for what began without one, from the day on which it began."""
    begun = record.check_in.HasField("check_in_time")
    day = moment_of(record.check_in.check_in_time if begun else record.planned_time).astimezone(SHANGHAI)
    begin = day.replace(hour=0, minute=0, second=0, microsecond=0)
    days = tx.parameters.value("inspection.code.days", day.date(), record.sector).value
    code = pb.InspectionCode(code=next_code(tx, record.body_id, tx.now), afterwards=begun)
    put_moment(code.issue_time, tx.now)
    put_moment(code.valid_from, begin)
    put_moment(code.valid_until, begin + timedelta(days=days))
    return tx.add(
        InspectionCode.new(
            code=code.code,
            inspection_id=record.inspection_id,
            node=record.node,
            valid_from=begin,
            valid_until=begin + timedelta(days=days),
            record=code.SerializeToString(deterministic=True),
        )
    )


def next_code(tx: Tx, body_id: str, at: datetime) -> str:
    """Area of the body, day, number of the day, and a check character: 4407002603020001X."""
    body = tx.find(Body, body_id)
    area = (body.area_code if body else "") or "000000"
    series = f"{area}{at.astimezone(SHANGHAI):%y%m%d}"
    row = tx.find(CodeSeries, series) or tx.add(CodeSeries.new(series=series, last=0))
    row.last += 1
    return checked(f"{series}{row.last:04d}")
