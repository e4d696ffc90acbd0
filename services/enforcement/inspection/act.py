"""The acts of an inspection: bound to their procedure, table, clocks and facts."""

from typing import Any

from yifa.enforcement.v1 import inspection_pb2 as pb

from services.enforcement.deadline.model import Clock
from services.enforcement.inspection.facts import Looked
from services.enforcement.inspection.model import Inspection
from services.kit.act import Acts
from services.law.calendar import SHANGHAI
from services.law.moment import moment_at, moment_of
from services.law.procedures.inspection import INSPECTION

PREFIX = "I-"
"""How the id of an inspection begins."""
_STATES = {number: name.removeprefix("INSPECTION_STATE_") for name, number in pb.InspectionState.items()}
# An inspection on a clue does not count towards the cap; nor does one that was not approved, or was called off.
_NOT_COUNTED = (pb.INSPECTION_STATE_PLANNED, pb.INSPECTION_STATE_CALLED_OFF)


def columns(record: pb.Inspection) -> dict[str, Any]:
    return {
        "number": record.number,
        "state": _STATES[record.state],
        "body_id": record.body_id,
        "credit_code": record.enterprise.credit_code,
        "year": moment_of(record.planned_time).astimezone(SHANGHAI).year,
        "counted": record.kind != pb.INSPECTION_KIND_CLUE and record.state not in _NOT_COUNTED,
        "check_in_time": moment_at(record, "check_in.check_in_time"),
        "record_time": moment_at(record, "site_record.end_time"),
        "version": record.version,
    }


act = Acts(
    row=Inspection,
    record=pb.Inspection,
    key="inspection_id",
    procedure=INSPECTION,
    facts=Looked,
    columns=columns,
    clocks=Clock,
    conditions=lambda record: frozenset({"recording_due"}) if record.recording_due else frozenset(),
    tags=("inspection_id",),
)
