"""A paper is issued: numbered, and known by the hash of what it says (APL 47)."""

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import paper_pb2 as pb

from services.enforcement.case.act import act
from services.enforcement.case.model import Case
from services.enforcement.evidence.model import Evidence
from services.enforcement.evidence.reads import evidence_proto
from services.enforcement.paper.facts import IssueFacts
from services.enforcement.paper.message import paper_proto
from services.enforcement.paper.model import CasePaper, PaperForm
from services.enforcement.paper.number import next_number
from services.enforcement.paper.record import identity, said
from services.kit.refusal import Busy, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.paper import PAPERS, Paper, text_at
from services.law.procedures.case_paper import CASE_PAPER

# What holds the file together is no paper in it.
NOT_LISTED = frozenset({"cover", "contents"})


@write(loads=((Case, "case_id"), (PaperForm, "kind")))
def issue_paper(request: pb.IssuePaperRequest, tx: Tx) -> pb.IssuePaperResponse:
    """Issue a paper of a case (APL 47). While the record says the same, it is the one that was issued before."""
    paper = paper_of(request.kind)
    case, row = act.open(tx, request.case_id), tx.get(Case, request.case_id)
    CASE_PAPER.step("ISSUE_PAPER", None, "", IssueFacts(case, paper, tx))
    earlier = tx.query(select(CasePaper).where(CasePaper.case_id == case.case_id).order_by(CasePaper.serial))
    latest = next((p for p in reversed(earlier) if p.kind == paper.kind), None)
    if (
        latest is not None
        and written(tx, paper, case, row, earlier, latest, latest.number)[0] == latest.paper_id
    ):
        return pb.IssuePaperResponse(paper=paper_proto(latest, case, superseded=False))
    number = text_at(case, paper.number) if paper.number else ""
    if not paper.number and paper.word:
        number = next_number(tx, case.body_id, paper.kind, tx.now)
    paper_id, template_hash, data = written(tx, paper, case, row, earlier, None, number)
    made = tx.add(
        CasePaper.new(
            paper_id=paper_id,
            case_id=case.case_id,
            serial=len(earlier),
            kind=paper.kind,
            number=number,
            issue_time=tx.now,
            issuer=tx.caller.subject,
            case_version=case.version,
            case_state=case.state,
            template_hash=template_hash,
            data=data,
        )
    )
    told = paper_proto(made, case, superseded=False)
    act.write(tx, case, events.PaperIssued(paper=told), row=row)
    return pb.IssuePaperResponse(paper=told)


def paper_of(kind: str) -> Paper:
    """A paper of the table. Raises Malformed for one that there is not."""
    if (paper := PAPERS.get(kind)) is None:
        known = ", ".join(PAPERS)
        raise Malformed({"kind": (f"is no paper; there are {known}", f"没有这种文书；可选：{known}")})
    return paper


def written(
    tx: Tx,
    paper: Paper,
    case: cases.Case,
    row: Case,
    earlier: list[CasePaper],
    like: CasePaper | None,
    number: str,
) -> tuple[str, str, bytes]:
    """The hash of a paper as the record stands, that of its template, and what it says; `like` one issued before, on its day.

    Raises Busy while the templates are not read yet.
    """
    form = tx.find(PaperForm, paper.kind)
    if form is None:
        raise Busy(
            "PAPERS_NOT_READY",
            "the templates of the papers are being read; ask again",
            "文书模板正在载入，请稍后重试",
        )
    evidence = (
        tx.query(select(Evidence).where(Evidence.case_id == case.case_id).order_by(Evidence.evidence_id))
        if paper.evidence
        else ()
    )
    data = said(
        paper,
        case,
        number=number,
        issued=like.issue_time if like else tx.now,
        identity_number=row.identity_number,
        evidence=map(evidence_proto, evidence),
        papers=[p for p in earlier if p.kind not in NOT_LISTED],
    )
    return identity(data, form.template_hash), form.template_hash, data
