"""What enforcement learns from the registry: which bodies may act, and how officers' certificates stand."""

from datetime import datetime
from typing import Any, get_args

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.registry.v1 import body_pb2, certificate_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.enforcement.facts import moment_of
from services.enforcement.model import Body, PowerItem, Standing
from services.kit.journal import Envelope
from services.kit.reactions import Reactions
from services.kit.store import micros
from services.kit.tx import Tx

BodyEvent = (
    registry.BodyConfirmed
    | registry.BodyPublished
    | registry.BodyChangePending
    | registry.BodyReissued
    | registry.BodyChangeRefused
    | registry.BodyWithdrawn
    | registry.PowerListPublished
)
MAY_ENFORCE = {
    body_pb2.BODY_STATE_PUBLISHED,
    body_pb2.BODY_STATE_CHANGE_PENDING,
    body_pb2.BODY_STATE_REISSUED,
}
CertificateEvent = registry.CertificateIssued | registry.CertificateSuspended | registry.CertificateRestored
FOREVER = 2**62


class NotItsHome(Exception):
    """An event about a record came from a node that does not keep it."""


def on_body(event: BodyEvent, tx: Tx, about: Envelope) -> None:
    """Only the city says which bodies may enforce."""
    from_city(tx, about)
    body = event.body
    row = tx.find(Body, body.body_id)
    if row is None:
        row = tx.add(Body.new(body_id=body.body_id, version=-1))
    if row.version >= body.version:
        return
    row.name, row.node, row.field, row.version = body.name, body.node, body.field, body.version
    row.document_prefix = body.document_prefix
    row.confirmed = body.state in MAY_ENFORCE
    row.kind, row.listed = body.kind, body.power_list_version > 0
    row.from_time, row.until_time = moment_in(body, "publish_time"), moment_in(body, "withdraw_time")
    if body.HasField("entrustment"):
        given = body.entrustment
        row.mandator_id, row.mandator_name = given.entrusting_body_id, given.entrusting_body_name
        row.mandate_items = tuple(given.item_ids)
        row.mandate_from = moment_in(given, "from_time")
        row.mandate_until = moment_in(given, "until_time")


def on_item(event: registry.PowerItemChanged, tx: Tx, about: Envelope) -> None:
    """Only the city says what stands on a power list."""
    from_city(tx, about)
    item = event.item
    row = tx.find(PowerItem, item.item_id)
    if row is None:
        row = tx.add(PowerItem.new(item_id=item.item_id, body_id=item.body_id, version=-1))
    if row.version >= item.version:
        return
    row.code, row.kind, row.version = item.code, item.kind, item.version
    row.basis_ids, row.predecessor_id = tuple(item.basis_ids), item.predecessor_id
    row.from_time, row.until_time = moment_in(item, "from_time"), moment_in(item, "until_time")


def on_officer(event: registry.OfficerRegistered, tx: Tx, about: Envelope) -> None:
    """The officer's own node says who is on its roster."""
    officer = event.officer
    if about.node != officer.node:
        raise NotItsHome(f"{about.type} about an officer of {officer.node} came from {about.node}")
    row = standing(tx, officer.officer_id)
    if row.version < officer.version:
        row.name, row.node, row.version = officer.name, officer.node, officer.version


def on_officers(event: registry.OfficersImported, tx: Tx, about: Envelope) -> None:
    """The same for a whole list."""
    tx.load(Standing, [officer.officer_id for officer in event.officers])
    for officer in event.officers:
        on_officer(registry.OfficerRegistered(officer=officer), tx, about)


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
    row.certificates = (*others, certificate_of(certificate))


def moment_in(message: Any, field: str) -> datetime | None:
    """A time in a message, None when it is not set."""
    return moment_of(getattr(message, field)) if message.HasField(field) else None


def from_city(tx: Tx, about: Envelope) -> None:
    if about.node != tx.city:
        raise NotItsHome(f"{about.type} came from {about.node}; only {tx.city} may announce it")


def standing(tx: Tx, officer_id: str) -> Standing:
    return tx.find(Standing, officer_id) or tx.add(Standing.new(officer_id=officer_id))


def certificate_of(certificate: certificate_pb2.Certificate) -> dict[str, Any]:
    """A certificate as the replica keeps it."""
    unset = not certificate.HasField("expire_time")
    return {
        "number": certificate.certificate_number,
        "version": certificate.version,
        "from": instant(certificate.issue_time),
        "to": FOREVER if unset else instant(certificate.expire_time),
        "suspensions": [
            [instant(s.from_time), instant(s.until_time) if s.HasField("until_time") else None]
            for s in certificate.suspensions
        ],
    }


def instant(stamp: Timestamp) -> int:
    return micros(moment_of(stamp))


REACTIONS: Reactions = {
    **dict.fromkeys(get_args(BodyEvent), on_body),
    registry.PowerItemChanged: on_item,
    registry.OfficerRegistered: on_officer,
    registry.OfficersImported: on_officers,
    registry.CertificateIssued: on_certificate,
    registry.CertificateSuspended: on_certificate,
    registry.CertificateRestored: on_certificate,
    registry.CertificateRevoked: on_certificate,
}
