"""Important matters, newest first, for who tells them and for who is told; and the list of what is told."""

from typing import Any

from sqlalchemy import or_, select
from yifa.supervision.v1 import important_matter_pb2 as pb

from services.kit.clocks import citation
from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.procedures.important_matter import TABLE
from services.law.reportable import Reportable, Within
from services.supervision.counts import count
from services.supervision.important_matter.item import kind_of, superior_of
from services.supervision.important_matter.model import ImportantMatter
from services.supervision.important_matter.superior import headed_by
from services.supervision.normative_document.seen import own

MATTERS: Any = ImportantMatter.__table__  # type: ignore[attr-defined]
NEWEST_FIRST = (MATTERS.c.draft_time.desc(), MATTERS.c.matter_id.desc())


def _seen(view: View) -> list[Any]:
    """A department's people see its own; its heads besides what was sent to the body that they head; the city sees all."""
    its = own(view, MATTERS)
    return [or_(*its, MATTERS.c.superior_id.in_(headed_by(view)))] if its else []


@read
def get_important_matter(request: pb.GetImportantMatterRequest, view: View) -> pb.GetImportantMatterResponse:
    """A matter, and the methods that its state leaves open; a department sees its own. Raises Missing."""
    wanted = [MATTERS.c.matter_id == request.matter_id, *_seen(view)]
    row = view.one(select(MATTERS.c.record, MATTERS.c.state).where(*wanted))
    if row is None:
        raise Missing("ImportantMatter", request.matter_id)
    open_here = (m.method for m in TABLE.open(row.state))
    answer = pb.GetImportantMatterResponse(open_acts=list(dict.fromkeys(open_here)))
    answer.important_matter.ParseFromString(row.record)
    return answer


@read
def list_important_matters(
    request: pb.ListImportantMattersRequest, view: View
) -> pb.ListImportantMattersResponse:
    """Matters, newest first; a department sees its own. Refuses with BAD_PAGE_TOKEN."""
    state = pb.ImportantMatterState.Name(request.state).removeprefix("IMPORTANT_MATTER_STATE_")
    asked = (
        (request.node, MATTERS.c.node == request.node),
        (request.state, MATTERS.c.state == state),
        (request.kind, MATTERS.c.kind == request.kind),
        (request.body_id, MATTERS.c.body_id == request.body_id),
        (request.record_id, MATTERS.c.record_id == request.record_id),
    )
    wanted = [*_seen(view), *(condition for said, condition in asked if said)]
    found = select(MATTERS.c.record, MATTERS.c.draft_time, MATTERS.c.matter_id).where(*wanted)
    rows, token = view.page(found, NEWEST_FIRST, request.page_size, request.page_token)
    listed = pb.ListImportantMattersResponse(next_page_token=token, total=count(view, MATTERS, wanted))
    for row in rows:
        listed.important_matters.add().ParseFromString(row.record)
    return listed


@read
def list_reportable_matters(
    request: pb.ListReportableMattersRequest, view: View
) -> pb.ListReportableMattersResponse:
    """What is told to the superior as the list holds today, in the order of its codes."""
    day = view.now.astimezone(SHANGHAI).date()
    items = ((item, item.on(day)) for item in view.parameters.reportable(day))
    shown = [shown_as(item, within) for item, within in items if within is not None]
    wanted = (each for each in shown if request.kind in (each.kind, pb.IMPORTANT_MATTER_KIND_UNSPECIFIED))
    return pb.ListReportableMattersResponse(matters=wanted)


def shown_as(item: Reportable, within: Within) -> pb.ReportableMatter:
    return pb.ReportableMatter(
        code=item.code,
        kind=kind_of(item),
        to=superior_of(item),
        title_zh=item.title_zh,
        title_en=item.title_en,
        amount=within.term.amount,
        unit=within.term.unit.upper(),
        citation=citation(within.law),
    )
