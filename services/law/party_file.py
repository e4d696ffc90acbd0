"""The file of a party (一户一档): by what a party is known, and under whom a record is filed from when on (CITY-ERS 5(6), 8(7)).

Department and city read the same of the same records.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import party_file_pb2 as pb
from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.inspection_pb2 import Inspection
from yifa.enforcement.v1.party_pb2 import (
    PARTY_AGE_MINOR,
    PARTY_KIND_CITIZEN,
    PARTY_KIND_ORGANISATION,
    PARTY_KIND_SOLE_TRADER,
    Party,
)
from yifa.enforcement.v1.permit_pb2 import Permit
from yifa.enforcement.v1.visit_pb2 import Visit

from services.law.calendar import SHANGHAI
from services.law.identity import born_on, masked, spelt, why_no_credit_code
from services.law.moment import moment_at, moment_of
from services.law.procedures.penalty.body import plain
from services.law.procedures.public_text import under_age


@dataclass(frozen=True)
class Filed:
    """A record as a volume of the file of its party. `key` is by what the party is known, `number` what is shown of that;
    `begin_time` is None where the record does not tell when it began.
    """

    volume_id: str
    kind: int
    key: str
    begin_time: datetime | None
    party_name: str
    party_kind: int
    number: str
    sealed: bool = False


def key_of(number: str, name: str, record_id: str) -> str:
    """By what a party is known: its whole number; where that is masked, the number as it is shown and the name. Without a number
    nobody knows whether two are one, so the record is a file of its own.
    """
    if not number:
        return f"?{record_id}"
    return f"{number}\n{plain(name)}" if "*" in number else number


def of_party(party: Party, record_id: str, kind: int, begin: datetime | None, whole: str = "") -> Filed:
    """A record about a party. `whole` is its whole number, where that is known here."""
    known = whole if whole and "*" not in whole else party.credit_code or party.identity_number
    return Filed(
        record_id,
        kind,
        key_of(known, party.name, record_id),
        begin,
        party.name,
        party.kind,
        party.credit_code or masked_once(known),
        party.age == PARTY_AGE_MINOR,
    )


def masked_once(number: str) -> str:
    """A number as others see it; one that was masked before stays as it is."""
    return number if "*" in number else masked(number)


def personal(file: Any) -> bool:
    """Whether a file is that of a person, by its kind and the number that is shown: who trades under a personal number is one."""
    return file.kind != PARTY_KIND_ORGANISATION and why_no_credit_code(file.number) is not None


def of_case(case: Case, whole: str = "") -> Filed:
    return of_party(case.party, case.case_id, pb.PARTY_VOLUME_KIND_CASE, _began(case, _CASE), whole)


def of_permit(permit: Permit, whole: str = "") -> Filed:
    began = _began(permit, ("receive_time",))
    return of_party(permit.applicant, permit.permit_id, pb.PARTY_VOLUME_KIND_PERMIT, began, whole)


def of_inspection(record: Inspection) -> Filed:
    began = _began(record, ("open_time", "planned_time"))
    return _of_enterprise(record.enterprise, record.inspection_id, pb.PARTY_VOLUME_KIND_INSPECTION, began)


def of_visit(visit: Visit) -> Filed:
    began = moment_of(visit.visit_time)
    return _of_enterprise(visit.enterprise, visit.visit_id, pb.PARTY_VOLUME_KIND_VISIT, began)


def of_past_penalty(key: str, number: str, name: str, decided: str) -> Filed:
    """A penalty of before as its table told of it; of a person who was not of age it lies sealed."""
    try:
        began = datetime.strptime(decided.replace("-", "/"), "%Y/%m/%d").replace(tzinfo=SHANGHAI)
    except ValueError:
        began = None
    person = why_no_credit_code(number) is not None
    party = Party(kind=PARTY_KIND_CITIZEN if person else PARTY_KIND_ORGANISATION, name=name)
    party.credit_code, party.identity_number = "" if person else number, masked(number)
    born = born_on(number)
    if born is not None and (began is None or under_age(born, began.date())):
        party.age = PARTY_AGE_MINOR
    return of_party(party, key, pb.PARTY_VOLUME_KIND_PAST_PENALTY, began, number)


def _of_enterprise(enterprise: Any, record_id: str, kind: int, begin: datetime | None) -> Filed:
    code = spelt(enterprise.credit_code)
    trader = PARTY_KIND_SOLE_TRADER if code.startswith("92") else PARTY_KIND_ORGANISATION
    return Filed(
        record_id, kind, key_of(code, enterprise.name, record_id), begin, enterprise.name, trader, code
    )


_CASE = ("clue.receive_time", "file_time", "decision.decide_time")


def _began(record: Any, paths: Iterable[str]) -> datetime | None:
    """When a record began: the earliest of some moments; None where it tells of none."""
    return min((at for path in paths if (at := moment_at(record, path)) is not None), default=None)
