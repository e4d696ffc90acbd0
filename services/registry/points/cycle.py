"""Which cycle a moment belongs to, and whose points may be seen."""

from datetime import datetime

from services.kit.refusal import Denied
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.procedures.points import cycle_of


def cycle_at(view: View, at: datetime) -> str:
    """The cycle of points that a moment belongs to, cycles being as long as they are today."""
    months = view.parameters.value("points.cycle", view.now.astimezone(SHANGHAI).date()).value
    return cycle_of(at.astimezone(SHANGHAI).date(), months)


def not_own() -> Denied:
    return Denied("NOT_OWN_POINTS", "these are another officer's points", "不是本人的记分")
