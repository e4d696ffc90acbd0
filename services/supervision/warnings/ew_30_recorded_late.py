"""EW-30: what was done in the field was recorded long after."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import select
from yifa.enforcement.v1 import events_pb2 as enforcement

from services.law.calendar import SHANGHAI
from services.law.moment import moment_at
from services.supervision.event.model import Received
from services.supervision.warning.catalogue import ORANGE, Finding, said, warning
from services.supervision.warning.seen import SeenCase

RECORDED = enforcement.EvidenceRecorded


@warning("EW-30", ORANGE, law="APL-2021:47", zh="记录回填", en="Recorded late", watches="case")
def recorded_late(seen: SeenCase) -> Iterable[Finding]:
    """Evidence was entered more than some hours after it was collected (parameter warning.EW-30.backfill)."""
    for event in _told(seen):
        evidence, recorded = event.evidence, moment_at(event, "case.update_time")
        collected = moment_at(event, "evidence.collect_time")
        if recorded is None or collected is None:
            continue
        hours = _hours(seen, collected, event.case.sector)
        if hours is None or recorded - collected <= timedelta(hours=hours):
            continue
        yield Finding(
            at=recorded,
            zh=f"{said(collected)}收集的证据“{evidence.title}”于{said(recorded)}才录入，超过{hours}小时。",
            en=f"Evidence “{evidence.title}”, collected on {said(collected)}, was entered on {said(recorded)}, "
            f"more than {hours} hours later.",
            about=evidence.evidence_id,
            reason="RECORDED_LATE",
        )


def _hours(seen: SeenCase, collected: datetime, sector: str) -> int | None:
    """How long it may take; None for what was collected before this was asked for."""
    try:
        day = collected.astimezone(SHANGHAI).date()
        return seen.look.parameters.value("warning.EW-30.backfill", day, sector).value
    except ValueError:
        return None


def _told(seen: SeenCase) -> Iterable[enforcement.EvidenceRecorded]:
    """What was just told, or all that was."""
    if seen.event is not None:
        return [seen.event] if isinstance(seen.event, RECORDED) else []
    told = select(Received).where(
        Received.case_id == seen.view.case_id, Received.type == RECORDED.DESCRIPTOR.full_name
    )
    return [RECORDED.FromString(row.data) for row in seen.look.query(told.order_by(Received.position))]
