"""What the rules judge, taken from the snapshot of a case and the parameters of the city."""

from datetime import UTC, datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2

from services.kit.clocks import clock_on
from services.kit.tx import Tx
from services.law.clock import SHANGHAI, due
from services.supervision.rules import WINDOW_CLOCKS, Decision

# 行政处罚法 63(1)[3] and [4]: penalties that weigh as much as a large fine.
HEAVY_KINDS = frozenset(
    {
        case_pb2.PENALTY_KIND_LOWERING_OF_GRADE,
        case_pb2.PENALTY_KIND_REVOCATION_OF_LICENCE,
        case_pb2.PENALTY_KIND_SUSPENSION_OF_OPERATION,
        case_pb2.PENALTY_KIND_CLOSURE,
        case_pb2.PENALTY_KIND_RESTRICTION_OF_OCCUPATION,
    }
)


def time_in(message: Any, name: str) -> datetime | None:
    """A Timestamp field of a message as an aware datetime, None when it is not set."""
    return getattr(message, name).ToDatetime(UTC) if message.HasField(name) else None


def is_major(case: case_pb2.Case, tx: Tx) -> bool:
    """Whether the penalty has to be filed with the city, whatever the department says of it."""
    if not case.HasField("decision"):
        return False
    penalty = case.decision.penalty
    if case.decision.major or not HEAVY_KINDS.isdisjoint(penalty.kinds):
        return True
    citizen = case.party.kind == case_pb2.PARTY_KIND_CITIZEN
    key = "major.fine.citizen" if citizen else "major.fine.organisation"
    decided = (time_in(case.decision, "decide_time") or tx.now).astimezone(SHANGHAI).date()
    try:
        return penalty.fine.fen >= tx.parameters.value(key, decided, case.sector).value
    except ValueError:  # decided before the threshold was law
        return False


def decision_of(case: case_pb2.Case, tx: Tx) -> Decision | None:
    """What the decision of a case is judged by, None while there is none."""
    decide_time = time_in(case.decision, "decide_time") if case.HasField("decision") else None
    if decide_time is None:
        return None
    heard = case.defence.HasField("hearing_time")
    review = case.review
    return Decision(
        decide_time=decide_time,
        ordinary=case.procedure != case_pb2.PROCEDURE_SUMMARY,
        notice_time=time_in(case.notice, "serve_time"),
        window_end=window_end(case, tx),
        waive_time=time_in(case.defence, "waive_time"),
        review_required=heard or is_major(case, tx),
        review_time=time_in(review, "conclude_time") if review.passed else None,
        reviewer=review.reviewer,
        officers=frozenset(o.officer_id for o in case.officers),
    )


def window_end(case: case_pb2.Case, tx: Tx) -> datetime | None:
    """The last moment in which the party may answer the notice, counted here, not by the department."""
    served = time_in(case.notice, "serve_time")
    if served is None:
        return None
    day = served.astimezone(SHANGHAI).date()
    ends = []
    for clock_id in WINDOW_CLOCKS:
        try:
            clock = clock_on(tx.parameters, clock_id, day, case.sector)
            ends.append(due(clock, served, tx.calendar).at)
        except ValueError:  # the term was not yet law on that day
            continue
    return max(ends, default=None)
