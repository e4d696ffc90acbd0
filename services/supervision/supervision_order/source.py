"""What a supervision matter may be opened from, and whether it is there (ASR 20(2), 21, 22, CITY-ERS 8(9))."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import supervision_order_pb2 as pb
from yifa.supervision.v1 import supervision_plan_pb2 as plans

from services.law.calendar import SHANGHAI
from services.law.procedures.supervision_order import TABLE
from services.supervision.assessment.model import Assessment
from services.supervision.complaint.model import Complaint
from services.supervision.file_review.model import FileReview
from services.supervision.filing.model import Filing
from services.supervision.supervision_order.model import SupervisionOrder
from services.supervision.supervision_plan.model import SupervisionPlan
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import OPEN

SPECIAL = plans.SUPERVISION_PLAN_KIND_SPECIAL
NOT_ACCEPTED = ("RECEIVED", "REGISTERED", "TRANSFERRED", "GUIDED", "MERGED")


def _warning(look: Any, order: pb.SupervisionOrder) -> bool:
    """A warning about the department, and of the case if one is named, that is open and that no other matter handles."""
    row = look.find(Warning, order.source.source_id)
    if row is None or row.node != order.node or row.state != OPEN:
        return False
    return row.case_id == order.case_id and not handled(look, row, order.order_id)


def handled(look: Any, row: Warning, but: str = "") -> bool:
    """Whether a matter that goes on was opened from a warning, or is what it warns of."""
    other = look.find(SupervisionOrder, row.order_id) if row.order_id and row.order_id != but else None
    return other is not None and other.state not in TABLE.ends


def _filing(look: Any, order: pb.SupervisionOrder) -> bool:
    """A major penalty of the department that is to be filed, or was."""
    row = look.find(Filing, order.source.source_id)
    return row is not None and (row.node, row.case_id) == (order.node, order.case_id)


def _file_review(look: Any, order: pb.SupervisionOrder) -> bool:
    """The review of a file of the department whose result is final."""
    row = look.find(FileReview, order.source.source_id)
    final = row is not None and row.final_time is not None
    return final and (row.node, row.case_id) == (order.node, order.case_id)


def _complaint(look: Any, order: pb.SupervisionOrder) -> bool:
    """A complaint about the body that the office accepted."""
    row = look.find(Complaint, order.source.source_id)
    return row is not None and row.body_id == order.body_id and row.state not in NOT_ACCEPTED


def _plan(look: Any, order: pb.SupervisionOrder) -> bool:
    """An item of the plan of this year, or of a special action in force, of which the body is one (CITY-ERS 8(9), ASR 21)."""
    row = look.find(SupervisionPlan, order.source.source_id)
    if row is None or row.state != "IN_FORCE":
        return False
    if row.kind != SPECIAL and row.year != look.now.astimezone(SHANGHAI).year:
        return False
    items = [each for each in row.plan().items if each.item_id == order.source.item_id]
    return any(not each.body_ids or order.body_id in each.body_ids for each in items)


def _assessment(look: Any, order: pb.SupervisionOrder) -> bool:
    """A year of the body in which something calls for an order of correction, and that no other matter handles."""
    row = look.find(Assessment, order.source.source_id)
    if row is None or (row.node, row.body_id) != (order.node, order.body_id) or not row.assessment().wrongs:
        return False
    its = select(SupervisionOrder).where(SupervisionOrder.source_id == row.assessment_id)
    others = (each for each in look.query(its) if each.order_id != order.order_id)
    return all(each.state in TABLE.ends for each in others)


def _paper(_look: Any, order: pb.SupervisionOrder) -> bool:
    return bool(order.source.document_number.strip())


def _reason(_look: Any, order: pb.SupervisionOrder) -> bool:
    return bool(order.source.reason.strip())


SOURCES: Mapping[int, Callable[[Any, pb.SupervisionOrder], bool]] = MappingProxyType(
    {
        pb.SUPERVISION_SOURCE_KIND_WARNING: _warning,
        pb.SUPERVISION_SOURCE_KIND_COMPLAINT: _complaint,
        pb.SUPERVISION_SOURCE_KIND_FILING: _filing,
        pb.SUPERVISION_SOURCE_KIND_FILE_REVIEW: _file_review,
        pb.SUPERVISION_SOURCE_KIND_ASSESSMENT: _assessment,
        pb.SUPERVISION_SOURCE_KIND_INSPECTION: _plan,
        pb.SUPERVISION_SOURCE_KIND_IRREGULAR_INSPECTION: _reason,
        pb.SUPERVISION_SOURCE_KIND_SUGGESTION: _paper,
        pb.SUPERVISION_SOURCE_KIND_PERSON: _reason,
    }
)


def stands(look: Any, order: pb.SupervisionOrder) -> bool:
    """Whether what a matter is opened from is there."""
    return SOURCES[order.source.kind](look, order)
