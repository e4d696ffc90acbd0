"""Keeping the list of institutions that take samples (SAMR 31(3)). An entry is not changed: it is removed, and made anew."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import sampling_institution_pb2 as pb

from services.enforcement.case.facts import legible
from services.enforcement.sampling_institution.model import SamplingInstitution, institutions_with
from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment

PREFIX = "SI-"


@write
def enter_sampling_institution(
    request: pb.EnterSamplingInstitutionRequest, tx: Tx
) -> pb.EnterSamplingInstitutionResponse:
    """Enter an institution. Raises Malformed for blanks or a time that ends before it begins, Exists where its qualification is
    on the list.
    """
    blank = [name for name in ("name", "qualification") if not getattr(request, name).strip()]
    if blank:
        raise Malformed(dict.fromkeys(blank, ("is required", "必填")))
    if legible(request, "until_time") <= legible(request, "from_time"):
        raise Malformed({"until_time": ("is not after its beginning", "不晚于开始时间")})
    number = request.qualification.strip()
    for known in institutions_with(tx, number):
        if not known.HasField("leave_time"):
            said = f"the qualification {number} is on the list already", f"资质{number}已在名录内"
            raise Exists("INSTITUTION_ALREADY_ENTERED", *said, institution_id=known.institution_id)
    institution = pb.SamplingInstitution(
        institution_id=tx.new_id(PREFIX),
        node=tx.node,
        name=request.name.strip(),
        qualification=number,
        issuer=request.issuer,
        scope=request.scope,
        from_time=request.from_time,
        until_time=request.until_time,
        enterer=tx.caller.subject,
    )
    put_moment(institution.enter_time, tx.now)
    tx.add(
        SamplingInstitution.new(institution_id=institution.institution_id, qualification=number, record=b"")
    )
    _keep(tx, institution, events.SamplingInstitutionEntered())
    return pb.EnterSamplingInstitutionResponse(institution=institution)


@write(loads=(SamplingInstitution, "institution_id"))
def remove_sampling_institution(
    request: pb.RemoveSamplingInstitutionRequest, tx: Tx
) -> pb.RemoveSamplingInstitutionResponse:
    """Take an institution off the list from now on. Raises Missing, Exists where that was done."""
    row = tx.get(SamplingInstitution, request.institution_id)
    institution = pb.SamplingInstitution.FromString(row.record)
    if institution.HasField("leave_time"):
        said = "the institution was taken off the list already", "该机构已移出名录"
        raise Exists("INSTITUTION_REMOVED", *said, institution_id=institution.institution_id)
    institution.leave_cause, institution.remover = request.cause, tx.caller.subject
    put_moment(institution.leave_time, tx.now)
    _keep(tx, institution, events.SamplingInstitutionRemoved())
    return pb.RemoveSamplingInstitutionResponse(institution=institution)


def _keep(tx: Tx, institution: pb.SamplingInstitution, event: Any) -> None:
    institution.version += 1
    row = tx.get(SamplingInstitution, institution.institution_id)
    row.record = institution.SerializeToString(deterministic=True)
    event.sampling_institution.CopyFrom(institution)
    tx.emit(event, subject=institution.institution_id, at=tx.now)
