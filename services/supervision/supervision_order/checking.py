"""Whether a paper of supervision is genuine, and what it is worth now: open to anybody who holds it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import paper_pb2 as papers
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.limit import Limit
from services.kit.refusal import Full
from services.kit.rpc import read
from services.kit.view import View
from services.law.moment import put_moment
from services.law.numbering import check_character
from services.supervision.supervision_order.model import SupervisionOrder
from services.supervision.supervision_order.paper import KINDS, OrderPaper

ONE = select(OrderPaper.__table__).where(OrderPaper.paper_id == bindparam("wanted"))  # type: ignore[attr-defined]
LATER = select(OrderPaper.paper_id).where(
    OrderPaper.order_id == bindparam("of"),
    OrderPaper.kind == bindparam("of_kind"),
    OrderPaper.number == bindparam("numbered"),
    OrderPaper.serial > bindparam("after"),
)
STATE = select(SupervisionOrder.state).where(SupervisionOrder.order_id == bindparam("of"))
CHECKS = Limit(rate=50, burst=200)
DOCUMENTS = ("urging_letter", "supervision_opinion")
"""What an objection may have withdrawn (ASR 30)."""
SAYS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        papers.PAPER_VERDICT_GENUINE: (
            "本文书系行政执法监督机构制作，现行有效。",
            "This paper was issued by the oversight body and stands.",
        ),
        papers.PAPER_VERDICT_SUPERSEDED: (
            "本文书系行政执法监督机构制作，但其内容已经变更，以后制作的文书为准。",
            "This paper was issued by the oversight body; what it says was changed by a later one.",
        ),
        papers.PAPER_VERDICT_WITHDRAWN: (
            "本文书系行政执法监督机构制作，但已被撤回。",
            "This paper was issued by the oversight body, and was withdrawn.",
        ),
        papers.PAPER_VERDICT_UNKNOWN: (
            "本机构没有制作过这份文书，或者其内容、文号已被改动。",
            "No such paper was issued here, or what it says or its number was altered.",
        ),
        papers.PAPER_VERDICT_MISTYPED: (
            "文号与校验码不符，请核对后重新输入。",
            "The number and its check character do not fit; read them again.",
        ),
    }
)


@read
def check_supervision_paper(
    request: pb.CheckSupervisionPaperRequest, view: View
) -> pb.CheckSupervisionPaperResponse:
    """What may be thought of a paper. Nothing is told of persons, and nothing without the right hash. Refuses with
    TOO_MANY_CHECKS."""
    if not CHECKS.admits(view.caller.who):
        raise Full(
            "TOO_MANY_CHECKS", "too many papers are checked now; ask again", "核验请求过多，请稍后重试"
        )
    if request.number and request.check and check_character(request.number) != request.check:
        return _verdict(papers.PAPER_VERDICT_MISTYPED)
    row = view.one(ONE, wanted=request.hash)
    if row is None or row.number != request.number:
        return _verdict(papers.PAPER_VERDICT_UNKNOWN)
    answer, kind, names = _verdict(_standing(view, row)), KINDS[row.kind], view.parameters.numbering()
    found = answer.found
    found.title_zh, found.title_en, found.number = kind.zh, kind.en, row.number
    found.body_name = names.government if kind.government else names.office
    put_moment(found.issue_time, row.issue_time)
    return answer


def _standing(view: View, row: Any) -> papers.PaperVerdict:
    """A later paper under the same number takes its place; what an objection had withdrawn is no more."""
    later = {"of": row.order_id, "of_kind": row.kind, "numbered": row.number, "after": row.serial}
    if view.one(LATER.limit(1), **later) is not None:
        return papers.PAPER_VERDICT_SUPERSEDED
    matter = view.one(STATE, of=row.order_id)
    gone = matter is not None and matter.state == "WITHDRAWN" and row.kind in DOCUMENTS
    return papers.PAPER_VERDICT_WITHDRAWN if gone else papers.PAPER_VERDICT_GENUINE


def _verdict(found: papers.PaperVerdict) -> pb.CheckSupervisionPaperResponse:
    zh, en = SAYS[found]
    told = papers.CheckPaperResponse(verdict=found, says_zh=zh, says_en=en)
    return pb.CheckSupervisionPaperResponse(found=told)
