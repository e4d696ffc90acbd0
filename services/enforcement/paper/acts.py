"""A paper is issued: numbered, and known by the hash of what it says (APL 47)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import paper_pb2 as pb
from yifa.enforcement.v1.evidence_pb2 import Evidence

from services.enforcement.assistance.model import Assistance
from services.enforcement.case.model import Case
from services.enforcement.court_enforcement.model import CourtEnforcement
from services.enforcement.decision.paper import paper_of as decision_paper_of
from services.enforcement.enforcement.model import Enforcement
from services.enforcement.evidence.model import Evidence as EvidenceRow
from services.enforcement.evidence.telling import evidence_proto, put_aside
from services.enforcement.inspection.model import Inspection
from services.enforcement.measure.model import Measure
from services.enforcement.paper.about import NOUNS, About, about
from services.enforcement.paper.facts import IssueFacts
from services.enforcement.paper.message import paper_proto
from services.enforcement.paper.model import CasePaper, PaperForm
from services.enforcement.paper.number import next_number
from services.enforcement.paper.permit import beside, seal_of, to_serve
from services.enforcement.paper.record import said
from services.enforcement.permit.model import Permit
from services.enforcement.referral.model import Referral
from services.kit.paper.said import identity
from services.kit.refusal import Busy, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.paper import PAPERS
from services.law.paper_form import Paper, text_at, told_of
from services.law.procedures.paper_issue import PAPER_ISSUE

# The papers by which something is decided about the party.
DECISIONS = frozenset({"decision", "no_penalty", "own_correction"})
# What holds the file together is no paper in it.
NOT_LISTED = frozenset({"cover", "contents"})


RECORDS = tuple(
    (row, "record_id")
    for row in (Measure, Referral, Inspection, Permit, Assistance, CourtEnforcement, Enforcement)
)


@write(loads=((Case, "case_id"), (PaperForm, "kind"), *RECORDS))
def issue_paper(request: pb.IssuePaperRequest, tx: Tx) -> pb.IssuePaperResponse:
    """Issue a paper of a record (APL 47). While the record says the same, it is the one that was issued before."""
    paper = paper_of(request.kind)
    of = about(tx, paper.record, named(request, paper))
    PAPER_ISSUE.step("ISSUE_PAPER", paper, "", IssueFacts(of, paper, tx))
    desk = Desk(tx, paper, of, template_of(tx, paper.kind), file_of(tx, of))
    wanted = (paper.kind, of.record_id, desk.place())
    mine = (p for p in reversed(desk.earlier) if (p.kind, p.record_id, p.place) == wanted)
    latest = next(mine, None)
    if (
        latest is not None
        and latest.paper_id == desk.written(latest.number, latest.serial, latest.issue_time)[0]
    ):
        return pb.IssuePaperResponse(paper=paper_proto(latest, of, tx.parameters, superseded=False))
    made = tx.add(desk.made(tx.caller.subject))
    told = paper_proto(made, of, tx.parameters, superseded=False)
    noun = NOUNS[of.noun]
    record, acts = (of.case, NOUNS["case"].acts) if noun.by_case else (of.record, noun.acts)
    acts.write(tx, record, noun.issued(paper=told))
    return pb.IssuePaperResponse(paper=told)


def paper_of(kind: str) -> Paper:
    """A paper of the table. Raises Malformed for one that there is not."""
    if (paper := PAPERS.get(kind)) is None:
        known = ", ".join(PAPERS)
        raise Malformed({"kind": (f"is no paper; there are {known}", f"没有这种文书；可选：{known}")})
    return paper


def named(request: pb.IssuePaperRequest | pb.ListPapersRequest, paper: Paper) -> str:
    """The record that a request names, by the field for papers of its kind. Raises Malformed for another."""
    field, other = ("case_id", "record_id") if paper.record == "case" else ("record_id", "case_id")
    if getattr(request, other) or not getattr(request, field):
        said = f"alone names the {paper.record} that it is a paper of", "应当且仅当以该字段指明文书所属的记录"
        raise Malformed({field: said})
    return str(getattr(request, field))


def template_of(tx: Tx, kind: str) -> str:
    """The hash of the template of a kind. Raises Busy while the templates are not read yet."""
    if (form := tx.find(PaperForm, kind)) is not None:
        return form.template_hash
    said = "the templates of the papers are being read; ask again", "文书模板正在载入，请稍后重试"
    raise Busy("PAPERS_NOT_READY", *said)


def file_of(tx: Tx, of: About) -> list[CasePaper]:
    """The papers that were issued of the file in which those of a record lie, in their order."""
    its = CasePaper.case_id == of.case_id if of.case_id else CasePaper.record_id == of.record_id
    return tx.query(select(CasePaper).where(its).order_by(CasePaper.serial))


@dataclass
class Desk:
    """What a paper is written from: the record, the template, the papers before."""

    tx: Tx
    paper: Paper
    of: About
    template_hash: str
    earlier: list[CasePaper]

    def written(self, number: str, serial: int, issued: datetime) -> tuple[str, bytes]:
        """The hash of the paper under a number and on a day, as the record stands, and what it says."""
        data = said(
            self.paper,
            self.of,
            number=number,
            serial=serial,
            issued=issued,
            evidence=self.evidence(),
            papers=self.listed(),
            decision_paper=self.decision_paper(),
            beside=beside(self.tx, self.paper, self.of.record) if self.of.noun == "permit" else None,
        )
        return identity(data, self.template_hash), data

    def place(self) -> int:
        """Which of the parts of the record it tells of, or up to which paper it lists; 0 for the whole record."""
        record, paper = self.of.record, self.paper
        if paper.part:
            return [*getattr(record, paper.part)].index(told_of(paper, record)) + 1
        listed = self.listed() if self.of.noun == "permit" else []
        return max((row.serial + 1 for row in listed), default=0)

    def listed(self) -> list[CasePaper]:
        """The papers of the file, where the paper lists them; of a permit those that go out under seal."""
        if not self.paper.papers:
            return []
        if self.of.noun == "permit":
            return to_serve(self.tx, self.of.record_id)
        return [p for p in self.earlier if p.kind not in NOT_LISTED]

    def evidence(self) -> list[Evidence]:
        """The evidence of the case, where the paper lists it: none that was set aside or excluded."""
        if not self.paper.evidence:
            return []
        of_case = select(EvidenceRow).where(EvidenceRow.case_id == self.of.case_id)
        found = (evidence_proto(row) for row in self.tx.query(of_case.order_by(EvidenceRow.evidence_id)))
        return [piece for piece in found if not put_aside(piece)]

    def decision_paper(self) -> cases.DecisionPaper | None:
        """What a decision says of address, bank, seal and remedies; of one that was served the record says it."""
        case = self.of.record
        told = self.paper.kind == "decision" and case.decision.HasField("paper")
        if self.paper.kind not in DECISIONS or told:
            return None
        return decision_paper_of(case, seal_of(self.tx, case.body_id), self.tx.parameters)

    def number(self) -> str:
        """The number that the record has for it, or the next; empty for a paper that has none."""
        if self.paper.number:
            return text_at(told_of(self.paper, self.of.record), self.paper.number)
        if self.paper.word:
            return next_number(self.tx, self.of.record.body_id, self.paper.kind, self.tx.now)
        return ""

    def made(self, issuer: str) -> CasePaper:
        """The paper, numbered."""
        number, serial, now = self.number(), len(self.earlier), self.tx.now
        paper_id, data = self.written(number, serial, now)
        return CasePaper.new(
            paper_id=paper_id,
            case_id=self.of.case_id,
            record_id=self.of.record_id,
            serial=serial,
            place=self.place(),
            kind=self.paper.kind,
            number=number,
            issue_time=now,
            issuer=issuer,
            case_version=self.of.record.version,
            case_state=self.of.record.state if self.of.noun == "case" else cases.CASE_STATE_UNSPECIFIED,
            template_hash=self.template_hash,
            data=data,
        )
