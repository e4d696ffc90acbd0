"""EW-23: the remedies ended on 10 September 2026; three months are there to apply to the court, and thirty days before they end
it is warned of."""

from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import court_enforcement_pb2 as courts
from yifa.enforcement.v1 import enforcement_pb2 as own

from tests.supervision.office import ENVIRONMENT, Office, at, lawful, new_case
from tests.supervision.warnings.examples import Examples, History

OVER = "2026-09-10 00:00"


def remedies_over(then: str, *, itself: bool = False) -> History:
    """Nobody performs and nobody applies; the body takes up enforcing by itself, or does not; and the time comes."""

    async def told(office: Office) -> None:
        office.clock(OVER)
        case = lawful(new_case(), when="2026-03-01 09:00")
        case.state = case_pb2.CASE_STATE_SERVED
        case.service.serve_time.FromDatetime(at("2026-03-09 10:00"))
        await office.tell(case, "DecisionServed", "2026-03-09 10:00")
        court = courts.CourtEnforcement(enforcement_id="CE-1", case_id=case.case_id, node=ENVIRONMENT)
        await office.tell_beside(court, "RemedyPeriodOver", OVER)
        if itself:
            record = own.Enforcement(
                enforcement_id="EN-1", case_id=case.case_id, node=ENVIRONMENT, begin_time=at(OVER),
                state=own.ENFORCEMENT_STATE_UNPERFORMED,
            )  # fmt: skip
            await office.tell_beside(record, "EnforcementBegun", OVER)
        office.clock(then)
        await office.ticked()

    return told


WARNING = "EW-23"
EXAMPLES = {
    "RIGHT_AT_RISK": Examples(
        about="ENF-06/CE-1",
        unlawful=remedies_over("2026-12-20 09:00"),
        lawful=remedies_over("2026-12-01 09:00", itself=True),
        last_lawful=remedies_over("2026-11-10 23:59"),
        first_unlawful=remedies_over("2026-11-11 00:00"),
    )
}
