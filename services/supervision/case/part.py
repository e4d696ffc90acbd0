"""Who took part in a case, as its record shows."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1.case_pb2 import Case

from services.law.procedures.penalty.outcome import as_it_was
from services.supervision.event.model import Received


def took_part(case: Case) -> frozenset[str]:
    """Those who handled, filed, reviewed, heard, discussed or decided it, in this round or one before."""
    rounds = (case, *(as_it_was(case, n) for n in range(len(case.earlier_decisions))))
    return frozenset(who for each in rounds for who in _of(each)) - {""}


def _of(case: Case) -> Iterator[str]:
    yield from (officer.officer_id for officer in case.officers)
    yield from case.reviewers
    yield from (case.filer, case.review.reviewer, case.decision.decider, case.no_penalty.decider)
    yield from case.decision.discussion_members
    hearing = case.hearing
    yield from (hearing.host, hearing.clerk, hearing.appointer, case.defence.hearing_host, *hearing.listeners)
    yield case.deferral.decider
    for recusal in case.recusals:
        yield from (recusal.recorder, recusal.decider, *recusal.discussion_members)
    for correction in case.corrections:
        yield from (correction.proposer, correction.approver)


def concerned(look: Any, case: Case) -> frozenset[str]:
    """Those who took part in a case by its record, or did any act of it at its department, as the events say."""
    acted = select(Received.actor).where(
        Received.case_id == case.case_id,  # type: ignore[arg-type]
        Received.service == "enforcement",  # type: ignore[arg-type]
        Received.node == case.node,  # type: ignore[arg-type]
    )
    return took_part(case) | {row.actor for row in look.reader.execute(acted.distinct())}
