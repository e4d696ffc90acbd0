"""The volumes of a party's file as the events of the departments told of them, asked once for each kind of thing."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import party_file_pb2 as pb
from yifa.enforcement.v1.advance_registration_pb2 import AdvanceRegistration
from yifa.enforcement.v1.court_enforcement_pb2 import CourtEnforcement
from yifa.enforcement.v1.credit_repair_pb2 import CreditRepair
from yifa.enforcement.v1.enforcement_pb2 import Enforcement
from yifa.enforcement.v1.inspection_pb2 import Inspection
from yifa.enforcement.v1.measure_pb2 import Measure
from yifa.enforcement.v1.permit_pb2 import Permit
from yifa.enforcement.v1.referral_pb2 import Referral
from yifa.enforcement.v1.visit_pb2 import Visit

from services.kit.view import View
from services.law.moment import put_moment
from services.law.party_volume import (
    item_of,
    volume_of_case,
    volume_of_inspection,
    volume_of_permit,
    volume_of_visit,
)
from services.supervision.beside.model import (
    COURT,
    CREDIT_REPAIR,
    ENFORCEMENT,
    MEASURE,
    REFERRAL,
    REGISTRATION,
    Beside,
)
from services.supervision.case.model import CaseView
from services.supervision.event.model import Received
from services.supervision.inspection.model import InspectionView
from services.supervision.permit.model import PermitView
from services.supervision.visit.model import VisitView

RECORDS = {
    MEASURE: Measure,
    REGISTRATION: AdvanceRegistration,
    REFERRAL: Referral,
    ENFORCEMENT: Enforcement,
    COURT: CourtEnforcement,
    CREDIT_REPAIR: CreditRepair,
}
# What events tell of papers, evidence and files, which the record does not hold.
TOLD = {
    kind.DESCRIPTOR.full_name: kind  # type: ignore[attr-defined]
    for kind in (
        events.PaperIssued,
        events.MeasurePaperIssued,
        events.ReferralPaperIssued,
        events.EnforcementPaperIssued,
        events.InspectionPaperIssued,
        events.EvidenceRecorded,
        events.FileStored,
        events.InspectionFileStored,
    )
}
RECEIVED: Any = Received.__table__  # type: ignore[attr-defined]


def volumes(view: View, rows: Iterable[Any], before: int) -> Iterator[pb.PartyVolume]:
    """The volumes of some rows, in their order; `before` come before them in the file."""
    rows = list(rows)
    told = _told(view, [row.volume_id for row in rows if row.kind in _TOLD_OF])
    found: dict[str, pb.PartyVolume] = {}
    for kind, read in _KINDS.items():
        if ids := [row.volume_id for row in rows if row.kind == kind]:
            found |= read(view, ids, told)
    for position, row in enumerate(rows, before + 1):
        volume = found[row.volume_id]
        volume.position, volume.sealed = position, row.sealed
        put_moment(volume.begin_time, row.begin_time)
        yield volume


Told = dict[str, list[pb.PartyVolumeItem]]
_TOLD_OF = frozenset({pb.PARTY_VOLUME_KIND_CASE, pb.PARTY_VOLUME_KIND_INSPECTION})


def _told(view: View, ids: list[str]) -> Told:
    """What lies in some records, as their events told, the first first; of a paper that was issued anew the last."""
    if not ids:
        return {}
    its = select(RECEIVED.c.case_id, RECEIVED.c.type, RECEIVED.c.data).where(
        RECEIVED.c.case_id.in_(ids), RECEIVED.c.type.in_(TOLD)
    )
    found: dict[str, dict[str, pb.PartyVolumeItem]] = {}
    for row in view.rows(its.order_by(RECEIVED.c.position)):
        for key, item in _items(TOLD[row.type].FromString(row.data)):
            of = found.setdefault(row.case_id, {})
            of.pop(key, None)
            of[key] = item
    return {case_id: list(items.values()) for case_id, items in found.items()}


def _items(event: Any) -> Iterator[tuple[str, pb.PartyVolumeItem]]:
    """What an event told of, and what makes it the same as one told before. The file of a piece of evidence is that piece."""
    fields = event.DESCRIPTOR.fields_by_name
    if "paper" in fields:
        it = event.paper
        item = item_of(pb.PARTY_ITEM_KIND_PAPER, it.title_zh, it.number, it.paper_id, it.issue_time)
        yield f"{it.kind}/{it.record_id}", item
    elif "evidence" in fields:
        it = event.evidence
        kind = pb.PARTY_ITEM_KIND_EVIDENCE
        yield it.evidence_id, item_of(kind, it.title, "", it.evidence_id, it.collect_time, it.sha256)
    elif not event.file.evidence_id:
        it = event.file
        yield it.file_id, item_of(pb.PARTY_ITEM_KIND_FILE, it.title, "", it.file_id, it.store_time, it.sha256)


def _cases(view: View, ids: list[str], told: Told) -> dict[str, pb.PartyVolume]:
    beside: dict[str, list[Any]] = {}
    for row in view.among(Beside, "case_id", ids):
        beside.setdefault(row.case_id, []).append(RECORDS[row.kind].FromString(row.record))
    rows = view.among(CaseView, "case_id", ids)
    several = (CaseView.case(row) for row in rows)  # type: ignore[arg-type]
    return {c.case_id: volume_of_case(c, beside.get(c.case_id, ()), told.get(c.case_id, ())) for c in several}


def _inspections(view: View, ids: list[str], told: Told) -> dict[str, pb.PartyVolume]:
    records = (Inspection.FromString(row.record) for row in view.among(InspectionView, "inspection_id", ids))
    return {r.inspection_id: volume_of_inspection(r, told.get(r.inspection_id, ())) for r in records}


def _visits(view: View, ids: list[str], _told: Told) -> dict[str, pb.PartyVolume]:
    records = (Visit.FromString(row.record) for row in view.among(VisitView, "visit_id", ids))
    return {record.visit_id: volume_of_visit(record) for record in records}


def _permits(view: View, ids: list[str], _told: Told) -> dict[str, pb.PartyVolume]:
    records = (Permit.FromString(row.record) for row in view.among(PermitView, "permit_id", ids))
    return {record.permit_id: volume_of_permit(record) for record in records}


_KINDS = {
    pb.PARTY_VOLUME_KIND_CASE: _cases,
    pb.PARTY_VOLUME_KIND_INSPECTION: _inspections,
    pb.PARTY_VOLUME_KIND_VISIT: _visits,
    pb.PARTY_VOLUME_KIND_PERMIT: _permits,
}
