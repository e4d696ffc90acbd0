"""What several procedures ask of an act in the same words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.law.calendar import SHANGHAI
from services.law.process import rule


def local(at: datetime) -> str:
    """A moment as a refusal tells it."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def _times(f: Any) -> Mapping[str, str]:
    after = f.after()
    return {"at": local(f.at()), "after": local(after) if after else ""}


@rule(
    "ACT_IN_FUTURE",
    law="APL-2021:47",
    zh="行为应当如实记录：尚未发生的行为不得记录。",
    en="The time given lies in the future. Record the act after it was done.",
    tells=lambda f: {"at": local(f.at())},
)
def not_in_future(f: Any) -> bool:
    """An act is recorded after it was done, not before."""
    return bool(f.at() <= f.now)


@rule(
    "ACTS_OUT_OF_ORDER",
    law="APL-2021:47",
    zh="行为不得早于其所依据的前一行为。",
    en="The time given lies before the act that this one builds on. Correct the time.",
    tells=_times,
)
def in_order(f: Any) -> bool:
    """An act may not lie before the act it builds on."""
    after = f.after()
    return after is None or f.at() >= after
