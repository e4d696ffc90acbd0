"""Officers: on the roster at the department, through training and exam at the city."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import certificate_pb2, officer_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import registry_service_pb2 as pb

from services.kit.refusal import Exists, Malformed
from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.registry.model import (
    Body,
    Certificate,
    Officer,
    Qualification,
    Suspension,
    certificate_proto,
    officer_announced,
    officer_proto,
    qualification_proto,
)
from services.registry.rules import CHINA, ENTRY, MAY_ENFORCE, Facts, is_id_number, require

OFFICERS = select(*Officer.__table__.columns)
QUALIFICATIONS = select(*Qualification.__table__.columns)
CERTIFICATES = select(*Certificate.__table__.columns)
SUSPENSIONS = select(*Suspension.__table__.columns)


class Officers:
    @write(loads=(Body, "body_id"))
    def RegisterOfficer(self, request: pb.RegisterOfficerRequest, tx: Tx) -> pb.RegisterOfficerResponse:
        """Put a person on the roster of a confirmed body of this department."""
        id_number = sound_id_number(request.id_number, tx.now)
        body = tx.get(Body, request.body_id)
        facts = Facts(
            body_confirmed=body.state in MAY_ENFORCE,
            body_here=body.node == tx.node,
            permanent=request.staff_kind == officer_pb2.STAFF_KIND_PERMANENT,
        )
        require(ENTRY, facts, body_id=body.body_id)
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
        return pb.RegisterOfficerResponse(officer=officer_proto(officer))

    @read
    def GetOfficer(self, request: pb.GetOfficerRequest, view: View) -> pb.GetOfficerResponse:
        """One officer with all that this node knows."""
        wanted = request.officer_id
        officer = view.get(OFFICERS.where(Officer.officer_id == wanted), "Officer", wanted)
        qualification = view.one(QUALIFICATIONS.where(Qualification.officer_id == wanted))
        held = view.rows(
            CERTIFICATES.where(Certificate.officer_id == wanted).order_by(Certificate.certificate_number)
        )
        return pb.GetOfficerResponse(
            officer=officer_proto(officer),
            qualification=qualification and qualification_proto(qualification),
            certificates=with_suspensions(view, held, view.now),
        )

    @read
    def ListOfficers(self, request: pb.ListOfficersRequest, view: View) -> pb.ListOfficersResponse:
        statement = OFFICERS.where(Officer.body_id == request.body_id) if request.body_id else OFFICERS
        rows, token = view.page(statement, (Officer.officer_id,), request.page_size, request.page_token)
        return pb.ListOfficersResponse(officers=map(officer_proto, rows), next_page_token=token)


def with_suspensions(
    view: View, certificates: Sequence[Any], now: datetime
) -> list[certificate_pb2.Certificate]:
    """Selected certificates as messages, each with its suspensions."""
    numbers = [c.certificate_number for c in certificates]
    found = view.rows(SUSPENSIONS.where(Suspension.certificate_number.in_(numbers))) if numbers else ()
    return [
        certificate_proto(c, [s for s in found if s.certificate_number == c.certificate_number], now)
        for c in certificates
    ]


def local(at: datetime) -> datetime:
    return at.astimezone(CHINA)


def must_be_checked(tx: Tx) -> bool:
    """Whether everyone is nominated first here (officer.eligibility.required)."""
    return bool(tx.parameters.value("officer.eligibility.required", local(tx.now).date()).value)


def sound_id_number(number: str, now: datetime) -> str:
    """An id number as it is kept. Raises Malformed."""
    number = number.upper()
    if is_id_number(number, local(now).date()):
        return number
    said = (
        "fails its check digit or names no possible day of birth (GB 11643)",
        "校验位不正确或者出生日期不存在（GB 11643）",
    )
    raise Malformed({"id_number": said}, reason="BAD_ID_NUMBER")
