"""Certificates shown to the public (亮证): the code, and what may be thought of one."""

from typing import Any

from sqlalchemy import bindparam, select
from yifa.registry.v1 import certificate_pb2, showing_pb2
from yifa.registry.v1 import showing_pb2 as pb

from services.kit.refusal import Denied, Missing, NotHome
from services.kit.rpc import read
from services.kit.shown import Altered, Card, Shown, Unreadable, key_of, open_, sign, timeliness
from services.kit.view import View
from services.law.procedures.showing import SHOWING
from services.registry.certificate.model import Certificate, state_of, validity
from services.registry.certificate.standing import WHY_NOT, standing
from services.registry.heartbeat.model import Heard, knowledge
from services.registry.lawful import admit
from services.registry.measure.model import Suspension
from services.registry.measure.record import require_own
from services.registry.photo.model import OfficerPhoto, photo_proto
from services.registry.request import local
from services.registry.showing.facts import Shown as ToShow
from services.registry.showing.model import ShowingKey
from services.registry.showing.verdict import OF_STANDING, SAYS
from services.registry.standing.objections import ENFORCEMENT

HELD = select(*Certificate.__table__.columns).where(Certificate.officer_id == bindparam("officer"))
NUMBERED = select(*Certificate.__table__.columns).where(Certificate.certificate_number == bindparam("number"))
SUSPENDED = select(*Suspension.__table__.columns).where(Suspension.certificate_number == bindparam("number"))
KEY = select(*ShowingKey.__table__.columns).where(ShowingKey.key_id == bindparam("key_id"))
PHOTO = select(*OfficerPhoto.__table__.columns).where(OfficerPhoto.officer_id == bindparam("officer"))
HEARD = select(*Heard.__table__.columns).where(Heard.node == bindparam("node"))


@read
def show_certificate(request: pb.ShowCertificateRequest, view: View) -> pb.ShowCertificateResponse:
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
    token = sign(card_of(row), view.now, minutes, signer)
    shown = open_(token, signer.public_key)
    return pb.ShowCertificateResponse(token=token, card=card_proto(shown, view.node))


@read
def check_shown(request: pb.CheckShownRequest, view: View) -> pb.CheckShownResponse:
    """What may be thought of a code: its signature, its minutes, and how the certificate stands here now."""
    try:
        key = view.one(KEY, key_id=key_of(request.token))
        if key is None:
            return told("FORGED", view)
        shown = open_(request.token, bytes(key.public_key))
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
    """The certificate to be shown, with its suspensions. Whoever calls shows the own one only, in whatever role."""
    caller = view.caller
    holder = request.officer_id or caller.subject
    if holder != caller.subject:
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
    admit(SHOWING.SHOW_CERTIFICATE, ToShow(stood, WHY_NOT[stood]), certificate_number=number)


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
