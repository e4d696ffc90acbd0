"""Who took part in a case, as its record shows."""

from collections.abc import Iterator

from yifa.enforcement.v1.case_pb2 import Case

from services.law.procedures.penalty.outcome import as_it_was


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
