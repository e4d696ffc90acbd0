"""EW-81: the pursuit of responsibility is overdue, or a clue is dropped."""

from tests.supervision.office import Office
from tests.supervision.pursuing import HEAD, pursuit
from tests.supervision.warnings.examples import NEW, History, OfNew


def reviewed(on: str) -> History:
    """The clue is looked at on a day, having been reviewed by then only where that is in time."""

    async def happened(office: Office) -> None:
        desk = await pursuit(office)
        NEW.append((await desk.registered()).accountability_id)
        office.clock(on)
        await office.ticked()
        await desk.act("ReviewAccountability", **desk.fields("ReviewAccountability", ""))

    return happened


def waits(until: str) -> History:
    async def happened(office: Office) -> None:
        desk = await pursuit(office)
        NEW.append((await desk.registered()).accountability_id)
        office.clock(until)
        await office.ticked()

    return happened


def dropped(*, really: bool) -> History:
    async def happened(office: Office) -> None:
        desk = await pursuit(office)
        NEW.append((await desk.upto("ReviewAccountability")).accountability_id)
        name = "DropAccountability" if really else "OpenAccountability"
        more = {"by": HEAD, "reasons": "已经退还"} if really else desk.fields(name, "")
        await desk.act(name, **more)

    return happened


WARNING = "EW-81"
EXAMPLES = {
    "PURSUIT_OVERDUE": OfNew(
        unlawful=waits("2026-03-20 09:00"),
        lawful=reviewed("2026-03-10 09:00"),
        last_lawful=waits("2026-03-16 23:59"),
        first_unlawful=waits("2026-03-17 00:00"),
        about="ACC-01",
    ),
    "NOT_PURSUED": OfNew(
        unlawful=dropped(really=True),
        lawful=dropped(really=False),
        last_lawful=dropped(really=False),
        first_unlawful=dropped(really=True),
        about="",
    ),
}
