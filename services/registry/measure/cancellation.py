"""Cancelling a certificate, for every act that comes to it."""

from datetime import datetime
from typing import Any

from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.law.procedures.certificate import CERTIFICATE
from services.law.procedures.officer import QUALIFICATION
from services.registry.certificate.facts import CertificateFacts
from services.registry.certificate.model import Certificate, state_of
from services.registry.lawful import step
from services.registry.measure.model import measure_proto, suspensions_of
from services.registry.measure.record import (
    CANCELLATION,
    CAUSES,
    after,
    decide,
    measures_of,
    proceed,
    recompute,
)
from services.registry.officer.model import Officer
from services.registry.qualification.facts import Way
from services.registry.qualification.model import Qualification, qualification_proto


def cancel(tx: Tx, certificate: Certificate, cause: int, at: Any, note: str = "") -> tuple[Any, Any]:
    """Cancel a certificate as of a moment; its holder can get another one later. Raises Unlawful."""
    suspensions = suspensions_of(tx, certificate)
    proceed(CERTIFICATE.CANCEL_CERTIFICATE, CertificateFacts(tx, certificate, suspensions))
    said = "：".join(part for part in (CAUSES[cause], note) if part)
    measure = decide(tx, certificate, CANCELLATION, from_time=at, cause=said, law="MOT-CERT:25")
    recompute(certificate, measures_of(tx, certificate))
    told = measure_proto(measure)
    cancelled = after(tx, certificate, events.CertificateCancelled, suspensions, measure=told, cause=cause)
    release(tx, certificate)
    return cancelled, told


def release(tx: Tx, certificate: Certificate) -> None:
    """Let an officer whose certificate was cancelled wait for another one; the exam stays passed."""
    row = tx.find(Qualification, certificate.officer_id)
    officer = tx.find(Officer, certificate.officer_id)
    if row is None or officer is None or row.state != "CERTIFIED" or certificate.kind != 1:
        return
    row.state = step(QUALIFICATION.LOSE_CERTIFICATE, row.state, Way(tx, row, officer))
    row.update_time = tx.now
    row.version += 1
    updated = events.QualificationUpdated(qualification=qualification_proto(row))
    tx.emit(updated, subject=row.officer_id, to=officer.node)


def end_card(tx: Tx, certificate: Certificate, at: datetime, cause: str) -> certificate_pb2.Certificate:
    """Recognise a ministry's card no more, from a moment on. Raises Unlawful if it ended already."""
    state = state_of(certificate, (), tx.now)
    facts = CertificateFacts(tx, certificate, ())
    step(CERTIFICATE.CANCEL_CERTIFICATE, state, facts, certificate_number=certificate.certificate_number)
    certificate.expire_time, certificate.ending = max(at, certificate.issue_time), "CANCELLED"
    return after(tx, certificate, events.MinistryCardEnded, (), cause=cause)
