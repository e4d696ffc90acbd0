"""EW-06: in Guangdong a fine on an organisation of 100,000 yuan gives a right to a hearing, and so do the graver kinds."""

from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import penalty_pb2 as penalties

from tests.supervision.office import Office, at, new_case
from tests.supervision.warnings.examples import Examples, History


def noticed(fine: int, *kinds: int, told: bool = False) -> History:
    """A prior notice is served."""

    async def history(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        case = new_case()
        case.state = case_pb2.CASE_STATE_NOTICED
        case.notice.serve_time.FromDatetime(at("2026-03-09 10:00"))
        case.notice.hearing_right_told = told
        case.notice.penalty.kinds.extend(kinds or [penalties.PENALTY_KIND_FINE])
        case.notice.penalty.fine.fen = fine
        await office.tell(case, "PriorNoticeServed", "2026-03-09 10:00")

    return history


WARNING = "EW-06"
EXAMPLES = {
    "HEARING_RIGHT_NOT_TOLD": Examples(
        unlawful=noticed(0, penalties.PENALTY_KIND_CLOSURE),
        lawful=noticed(15_000_000, told=True),
        last_lawful=noticed(9_999_999),
        first_unlawful=noticed(10_000_000),
    )
}
