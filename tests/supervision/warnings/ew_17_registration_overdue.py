"""EW-17: registered in advance on Monday, 2 March 2026, to be decided on by Wednesday, 11 March."""

from yifa.enforcement.v1 import advance_registration_pb2 as pb

from tests.supervision.office import ENVIRONMENT, Office, at, new_case
from tests.supervision.warnings.examples import Examples, History


def registered(then: str, *, release: bool = False) -> History:
    """Things are registered, let go or not, and the time comes."""

    async def told(office: Office) -> None:
        case, when = new_case(), "2026-03-02 10:00"
        await office.tell(case, "OfficersAssigned", when)
        record = pb.AdvanceRegistration(registration_id="AR-1", case_id=case.case_id, node=ENVIRONMENT)
        record.on_site.register_time.FromDatetime(at(when))
        await office.tell_beside(record, "EvidenceRegistered", when)
        if release:
            record.end.end_time.FromDatetime(at("2026-03-06 10:00"))
            await office.tell_beside(record, "RegisteredReleased", "2026-03-06 10:00")
        office.clock(then)
        await office.ticked()

    return told


WARNING = "EW-17"
EXAMPLES = {
    "REGISTRATION_OVERDUE": Examples(
        about="PEN-07/AR-1",
        unlawful=registered("2026-03-20 09:00"),
        lawful=registered("2026-03-20 09:00", release=True),
        last_lawful=registered("2026-03-11 23:59"),
        first_unlawful=registered("2026-03-12 00:00"),
    )
}
