"""The files that are reviewed: of penalty cases, of permits, of compulsory measures; where each is, and who took part in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.supervision.v1 import file_review_pb2 as pb

from services.law.moment import moment_at
from services.law.rubric_parts import FAMILIES, Family
from services.supervision.beside.model import MEASURE, Beside
from services.supervision.case.model import CaseView
from services.supervision.case.part import concerned
from services.supervision.event.model import Received
from services.supervision.permit.model import PermitView

CASES: Any = CaseView.__table__  # type: ignore[attr-defined]
PERMITS: Any = PermitView.__table__  # type: ignore[attr-defined]
BESIDE: Any = Beside.__table__  # type: ignore[attr-defined]
AT_ONCE = 200
HANDLED, REVIEWED, DECIDED = pb.FILE_PART_HANDLED, pb.FILE_PART_REVIEWED, pb.FILE_PART_DECIDED


class File(NamedTuple):
    """A file as a sample and its review name it. `record_id` is empty for the file of a case itself. `parts` are those into whose
    files the result goes, with what they did.
    """

    record: Any
    kind: int
    case_id: str
    record_id: str
    number: str
    parts: tuple[tuple[str, int], ...]

    @property
    def officers(self) -> tuple[str, ...]:
        """Who handled it."""
        return tuple(sorted({who for who, part in self.parts if part == HANDLED and who}))


def kind_of(case: cases.Case) -> int:
    """What kind of file a case is. One that ended without a decision is none."""
    if case.HasField("no_penalty") and case.no_penalty.HasField("decide_time"):
        return pb.FILE_KIND_NO_PENALTY
    if not case.HasField("decision"):
        return pb.FILE_KIND_UNSPECIFIED
    return pb.FILE_KIND_SUMMARY if case.procedure == cases.PROCEDURE_SUMMARY else pb.FILE_KIND_ORDINARY


def _of_case(case: cases.Case) -> File:
    handled = ((officer.officer_id, HANDLED) for officer in case.officers)
    decider = case.decision.decider or case.no_penalty.decider
    parts = ((decider, DECIDED), (case.review.reviewer, REVIEWED), *handled)
    return File(case, kind_of(case), case.case_id, "", case.case_number, parts)


def _closed_cases(look: Any, node: str, since: datetime, until: datetime) -> Iterator[File]:
    wanted = select(CASES.c.record).where(
        CASES.c.close_time >= since, CASES.c.close_time < until, CASES.c.state == cases.CASE_STATE_CLOSED
    )
    for record in _records(look, wanted, CASES.c.case_id, CASES.c.node, node):
        yield _of_case(cases.Case.FromString(record))


def _records(look: Any, wanted: Any, key: Any, of_node: Any, node: str) -> Iterator[bytes]:
    """The records in the order of their ids, one after the other: there may be many."""
    if node:
        wanted = wanted.where(of_node == node)
    with look.reader.execute(wanted.order_by(key).execution_options(yield_per=AT_ONCE)) as found:
        for row in found:
            yield row.record


def _of_permit(permit: permits.Permit) -> File:
    kind = pb.FILE_KIND_UNSPECIFIED
    if permit.HasField("decision") and permit.decision.granted:
        kind = pb.FILE_KIND_PERMIT_GRANTED
    elif permit.HasField("decision") or permit.state == permits.PERMIT_STATE_NOT_ACCEPTED:
        kind = pb.FILE_KIND_PERMIT_REFUSED
    handled = (
        permit.receiver,
        permit.acceptance.accepter,
        *permit.inspectors.officer_ids,
        *permit.review.verifier_ids,
    )
    ended = permit.decision.decider or permit.ending.by
    parts = ((ended, DECIDED), (permit.review.reviewer, REVIEWED), *((who, HANDLED) for who in handled))
    return File(permit, kind, "", permit.permit_id, permit.number, parts)


def _permit_end(permit: permits.Permit) -> datetime | None:
    """When nothing of the application was left to be done: it was issued, refused, or not accepted."""
    if permit.HasField("decision") and permit.decision.granted:
        return moment_at(permit, "certificate.issue_time")
    return moment_at(permit, "decision.decide_time") or moment_at(permit, "ending.end_time")


def _ended_permits(look: Any, node: str, since: datetime, until: datetime) -> Iterator[File]:
    """What ended in a period was told of since it began."""
    wanted = select(PERMITS.c.record).where(PERMITS.c.update_time >= since)
    for record in _records(look, wanted, PERMITS.c.permit_id, PERMITS.c.node, node):
        permit = permits.Permit.FromString(record)
        ended = _permit_end(permit)
        if ended is not None and since <= ended < until:
            yield _of_permit(permit)


def _of_measure(measure: measures.Measure) -> File:
    """One that was never taken is no file."""
    taken = measure.HasField("execution")
    handled = ((officer.officer_id, HANDLED) for officer in measure.officers)
    parts = ((measure.approver or measure.release.signer, DECIDED), (measure.requester, HANDLED), *handled)
    number = measure.document_number or measure.case_number
    kind = pb.FILE_KIND_MEASURE if taken else pb.FILE_KIND_UNSPECIFIED
    return File(measure, kind, measure.case_id, measure.measure_id, number, parts)


def _ended_measures(look: Any, node: str, since: datetime, until: datetime) -> Iterator[File]:
    wanted = select(BESIDE.c.record).where(BESIDE.c.kind == MEASURE)
    for record in _records(look, wanted, BESIDE.c.key, BESIDE.c.node, node):
        measure = measures.Measure.FromString(record)
        ended = moment_at(measure, "end.end_time") or moment_at(measure, "release.release_time")
        if ended is not None and since <= ended < until:
            yield _of_measure(measure)


def _acted(look: Any, node: str, *conditions: Any) -> frozenset[str]:
    """Those who did any act of a record at its department, as the events say."""
    here = (Received.service == "enforcement", Received.node == node)
    acted = select(Received.actor).where(*conditions, *here)  # type: ignore[call-overload]
    return frozenset(row.actor for row in look.reader.execute(acted.distinct()))


def _named(file: File) -> frozenset[str]:
    return frozenset(who for who, _ in file.parts) - {""}


def _in_permit(look: Any, file: File) -> frozenset[str]:
    permit = file.record
    hearing = permit.hearing
    by_record = {hearing.host, hearing.presider, *(each.approver for each in permit.extensions)} - {""}
    its: Any = Received.case_id == permit.permit_id
    return _named(file) | by_record | _acted(look, permit.node, its)


def _in_measure(look: Any, file: File) -> frozenset[str]:
    measure = file.record
    by_record = {measure.release.signer, measure.end.decider, *(e.approver for e in measure.extensions)} - {
        ""
    }
    its: Any = Received.subject == measure.measure_id
    case = look.find(CaseView, file.case_id) if file.case_id else None
    of_case = concerned(look, case.case()) if case is not None else frozenset()
    among: Any = Received.case_id == file.case_id
    return _named(file) | by_record | of_case | _acted(look, measure.node, among, its)


@dataclass(frozen=True)
class Source:
    """Where the files of a family are. `row` holds the records; `closed` are those that were over in a period."""

    row: Any
    of: Callable[[Any], File]
    closed: Callable[[Any, str, datetime, datetime], Iterator[File]]
    involved: Callable[[Any, File], frozenset[str]]


SOURCES: Mapping[Family, Source] = MappingProxyType(
    {
        Family.PENALTY: Source(
            CaseView, _of_case, _closed_cases, lambda look, file: concerned(look, file.record)
        ),
        Family.PERMIT: Source(PermitView, _of_permit, _ended_permits, _in_permit),
        Family.MEASURE: Source(Beside, _of_measure, _ended_measures, _in_measure),
    }
)


def kind_name(kind: int) -> str:
    return pb.FileKind.Name(kind).removeprefix("FILE_KIND_")  # type: ignore[arg-type]


def family_of(kind: int) -> Family:
    """What a file of a kind is of."""
    return next(family for family, its in FAMILIES.items() if kind_name(kind) in its.kinds)


def file_of(look: Any, kind: int, case_id: str, record_id: str) -> File:
    """A file as it stands. Raises Missing."""
    family = family_of(kind)
    row = look.get(SOURCES[family].row, record_id or case_id)
    return SOURCES[family].of(FAMILIES[family].record.FromString(row.record))
