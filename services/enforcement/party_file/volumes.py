"""The volumes of a party's file as the records of this department show them, asked once for each kind of thing."""

from collections.abc import Iterable, Iterator
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import party_file_pb2 as pb
from yifa.enforcement.v1.advance_registration_pb2 import AdvanceRegistration as RegistrationRecord
from yifa.enforcement.v1.case_pb2 import Case as CaseRecord
from yifa.enforcement.v1.court_enforcement_pb2 import CourtEnforcement as CourtRecord
from yifa.enforcement.v1.credit_repair_pb2 import CreditRepair as RepairRecord
from yifa.enforcement.v1.enforcement_pb2 import Enforcement as EnforcementRecord
from yifa.enforcement.v1.file_pb2 import File
from yifa.enforcement.v1.inspection_pb2 import Inspection as InspectionRecord
from yifa.enforcement.v1.measure_pb2 import Measure as MeasureRecord
from yifa.enforcement.v1.permit_pb2 import Permit as PermitRecord
from yifa.enforcement.v1.referral_pb2 import Referral as ReferralRecord
from yifa.enforcement.v1.visit_pb2 import Visit as VisitRecord

from services.enforcement.advance_registration.model import AdvanceRegistration
from services.enforcement.archive.catalogue import Lying, catalogue, lying_in
from services.enforcement.case.model import Case
from services.enforcement.court_enforcement.model import CourtEnforcement
from services.enforcement.credit_repair.model import CreditRepair
from services.enforcement.enforcement.model import Enforcement
from services.enforcement.file.model import StoredFile
from services.enforcement.inspection.model import Inspection
from services.enforcement.measure.model import Measure
from services.enforcement.paper.model import CasePaper
from services.enforcement.past_penalty.model import PastPenalty
from services.enforcement.permit.model import Permit
from services.enforcement.referral.model import Referral
from services.enforcement.visit.model import Visit
from services.kit.view import View
from services.law.moment import put_moment
from services.law.paper import PAPERS
from services.law.party_volume import (
    item_of,
    volume_of_case,
    volume_of_inspection,
    volume_of_permit,
    volume_of_visit,
)

BESIDE = (
    (Measure, MeasureRecord),
    (AdvanceRegistration, RegistrationRecord),
    (Referral, ReferralRecord),
    (Enforcement, EnforcementRecord),
    (CourtEnforcement, CourtRecord),
    (CreditRepair, RepairRecord),
)


def volumes(view: View, rows: Iterable[Any], before: int) -> Iterator[pb.PartyVolume]:
    """The volumes of some rows, in their order; `before` come before them in the file."""
    rows = list(rows)
    found: dict[str, pb.PartyVolume] = {}
    for kind, read in _KINDS.items():
        if ids := [row.volume_id for row in rows if row.kind == kind]:
            found |= read(view, ids)
    for position, row in enumerate(rows, before + 1):
        volume = found[row.volume_id]
        volume.position, volume.sealed = position, row.sealed
        put_moment(volume.begin_time, row.begin_time)
        yield volume


def _cases(view: View, ids: list[str]) -> dict[str, pb.PartyVolume]:
    several = [CaseRecord.FromString(row.record) for row in view.among(Case, "case_id", ids)]
    beside: dict[str, list[Any]] = {}
    for table, record in BESIDE:
        for row in view.among(table, "case_id", ids):
            beside.setdefault(row.case_id, []).append(record.FromString(row.record))
    lying = lying_in(view, [case for case in several if not case.HasField("archive")])
    return {
        case.case_id: volume_of_case(
            case, beside.get(case.case_id, ()), _catalogued(case, lying.get(case.case_id))
        )
        for case in several
    }


def _catalogued(case: CaseRecord, lying: Lying | None) -> Iterator[pb.PartyVolumeItem]:
    """What lies in a case that is not in the archive, in the order in which it will."""
    for each in catalogue(case, lying) if lying is not None else ():
        kind = pb.PARTY_ITEM_KIND_PAPER
        if each.id.startswith("E-"):
            kind = pb.PARTY_ITEM_KIND_EVIDENCE
        elif each.sha256:
            kind = pb.PARTY_ITEM_KIND_FILE
        item = item_of(kind, each.title, each.number, each.id, each.time, each.sha256)
        item.side, item.section = each.side, each.section
        yield item


def _inspections(view: View, ids: list[str]) -> dict[str, pb.PartyVolume]:
    papers: dict[str, list[pb.PartyVolumeItem]] = {}
    for row in sorted(view.among(CasePaper, "record_id", ids), key=lambda row: row.serial):
        item = item_of(
            pb.PARTY_ITEM_KIND_PAPER, PAPERS[row.kind].zh, row.number, row.paper_id, _stamp(row.issue_time)
        )
        papers.setdefault(row.record_id, []).append(item)
    for row in sorted(view.among(StoredFile, "case_id", ids), key=lambda row: row.store_time):
        file = File.FromString(row.record)
        if not row.destroyed:
            item = item_of(
                pb.PARTY_ITEM_KIND_FILE, file.title, "", file.file_id, _stamp(row.store_time), file.sha256
            )
            papers.setdefault(row.case_id, []).append(item)
    records = (
        InspectionRecord.FromString(row.record) for row in view.among(Inspection, "inspection_id", ids)
    )
    return {r.inspection_id: volume_of_inspection(r, papers.get(r.inspection_id, ())) for r in records}


def _visits(view: View, ids: list[str]) -> dict[str, pb.PartyVolume]:
    records = (VisitRecord.FromString(row.record) for row in view.among(Visit, "visit_id", ids))
    return {record.visit_id: volume_of_visit(record) for record in records}


def _permits(view: View, ids: list[str]) -> dict[str, pb.PartyVolume]:
    records = (PermitRecord.FromString(row.record) for row in view.among(Permit, "permit_id", ids))
    return {record.permit_id: volume_of_permit(record) for record in records}


def _past(view: View, ids: list[str]) -> dict[str, pb.PartyVolume]:
    """Penalties of before as their tables told of them."""
    return {
        row.key: _told(dict(row.entries), row.key, view.node) for row in view.among(PastPenalty, "key", ids)
    }


def _told(said: dict[str, str], key: str, node: str) -> pb.PartyVolume:
    return pb.PartyVolume(
        kind=pb.PARTY_VOLUME_KIND_PAST_PENALTY,
        record_id=key,
        node=node,
        body_name=said.get("CF_CFJG", ""),
        number=said.get("CF_WSH", ""),
        title=said.get("CF_WFXW", ""),
        party_name=said.get("CF_XDR_MC", ""),
    )


def _stamp(at: Any) -> Timestamp:
    stamp = Timestamp()
    put_moment(stamp, at)
    return stamp


_KINDS = {
    pb.PARTY_VOLUME_KIND_CASE: _cases,
    pb.PARTY_VOLUME_KIND_INSPECTION: _inspections,
    pb.PARTY_VOLUME_KIND_VISIT: _visits,
    pb.PARTY_VOLUME_KIND_PERMIT: _permits,
    pb.PARTY_VOLUME_KIND_PAST_PENALTY: _past,
}
