"""A term of an inspection that its department let end (EW-02), that to publish the result (EW-19) and that to hand in the
recording of the visit (RECORD) among them.
"""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as enforcement

from services.kit.tx import Tx
from services.supervision.inspection.model import InspectionView
from services.supervision.warning.catalogue import Finding, Kind, kinds
from services.supervision.warning.model import Warning
from services.supervision.warning.overdue import overdue
from services.supervision.warning.runner import SETTLED, end, id_of, raise_about

LATE, UNPUBLISHED, UNRECORDED = "EW-02", "EW-19", "RECORD"
# What ends the term of each clock, as it shows in the record.
ENDS = {"INS-01": "file_time", "INS-04": "publish_time", "AVR-05": "recording_time"}
_KINDS = {"INS-04": (UNPUBLISHED, "NOT_PUBLISHED"), "AVR-05": (UNRECORDED, "RECORDING_MISSING")}


def deadline_told(tx: Tx, view: InspectionView, event: Any) -> None:
    """Raise what a department says that it let end; settle it when it is done after all."""
    if isinstance(event, enforcement.InspectionDeadlinePassed):
        if not done(view, event.deadline.clock_id):
            raise_about(tx, kind_of(event.deadline), view, _late(event.deadline))
        return
    for deadline in event.inspection.deadlines:
        if done(view, deadline.clock_id):
            row = tx.find(Warning, id_of(kind_of(deadline), view.subject, _late(deadline)))
            end(tx, row, SETTLED)


def kind_of(deadline: Any) -> Kind:
    """Which warning speaks of a term."""
    return kinds()[_KINDS.get(deadline.clock_id, (LATE, ""))[0]]


def done(view: InspectionView, clock_id: str) -> bool:
    field = ENDS.get(clock_id, "")
    return bool(field) and view.inspection().HasField(field)


def _late(deadline: Any) -> Finding:
    return overdue(deadline, reason=_KINDS.get(deadline.clock_id, ("", "CLOCK_PASSED"))[1])
