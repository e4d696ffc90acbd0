"""Who was questioned when, by the records of inquiries that a case has."""

from collections.abc import Iterable

from yifa.enforcement.v1.evidence_pb2 import Inquiry

from services.enforcement.evidence.model import Evidence
from services.law.moment import moment_of


def meanwhile(held: Inquiry, officers: Iterable[str], rows: Iterable[Evidence]) -> tuple[str, ...]:
    """Who else one of the officers questioned at the same time; one inquiry ends when the next begins."""
    by, begun, ended = set(officers), moment_of(held.begin_time), moment_of(held.end_time)
    others = [Inquiry.FromString(row.inquiry) for row in rows if by.intersection(row.collector_ids)]
    return tuple(
        dict.fromkeys(
            other.person
            for other in others
            if other.person != held.person
            and moment_of(other.begin_time) < ended
            and begun < moment_of(other.end_time)
        )
    )
