"""EW-12: of two cases alike within 180 days, one fine is more than twice the other."""

from datetime import timedelta
from typing import Any

from tests.supervision.office import Office, at
from tests.supervision.warnings.examples import Examples, History
from tests.supervision.warnings.many import BAND, ITEM, OTHER, decide, fined

FINE = 1_000_000
SECOND = "2026-09-10 10:00"


def two(fine: int, days: int = 30, **more: Any) -> History:
    """A fine of ten thousand yuan, and so many days later another, weighed alike but for what is said."""

    async def told(office: Office) -> None:
        office.clock("2026-09-25 09:00")
        first = f"{at(SECOND) - timedelta(days=days):%Y-%m-%d %H:%M}"
        one = fined("C-2", FINE, first, OTHER, benchmark_id=ITEM, band_code=BAND)
        other = fined("C-1", fine, SECOND, **{"benchmark_id": ITEM, "band_code": BAND} | more)
        await decide(office, [one, other])

    return told


WARNING = "EW-12"
EXAMPLES = {
    "UNLIKE_FINES": Examples(
        unlawful=two(5 * FINE),
        lawful=two(5 * FINE, band_code="3"),
        last_lawful=two(2 * FINE),
        first_unlawful=two(2 * FINE + 1, days=180),
    )
}
