"""EW-34: a party that had just answered is served by public notice."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.law.calendar import SHANGHAI
from services.law.moment import moment_at
from services.supervision.warning.catalogue import ORANGE, Finding, said, warning
from services.supervision.warning.seen import SeenCase

# How a party answers in the course of a case.
ANSWERS = (
    "defence.statement_time",
    "defence.hearing_request_time",
    "defence.hearing_time",
    "defence.waive_time",
)


@warning(
    "EW-34", ORANGE, law="APL-2021:61(1);CPL-2023:95(1)", zh="公告送达存疑", en="Public notice in doubt", watches="case"
)  # fmt: skip
def party_was_within_reach(seen: SeenCase) -> Iterable[Finding]:
    """A decision was announced for service though the party had answered in the case some days before (parameter
    warning.EW-34.days): whoever could be reached then cannot be taken for lost without more.
    """
    case = seen.case
    announced = moment_at(case, "announcement.announce_time")
    if announced is None or (days := _days(seen, announced, case.sector)) is None:
        return
    answered = max((at for path in ANSWERS if (at := moment_at(case, path)) is not None), default=None)
    if answered is None or announced - answered > timedelta(days=days):
        return
    yield Finding(
        at=announced,
        zh=f"当事人于{said(answered)}尚在本案中作出答复，处罚决定却于{said(announced)}公告送达（{case.announcement.cause}）。",
        en=f"The party answered in this case on {said(answered)}, and the decision was announced for service on "
        f"{said(announced)} ({case.announcement.cause}).",
        reason="PARTY_WITHIN_REACH",
    )


def _days(seen: SeenCase, announced: datetime, sector: str) -> int | None:
    """How long ago the answer may lie; None before this was looked at."""
    try:
        day = announced.astimezone(SHANGHAI).date()
        return seen.look.parameters.value("warning.EW-34.days", day, sector).value
    except ValueError:
        return None
