"""EW-11: fines outside the band; of twenty for one act within a year, a median unlike the city's, or a third at the most."""

from tests.supervision.office import Office
from tests.supervision.warnings.examples import Examples, History
from tests.supervision.warnings.many import BAND, BODY, ITEM, OTHER, decide, fined, publish, series

LEAST, MOST, STATUTE = 1_000_000, 2_000_000, 5_000_000
USUAL = 1_000_000
APRIL = "2026-04-01 00:10"


def weighed(fine: int, **reason: str) -> History:
    """A fine by a band of ten to twenty thousand yuan."""

    async def told(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        await publish(office, LEAST, MOST, STATUTE)
        case = fined("C-1", fine, "2026-03-20 10:00", benchmark_id=ITEM, band_code=BAND, **reason)
        await decide(office, [case])

    return told


def unlike(many: int, fine: int) -> History:
    """Forty fines of ten thousand yuan by one body in March, and so many for the same act by another."""

    async def told(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        await decide(office, series([USUAL] * 40))
        await decide(office, series([fine] * many, OTHER))
        office.clock(APRIL)
        await office.months()

    return told


def highest(at_most: int) -> History:
    """Of twenty fines in March so many are as high as the statute allows."""

    async def told(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        await publish(office, 0, STATUTE, STATUTE)
        fines = [STATUTE] * at_most + [USUAL] * (20 - at_most)
        await decide(office, series(fines, benchmark_id=ITEM))
        office.clock(APRIL)
        await office.months()

    return told


WARNING = "EW-11"
EXAMPLES = {
    "OUT_OF_BAND": Examples(
        unlawful=weighed(3_000_000),
        lawful=weighed(3_000_000, deviation_reason="主动消除危害后果", deviation_approver="H-1"),
        last_lawful=weighed(MOST),
        first_unlawful=weighed(MOST + 1),
    ),
    "MEDIAN_UNLIKE": Examples(
        subject=OTHER,
        about="2026-03/未批先建/",
        unlawful=unlike(20, 2 * USUAL),
        lawful=unlike(20, USUAL),
        last_lawful=unlike(19, 2 * USUAL),
        first_unlawful=unlike(20, USUAL * 11 // 10),
    ),
    "AT_MAXIMUM": Examples(
        subject=BODY,
        about=f"2026-03/{ITEM.lower()}/",
        unlawful=highest(20),
        lawful=highest(0),
        last_lawful=highest(6),
        first_unlawful=highest(7),
    ),
}
