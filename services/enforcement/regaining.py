"""What the department did, put into its rows as its own events tell it: after a restore to an older copy of the database.

Every event carries its record whole, and the record its clocks. What stands in no event is not made up: the number by which a
party is known, pieces of evidence, files and papers are for people to see to, each such event being named to them.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.enforcement_pb2 import Enforcement
from yifa.enforcement.v1.inspection_pb2 import Inspection
from yifa.enforcement.v1.measure_pb2 import Measure
from yifa.enforcement.v1.permit_pb2 import Permit

from services.enforcement.advance_registration.act import act as advance_registration
from services.enforcement.assistance.act import act as assistance
from services.enforcement.case.act import act as case
from services.enforcement.case.act import put_on_case
from services.enforcement.case.model import Case as CaseRow
from services.enforcement.court_enforcement.act import act as court_enforcement
from services.enforcement.credit_repair.act import act as credit_repair
from services.enforcement.enforcement.act import act as enforcement
from services.enforcement.enforcement.showing import show_enforced
from services.enforcement.file_review.act import act as file_review
from services.enforcement.inspection.act import act as inspection
from services.enforcement.inspection_draw.acts import act as inspection_draw
from services.enforcement.inspection_plan.acts import act as inspection_plan
from services.enforcement.measure.act import act as measure
from services.enforcement.measure.showing import show_measures
from services.enforcement.mediation.act import act as mediation
from services.enforcement.party_file.model import FILES
from services.enforcement.permit.act import act as permit
from services.enforcement.permit.showing import show_permit
from services.enforcement.permit_guide.act import act as permit_guide
from services.enforcement.referral.act import act as referral
from services.enforcement.self_assessment.act import act as self_assessment
from services.enforcement.supervision_answer.act import act as supervision_answer
from services.kit.journal import Envelope
from services.kit.regain.record import put_record
from services.kit.store import moment
from services.kit.tx import Tx
from services.law.party_file import Filed, of_case, of_inspection, of_permit

RECORDS = {
    act.record.DESCRIPTOR.full_name: act
    for act in (
        advance_registration,
        assistance,
        case,
        court_enforcement,
        credit_repair,
        enforcement,
        file_review,
        inspection,
        inspection_draw,
        inspection_plan,
        measure,
        mediation,
        permit,
        permit_guide,
        referral,
        self_assessment,
        supervision_answer,
    )
}
FILED: Mapping[str, Callable[[Any], Filed]] = MappingProxyType(
    {
        Case.DESCRIPTOR.full_name: of_case,
        Permit.DESCRIPTOR.full_name: of_permit,
        Inspection.DESCRIPTOR.full_name: of_inspection,
    }
)
"""How a record is filed under its party: of a person by the number as it is shown, until somebody sees to it."""
IN_THE_RECORD = frozenset(
    {
        "google.protobuf.Timestamp",
        "yifa.law.v1.Correction",
        "yifa.law.v1.Deadline",
        "yifa.law.v1.ExcludedTime",
        "yifa.law.v1.Extension",
        "yifa.law.v1.Money",
        "yifa.enforcement.v1.Outcome",
        "yifa.enforcement.v1.OwnCorrection",
        "yifa.enforcement.v1.RecordCorrection",
        "yifa.enforcement.v1.Recusal",
        "yifa.enforcement.v1.Stay",
        "yifa.enforcement.v1.Suspension",
    }
)
"""What an event tells besides its record, and the record holds too."""


FORCE = frozenset(each.DESCRIPTOR.full_name for each in (Case, Enforcement, Measure))
"""On which of them hangs what is public of force: the record, and the decision of its case."""


def fold(tx: Tx, about: Envelope, event: Any) -> bool:
    """Put into the rows what an event tells. Says whether that is all of it."""
    whole, found = True, False
    for field, value in event.ListFields():
        kind = field.message_type.full_name if field.message_type is not None else ""
        if (act := RECORDS.get(kind)) is not None and not field.is_repeated:
            fresh = put_record(tx, act, value, moment(about.at))
            found = True
            if fresh and (of := FILED.get(kind)) is not None:
                FILES.file(tx, of(value))
            if kind == Permit.DESCRIPTOR.full_name:
                show_permit(tx, permit.open(tx, value.permit_id))
            if kind in FORCE:
                show_force(tx, value.case_id)
            if kind == Case.DESCRIPTOR.full_name:
                put_on_case(tx, value.case_id, [officer.officer_id for officer in value.officers])
                whole = whole and not fresh  # the party's number stands in no event
        elif kind and kind not in IN_THE_RECORD:
            whole = False
    return found and whole


def show_force(tx: Tx, case_id: str) -> None:
    """Show what was made public of the measures and enforcements of a case, once the case is there."""
    if (row := tx.find(CaseRow, case_id)) is not None:
        of_case = Case.FromString(row.record)
        show_enforced(tx, of_case)
        show_measures(tx, of_case)
