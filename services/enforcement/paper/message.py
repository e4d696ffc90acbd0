"""A paper as a message, and what it is worth now."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import paper_pb2 as pb

from services.law.citation import INTERNAL
from services.law.moment import put_moment
from services.law.paper import PAPERS, Paper, check_character, text_at
from services.law.parameters import Layers


def paper_proto(row: Any, case: cases.Case, parameters: Layers, *, superseded: bool) -> pb.Paper:
    """A paper from its row or a select of its columns; `superseded` by a later one of its kind."""
    kind = PAPERS[row.kind]
    paper = pb.Paper(
        paper_id=row.paper_id,
        case_id=row.case_id,
        kind=row.kind,
        title_zh=kind.zh,
        title_en=kind.en,
        law=law_of(kind, case, parameters),
        number=row.number,
        check=check_character(row.number) if row.number else "",
        issuer=row.issuer,
        case_version=row.case_version,
        case_state=row.case_state,
        template_hash=row.template_hash,
        standing=standing(row, case, superseded=superseded),
    )
    put_moment(paper.issue_time, row.issue_time)
    return paper


def law_of(paper: Paper, case: cases.Case, parameters: Layers) -> str:
    """The article that asks for a paper, as far as it binds the body; else that of the act to which it belongs."""
    law = parameters.cited(paper.law, case.sector)
    return law if law != INTERNAL else parameters.cited(paper.law, case.sector, f"act.{paper.act}")


def standing(row: Any, case: cases.Case, *, superseded: bool) -> int:
    """What a paper is worth now: a decision that was set aside, a number that was given anew, a later paper of its kind."""
    path = PAPERS[row.kind].number
    earlier = {was.decision.document_number for was in case.earlier_decisions}
    if path.startswith("decision.") and (case.HasField("set_aside") or row.number in earlier):
        return pb.PAPER_STANDING_WITHDRAWN
    if superseded or (path and text_at(case, path) != row.number):
        return pb.PAPER_STANDING_SUPERSEDED
    return pb.PAPER_STANDING_CURRENT
