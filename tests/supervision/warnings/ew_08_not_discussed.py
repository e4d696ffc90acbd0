"""EW-08: a fine that reaches the city's amount is discussed by the heads together, and nobody of them investigates the case."""

from yifa.enforcement.v1 import case_pb2

from tests.supervision.warnings.examples import MAJOR_FINE, Examples, decided


def by_one(case):
    del case.decision.discussion_members[1:]


def with_member(officer: str):
    return lambda case: case.decision.discussion_members.append(officer)


def joins(officer: str):
    return lambda case: case.officers.append(case_pb2.AssignedOfficer(officer_id=officer))


DISCUSSED = 10_000_000


WARNING = "EW-08"
EXAMPLES = {
    "COLLECTIVE_DISCUSSION_REQUIRED": Examples(
        unlawful=decided(2 * DISCUSSED, change=by_one),
        lawful=decided(2 * DISCUSSED),
        last_lawful=decided(DISCUSSED - 1, change=by_one),
        first_unlawful=decided(DISCUSSED, change=by_one),
    ),
    "SOD_VIOLATION": Examples(
        unlawful=decided(MAJOR_FINE, change=with_member("O-2")),
        lawful=decided(MAJOR_FINE, change=with_member("H-3")),
        last_lawful=decided(MAJOR_FINE, change=joins("O-8")),
        first_unlawful=decided(MAJOR_FINE, change=joins("H-2")),
    ),
}
