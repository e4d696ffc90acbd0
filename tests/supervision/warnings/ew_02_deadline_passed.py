"""EW-02: filed on Monday, 2 March 2026, to be decided by Monday, 1 June."""

from tests.supervision.office import Office, at, lawful, new_case
from tests.supervision.warnings.examples import Examples, History


def filed(then: str, *, decide: bool = False) -> History:
    """A case is filed, decided or not, and the time comes."""

    async def told(office: Office) -> None:
        case = new_case()
        case.file_time.FromDatetime(at("2026-03-02 10:00"))
        await office.tell(case, "CaseFiled", "2026-03-02 10:00")
        if decide:
            await office.tell(lawful(case), "DecisionMade", "2026-03-20 10:00")
        office.clock(then)
        await office.ticked()

    return told


WARNING = "EW-02"
EXAMPLES = {
    "CLOCK_PASSED": Examples(
        about="PEN-15",
        unlawful=filed("2026-07-01 09:00"),
        lawful=filed("2026-07-01 09:00", decide=True),
        last_lawful=filed("2026-06-01 23:59"),
        first_unlawful=filed("2026-06-02 00:00"),
    )
}
