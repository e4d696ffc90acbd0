"""EW-24: a second body inspects an enterprise within thirty days, neither jointly nor saying why it comes alone."""

from tests.supervision.inspections import both
from tests.supervision.office import MARKET, Office
from tests.supervision.warnings.examples import Examples, History

DAYS_30 = 30 * 24
# From one check-in to the other it is six hours more than from the end of the first story to the beginning of the second.
ACTS_BETWEEN = 6


def visited(hours: float, **second: str) -> History:
    """Two bodies check in at one enterprise, so many hours apart; the second says what it says."""

    async def told(office: Office) -> None:
        await both(office, hours - ACTS_BETWEEN, **second)

    return told


WARNING = "EW-24"
EXAMPLES = {
    "VISITED_BY_SEVERAL": Examples(
        subject=f"I-{MARKET}",
        unlawful=visited(48),
        lawful=visited(48, alone_reason="夜间检查，无法同行"),
        last_lawful=visited(DAYS_30 + 1 / 3600),
        first_unlawful=visited(DAYS_30),
    )
}
