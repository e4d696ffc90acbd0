"""What the city does with an act of an inspection, with the lists it draws from, and with visits that are none."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1.inspection_pb2 import INSPECTION_KIND_CLUE, Inspection

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_at, moment_of
from services.law.party_file import of_inspection, of_visit
from services.supervision.event.foreign import Foreign
from services.supervision.inspection.again import judge_neighbours
from services.supervision.inspection.judging import STATES, judge
from services.supervision.inspection.lateness import deadline_told
from services.supervision.inspection.model import DrawView, InspectionView, Inspector, ItemUse, WhiteListed
from services.supervision.inspection_code.issuing import answer
from services.supervision.party_file.model import FILES
from services.supervision.search.model import keep_words
from services.supervision.visit.model import VisitView

_NOT_COUNTED = ("PLANNED", "CALLED_OFF")


def on_inspection(event: Any, tx: Tx, about: Envelope) -> None:
    """An act of an inspection: the newest snapshot holds, whatever the order in which events come."""
    record = event.inspection
    view = tx.find(InspectionView, record.inspection_id)
    if record.node != about.node or (view is not None and view.node != about.node):
        raise Foreign(f"{about.node} speaks of inspection {record.inspection_id} of {record.node}")
    if view is None or record.version > view.version:
        view = project(tx, view, record, about)
    judge(tx, view)
    if isinstance(event, enforcement.InspectionCodeRequested):
        answer(tx, view)
    if isinstance(event, enforcement.InspectionBegun | enforcement.InspectionBegunUrgently):
        judge_neighbours(tx, view)
    deadline_told(tx, view, event)


def project(tx: Tx, view: InspectionView | None, record: Any, about: Envelope) -> InspectionView:
    """The row of an inspection as its snapshot says."""
    values = {
        "body_id": record.body_id,
        "body_name": record.body_name,
        "number": record.number,
        "state": record.state,
        "kind": record.kind,
        "enterprise_name": record.enterprise.name,
        "credit_code": record.enterprise.credit_code,
        "year": moment_of(record.planned_time).astimezone(SHANGHAI).year,
        "planned_time": moment_of(record.planned_time),
        "approve_time": moment_at(record, "approval.approve_time"),
        "check_in_time": moment_at(record, "check_in.check_in_time"),
        "notice_time": moment_at(record, "notice.serve_time"),
        "publish_time": moment_at(record, "publish_time"),
        "counted": record.kind != INSPECTION_KIND_CLUE and STATES.get(record.state) not in _NOT_COUNTED,
        "urgent": record.HasField("urgency"),
        "code": record.code.code,
        "update_time": moment_at(record, "update_time") or about.occur_time,
        "version": record.version,
        "record": record.SerializeToString(deterministic=True),
    }
    lay = of_inspection(Inspection.FromString(view.record)) if view is not None else None
    if view is None:
        view = tx.add(InspectionView.new(inspection_id=record.inspection_id, node=about.node, **values))
    else:
        for name, value in values.items():
            setattr(view, name, value)
    if (filed := of_inspection(record)) != lay:
        FILES.file(tx, filed)
    keep_words(tx, view.inspection_id, view.number, view.enterprise_name, view.credit_code)
    for officer in record.officers:
        key = f"{record.inspection_id}/{officer.officer_id}"
        if tx.find(Inspector, key) is None:
            named = {"inspection_id": record.inspection_id, "officer_id": officer.officer_id}
            tx.add(Inspector.new(key=key, **named))
    if view.check_in_time is not None:
        for item_id in record.item_ids:
            key = f"{record.inspection_id}/{item_id}"
            if tx.find(ItemUse, key) is None:
                tx.add(ItemUse.new(key=key, item_id=item_id, use_time=view.check_in_time))
    return view


def on_listed(event: enforcement.InspectionObjectListed, tx: Tx, about: Envelope) -> None:
    """How an enterprise stands in the list of a body of the department that tells of it."""
    told = event.inspection_object
    row = tx.find(WhiteListed, told.object_id)
    if told.node != about.node or (row is not None and row.node != about.node):
        raise Foreign(f"{about.node} speaks of the list of {told.node}")
    row = row or tx.add(WhiteListed.new(object_id=told.object_id, node=about.node, version=-1))
    if row.version < told.version:
        row.exempt_from, row.exempt_until = moment_at(told, "exempt_from"), moment_at(told, "exempt_until")
        row.version, row.list_time = told.version, moment_at(told, "update_time")


def on_draw(event: Any, tx: Tx, about: Envelope) -> None:
    """A draw was committed to, or made."""
    draw = event.inspection_draw
    row = tx.find(DrawView, draw.draw_id)
    if draw.node != about.node or (row is not None and row.node != about.node):
        raise Foreign(f"{about.node} speaks of a draw of {draw.node}")
    row = row or tx.add(DrawView.new(draw_id=draw.draw_id, node=about.node, version=-1, record=b""))
    if row.version < draw.version:
        row.version, row.record = draw.version, draw.SerializeToString(deterministic=True)


def on_visit(event: enforcement.VisitRecorded, tx: Tx, about: Envelope) -> None:
    """A visit that was no inspection."""
    visit = event.visit
    if visit.node != about.node:
        raise Foreign(f"{about.node} speaks of a visit of {visit.node}")
    FILES.file(tx, of_visit(visit))
    if tx.find(VisitView, visit.visit_id) is None:
        tx.add(
            VisitView.new(
                visit_id=visit.visit_id,
                node=about.node,
                credit_code=visit.enterprise.credit_code,
                visit_time=moment_of(visit.visit_time),
                record=visit.SerializeToString(deterministic=True),
            )
        )
