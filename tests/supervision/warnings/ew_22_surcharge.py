"""EW-22: served on 10 March 2026, to be paid by the 25th; 300 yuan a day from the 26th on, and never more than the fine."""

from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import surcharge_pb2 as surcharges

from tests.supervision.office import Office, at, lawful, new_case
from tests.supervision.warnings.examples import Examples, History

FINE, A_DAY = 1_000_000, 30_000


def paid(surcharge: int, when: str, *, sued: bool = False) -> History:
    """The fine is paid late, with so much of a surcharge; a suit stood from 26 to 30 March, or not."""

    async def told(office: Office) -> None:
        office.clock("2026-06-25 09:00")
        case = lawful(new_case(), FINE, "2026-03-10 09:00")
        case.state = case_pb2.CASE_STATE_SERVED
        case.service.serve_time.FromDatetime(at("2026-03-10 10:00"))
        case.decision.surcharge.daily_percent, case.decision.surcharge.cap_percent = 3, 100
        if sued:
            case.remedies.add(
                kind=surcharges.REMEDY_KIND_SUIT,
                begin_time=at("2026-03-26 09:00"),
                end_time=at("2026-03-30 09:00"),
            )
        case.payments.add(
            amount={"fen": FINE + surcharge},
            surcharge={"fen": surcharge},
            bank_reference="P-1",
            pay_time=at(when),
        )
        case.paid.fen, case.surcharge_paid.fen = FINE, surcharge
        await office.tell(case, "PaymentRecorded", when)

    return told


WARNING = "EW-22"
EXAMPLES = {
    "SURCHARGE_TOO_HIGH": Examples(
        about="P-1",
        unlawful=paid(5 * A_DAY, "2026-03-30 10:00", sued=True),
        lawful=paid(5 * A_DAY, "2026-03-30 10:00"),
        last_lawful=paid(FINE, "2026-05-10 10:00"),
        first_unlawful=paid(FINE + 1, "2026-05-10 10:00"),
    )
}
