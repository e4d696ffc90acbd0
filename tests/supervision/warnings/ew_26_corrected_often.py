"""EW-26: of the remedies against a body that ended within twelve months, five at least, a tenth corrected it."""

from datetime import timedelta
from typing import Any

from yifa.enforcement.v1 import case_pb2

from tests.supervision.office import Office, at, lawful, new_case
from tests.supervision.warnings.examples import Examples, History

AUTHORITY, BODY = "示例市人民政府", "B-1"
UPHELD, ANNULLED = case_pb2.OUTCOME_KIND_UPHELD, case_pb2.OUTCOME_KIND_ANNULLED
EVENTS = {UPHELD: "DecisionUpheld", ANNULLED: "DecisionAnnulled"}
LAST = "2026-09-10 10:00"


def ended(
    case_id: str,
    kind: int,
    when: str,
    remedy: int = case_pb2.REMEDY_RECONSIDERATION,
    body_id: str = BODY,
) -> case_pb2.Case:
    """A decision against which a remedy ended, of a body."""
    case = lawful(new_case(case_id), when="2026-03-20 10:00")
    case.body_id, case.state = body_id, case_pb2.CASE_STATE_SERVED
    outcome = case.outcomes.add(kind=kind, remedy=remedy, authority=AUTHORITY, document=f"{case_id}号")
    outcome.outcome_time.FromDatetime(at(when))
    if kind == ANNULLED:
        case.set_aside.kind = case_pb2.SET_ASIDE_KIND_ANNULLED
        case.set_aside.set_aside_time.FromDatetime(at(when))
    return case


async def told(office: Office, case: case_pb2.Case) -> None:
    [outcome] = case.outcomes
    when = outcome.outcome_time.ToDatetime(at(LAST).tzinfo)
    await office.tell(case, EVENTS[outcome.kind], when, outcome=outcome)


def remedies(upheld: int, remedy: int = case_pb2.REMEDY_RECONSIDERATION, last: int = ANNULLED) -> History:
    """So many decisions upheld, one a day; then the last remedy, against the decision in C-1."""

    async def happened(office: Office) -> None:
        office.clock("2026-09-11 09:00")
        for n in range(upheld):
            day = at(LAST) - timedelta(days=upheld - n)
            await told(office, ended(f"C-{n + 2}", UPHELD, f"{day:%Y-%m-%d %H:%M}"))
        await told(office, ended("C-1", last, LAST, remedy))

    return happened


def alone(kind: int = ANNULLED, **more: Any) -> History:
    """One remedy, the first against the body."""

    async def happened(office: Office) -> None:
        office.clock("2026-09-11 09:00")
        case = ended("C-1", kind, LAST)
        case.outcomes[0].MergeFrom(case_pb2.Outcome(**more))
        await told(office, case)

    return happened


WARNING = "EW-26"
EXAMPLES = {
    "UNANSWERED": Examples(
        unlawful=alone(unanswered=True),
        lawful=alone(UPHELD),
        last_lawful=alone(),
        first_unlawful=alone(unanswered=True, procedure_only=True),
        about=f"{AUTHORITY} C-1号",
    ),
    "CORRECTED_OFTEN": Examples(
        unlawful=remedies(4),
        lawful=remedies(9, last=UPHELD),
        last_lawful=remedies(10),
        first_unlawful=remedies(9),
        about=f"{AUTHORITY} C-1号",
    ),
}
