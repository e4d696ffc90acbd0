"""What enforcement learns of officers: who is on the roster, and how their certificates stand."""

from collections.abc import Mapping
from typing import Any, get_args

from google.protobuf.timestamp_pb2 import Timestamp
from sqlmodel import select
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1.case_pb2 import Case as CaseProto
from yifa.registry.v1 import certificate_pb2, officer_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.enforcement.basis.resting import ENDED, ref
from services.enforcement.body.reactions import from_city
from services.enforcement.case.model import Assignment, Case
from services.enforcement.officer.model import Standing
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.tx import Tx
from services.law.moment import micros, moment_of

CertificateEvent = (
    registry.CertificateIssued
    | registry.CertificateReissued
    | registry.CertificateRenewed
    | registry.CertificateSuspended
    | registry.CertificateRestored
    | registry.CertificateRevoked
    | registry.CertificateCancelled
    | registry.CertificateVoided
    | registry.CertificateLost
    | registry.CertificateReturned
    | registry.CertificateMoved
    | registry.MinistryCardRecorded
    | registry.MinistryCardEnded
    | registry.AppealConcluded
)
FOREVER = 2**62
NAMED = 300


def on_officer(event: registry.OfficerRegistered | registry.OfficerLeft, tx: Tx, about: Envelope) -> None:
    """The officer's own node says who is on its roster."""
    officer = event.officer
    if about.node != officer.node:
        raise NotItsHome(f"{about.type} about an officer of {officer.node} came from {about.node}")
    row = standing(tx, officer.officer_id)
    if row.version < officer.version:
        row.name, row.node, row.version = officer.name, officer.node, officer.version
        row.away = away(officer, tx.node)


def on_officers(event: registry.OfficersImported, tx: Tx, about: Envelope) -> None:
    """The same for a whole list."""
    tx.load(Standing, [officer.officer_id for officer in event.officers])
    for officer in event.officers:
        on_officer(registry.OfficerRegistered(officer=officer), tx, about)


def on_left(event: registry.OfficerLeft, tx: Tx, about: Envelope) -> None:
    """The officer acts no more; the open cases are named, so that others take them over."""
    on_officer(event, tx, about)
    name_open_cases(event.officer, tx)


def on_transferred(event: registry.OfficerTransferred, tx: Tx, about: Envelope) -> None:
    """Only the city lets an officer go to another body; who has gone acts here no more."""
    from_city(tx, about)
    officer = event.officer
    row = standing(tx, officer.officer_id)
    row.name, row.node, row.version = officer.name, officer.node, max(row.version, officer.version)
    row.away = away(officer, tx.node)
    if officer.node != tx.node:
        name_open_cases(officer, tx)


def away(officer: officer_pb2.Officer, node: str) -> tuple[list[int | None], ...]:
    """When an officer is not of a department: before, between and after the times there."""
    posts = [(p.node, instant(p.from_time), instant(p.until_time)) for p in officer.former]
    last = FOREVER if not officer.HasField("leave_time") else instant(officer.leave_time)
    posts.append((officer.node, posts[-1][2] if posts else 0, last))
    gone: list[list[int | None]] = []
    at = posts[0][1] if posts[0][0] == node else 0
    for place, begin, end in posts:
        if place == node:
            if begin > at:
                gone.append([at, begin])
            at = end
    return (*gone, [at, None]) if at < FOREVER else tuple(gone)


def name_open_cases(officer: officer_pb2.Officer, tx: Tx) -> None:
    """Tell which cases wait for another officer, a few hundred an event."""
    assigned = select(Assignment.case_id).where(Assignment.officer_id == officer.officer_id)
    rows = tx.query(select(Case).where(Case.case_id.in_(assigned), Case.state.not_in(ENDED)))
    cases = sorted((CaseProto.FromString(row.record) for row in rows), key=lambda case: case.case_id)
    mine = [ref(case) for case in cases if any(o.officer_id == officer.officer_id for o in case.officers)]
    for n in range(0, len(mine), NAMED):
        left = enforcement.OfficerCasesLeft(
            node=tx.node,
            officer_id=officer.officer_id,
            officer_name=officer.name,
            cases=mine[n : n + NAMED],
        )
        tx.emit(left, subject=officer.officer_id)


def on_loss(event: registry.CertificateLossReported, tx: Tx, about: Envelope) -> None:
    """A card that this department reported lost is void here at once, whatever else the city says of it meanwhile."""
    if about.node != tx.node:
        return
    row = standing(tx, event.officer_id)
    lost = instant(event.loss_time)
    row.certificates = tuple(
        {**c, "lost": lost, "to": min(c["to"], lost)} if c["number"] == event.certificate_number else c
        for c in row.certificates
    )


def on_certificate(event: CertificateEvent, tx: Tx, about: Envelope) -> None:
    """Only the city says how a certificate stands; what it knew before in a newer version stays."""
    from_city(tx, about)
    certificate = event.certificate
    row = standing(tx, certificate.officer_id)
    known = next((c for c in row.certificates if c["number"] == certificate.certificate_number), None)
    if known is not None and known["version"] >= certificate.version:
        return
    if not row.name:
        row.name, row.node = certificate.officer_name, certificate.node
    others = [c for c in row.certificates if c is not known]
    row.certificates = (*others, certificate_of(certificate, known))


def standing(tx: Tx, officer_id: str) -> Standing:
    return tx.find(Standing, officer_id) or tx.add(Standing.new(officer_id=officer_id))


def certificate_of(
    certificate: certificate_pb2.Certificate, known: Mapping[str, Any] | None
) -> dict[str, Any]:
    """A certificate as the replica keeps it. A loss reported here stays."""
    lost = (known or {}).get("lost") or FOREVER
    end = instant(certificate.expire_time) if certificate.HasField("expire_time") else FOREVER
    return {
        "number": certificate.certificate_number,
        "version": certificate.version,
        "from": instant(certificate.issue_time),
        "to": min(end, lost),
        "lost": None if lost == FOREVER else lost,
        "kind": certificate.kind or certificate_pb2.CERTIFICATE_KIND_ENFORCEMENT,
        "fields": list(certificate.fields),
        "area": certificate.area_code,
        "acts": list(certificate.acts),
        "suspensions": [
            [instant(s.from_time), instant(s.until_time) if s.HasField("until_time") else None]
            for s in certificate.suspensions
        ],
    }


def instant(stamp: Timestamp) -> int:
    return micros(moment_of(stamp))


REACTIONS: Reactions = {
    registry.OfficerRegistered: on_officer,
    registry.OfficersImported: on_officers,
    registry.OfficerLeft: on_left,
    registry.OfficerTransferred: on_transferred,
    registry.CertificateLossReported: on_loss,
    **dict.fromkeys(get_args(CertificateEvent), on_certificate),
}
