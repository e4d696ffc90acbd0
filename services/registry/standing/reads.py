"""May this officer do this, here, for this body, at this moment — and why not?"""

from typing import Any

from sqlalchemy import bindparam, or_, select
from yifa.registry.v1 import body_pb2, standing_pb2
from yifa.registry.v1 import standing_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.law.procedures.body import MAY_ENFORCE
from services.registry.body.model import Body
from services.registry.certificate.model import Certificate, certificate_proto, held
from services.registry.certificate.standing import Interval
from services.registry.heartbeat.model import Heard, knowledge
from services.registry.measure.model import Suspension
from services.registry.officer.model import Officer, holder
from services.registry.request import moment_in
from services.registry.standing.objections import SAID, Asked, Objection, judge

OFFICER = select(*Officer.__table__.columns).where(Officer.officer_id == bindparam("officer"))
HELD = select(*Certificate.__table__.columns).where(Certificate.officer_id == bindparam("officer"))
SUSPENDED = (
    select(*Suspension.__table__.columns)
    .join(Certificate, Certificate.certificate_number == Suspension.certificate_number)
    .where(Certificate.officer_id == bindparam("officer"))
)
BODY = select(*Body.__table__.columns).where(Body.body_id == bindparam("body"))
HEARD = select(*Heard.__table__.columns).where(
    or_(Heard.node == bindparam("city"), Heard.node == bindparam("home"))
)


@read
def check_standing(request: pb.CheckStandingRequest, view: View) -> pb.CheckStandingResponse:
    """Answer from what this node knows, and say how old that is (APL 42; ASR 17)."""
    at = moment_in(request, "at_time", view.now)
    asked = Asked(at, request.act, request.field, request.area_code, request.body_id)
    officer = view.one(OFFICER, officer=request.officer_id)
    certificates = view.rows(HELD, officer=request.officer_id)
    suspended = view.rows(SUSPENDED, officer=request.officer_id) if certificates else ()
    spans = {c.certificate_number: of(suspended, c.certificate_number) for c in certificates}
    body = view.one(BODY, body=request.body_id) if request.body_id else None
    verdict = judge(
        asked,
        holder(officer) if officer else None,
        in_standing(body) if body else None,
        [held(c, spans[c.certificate_number]) for c in certificates],
    )
    reply = pb.CheckStandingResponse(
        may=verdict.may,
        objections=[objection_proto(found, view) for found in verdict.objections],
        until_time=verdict.until_time,
        at_time=at,
    )
    if verdict.certificate:
        [row] = [c for c in certificates if c.certificate_number == verdict.certificate.number]
        reply.certificate.CopyFrom(certificate_proto(row, spans[row.certificate_number], view.now))
        if row.issuer:
            reply.remark_zh = f"该证件由{row.issuer}颁发，本市予以认可，不作管理（ASR-2025:17(2)）。"
            reply.remark_en = (
                f"Issued by {row.issuer}: recognised and not managed by the city (ASR-2025:17(2))."
            )
    tell_knowledge(reply, view, officer.node if officer else "")
    return reply


def of(suspensions: Any, number: str) -> list[Any]:
    return [s for s in suspensions if s.certificate_number == number]


def in_standing(row: Any) -> tuple[Interval, ...]:
    """The times in which a body may enforce, as far as this node knows."""
    detail = body_pb2.EnforcementBody.FromString(row.detail)
    begin, ends = row.publish_time, []
    if begin is None or (row.state not in MAY_ENFORCE and row.state != "WITHDRAWN"):
        return ()
    if detail.HasField("entrustment"):
        begin = max(begin, moment_in(detail.entrustment, "from_time", begin))
        ends.append(moment_in(detail.entrustment, "until_time", begin))
    if detail.HasField("withdraw_time"):
        ends.append(moment_in(detail, "withdraw_time", begin))
    return (Interval(begin, min(ends, default=None)),)


def objection_proto(found: Objection, view: View) -> standing_pb2.Objection:
    law, en, zh = SAID[found.code]
    return standing_pb2.Objection(
        code=found.code,
        law=view.parameters.cited(law),
        says_zh=zh,
        says_en=en,
        certificate_number=found.number,
        from_time=found.from_time,
        until_time=found.until_time,
    )


def tell_knowledge(reply: pb.CheckStandingResponse, view: View, home: str) -> None:
    """Say up to where the nodes were read on whose records the answer rests."""
    wanted = {view.city, home} - {view.node, ""}
    rows = view.rows(HEARD, city=view.city, home=home) if wanted else ()
    whole = view.node == view.city
    reply.sources.extend(
        knowledge(node, [row for row in rows if row.node == node], whole) for node in sorted(wanted)
    )
    at = reply.at_time.ToNanoseconds()
    reply.after_knowledge = any(s.event_time.ToNanoseconds() < at for s in reply.sources)
