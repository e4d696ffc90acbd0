"""EW-07: a major penalty needs a legal review that passed by then, by somebody who does not handle the case."""

from yifa.enforcement.v1 import case_pb2

from tests.supervision.office import at
from tests.supervision.warnings.examples import MAJOR_FINE, Examples, decided


def reviewed(when: str):
    return lambda case: case.review.conclude_time.FromDatetime(at(when))


def reviewer_joins(case):
    case.officers.append(case_pb2.AssignedOfficer(officer_id="O-9"))


def another_joins(case):
    case.officers.append(case_pb2.AssignedOfficer(officer_id="O-8"))


def reviewed_by(officer: str):
    return lambda case: setattr(case.review, "reviewer", officer)


WARNING = "EW-07"
EXAMPLES = {
    "LEGAL_REVIEW_NOT_PASSED": Examples(
        unlawful=decided(MAJOR_FINE, change=lambda case: case.ClearField("review")),
        lawful=decided(MAJOR_FINE),
        last_lawful=decided(MAJOR_FINE, change=reviewed("2026-03-20 10:00")),
        first_unlawful=decided(MAJOR_FINE, change=reviewed("2026-03-20 10:01")),
    ),
    "SOD_VIOLATION": Examples(
        unlawful=decided(change=reviewed_by("O-2")),
        lawful=decided(),
        last_lawful=decided(change=another_joins),
        first_unlawful=decided(change=reviewer_joins),
    ),
}
