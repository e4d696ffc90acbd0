"""A paper is issued: numbered, and known by the hash of what it says (APL 47)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import paper_pb2 as pb
from yifa.enforcement.v1.evidence_pb2 import Evidence

from services.enforcement.case.act import act
from services.enforcement.case.model import Case
from services.enforcement.evidence.model import Evidence as EvidenceRow
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
    desk = Desk(tx, paper, case, row.identity_number, template_of(tx, paper.kind), of_case(tx, case.case_id))
    latest = next((p for p in reversed(desk.earlier) if p.kind == paper.kind), None)
    if (
        latest is not None
        and latest.paper_id == desk.written(latest.number, latest.serial, latest.issue_time)[0]
    ):
        return pb.IssuePaperResponse(paper=paper_proto(latest, case, tx.parameters, superseded=False))
    made = tx.add(desk.made(tx.caller.subject))
    told = paper_proto(made, case, tx.parameters, superseded=False)
    act.write(tx, case, events.PaperIssued(paper=told), row=row)
    return pb.IssuePaperResponse(paper=told)


def paper_of(kind: str) -> Paper:
    """A paper of the table. Raises Malformed for one that there is not."""
    if (paper := PAPERS.get(kind)) is None:
        known = ", ".join(PAPERS)
        raise Malformed({"kind": (f"is no paper; there are {known}", f"没有这种文书；可选：{known}")})
    return paper


def template_of(tx: Tx, kind: str) -> str:
    """The hash of the template of a kind. Raises Busy while the templates are not read yet."""
    if (form := tx.find(PaperForm, kind)) is not None:
        return form.template_hash
    said = "the templates of the papers are being read; ask again", "文书模板正在载入，请稍后重试"
    raise Busy("PAPERS_NOT_READY", *said)


def of_case(tx: Tx, case_id: str) -> list[CasePaper]:
    """The papers of a case that were issued, in their order."""
    return tx.query(select(CasePaper).where(CasePaper.case_id == case_id).order_by(CasePaper.serial))


@dataclass
class Desk:
    """What a paper is written from: the case, the whole identity number of its party, the template, the papers before."""

    tx: Tx
    paper: Paper
    case: cases.Case
    identity_number: str
    template_hash: str
    earlier: list[CasePaper]

    def written(self, number: str, serial: int, issued: datetime) -> tuple[str, bytes]:
        """The hash of the paper under a number and on a day, as the record stands, and what it says."""
        data = said(
            self.paper,
            self.case,
            number=number,
            serial=serial,
            issued=issued,
            identity_number=self.identity_number,
            evidence=self.evidence(),
            papers=[p for p in self.earlier if p.kind not in NOT_LISTED],
        )
        return identity(data, self.template_hash), data

    def evidence(self) -> list[Evidence]:
        """The evidence of the case, where the paper lists it."""
        if not self.paper.evidence:
            return []
        of_case = select(EvidenceRow).where(EvidenceRow.case_id == self.case.case_id)
        return [evidence_proto(row) for row in self.tx.query(of_case.order_by(EvidenceRow.evidence_id))]

    def number(self) -> str:
        """The number that the record has for it, or the next; empty for a paper that has none."""
        if self.paper.number:
            return text_at(self.case, self.paper.number)
        if self.paper.word:
            return next_number(self.tx, self.case.body_id, self.paper.kind, self.tx.now)
        return ""

    def made(self, issuer: str) -> CasePaper:
        """The paper, numbered."""
        number, serial, now = self.number(), len(self.earlier), self.tx.now
        paper_id, data = self.written(number, serial, now)
        return CasePaper.new(
            paper_id=paper_id,
            case_id=self.case.case_id,
            serial=serial,
            kind=self.paper.kind,
            number=number,
            issue_time=now,
            issuer=issuer,
            case_version=self.case.version,
            case_state=self.case.state,
            template_hash=self.template_hash,
            data=data,
        )
