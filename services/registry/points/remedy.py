"""What an officer can do about points, in words that go with them."""

from datetime import datetime

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import Term, due


def appeal_until(tx: Tx) -> datetime:
    """The last moment of an appeal against what is scored now."""
    today = tx.now.astimezone(SHANGHAI)
    days = tx.parameters.value("points.appeal", today.date())
    return due(Term(days.value, days.unit), today, tx.calendar).at


def remedy(until: datetime) -> tuple[str, str]:
    """The remedy that a decision tells its officer, in Chinese and English."""
    day = until.astimezone(SHANGHAI).date()
    return (
        f"对本记分不服的，可以在{day.year}年{day.month}月{day.day}日前向市行政执法监督机构申诉。",
        f"The officer may appeal against these points to the city's oversight office until {day}.",
    )
