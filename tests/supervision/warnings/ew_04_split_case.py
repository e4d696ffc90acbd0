"""EW-04: a party is fined by two departments for acts of one kind; on the spot, within seven days of each other."""

from typing import Any

from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.given.case import NO_GAINS
from services.law.procedures.penalty.body import matter_of
from tests.supervision.office import ENVIRONMENT, URBAN, Office, at, new_case
from tests.supervision.warnings.examples import Examples, History


def fined(
    case_id: str, node: str, acted: str, decided: str, fine: int = 20_000, **more: Any
) -> case_pb2.Case:
    """A fine on the spot on one and the same party."""
    case = new_case(case_id, node)
    case.ClearField("case_number")
    case.procedure, case.state, case.area_code = 2, case_pb2.CASE_STATE_SERVED, "440703"
    case.party.name, case.party.identity_number = "示例公司", "914***********0016"
    case.violation.occur_time.FromDatetime(at(acted))
    case.decision.penalty.CopyFrom(
        penalties.Penalty(kinds=[3], fine={"fen": fine}, correction_order="立即改正", gains=NO_GAINS)
    )
    case.decision.decider, case.decision.document_number = "O-1", f"当场{case_id}"
    case.decision.decide_time.FromDatetime(at(decided))
    case.MergeFrom(case_pb2.Case(**more))
    case.matter = matter_of(case)
    return case


def twice(acted: str = "2026-03-04 08:00", **second: Any) -> History:
    """One fine on 20 March for an act of the fourth at eight; another, the day after, for an act of another time."""

    async def told(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        one = fined("C-1", ENVIRONMENT, "2026-03-04 08:00", "2026-03-20 10:00")
        other = fined("C-2", URBAN, acted, "2026-03-21 10:00", **second)
        await office.tell(one, "SpotDecisionMade", "2026-03-20 10:00")
        await office.tell(other, "SpotDecisionMade", "2026-03-21 10:00")

    return told


WARNING = "EW-04"
EXAMPLES = {
    "FINED_TWICE": Examples(
        subject="C-2",
        unlawful=twice(),
        lawful=twice("2026-03-20 10:01"),
        last_lawful=twice("2026-03-12 00:00"),
        first_unlawful=twice("2026-03-11 23:59"),
    )
}
