"""What a paper of a permit states besides its record: the seal of the body, the remedies, names, what was altered since."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import permit_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.officer.model import Standing
from services.enforcement.paper.model import CasePaper
from services.kit.paper.said import Plain, day
from services.law.moment import moment_of
from services.law.paper_form import Paper
from services.law.paper_permit import RECEIPT, TO_APPLICANT
from services.law.procedures.permit.recorded import HANDLINGS, TERMS, legal_days, remedies_of
from services.law.procedures.permit.recorded_held import alterations

# Whom a paper names that the record knows by an id.
NAMED: Mapping[str, Callable[[pb.Permit], Iterable[str]]] = MappingProxyType(
    {
        "permit_hearing_notice": lambda p: (p.hearing.host,),
        "permit_hearing_record": lambda p: (p.hearing.host, p.review.reviewer),
        "permit_review": lambda p: (p.review.reviewer, *p.review.verifier_ids, *p.inspectors.officer_ids),
        "permit_check": lambda p: p.checks[-1].checker_ids,
    }
)


def seal_of(look: Any, body_id: str) -> str:
    """The record number of the seal that the registry has for a body, or for the agency in whose name it acts."""
    body = look.find(Body, body_id)
    owner = look.find(Body, body.mandator_id) if body is not None and body.mandator_id else body
    return owner.seal.strip() if owner is not None else ""


def there_is(look: Any, paper: Paper, permit: pb.Permit) -> frozenset[str]:
    """What there is of that which a paper states and no record holds."""
    found = {
        "seal": lambda: seal_of(look, permit.body_id),
        "remedies": lambda: all(remedies_of(look, permit.sector)),
        "papers": lambda: to_serve(look, permit.permit_id),
    }
    return frozenset(name for name in found.keys() & {*paper.needs} if found[name]())


def to_serve(look: Any, permit_id: str) -> list[CasePaper]:
    """The papers for the applicant that were issued since the last receipt of service; those of that, where none was since."""
    its = select(CasePaper).where(CasePaper.record_id == permit_id).order_by(CasePaper.serial)
    batches: list[dict[tuple[str, int], CasePaper]] = [{}]
    for row in look.query(its):
        if row.kind == RECEIPT:
            batches.append({})
        elif row.kind in TO_APPLICANT:
            batches[-1][row.kind, row.place] = row
    return next(([*batch.values()] for batch in reversed(batches) if batch), [])


def beside(look: Any, paper: Paper, permit: pb.Permit) -> Plain:
    """What is printed of it, as plain values."""
    told: Plain = {}
    if "seal" in paper.needs:
        told["seal"] = seal_of(look, permit.body_id)
    if "remedies" in paper.needs:
        told["remedies"] = dict(zip(("authority", "court"), remedies_of(look, permit.sector), strict=True))
    if paper.kind == "permit_acceptance":
        told["legal_days"] = legal_days(
            look.parameters, permit.terms.handling, moment_of(permit.acceptance.accept_time), permit.sector
        )
    if paper.kind == "permit_extension":
        told["longer"] = _longer(permit)
    if paper.kind == "permit_certificate":
        told["alterations"] = _alterations(permit)
    if (who := NAMED.get(paper.kind)) is not None:
        told["names"] = {person: name for person in who(permit) if (name := _name(look, person))}
    return told


def _alterations(permit: pb.Permit) -> list[Plain]:
    return [
        {"content": each.content, "number": each.document_number, "day": day(moment_of(each.decide_time))}
        for each in alterations(permit)
    ]


def _longer(permit: pb.Permit) -> int:
    """By how many working days the term was extended."""
    its = TERMS.get(HANDLINGS[permit.terms.handling])
    added = (e.amount for d in permit.deadlines if d.clock_id == its for e in d.extensions)
    return sum(added)


def _name(look: Any, person: str) -> str:
    row = look.find(Standing, person)
    return row.name if row is not None else ""
