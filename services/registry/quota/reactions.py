"""Quotas of a year: replicas at both sides."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import quota_pb2 as quotas

from services.kit.fit import Unfit
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.citation import cite
from services.registry.quota.model import YearQuota
from services.registry.replica import Reaction, from_home, keep, utc

QuotaEvent = events.YearQuotaOpened | events.YearQuotaMet | events.YearQuotaReminded | events.YearQuotaMissed


def cited(code: str) -> None:
    """Raises Unfit for what cites no law that is known here: whoever reads the quota is told its article."""
    try:
        cite(code)
    except ValueError as wrong:
        raise Unfit(f"YearQuota.citation.code: {wrong}") from None


def on_quota(
    event: QuotaEvent | events.TrainingHeld | events.LawStudyRecorded, tx: Tx, about: Envelope
) -> None:
    quota = event.quota
    from_home(about, quota.node)
    cited(quota.citation.code)
    if quota.node == tx.node:
        return
    state = quotas.YearQuotaState.Name(quota.state).removeprefix("YEAR_QUOTA_STATE_")
    values = {
        "clock_id": quota.clock_id,
        "subject_id": quota.subject_id,
        "node": quota.node,
        "year": quota.year,
        "needed": quota.needed,
        "done": quota.done,
        "state": state,
        "law": quota.citation.code,
        "due_time": utc(quota.due_time),
        "meet_time": utc(quota.meet_time) if quota.HasField("meet_time") else None,
        "version": quota.version,
    }
    keep(tx, YearQuota, {"key": f"{quota.clock_id}/{quota.subject_id}/{quota.year}"}, values)


REACTIONS: dict[type[Message], Reaction] = {
    events.YearQuotaOpened: on_quota,
    events.YearQuotaMet: on_quota,
    events.YearQuotaReminded: on_quota,
    events.YearQuotaMissed: on_quota,
}
