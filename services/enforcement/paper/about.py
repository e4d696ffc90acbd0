"""What a paper is about: a case, or what stands beside one, with the case that it stands beside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.assistance.act import act as of_assistance
from services.enforcement.case.act import act as of_case
from services.enforcement.case.model import Case
from services.enforcement.court_enforcement.act import act as of_court
from services.enforcement.enforcement.act import act as of_enforcement
from services.enforcement.inspection.act import act as of_inspection
from services.enforcement.measure.act import act as of_measure
from services.enforcement.permit.act import act as of_permit
from services.enforcement.referral.act import act as of_referral
from services.kit.act import Acts
from services.kit.refusal import Missing
from services.law.procedures.permit import PREFIX as PERMIT_ID


@dataclass(frozen=True)
class Noun:
    """A kind of record that has papers: its acts, what announces that one was issued, how its ids begin; `by_case` where the case
    announces it, in whose file it lies: another department may be at work on the record.
    """

    acts: Acts
    issued: type[Any]
    prefix: str
    by_case: bool = False


NOUNS: Mapping[str, Noun] = MappingProxyType(
    {
        "case": Noun(of_case, events.PaperIssued, "C-"),
        "measure": Noun(of_measure, events.MeasurePaperIssued, "M-"),
        "referral": Noun(of_referral, events.ReferralPaperIssued, "F-"),
        "enforcement": Noun(of_enforcement, events.EnforcementPaperIssued, "Z-"),
        "inspection": Noun(of_inspection, events.InspectionPaperIssued, "I-"),
        "permit": Noun(of_permit, events.PermitPaperIssued, PERMIT_ID),
        "assistance": Noun(of_assistance, events.PaperIssued, "A-", by_case=True),
        "court_enforcement": Noun(of_court, events.PaperIssued, "Q-", by_case=True),
    }
)
BESIDE = ("measure", "referral", "assistance", "court_enforcement", "enforcement")
"""Those that stand beside a case."""


@dataclass(frozen=True)
class About:
    """A record with papers. `noun` is what it is; `case` the case that it is or stands beside, None for an inspection or a
    permit, and where another department has the case.
    `identity_number` is the whole number of the party, which the record shows masked.
    """

    noun: str
    record: Any
    case: cases.Case | None
    identity_number: str = ""

    @property
    def record_id(self) -> str:
        return str(getattr(self.record, NOUNS[self.noun].acts.key))

    @property
    def case_id(self) -> str:
        return self.case.case_id if self.case is not None else ""


def about(look: Any, noun: str, record_id: str) -> About:
    """A record by its kind and id. `look` is a transaction or a view. Raises Missing."""
    acts: Any = NOUNS[noun].acts
    row = look.find(acts.row, record_id)
    if row is None:
        raise Missing(acts.row.__name__, record_id)
    record = acts.record.FromString(row.record)
    if noun == "permit":
        return About(noun, record, None, row.identity_number)
    held = row if noun == "case" else look.find(Case, getattr(record, "case_id", ""))
    if noun == "inspection" or held is None:
        return About(noun, record, None)
    case = record if noun == "case" else cases.Case.FromString(held.record)
    return About(noun, record, case, held.identity_number)


def noun_of(record_id: str) -> str:
    """The kind of record that an id is of. Raises Missing for an id of none."""
    for noun, each in NOUNS.items():
        if record_id.startswith(each.prefix):
            return noun
    raise Missing("Measure", record_id)


def all_of_case(look: Any, case_id: str) -> Iterator[About]:
    """A case, and what stands beside it. Raises Missing."""
    of = about(look, "case", case_id)
    yield of
    for noun in BESIDE:
        acts: Any = NOUNS[noun].acts
        row = acts.row
        beside = select(row).where(row.case_id == case_id).order_by(getattr(row, acts.key))
        for found in look.query(beside):
            yield About(noun, acts.record.FromString(found.record), of.case, of.identity_number)
