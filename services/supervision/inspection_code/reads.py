"""What anybody may know: the items that are inspected, a code that is shown, the inspections of an enterprise."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from yifa.enforcement.v1 import inspection_pb2, visit_pb2
from yifa.registry.v1.act_pb2 import ACT_KIND_INSPECTION
from yifa.registry.v1.power_pb2 import POWER_KIND_INSPECTION
from yifa.supervision.v1 import inspection_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.checkcode import sound
from services.law.identity import spelt
from services.law.procedures.inspection.facts import cap_on
from services.law.standing import Scope, person_at
from services.supervision.body.model import Body, PowerItem
from services.supervision.case.facts import as_kept, certificates
from services.supervision.inspection.model import InspectionView, ItemUse
from services.supervision.inspection_code.model import InspectionCode
from services.supervision.visit.model import VisitView

ITEMS, BODIES, USES = PowerItem.__table__, Body.__table__, ItemUse.__table__
INSPECTIONS, CODES, VISITS = InspectionView.__table__, InspectionCode.__table__, VisitView.__table__
SAYS = {
    pb.CODE_VERDICT_GOOD: (
        "检查码真实有效，本市已为下列检查赋码。",
        "Genuine: the city gave this code for the inspection shown.",
    ),
    pb.CODE_VERDICT_MISREAD: (
        "校验位不符，请重新扫描或者核对输入。",
        "The check character is not right. Scan it again.",
    ),
    pb.CODE_VERDICT_UNKNOWN: (
        "本市没有发放过此检查码，可以拒绝检查并举报。",
        "The city gave no such code. The inspection may be refused; please report it.",
    ),
    pb.CODE_VERDICT_OUT_OF_TIME: (
        "检查码不在有效期内，可以拒绝检查。",
        "The code is not good today. The inspection may be refused.",
    ),
    pb.CODE_VERDICT_ENDED: (
        "该检查已经取消，或者检查人员目前不具备执法资格，可以拒绝检查。",
        "The inspection was called off, or an officer may not inspect now. It may be refused.",
    ),
}


@read
def list_inspection_items(
    request: pb.ListInspectionItemsRequest, view: View
) -> pb.ListInspectionItemsResponse:
    """The published items of inspection, each with body, cap and use. Refuses with BAD_PAGE_TOKEN."""
    used = (
        select(USES.c.item_id, func.count().label("used"), func.max(USES.c.use_time).label("last_time"))
        .group_by(USES.c.item_id)
        .subquery()
    )
    statement = (
        select(
            ITEMS,
            BODIES.c.name.label("body_name"),
            BODIES.c.node,
            BODIES.c.field,
            used.c.used,
            used.c.last_time,
        )
        .outerjoin(BODIES, BODIES.c.body_id == ITEMS.c.body_id)
        .outerjoin(used, used.c.item_id == ITEMS.c.item_id)
        .where(ITEMS.c.kind == POWER_KIND_INSPECTION, ITEMS.c.from_time.is_not(None))
    )
    if request.body_id:
        statement = statement.where(ITEMS.c.body_id == request.body_id)
    if request.unused_years:
        since = years_ago(view.now, request.unused_years)
        held = or_(ITEMS.c.until_time.is_(None), ITEMS.c.until_time > view.now)
        idle = or_(used.c.last_time.is_(None), used.c.last_time <= since)
        statement = statement.where(ITEMS.c.from_time <= since, held, idle)
    rows, token = view.page(statement, (ITEMS.c.item_id,), request.page_size, request.page_token)
    return pb.ListInspectionItemsResponse(
        items=[item_message(row, view) for row in rows], next_page_token=token
    )


def years_ago(now: datetime, years: int) -> datetime:
    """The same day so many years before; of 29 February the 28th."""
    local = now.astimezone(SHANGHAI)
    day = 28 if (local.month, local.day) == (2, 29) else local.day
    return local.replace(year=local.year - years, day=day)


def item_message(row: Any, view: View) -> pb.InspectionItem:
    return pb.InspectionItem(
        item_id=row.item_id,
        code=row.code,
        name=row.name,
        body_id=row.body_id,
        body_name=row.body_name or "",
        node=row.node or "",
        basis_ids=row.basis_ids,
        from_time=row.from_time,
        until_time=row.until_time,
        cap=cap_on(view.parameters, view.now, view.sector_of(row.field or "")),
        used=row.used or 0,
        last_time=row.last_time,
    )


@read
def check_inspection_code(
    request: pb.CheckInspectionCodeRequest, view: View
) -> pb.CheckInspectionCodeResponse:
    """What may be thought of an inspection code, and the inspection that it was given for."""
    code = spelt(request.code)
    if not sound(code):
        return told(pb.CODE_VERDICT_MISREAD)
    given = view.one(select(CODES).where(CODES.c.code == code))
    if given is None:
        return told(pb.CODE_VERDICT_UNKNOWN)
    row = view.one(select(INSPECTIONS).where(INSPECTIONS.c.inspection_id == given.inspection_id))
    assert row is not None
    record = inspection_pb2.Inspection.FromString(row.record)
    verdict = pb.CODE_VERDICT_GOOD
    if record.state == inspection_pb2.INSPECTION_STATE_CALLED_OFF or not all_fit(view, record):
        verdict = pb.CODE_VERDICT_ENDED
    elif not given.valid_from <= view.now < given.valid_until:
        verdict = pb.CODE_VERDICT_OUT_OF_TIME
    reply = told(verdict)
    reply.inspection.CopyFrom(seen_by_enterprise(view, record))
    return reply


def told(verdict: int) -> pb.CheckInspectionCodeResponse:
    zh, en = SAYS[verdict]  # type: ignore[index]
    return pb.CheckInspectionCodeResponse(verdict=verdict, says_zh=zh, says_en=en)  # type: ignore[arg-type]


def all_fit(view: View, record: inspection_pb2.Inspection) -> bool:
    """Whether every officer of an inspection may inspect there now."""
    scope = Scope(act=ACT_KIND_INSPECTION, place=record.enterprise.area_code)
    held = {
        o.officer_id: [as_kept(row) for row in certificates(view, o.officer_id, "")] for o in record.officers
    }
    return all(person_at(who, "", own, view.now, scope=scope).fit for who, own in held.items())


@read
def list_enterprise_inspections(
    request: pb.ListEnterpriseInspectionsRequest, view: View
) -> pb.ListEnterpriseInspectionsResponse:
    """The inspections of an enterprise: those with a published result to everybody; to who has one of its codes also what it was
    told of, and the visits that were none. Refuses with BAD_PAGE_TOKEN.
    """
    number, own = spelt(request.credit_code), False
    if request.code:
        given = select(INSPECTIONS.c.credit_code).join(
            CODES, CODES.c.inspection_id == INSPECTIONS.c.inspection_id
        )
        row = view.one(given.where(CODES.c.code == spelt(request.code)))
        own = row is not None and row.credit_code == number
    shown = INSPECTIONS.c.publish_time.is_not(None)
    if own:
        # An inspection that comes unannounced is not told of before it has begun.
        shown = or_(shown, INSPECTIONS.c.notice_time.is_not(None), INSPECTIONS.c.check_in_time.is_not(None))
    statement = select(INSPECTIONS.c.inspection_id, INSPECTIONS.c.planned_time, INSPECTIONS.c.record)
    rows, token = view.page(
        statement.where(INSPECTIONS.c.credit_code == number, shown),
        (INSPECTIONS.c.planned_time.desc(), INSPECTIONS.c.inspection_id.desc()),
        request.page_size,
        request.page_token,
    )
    records = [inspection_pb2.Inspection.FromString(row.record) for row in rows]
    visits = select(VISITS.c.record).where(VISITS.c.credit_code == number)
    went = view.rows(visits.order_by(VISITS.c.visit_time.desc()).limit(100)) if own else ()
    return pb.ListEnterpriseInspectionsResponse(
        inspections=[seen_by_enterprise(view, record) for record in records],
        next_page_token=token,
        visits=[visit_pb2.Visit.FromString(row.record) for row in went],
    )


def seen_by_enterprise(view: View, record: inspection_pb2.Inspection) -> pb.EnterpriseInspection:
    names = view.rows(select(ITEMS.c.name, ITEMS.c.code).where(ITEMS.c.item_id.in_(list(record.item_ids))))
    told_of = record.HasField("result_notice")
    found = pb.EnterpriseInspection(
        number=record.number,
        body_name=record.body_name,
        enterprise_name=record.enterprise.name,
        items=[row.name or row.code for row in names],
        kind=record.kind,
        state=record.state,
        planned_time=record.planned_time,
        officers=[f"{o.name} {o.certificate_number}" for o in record.officers],
        urgent=record.HasField("urgency"),
        result=record.conclusion.result if told_of else inspection_pb2.INSPECTION_RESULT_UNSPECIFIED,
        result_text=record.conclusion.text if told_of else "",
    )
    if record.check_in.HasField("check_in_time"):
        found.check_in_time.CopyFrom(record.check_in.check_in_time)
    if record.HasField("publish_time"):
        found.publish_time.CopyFrom(record.publish_time)
    return found
