"""EW-18: several complaints about one unit, or about one person, were accepted within some days."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.law.calendar import SHANGHAI
from services.supervision.complaint.concentrated import REASONS, SeenComplained
from services.supervision.warning.catalogue import ORANGE, Finding, warning


@warning(
    "EW-18", ORANGE, law="CBZ-2019-7:19", zh="投诉集中", en="Complaints accumulate", watches="complained"
)
def complained_of_often(seen: SeenComplained) -> Iterable[Finding]:
    """So many complaints about a unit (warning.EW-18.unit), or about a person (.officer), were accepted within so many days
    (.period): the latest such days count. What was merged with another about the same act does not.
    """
    for last in reversed(seen.accepted):
        if (limits := _limits(seen, last)) is None:
            continue
        most, days = limits
        near = [at for at in seen.accepted if timedelta() <= last - at < timedelta(days=days)]
        if len(near) >= most:
            yield Finding(
                at=last,
                zh=f"{days}日内受理对{seen.name}的投诉举报{len(near)}件。",
                en=f"Within {days} days {len(near)} complaints about {seen.name} were accepted.",
                reason=REASONS[seen.person],
            )
            return


def _limits(seen: SeenComplained, at: datetime) -> tuple[int, int] | None:
    """How many within how many days; None before this was looked at."""
    day = at.astimezone(SHANGHAI).date()
    which = "officer" if seen.person else "unit"
    try:
        most = seen.look.parameters.value(f"warning.EW-18.{which}", day).value
        return most, seen.look.parameters.value("warning.EW-18.period", day).value
    except ValueError:
        return None
