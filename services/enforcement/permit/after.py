"""What comes after the decision: the permit issued, published, renewed; a broken promise compensated (ALIC 40, 44, 50; CITY-ERS
3(7)).
"""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import permit_pb2 as pb

from services.enforcement.case.facts import legible
from services.enforcement.permit.act import act
from services.enforcement.publication.withholding import keep_back
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.permit import PERMIT


def _issued(request: pb.IssuePermitRequest, permit: pb.Permit, tx: Tx) -> None:
    made = permit.certificate
    made.number, made.window, made.issuer = request.number, request.window, tx.caller.subject
    for name in ("from_time", "until_time"):
        if request.HasField(name):  # type: ignore[arg-type]
            legible(request, name)
            getattr(made, name).CopyFrom(getattr(request, name))
    put_moment(made.issue_time, tx.now)


@act(PERMIT.ISSUE, takes=_issued)
def issue_permit(_request: pb.IssuePermitRequest, _permit: pb.Permit, _do: Do) -> events.PermitIssued:
    """Issue and serve the permit. Stops the ten working days (ALIC 44)."""
    return events.PermitIssued()


def _public(request: pb.PublishPermitRequest, permit: pb.Permit, tx: Tx) -> None:
    permit.publication.address, permit.publication.publisher = request.address, tx.caller.subject
    put_moment(permit.publication.publish_time, tx.now)


@act(PERMIT.PUBLISH, takes=_public)
def publish_permit(_request: pb.PublishPermitRequest, _permit: pb.Permit, _do: Do) -> events.PermitPublished:
    """Make the decision public, as the rules show it. Stops the seven working days (GBF-118 (6))."""
    return events.PermitPublished()


def _withheld(request: pb.WithholdPermitRequest, permit: pb.Permit, tx: Tx) -> None:
    keep_back(permit.withholding, request, permit.sector, tx)


@act(PERMIT.WITHHOLD, takes=_withheld)
def withhold_permit(_request: pb.WithholdPermitRequest, _permit: pb.Permit, _do: Do) -> events.PermitWithheld:
    """Keep the decision from the public, and take back what is public of it (ALIC 5(2); OGI 14, 15)."""
    return events.PermitWithheld()


def _compensated(request: pb.CompensatePermitApplicantRequest, permit: pb.Permit, tx: Tx) -> None:
    permit.promise.compensation, permit.promise.compensator = request.compensation, tx.caller.subject


@act(PERMIT.COMPENSATE, takes=_compensated)
def compensate_permit_applicant(
    _request: pb.CompensatePermitApplicantRequest, permit: pb.Permit, do: Do
) -> events.PermitApplicantCompensated:
    """Record what the applicant got for a broken promise (CITY-ERS 3(7))."""
    put_moment(permit.promise.compensate_time, do.at)
    return events.PermitApplicantCompensated()


def _renewal_asked(_request: Any, permit: pb.Permit, tx: Tx) -> None:
    put_moment(permit.renewals.add().apply_time, tx.now)


@act(PERMIT.ASK_RENEWAL, takes=_renewal_asked)
def ask_permit_renewal(
    _request: pb.AskPermitRenewalRequest, _permit: pb.Permit, _do: Do
) -> events.PermitRenewalAsked:
    """Record that a renewal was asked for. What is not decided before the permit ends is renewed (ALIC 50)."""
    return events.PermitRenewalAsked()


def _answered(request: Any, permit: pb.Permit, tx: Tx) -> None:
    if not permit.renewals:
        return  # none was asked for, which the state of the permit says
    renewal = permit.renewals[-1]
    renewal.granted, renewal.decider = isinstance(request, pb.RenewPermitRequest), tx.caller.subject
    for name in ("reasons", "authority", "court"):
        setattr(renewal, name, getattr(request, name, ""))
    if renewal.granted and request.HasField("until_time"):
        legible(request, "until_time")
        renewal.until_time.CopyFrom(request.until_time)
    put_moment(renewal.decide_time, tx.now)


@act(PERMIT.RENEW, takes=_answered)
def renew_permit(_request: pb.RenewPermitRequest, permit: pb.Permit, _do: Do) -> events.PermitRenewed:
    """Renew a permit before it ends (ALIC 50(2))."""
    permit.certificate.until_time.CopyFrom(permit.renewals[-1].until_time)
    return events.PermitRenewed()


@act(PERMIT.DECLINE_RENEWAL, takes=_answered)
def decline_permit_renewal(
    _request: pb.DeclinePermitRenewalRequest, _permit: pb.Permit, _do: Do
) -> events.PermitRenewalDeclined:
    """Decline a renewal, with reasons, and tell of the remedies (ALIC 38(2), 50(2))."""
    return events.PermitRenewalDeclined()
