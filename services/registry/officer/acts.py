"""A person is put on the roster of a department."""

from sqlalchemy import select
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import officer_pb2

from services.kit.refusal import Exists
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.officer import ROSTER
from services.registry.body.model import Body
from services.registry.lawful import admit
from services.registry.officer.entry import must_be_checked
from services.registry.officer.facts import Staff
from services.registry.officer.identity import sound_id_number
from services.registry.officer.model import Officer, officer_announced, officer_proto


@write(loads=(Body, "body_id"))
def register_officer(
    request: officer_pb2.RegisterOfficerRequest, tx: Tx
) -> officer_pb2.RegisterOfficerResponse:
    """Put a person on the roster of a confirmed body of this department."""
    id_number = sound_id_number(request.id_number, tx.now)
    body = tx.get(Body, request.body_id)
    officer = officer_pb2.Officer(node=tx.node, staff_kind=request.staff_kind)
    admit(ROSTER.REGISTER_OFFICER, Staff(tx, officer, body), body_id=body.body_id)
    if known := tx.query(select(Officer).where(Officer.id_number == id_number)):
        raise Exists(
            "ALREADY_REGISTERED",
            "this person is on the roster already",
            "该人员已在名册中",
            officer_id=known[0].officer_id,
        )
    officer = tx.add(
        Officer.new(
            officer_id=tx.new_id("O-"),
            name=request.name,
            id_number=id_number,
            body_id=body.body_id,
            node=tx.node,
            unit=request.unit,
            post=request.post,
            staff_kind=request.staff_kind,
            register_time=tx.now,
            nominated=request.nominate or must_be_checked(tx),
        )
    )
    tx.emit(events.OfficerRegistered(officer=officer_announced(officer)), subject=officer.officer_id)
    return officer_pb2.RegisterOfficerResponse(officer=officer_proto(officer))
