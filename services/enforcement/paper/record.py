"""What a paper says, from the record and nothing else: plain values for a template, the same for the same record.

What the record does not hold is left out; the template leaves a line for it.
"""

from collections.abc import Iterable
from datetime import datetime

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import evidence_pb2

from services.enforcement.paper.about import About
from services.enforcement.paper.model import CasePaper
from services.kit.paper.said import Plain, canonical, day, part, plain, put_part
from services.law.moment import moment_at
from services.law.numbering import check_character
from services.law.paper import PAPERS
from services.law.paper_form import Paper, told_of


def said(
    paper: Paper,
    of: About,
    *,
    number: str,
    serial: int,
    issued: datetime,
    evidence: Iterable[evidence_pb2.Evidence] = (),
    papers: Iterable[CasePaper] = (),
    decision_paper: cases.DecisionPaper | None = None,
    beside: Plain | None = None,
) -> bytes:
    """All that a paper says, as canonical JSON. `serial` in its file tells apart two that say the same; `decision_paper` is
    what a decision says besides its record, `beside` what a paper of a permit does.
    """
    record, case, subject = of.record, of.case or cases.Case(), told_of(paper, of.record)
    told: Plain = dict(beside or {})
    for path in paper.says:
        if path.startswith("."):
            put_part(told.setdefault(paper.part, {}), subject, path[1:])
        else:
            put_part(told, record, path)
    if of.noun == "permit":
        told["party"] = told.pop("applicant", {})
    if decision_paper is not None:
        told.setdefault("decision", {})["paper"] = plain(decision_paper)
    if record is not case and of.case is not None:
        beside = ("party", "violation", *paper.of_case)
        told |= {name: value for name in beside if (value := part(case, name)) is not None}
    if paper.served and of.identity_number:
        told["party"]["identity_number"] = of.identity_number
    bears = moment_at(subject, paper.at) if paper.at else None
    whole = {
        "paper": {
            "kind": paper.kind,
            "title": paper.zh,
            "number": number,
            "day": day(bears or issued),
            "serial": serial,
        },
        "case_id": case.case_id,
        "case_number": case.case_number,
        "source": source_of(of, case),
        "procedure": cases.Procedure.Name(case.procedure).removeprefix("PROCEDURE_"),
        "body": {
            "name": record.body_name,
            "in_name_of": record.in_name_of if of.noun == "permit" else case.in_name_of,
        },
        **told,
    }
    if record is not case:
        whole["record_id"] = of.record_id
    if number:
        whole["paper"]["check"] = check_character(number)
    if paper.evidence:
        whole["evidence"] = [plain(piece) for piece in evidence]
    if paper.papers:
        whole["papers"] = [
            {
                "title": PAPERS[row.kind].zh,
                "number": row.number,
                "day": day(row.issue_time),
                "group": PAPERS[row.kind].group,
            }
            for row in papers
        ]
    return canonical(whole)


def source_of(of: About, case: cases.Case) -> str:
    """Where it was handled: "OUTSIDE" for a case, or a permit, that another system reported."""
    if of.noun == "permit":
        return "OUTSIDE" if of.record.origin.system else "SYSTEM"
    return cases.CaseSource.Name(case.source).removeprefix("CASE_SOURCE_")
