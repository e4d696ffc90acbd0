"""What was done under a certificate, and whether it was in force then, as it is known now."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, false, or_, select
from yifa.supervision.v1 import field_act_pb2 as pb

from services.kit.refusal import Malformed
from services.kit.rpc import read
from services.kit.store import moment
from services.kit.view import View
from services.law.event import events
from services.law.standing import Scope, person_at
from services.supervision.case.facts import as_kept
from services.supervision.case.model import CaseView
from services.supervision.certificate.model import Certificate, FieldAct

ACTS = select(*FieldAct.__table__.columns, CaseView.case_number, CaseView.node).join(
    CaseView, CaseView.case_id == FieldAct.case_id
)
CERTIFICATES = select(*Certificate.__table__.columns)
KEYS = (FieldAct.act_time, FieldAct.key)


@read
def list_acts_under_certificate(
    request: pb.ListActsUnderCertificateRequest, view: View
) -> pb.ListActsUnderCertificateResponse:
    """The acts under a certificate by time, those included that name their officer only. Refuses with NOT_FOUND."""
    number = request.certificate_number
    row = view.get(CERTIFICATES.where(Certificate.certificate_number == number), "Certificate", number)
    unnamed = and_(
        FieldAct.certificate_number == "", FieldAct.officer_id == row.officer_id, FieldAct.kind == row.kind
    )
    wanted = [or_(FieldAct.certificate_number == number, unnamed)]
    if request.HasField("from_time"):
        wanted.append(FieldAct.act_time >= since(request))
    if request.only_unlawful:
        wanted.append(out_of_force(row))
    rows, token = view.page(ACTS.where(*wanted), KEYS, request.page_size, request.page_token)
    acts = [act_message(act, in_force(row, act.act_time)) for act in rows]
    return pb.ListActsUnderCertificateResponse(acts=acts, next_page_token=token)


def in_force(row: Any, at: datetime) -> bool:
    """Whether a certificate was in force at a moment."""
    held = person_at(row.officer_id, "", [as_kept(row)], at, scope=Scope(kind=row.kind))
    return held.certified and not held.suspended


def since(request: pb.ListActsUnderCertificateRequest) -> datetime:
    """From when on. Raises Malformed for a moment beyond the calendar."""
    try:
        return request.from_time.ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        said = ("is no moment between the years 1 and 9999", "不是公元1年至9999年之间的时间")
        raise Malformed({"from_time": said}) from None


def out_of_force(certificate: Any) -> Any:
    """The condition that an act lies outside the time in which a certificate is in force."""
    suspended: list[Any] = [false()]
    for span in certificate.suspensions:
        begun = FieldAct.act_time >= moment(span["from"])
        suspended.append(and_(begun, FieldAct.act_time < moment(span["until"])) if span["until"] else begun)
    return or_(
        FieldAct.act_time < certificate.issue_time, FieldAct.act_time >= certificate.expire_time, *suspended
    )


def act_message(row: Any, in_force: bool) -> pb.FieldAct:
    title = events()[row.type].title
    return pb.FieldAct(
        case_id=row.case_id,
        case_number=row.case_number,
        node=row.node,
        officer_id=row.officer_id,
        officer_name=row.officer_name,
        certificate_number=row.certificate_number,
        type=row.type,
        title_zh=title.zh,
        title_en=title.en,
        act_time=row.act_time,
        in_force=in_force,
    )
