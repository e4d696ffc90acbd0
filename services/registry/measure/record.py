"""What every measure against a certificate shares: writing it down, its remedy, its effect on the dates, telling."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.registry.v1 import certificate_pb2

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.procedure import Act
from services.law.procedures.certificate import issued_here
from services.registry.certificate.facts import CertificateFacts, Own
from services.registry.certificate.model import Certificate, certificate_proto
from services.registry.certificate.record import due_by
from services.registry.lawful import require, step
from services.registry.measure.model import Measure, Suspension
from services.registry.officer.model import Officer

SUSPENSION = certificate_pb2.MEASURE_KIND_SUSPENSION
REVOCATION = certificate_pb2.MEASURE_KIND_REVOCATION
CANCELLATION = certificate_pb2.MEASURE_KIND_CANCELLATION
VOIDING = certificate_pb2.MEASURE_KIND_VOIDING
# The article is the same for every cause; what is said is not.
CAUSES: dict[int, str] = {
    certificate_pb2.CANCEL_CAUSE_TRANSFER: "调离原执法主体",
    certificate_pb2.CANCEL_CAUSE_RETIREMENT: "退休",
    certificate_pb2.CANCEL_CAUSE_LEAVING: "辞职、辞退或者开除",
    certificate_pb2.CANCEL_CAUSE_DEATH: "死亡",
    certificate_pb2.CANCEL_CAUSE_POST: "离开执法岗位或者不再在编",
    certificate_pb2.CANCEL_CAUSE_BODY: "所在单位丧失执法主体资格",
}
OVERTURNED = certificate_pb2.APPEAL_STATE_OVERTURNED
ENDINGS: dict[int, str] = {REVOCATION: "REVOKED", CANCELLATION: "CANCELLED", VOIDING: "VOID"}


def measures_of(tx: Tx, certificate: Certificate) -> list[Measure]:
    """All that was decided about a certificate, in order."""
    number = certificate.certificate_number
    return in_order(tx.query(select(Measure).where(Measure.certificate_number == number)))


def in_order(measures: Iterable[Any]) -> list[Any]:
    return sorted(measures, key=lambda m: int(m.measure_id.rpartition("/m")[2]))


def decide(
    tx: Tx, certificate: Certificate, kind: int, *, from_time: datetime, cause: str, law: str, **hearing: Any
) -> Measure:
    """Write a measure down, with what its holder can do about it (MOT-CERT 35)."""
    ordinal = len(measures_of(tx, certificate)) + 1
    until = due_by(tx, "OFF-09", tx.now)
    day = until.astimezone(SHANGHAI).date()
    return tx.add(
        Measure.new(
            measure_id=f"{certificate.certificate_number}/m{ordinal}",
            certificate_number=certificate.certificate_number,
            kind=kind,
            from_time=from_time,
            decide_time=tx.now,
            decider=tx.caller.subject,
            cause=cause,
            law=tx.parameters.cited(law),
            remedy_zh=f"持证人员不服本决定的，可以在{day.year}年{day.month}月{day.day}日前向发证机关申请复核。",
            remedy_en=f"The holder may apply to the issuing office for a review of this decision until {day}.",
            remedy_due_time=until,
            **hearing,
        )
    )


def recompute(certificate: Certificate, measures: Iterable[Measure]) -> None:
    """Put the end of a certificate where the earliest of what ends it lies; measures that were undone end nothing."""
    ends = [(certificate.term_time or certificate.expire_time, "EXPIRED")]
    if certificate.loss_time is not None:
        ends.append((certificate.loss_time, "LOST"))
    ends += [(m.from_time, ENDINGS[m.kind]) for m in measures if m.kind in ENDINGS and m.appeal != OVERTURNED]
    end, ending = min(ends, key=lambda e: e[0])
    certificate.expire_time = max(end, certificate.issue_time)
    certificate.ending = ending


def after(
    tx: Tx, certificate: Certificate, event: type[Message], suspensions: Iterable[Suspension], **more: Any
) -> certificate_pb2.Certificate:
    """A certificate after an act: one version on, and its holder's nodes told."""
    certificate.version += 1
    snapshot = certificate_proto(certificate, suspensions, tx.now)
    tell(tx, certificate, event(certificate=snapshot, **more))
    return snapshot


def tell(tx: Tx, certificate: Certificate, event: Message) -> None:
    """Announce to every node on whose roster the holder stands or stood: each has acts under the certificate."""
    officer = tx.find(Officer, certificate.officer_id)
    nodes = [certificate.node]
    if officer is not None:
        nodes += [officer.node, *(p["node"] for p in officer.former)]
    for node in dict.fromkeys(nodes):
        tx.emit(event, subject=certificate.certificate_number, to=node)


def proceed(act: Act, facts: CertificateFacts) -> None:
    """Raise Unlawful unless the certificate is the city's own and the act is open to it as it stands now."""
    certificate = facts.certificate
    require_own(certificate)
    state = certificate_pb2.CertificateState.Name(certificate.state).removeprefix("CERTIFICATE_STATE_")
    step(act, state, facts, certificate_number=certificate.certificate_number)


def require_own(certificate: Any) -> None:
    """Raise Unlawful for a certificate that a ministry issued."""
    about = {"certificate_number": certificate.certificate_number, "issuer": certificate.issuer}
    require((issued_here,), Own(certificate), **about)
