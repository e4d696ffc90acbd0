"""EW-29: the report on a supervision document is overdue; what was closed as corrected is found again within half a year."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.supervision.office import Office
from tests.supervision.orders import desk
from tests.supervision.warnings.examples import Examples, History


@dataclass
class Matters:
    """The matters of a history, in their order: what a warning names follows from their ids, which are new each time."""

    ids: list[str] = field(default_factory=list)


OF = Matters()


class OfMatters(Examples):
    """`told` says of the ids what the warning is about."""

    def __init__(self, told: Callable[[list[str]], str], **sides: History) -> None:
        for name, side in (sides | {"told": told}).items():
            object.__setattr__(self, name, side)

    subject = property(lambda self: OF.ids[-1])  # type: ignore[assignment]
    about = property(lambda self: self.told(OF.ids))  # type: ignore[assignment]


def waited(until: str, *, reported: str = "") -> History:
    """A letter with a term of twenty days from 2 March, of which the last is a Sunday."""

    async def happened(office: Office) -> None:
        its = await desk(office)
        OF.ids[:] = [(await its.served()).order_id]
        if reported:
            await its.answered("REPORT", when=reported)
        office.clock(until)
        await office.ticked()

    return happened


def again(when: str, code: str = "NOT_FILED") -> History:
    """A matter that was closed as corrected on 2 March, and another that finds something of the same body."""

    async def happened(office: Office) -> None:
        its = await desk(office)
        first = await its.served()
        await its.answered("REPORT")
        await its.act("VerifyCorrection", by="oversight-2", corrected=True, reasons="已核实")
        office.clock(when)
        await its.inquiring()
        second = await its.issued(code)
        OF.ids[:] = [first.order_id, second.order_id]

    return happened


WARNING = "EW-29"
EXAMPLES = {
    "CORRECTION_OVERDUE": OfMatters(
        lambda ids: "round/1",
        unlawful=waited("2026-04-20 10:00"),
        lawful=waited("2026-04-20 10:00", reported="2026-03-10 10:00"),
        last_lawful=waited("2026-03-23 23:59"),
        first_unlawful=waited("2026-03-24 00:00"),
    ),
    "FOUND_AGAIN": OfMatters(
        lambda ids: f"again/{ids[0]}",
        unlawful=again("2026-05-20 10:00"),
        lawful=again("2026-05-20 10:00", code="DECIDED_TOO_EARLY"),
        last_lawful=again("2026-08-29 10:01"),
        first_unlawful=again("2026-08-29 09:59"),
    ),
}
