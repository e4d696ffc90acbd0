"""A paper as a message, and what it is worth now."""

from collections.abc import Iterable
from typing import Any

from yifa.enforcement.v1 import paper_pb2 as pb

from services.enforcement.paper.about import About
from services.enforcement.permit.act import act
from services.law.citation import INTERNAL
from services.law.moment import moment_of, put_moment
from services.law.numbering import check_character
from services.law.paper import PAPERS
from services.law.paper_form import Paper, text_at
from services.law.parameters import Layers
from services.law.procedures.permit.recorded_held import alterations

# The papers that give a permit, and when what they give is no more.
GIVING = frozenset({"permit_grant", "permit_certificate", "permit_renewal"})
ENDED = frozenset({"LAPSED", "REVOKED", "RECALLED", "DEREGISTERED"})


def paper_proto(row: Any, of: About, parameters: Layers, *, superseded: bool) -> pb.Paper:
    """A paper from its row or a select of its columns; `superseded` by a later one of its kind."""
    kind = PAPERS[row.kind]
    paper = pb.Paper(
        paper_id=row.paper_id,
        case_id=row.case_id,
        record_id=row.record_id,
        kind=row.kind,
        title_zh=kind.zh,
        title_en=kind.en,
        law=law_of(kind, of, parameters),
        number=row.number,
        check=check_character(row.number) if row.number else "",
        issuer=row.issuer,
        case_version=row.case_version,
        case_state=row.case_state,
        template_hash=row.template_hash,
        standing=standing(row, of, superseded=superseded),
    )
    put_moment(paper.issue_time, row.issue_time)
    return paper


def law_of(paper: Paper, of: About, parameters: Layers) -> str:
    """The article that asks for a paper, as far as it binds the body; else that of the act to which it belongs."""
    law = parameters.cited(paper.law, of.record.sector)
    return law if law != INTERNAL else parameters.cited(paper.law, of.record.sector, f"act.{paper.act}")


def standing(row: Any, of: About, *, superseded: bool) -> int:
    """What a paper is worth now: a decision that was set aside, a number that was given anew, a later paper of its kind."""
    paper, record = PAPERS[row.kind], of.record
    if of.noun == "case" and paper.number.startswith("decision.") and undone(row, record):
        return pb.PAPER_STANDING_WITHDRAWN
    if row.kind in GIVING and act.names[record.state] in ENDED:
        return pb.PAPER_STANDING_ENDED
    of_record = [text_at(each, paper.number) for each in parts_of(paper, record)]
    if superseded or (paper.number and row.number not in of_record) or altered_since(row, of):
        return pb.PAPER_STANDING_SUPERSEDED
    return pb.PAPER_STANDING_CURRENT


def parts_of(paper: Paper, record: Any) -> Iterable[Any]:
    """What of a record its papers of a kind tell of, one each."""
    return getattr(record, paper.part) if paper.part else (record,)


def altered_since(row: Any, of: About) -> bool:
    """Whether a permit was altered after its document was issued."""
    if row.kind != "permit_certificate":
        return False
    return any(moment_of(each.decide_time) > row.issue_time for each in alterations(of.record))


def undone(row: Any, case: Any) -> bool:
    """Whether the decision that a paper tells of was set aside, now or before it was made anew."""
    return case.HasField("set_aside") or row.number in {
        e.decision.document_number for e in case.earlier_decisions
    }
