"""The papers of a record, their files, and whether a paper is genuine."""

import time
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import paper_pb2 as pb

from services.enforcement.paper.about import About, about, all_of_case, noun_of
from services.enforcement.paper.facts import IssueFacts
from services.enforcement.paper.file import kept_file
from services.enforcement.paper.message import law_of, paper_proto
from services.enforcement.paper.model import CasePaper
from services.kit.limit import Limit
from services.kit.refusal import Busy, Full, Malformed, Missing
from services.kit.rpc import read, stream
from services.kit.view import Feed, Rows, View
from services.law.moment import put_moment
from services.law.numbering import check_character
from services.law.paper import PAPERS
from services.law.procedures.paper_issue import concerned, made
from services.law.rule import Unlawful

COLUMNS = [c for c in CasePaper.__table__.columns if c.name != "data"]
OF_CASE = select(*COLUMNS).where(CasePaper.case_id == bindparam("wanted_case")).order_by(CasePaper.serial)
OF_RECORD = (
    select(*COLUMNS).where(CasePaper.record_id == bindparam("wanted_record")).order_by(CasePaper.serial)
)
ONE = select(*COLUMNS).where(CasePaper.paper_id == bindparam("wanted_paper"))
PIECE = 64 * 1024
# How long a caller waits for a paper that is being set.
PATIENCE = 30.0
CHECKS = Limit(rate=50, burst=200)
SAYS = {
    pb.PAPER_VERDICT_GENUINE: ("本文书系本机关制作，现行有效。", "This paper was issued here and is the last of its kind."),
    pb.PAPER_VERDICT_SUPERSEDED: (
        "本文书系本机关制作，但已被后制作的文书替代。",
        "This paper was issued here; another has taken its place.",
    ),
    pb.PAPER_VERDICT_WITHDRAWN: (
        "本文书系本机关制作，但所载决定已被变更、撤销或者确认违法、无效。",
        "This paper was issued here; the decision was changed, annulled, or declared unlawful or void.",
    ),
    pb.PAPER_VERDICT_ENDED: (
        "本文书系本机关制作，但所载行政许可已经届满、撤销、撤回或者注销，不再有效。",
        "This paper was issued here; the permit that it gives has ended, or was revoked, recalled or taken off the register.",
    ),
    pb.PAPER_VERDICT_UNKNOWN: (
        "本机关没有制作过这份文书，或者其内容、文号已被改动。",
        "No such paper was issued here, or what it says or its number was altered.",
    ),
    pb.PAPER_VERDICT_MISTYPED: (
        "文号与校验码不符，请核对后重新输入。",
        "The number and its check character do not fit; read them again.",
    ),
}  # fmt: skip
VERDICTS = {
    pb.PAPER_STANDING_CURRENT: pb.PAPER_VERDICT_GENUINE,
    pb.PAPER_STANDING_SUPERSEDED: pb.PAPER_VERDICT_SUPERSEDED,
    pb.PAPER_STANDING_WITHDRAWN: pb.PAPER_VERDICT_WITHDRAWN,
    pb.PAPER_STANDING_ENDED: pb.PAPER_VERDICT_ENDED,
}


@read
def list_papers(request: pb.ListPapersRequest, view: View) -> pb.ListPapersResponse:
    """The papers of a case with what stands beside it, or of one record, in the order of their issue; what can be issued now.

    Raises Missing, Malformed.
    """
    records, rows = asked_about(request, view)
    last = {(row.record_id, row.kind, row.place): row.serial for row in rows}
    return pb.ListPapersResponse(
        papers=[
            paper_proto(
                row,
                records[row.record_id],
                view.parameters,
                superseded=row.serial < last[row.record_id, row.kind, row.place],
            )
            for row in rows
        ],
        forms=[form for of in records.values() for form in open_now(of, view)],
    )


def asked_about(request: pb.ListPapersRequest, view: View) -> tuple[dict[str, About], Rows]:
    """The records that a request is about by their ids, and the papers of them."""
    if not request.record_id:
        if not request.case_id:
            raise Malformed({"case_id": ("or record_id is missing", "应当载明案件或者其他记录")})
        found = {of.record_id: of for of in all_of_case(view, request.case_id)}
        return found, view.rows(OF_CASE, wanted_case=request.case_id)
    of = about(view, noun_of(request.record_id), request.record_id)
    if request.case_id not in ("", of.case_id):
        raise Missing("Case", request.case_id)
    return {of.record_id: of}, view.rows(OF_RECORD, wanted_record=of.record_id)


def open_now(of: About, view: View) -> list[pb.PaperForm]:
    """The papers of a record that can be issued now."""
    mine = (p for p in PAPERS.values() if p.record == of.noun)
    return [
        pb.PaperForm(
            kind=p.kind,
            title_zh=p.zh,
            title_en=p.en,
            law=law_of(p, of, view.parameters),
            record_id=of.record_id,
        )
        for p in mine
        if can_be_made(IssueFacts(of, p, view))
    ]


def can_be_made(facts: IssueFacts) -> bool:
    """Whether a record has what its paper has to be."""
    return all(each.holds(facts) for each in made(facts.paper))


@stream
async def get_paper(request: pb.GetPaperRequest, feed: Feed) -> AsyncIterator[pb.GetPaperResponse]:
    """The paper, then its file in pieces; a paper that is being set is waited for."""
    deadline, row = time.monotonic() + PATIENCE, None
    while row is None or not (row.ready or row.problem):
        mark = feed.mark
        row = feed.get(ONE, "CasePaper", request.paper_id, wanted_paper=request.paper_id)
        refuse_strangers(row, feed)
        if row.ready or row.problem:
            break
        if time.monotonic() > deadline:
            raise Busy("PAPERS_NOT_READY", "the paper is being set; ask again", "文书正在排版，请稍后重试")
        await feed.changed(1.0, mark)
    if not row.ready:
        raise Full(
            "PAPER_NOT_SET",
            f"the paper could not be set in type: {row.problem}",
            f"文书无法排版：{row.problem}",
            paper_id=row.paper_id,
            problem=row.problem,
        )
    content = kept_file(feed, row.paper_id)
    yield pb.GetPaperResponse(paper=told(row, feed))
    for at in range(0, len(content), PIECE):
        yield pb.GetPaperResponse(data=content[at : at + PIECE])


def refuse_strangers(row: Any, view: View) -> None:
    """Raise Unlawful for an officer who does not handle the matter: a paper carries what others see masked."""
    paper = PAPERS[row.kind]
    facts = IssueFacts(about(view, paper.record, row.record_id), paper, view)
    rule = concerned(paper)
    if not rule.holds(facts):
        raise Unlawful([rule.broken()], {"person": facts.caller()})


@read
def check_paper(request: pb.CheckPaperRequest, view: View) -> pb.CheckPaperResponse:
    """What may be thought of a paper. Nothing is told of persons, and nothing without the right hash."""
    if not CHECKS.admits(view.caller.who):
        raise Full(
            "TOO_MANY_CHECKS", "too many papers are checked now; ask again", "核验请求过多，请稍后重试"
        )
    if request.number and request.check and check_character(request.number) != request.check:
        return verdict(pb.PAPER_VERDICT_MISTYPED)
    row = view.one(ONE, wanted_paper=request.hash)
    if row is None or row.number != request.number:
        return verdict(pb.PAPER_VERDICT_UNKNOWN)
    of, paper = about(view, PAPERS[row.kind].record, row.record_id), told(row, view)
    answer = verdict(VERDICTS[paper.standing])
    answer.title_zh, answer.title_en, answer.number = paper.title_zh, paper.title_en, paper.number
    answer.body_name = of.record.body_name
    if of.noun == "case":
        answer.case_state = of.record.state
    put_moment(answer.issue_time, row.issue_time)
    return answer


def verdict(found: pb.PaperVerdict) -> pb.CheckPaperResponse:
    zh, en = SAYS[found]
    return pb.CheckPaperResponse(verdict=found, says_zh=zh, says_en=en)


def told(row: Any, view: View) -> pb.Paper:
    """A paper as it stands among the others of its record."""
    others = view.rows(OF_RECORD, wanted_record=row.record_id)
    superseded = any((o.kind, o.place) == (row.kind, row.place) and o.serial > row.serial for o in others)
    of = about(view, PAPERS[row.kind].record, row.record_id)
    return paper_proto(row, of, view.parameters, superseded=superseded)
