"""EW-32: where the head is called to court, none appeared and none said why; or a lawyer alone appeared."""

from typing import Any

from tests.supervision.office import Office, at
from tests.supervision.orders import HEAD
from tests.supervision.test_suits import STEPS, court
from tests.supervision.warnings.examples import NEW, History, OfNew


def heard(listed: str = "PUBLIC_ATTENTION", **appeared: Any) -> History:
    """A hearing, in a suit in which the head is called for a reason, or not."""

    async def happened(office: Office) -> None:
        desk = await court(office)
        said = {"hearing": {"hold_time": at("2026-04-20 09:00"), **appeared}}
        accepted = STEPS["AcceptSuit"] | {"listed": f"SUIT_LISTED_{listed}"}
        NEW.append(
            (await desk.upto("RecordCourtHearing", AcceptSuit=accepted, RecordCourtHearing=said)).suit_id
        )

    return happened


WARNING = "EW-32"
EXAMPLES = {
    "HEAD_NOT_IN_COURT": OfNew(
        unlawful=heard(staff=["O-1"]),
        lawful=heard(heads=[HEAD]),
        last_lawful=heard("NONE", staff=["O-1"]),
        first_unlawful=heard("NONE", lawyers=["L-1"]),
        about="hearing/0",
    ),
}
