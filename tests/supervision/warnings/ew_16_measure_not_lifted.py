"""EW-16: seized on Monday, 2 March 2026, to be lifted by Wednesday, 1 April."""

from yifa.enforcement.v1 import measure_pb2 as pb

from services.given import measure as given
from tests.supervision.office import ENVIRONMENT, Office, at, new_case
from tests.supervision.warnings.examples import Examples, History


def seized(then: str, *, lift: bool = False) -> History:
    """Things are seized, given back or not, and the time comes."""

    async def told(office: Office) -> None:
        case, when = new_case(), "2026-03-02 10:00"
        await office.tell(case, "OfficersAssigned", when)
        measure = pb.Measure(
            measure_id="M-1", case_id=case.case_id, node=ENVIRONMENT, kind=pb.MEASURE_KIND_SEIZE,
            state=pb.MEASURE_STATE_EXECUTED, execution=given.execution(at(when), ["O-1", "O-2"]),
        )  # fmt: skip
        await office.tell_beside(measure, "ThingsSeized", when)
        if lift:
            measure.state = pb.MEASURE_STATE_RELEASED
            measure.release.ground = pb.RELEASE_GROUND_NOT_NEEDED
            await office.tell_beside(measure, "MeasureReleased", "2026-03-20 10:00")
        office.clock(then)
        await office.ticked()

    return told


WARNING = "EW-16"
EXAMPLES = {
    "MEASURE_NOT_LIFTED": Examples(
        about="ENF-02/M-1",
        unlawful=seized("2026-05-01 09:00"),
        lawful=seized("2026-05-01 09:00", lift=True),
        last_lawful=seized("2026-04-01 23:59"),
        first_unlawful=seized("2026-04-02 00:00"),
    )
}
