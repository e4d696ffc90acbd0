"""Periods tested rather than awaited: limitation of penalties, and when remedies are used up."""

from dataclasses import dataclass
from typing import Any

from services.law.calendar import Calendar
from services.law.clock import due
from services.law.knowing import known_from
from services.law.statute import catalogue
from services.law.term import Due, When, day_of

_LONGER = {"harm_to_safety": "PEN-02", "harm_to_environment": "PEN-32"}
"""The harm for which a longer period holds, as a violation and the clock's condition name it."""
_GENERAL = "PEN-01"


def limitation_ends(ended: When, calendar: Calendar, *harm: str) -> Due:
    """The last day on which a violation must be discovered, counted from the day it happened or ended.

    `harm`: "harm_to_safety", where citizens' life, health or financial safety is concerned and harm was done;
    "harm_to_environment", where pollution or ecological damage resulted. A longer period holds for what ended since it became
    law; of two the one that ends later. For what ended before there was any period, the first one counts from the day it became
    law.
    """
    clocks = catalogue()
    began, _ = clocks[_GENERAL].terms[0]
    ended = ended if day_of(ended) >= began else began
    longer = [clocks[_LONGER[kind]] for kind in harm if clocks[_LONGER[kind]].in_force(day_of(ended))]
    ends = (due(clock, ended, calendar) for clock in (*longer, clocks[_GENERAL]))
    return max(ends, key=lambda each: each.at)


def harm_of(violation: Any) -> tuple[str, ...]:
    """The harm that a violation says was done."""
    return tuple(kind for kind in _LONGER if getattr(violation, kind))


def limitation_passed(ended: When, discovered: When, calendar: Calendar, *harm: str) -> bool:
    """Whether a violation was discovered too late to be punished; the day of decision does not matter."""
    return day_of(discovered) > limitation_ends(ended, calendar, *harm).day


@dataclass(frozen=True)
class Remedy:
    """The end of the time for remedies, in both readings, where the law leaves two.

    `alarm` is the earlier: from then on the agency's own time to apply to the court may be running.
    `apply` is the later: only after it is an application to the court safe.
    """

    alarm: Due
    apply: Due


def remedy_period(
    served: When,
    calendar: Calendar,
    *,
    on_the_spot: bool = False,
    reconsidered: When | None = None,
    unanswered: When | None = None,
    told: When | None = None,
    shown: When | None = None,
) -> Remedy:
    """When a decision served on a day can no longer be challenged (ACL-2011:53).

    `reconsidered` is when the party received a reconsideration decision, `unanswered` when the time to make one ran out: from
    then on there are fifteen days to sue and no more, for the six months are those of who sues without reconsideration
    (ALIT-2017:45, 46(1)). An on-the-spot decision goes to reconsideration first (ARL-2023:23): if nobody applied, sixty days is
    one reading and the six months for a suit the other. `told` and `shown`: as known_from has them.
    """
    clocks = catalogue()
    served = known_from(served, told=told, shown=shown)
    after = reconsidered if reconsidered is not None else unanswered
    if after is not None:
        suit = due(clocks["REC-22"], after, calendar)
        return Remedy(suit, suit)
    suit = due(clocks["LIT-01"], served, calendar)
    alarm = due(clocks["REC-01"], served, calendar) if on_the_spot else suit
    return Remedy(alarm, max(suit, alarm, key=lambda reading: reading.at))
