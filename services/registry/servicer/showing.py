"""Certificates shown to the public (亮证): the code, what may be thought of one, and the holder's photo."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import bindparam, select
from yifa.law.v1 import options_pb2 as options
from yifa.registry.v1 import certificate_pb2, showing_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import showing_pb2 as pb

from services.kit.refusal import Denied, Malformed, Missing, NotHome
from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.registry.measures import require_own
from services.registry.model import Certificate, Heard, Officer, OfficerPhoto, ShowingKey, Suspension
from services.registry.model.certificate import shown as state_of
from services.registry.model.certificate import validity
from services.registry.model.heard import knowledge
from services.registry.model.showing import photo_proto
from services.registry.rules import WHY_NOT, require, standing
from services.registry.rules.objections import ENFORCEMENT
from services.registry.rules.photo import NoPhoto, cleaned
from services.registry.rules.showing import (
    OF_STANDING,
    SAYS,
    Altered,
    Card,
    Shown,
    Unreadable,
    in_force,
    key_of,
    open_,
    sign,
    timeliness,
)
from services.registry.servicer.officers import local

HELD = select(*Certificate.__table__.columns).where(Certificate.officer_id == bindparam("officer"))
NUMBERED = select(*Certificate.__table__.columns).where(Certificate.certificate_number == bindparam("number"))
SUSPENDED = select(*Suspension.__table__.columns).where(Suspension.certificate_number == bindparam("number"))
KEY = select(*ShowingKey.__table__.columns).where(ShowingKey.key_id == bindparam("key_id"))
PHOTO = select(*OfficerPhoto.__table__.columns).where(OfficerPhoto.officer_id == bindparam("officer"))
HEARD = select(*Heard.__table__.columns).where(Heard.node == bindparam("node"))


def picture_of(request: pb.SetOfficerPhotoRequest) -> tuple[str, bytes]:
    """The photo as it is kept. Raises Malformed."""
    try:
        return cleaned(request.data)
    except NoPhoto as no:
        raise Malformed({"data": (no.en, no.zh)}, reason="BAD_PHOTO") from None


class Showing:
    @write(loads=((Officer, "officer_id"), (OfficerPhoto, "officer_id")), prepare=picture_of)
    def SetOfficerPhoto(
        self, request: pb.SetOfficerPhotoRequest, picture: tuple[str, bytes], tx: Tx
    ) -> pb.SetOfficerPhotoResponse:
        """Keep an officer's photo, and nothing else that came with it (APL 55)."""
        officer = tx.get(Officer, request.officer_id)
        if officer.node != tx.node:
            said = f"{officer.node} keeps this officer's record", f"该人员由{officer.node}登记"
            raise NotHome("NOT_HOME", *said, home=officer.node)
        row = tx.find(OfficerPhoto, officer.officer_id)
        if row is None:
            row = tx.add(OfficerPhoto.new(officer_id=officer.officer_id, version=0))
        (row.media_type, row.data), row.update_time = picture, tx.now
        row.version += 1
        photo = photo_proto(row)
        tx.emit(events.OfficerPhotoSet(photo=photo), subject=officer.officer_id)
        told = pb.SetOfficerPhotoResponse(photo=photo)
        told.photo.ClearField("data")
        return told

    @read
    def ShowCertificate(self, request: pb.ShowCertificateRequest, view: View) -> pb.ShowCertificateResponse:
        """A code of the certificate, signed by this node, good for some minutes (APL 55)."""
        row, suspensions = wanted(request, view)
        require_own(row)
        if row.node != view.node:
            said = f"the holder's department {row.node} shows this certificate", f"该证件由{row.node}出示"
            raise NotHome("NOT_HOME", *said, home=row.node)
        stood = standing(validity(row, suspensions), view.now)
        require_in_force(row.certificate_number, stood)
        signer = view.around.signer
        if signer is None:
            raise Missing("SigningKey", view.node)
        minutes = view.parameters.value("certificate.show.minutes", local(view.now).date()).value
        token = sign(card_of(row), view.now, minutes, signer.key, signer.key_id)
        shown = open_(token, signer.key.public_key())
        return pb.ShowCertificateResponse(token=token, card=card_proto(shown, view.node))

    @read
    def CheckShown(self, request: pb.CheckShownRequest, view: View) -> pb.CheckShownResponse:
        """What may be thought of a code: its signature, its minutes, and how the certificate stands here now."""
        try:
            key = view.one(KEY, key_id=key_of(request.token))
            if key is None:
                return told("FORGED", view)
            shown = open_(request.token, Ed25519PublicKey.from_public_bytes(bytes(key.public_key)))
        except Unreadable:
            return told("UNREADABLE", view)
        except Altered:
            return told("ALTERED", view)
        row = view.one(NUMBERED, number=shown.card.number)
        suspensions = view.rows(SUSPENDED, number=shown.card.number) if row else ()
        if row is not None and key.node not in (row.node, view.city):
            return told("FORGED", view)
        verdict = judged(shown, row, suspensions, view)
        reply = told(verdict, view)
        reply.card.CopyFrom(card_proto(shown, key.node))
        if row is not None:
            state = f"CERTIFICATE_STATE_{state_of(row, suspensions, view.now)}"
            reply.state_now = certificate_pb2.CertificateState.Value(state)
            if not timeliness(shown, view.now) and (photo := view.one(PHOTO, officer=row.officer_id)):
                reply.photo.CopyFrom(photo_proto(photo))
        return reply


def wanted(request: pb.ShowCertificateRequest, view: View) -> tuple[Any, Any]:
    """The certificate to be shown, with its suspensions. An officer shows the own one only."""
    caller = view.caller
    holder = request.officer_id or caller.subject
    if caller.only(options.ROLE_HANDLING_OFFICER) and holder != caller.subject:
        raise Denied(
            "NOT_YOUR_CERTIFICATE", "an officer shows the own certificate only", "执法人员只能出示本人的证件"
        )
    held = [
        (row, view.rows(SUSPENDED, number=row.certificate_number))
        for row in view.rows(HELD, officer=holder)
        if request.certificate_number in ("", row.certificate_number)
        and (request.certificate_number or row.kind == ENFORCEMENT)
    ]
    if not held:
        raise Missing("Certificate", request.certificate_number or holder)
    # the one in force, else the newest, whose ending is the answer
    return max(held, key=lambda h: (standing(validity(*h), view.now) == "ACTIVE", h[0].issue_time))


def require_in_force(number: str, stood: str) -> None:
    """Raise Unlawful, whose metadata says how the certificate stands."""
    if stood != "ACTIVE":
        en, zh = WHY_NOT[stood]
        require((in_force,), stood, certificate_number=number, standing=stood, why_en=en, why_zh=zh)


def judged(shown: Shown, row: Any, suspensions: Any, view: View) -> str:
    """The verdict on a code whose signature is right."""
    if late := timeliness(shown, view.now):
        return late
    if row is None:
        return "UNKNOWN_CERTIFICATE"
    stood = standing(validity(row, suspensions), view.now)
    verdict = OF_STANDING.get(stood, "ENDED")
    # a certificate that ended has another end than the code says, which is no difference of its own
    return "DIFFERS" if verdict == "IN_FORCE" and card_of(row) != shown.card else verdict


def told(verdict: str, view: View) -> pb.CheckShownResponse:
    en, zh = SAYS[verdict]
    reply = pb.CheckShownResponse(
        verdict=f"SHOWN_VERDICT_{verdict}", says_en=en, says_zh=zh, at_time=view.now
    )
    if view.node != view.city:
        reply.source.CopyFrom(knowledge(view.city, view.rows(HEARD, node=view.city), whole=False))
    return reply


def card_of(row: Any) -> Card:
    """What a code says of a certificate. Seconds are all that a code holds."""
    begins, ends = row.issue_time.replace(microsecond=0), row.expire_time.replace(microsecond=0)
    return Card(
        row.certificate_number,
        row.officer_name,
        row.body_name,
        tuple(row.fields),
        row.area_code,
        row.kind,
        begins,
        ends,
    )


def card_proto(shown: Shown, node: str) -> showing_pb2.ShownCard:
    card = shown.card
    return showing_pb2.ShownCard(
        certificate_number=card.number,
        officer_name=card.name,
        body_name=card.body,
        fields=card.fields,
        area_code=card.area,
        kind=card.kind,
        valid_from_time=card.begins,
        valid_until_time=card.ends,
        show_time=shown.made,
        expire_time=shown.expires,
        key_id=shown.key_id,
        node=node,
    )
