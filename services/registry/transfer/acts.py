"""Officers who go to another body: without a gap, and never on two rosters at once."""

from sqlalchemy import select
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import transfer_pb2 as transfers

from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.store import micros
from services.kit.tx import Tx
from services.law.procedures.officer import ROSTER
from services.law.procedures.transfer import TRANSFER
from services.registry.body.model import Body
from services.registry.certificate.model import Certificate
from services.registry.lawful import admit, step
from services.registry.measure.cancellation import cancel, end_card
from services.registry.measure.model import suspensions_of
from services.registry.measure.record import CAUSES, after
from services.registry.officer.facts import Staff
from services.registry.officer.identity import sound_id_number
from services.registry.officer.model import Officer, officer_announced, officer_proto, since
from services.registry.officer_year.credit import hand_on, years_of
from services.registry.qualification.model import Qualification, qualification_proto
from services.registry.request import local
from services.registry.standing.objections import ENFORCEMENT
from services.registry.transfer.facts import TransferFacts
from services.registry.transfer.model import Transfer, transfer_proto


@write(loads=((Officer, "officer_id"), (Body, "to_body_id")))
def request_transfer(request: transfers.RequestTransferRequest, tx: Tx) -> transfers.RequestTransferResponse:
    """Ask the city to let an officer go to another body (MOT-CERT 25)."""
    officer, body = tx.get(Officer, request.officer_id), tx.get(Body, request.to_body_id)
    if body.body_id == officer.body_id:
        raise Malformed({"to_body_id": ("is the officer's body already", "该人员已属于该执法主体")})
    wanted = transfers.Transfer(officer_id=officer.officer_id, from_body_id=officer.body_id)
    facts = TransferFacts(tx, officer, body, wanted)
    transfer = tx.add(
        Transfer.new(
            transfer_id=tx.new_id("T-"),
            officer_id=officer.officer_id,
            from_body_id=officer.body_id,
            from_node=officer.node,
            to_body_id=body.body_id,
            to_node=body.node,
            state=step(TRANSFER.REQUEST_TRANSFER, "", facts, officer_id=officer.officer_id),
            cause=request.cause,
            request_time=tx.now,
        )
    )
    told = transfer_proto(transfer)
    tx.emit(events.TransferRequested(transfer=told), subject=officer.officer_id)
    return transfers.RequestTransferResponse(transfer=told)


@write(loads=(Transfer, "transfer_id"))
def decide_transfer(request: transfers.DecideTransferRequest, tx: Tx) -> transfers.DecideTransferResponse:
    """Approve a transfer, from this moment on, or refuse it (MOT-CERT 25)."""
    transfer = tx.get(Transfer, request.transfer_id)
    officer, body = tx.get(Officer, transfer.officer_id), tx.get(Body, transfer.to_body_id)
    facts = TransferFacts(tx, officer, body, transfer_proto(transfer))
    act = TRANSFER.APPROVE_TRANSFER if request.approved else TRANSFER.REFUSE_TRANSFER
    transfer.state = step(act, transfer.state, facts, officer_id=officer.officer_id)
    transfer.decide_time, transfer.opinion = max(tx.now, since(officer)), request.opinion
    transfer.version += 1
    if request.approved:
        certificates = change_body(tx, transfer, officer, body)
        hand_on(tx, officer, years_of(tx, officer.officer_id))
    else:
        refused = events.TransferRefused(transfer=transfer_proto(transfer))
        tx.emit(refused, subject=officer.officer_id, to=transfer.from_node)
        certificates = []
    return transfers.DecideTransferResponse(
        transfer=transfer_proto(transfer), officer=officer_announced(officer), certificates=certificates
    )


@write(loads=(Officer, "officer_id"))
def receive_officer(request: transfers.ReceiveOfficerRequest, tx: Tx) -> transfers.ReceiveOfficerResponse:
    """Complete the roster row of an officer who came from another department (ASR 17)."""
    officer = tx.get(Officer, request.officer_id)
    id_number = sound_id_number(request.id_number, tx.now)
    admit(ROSTER.RECEIVE_OFFICER, Staff(tx, officer), officer_id=officer.officer_id)
    same = tx.query(select(Officer).where(Officer.id_number == id_number))
    if other := [o for o in same if o.officer_id != officer.officer_id]:
        raise Exists(
            "ALREADY_REGISTERED",
            "this person is on the roster already",
            "该人员已在名册中",
            officer_id=other[0].officer_id,
        )
    officer.id_number, officer.unit, officer.post = id_number, request.unit, request.post
    officer.version += 1
    received = events.OfficerReceived(officer=officer_announced(officer))
    tx.emit(received, subject=officer.officer_id)
    return transfers.ReceiveOfficerResponse(officer=officer_proto(officer))


def change_body(
    tx: Tx, transfer: Transfer, officer: Officer, body: Body
) -> list[certificate_pb2.Certificate]:
    """Put an officer on the other roster from the moment of the decision on; certificates follow or end."""
    past = {
        "body_id": officer.body_id,
        "node": officer.node,
        "from": micros(since(officer)),
        "until": micros(transfer.decide_time),
    }
    officer.former = (*officer.former, past)
    officer.body_id, officer.node, officer.unit, officer.post = body.body_id, body.node, "", ""
    officer.version += 1
    moved = events.OfficerTransferred(transfer=transfer_proto(transfer), officer=officer_announced(officer))
    for node in dict.fromkeys((transfer.from_node, transfer.to_node)):
        tx.emit(moved, subject=officer.officer_id, to=node)
    told = None
    if (qualification := tx.find(Qualification, officer.officer_id)) is not None:
        told = qualification_proto(qualification)
        updated = events.QualificationUpdated(qualification=told)
        tx.emit(updated, subject=officer.officer_id, to=officer.node)
    mine = select(Certificate).where(Certificate.officer_id == officer.officer_id)
    held = [c for c in tx.query(mine) if c.expire_time > transfer.decide_time]
    return [follow(tx, c, body, transfer, told) for c in sorted(held, key=lambda c: c.certificate_number)]


def follow(
    tx: Tx, certificate: Certificate, body: Body, transfer: Transfer, told: object
) -> certificate_pb2.Certificate:
    """A certificate after its holder's transfer: it goes along where it covers the new body's field, or is cancelled."""
    today = local(tx.now).date()
    covers = certificate.kind != ENFORCEMENT or not certificate.fields or body.field in certificate.fields
    if not covers or not tx.parameters.value("certificate.transfer.follows", today).value:
        cause = certificate_pb2.CANCEL_CAUSE_TRANSFER
        if certificate.issuer:
            return end_card(tx, certificate, transfer.decide_time, CAUSES[cause])
        return cancel(tx, certificate, cause, transfer.decide_time, transfer.cause)[0]
    certificate.body_id, certificate.body_name, certificate.node = body.body_id, body.name, body.node
    suspensions = suspensions_of(tx, certificate)
    return after(tx, certificate, events.CertificateMoved, suspensions, qualification=told)
