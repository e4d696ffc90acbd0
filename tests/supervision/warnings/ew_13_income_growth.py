"""EW-13: what came in over three months is six fifths of the year before or more, and a hundred thousand yuan more at least."""

from tests.supervision.office import Office, at
from tests.supervision.warnings.examples import Examples, History
from tests.supervision.warnings.many import BODY, decide, fined

YUAN = 100
BEFORE = 500_000 * YUAN


async def tell(office: Office, now: int, before: int = BEFORE) -> None:
    """What was paid in March 2025 and in March 2026."""
    office.clock("2026-03-25 09:00")
    case = fined("C-1", now + before, "2025-01-10 10:00")
    case.file_time.FromDatetime(at("2024-11-10 10:00"))
    for n, (fen, when) in enumerate(((before, "2025-03-10 10:00"), (now, "2026-03-10 10:00"))):
        case.payments.add(amount={"fen": fen}, bank_reference=f"P{n}", pay_time=at(when))
    await decide(office, [case], "2026-03-20 10:00")


def took_in(now: int) -> History:
    """The same, and March is over."""

    async def told(office: Office) -> None:
        await tell(office, now)
        office.clock("2026-04-01 00:10")
        await office.months()

    return told


WARNING = "EW-13"
EXAMPLES = {
    "INCOME_GREW": Examples(
        subject=BODY,
        about="2026-03",
        unlawful=took_in(2 * BEFORE),
        lawful=took_in(BEFORE),
        last_lawful=took_in(600_000 * YUAN - 1),
        first_unlawful=took_in(600_000 * YUAN),
    )
}
