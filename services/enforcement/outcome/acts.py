"""Remedies against a decision have ended: what the paper says becomes of the case by one event (ARL 63-73; ALIT 69-77)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import outcome_pb2 as pb

from services.enforcement.case.act import act, check_penalty
from services.enforcement.case.facts import legible
from services.enforcement.outcome.asked import unfit
from services.enforcement.payment.credit import show_owed
from services.enforcement.remedy.acts import follow_stays_beside
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import moment_at, put_moment
from services.law.procedure import Act
from services.law.procedures.penalty import PENALTY
from services.law.procedures.penalty.outcome import act_of, decided_time, put_back, take
from services.law.procedures.penalty.own_correction import APPROVING

Told = (
    events.DecisionUpheld
    | events.DecisionSetAside
    | events.DecisionAnnulled
    | events.CaseReopened
    | tuple[events.DecisionAnnulled, events.ClueRegistered]
)


def _whole(request: pb.RecordOutcomeRequest, case: cases.Case, _tx: Tx) -> None:
    """Raise Malformed for what cannot stand in one paper."""
    check_penalty(request.penalty, "penalty")
    for field in ("outcome_time", "remedy_from_time", "anew_until_time"):
        if request.HasField(field):
            legible(request, field)
    if found := unfit(request):
        raise Malformed(found)
    since, until = moment_at(request, "remedy_from_time"), moment_at(request, "outcome_time")
    decided = decided_time(case)
    if since is not None and (
        (until is not None and since > until) or (decided is not None and since < decided)
    ):
        said = "lies before the decision or after the outcome", "早于原决定或者晚于结果作出时间"
        raise Malformed({"remedy_from_time": said})


def _by(request: pb.RecordOutcomeRequest, case: cases.Case) -> Act:
    return getattr(PENALTY, act_of(case, cases.Outcome(kind=request.kind, anew=request.anew)))  # type: ignore[no-any-return]


@act(
    PENALTY.RECORD_UPHELD,
    PENALTY.RECORD_SET_ASIDE,
    PENALTY.RECORD_UNDONE,
    PENALTY.REOPEN_CASE,
    PENALTY.REOPEN_SPOT_DECISION,
    by=_by,
    takes=_whole,
)
def record_outcome(_request: pb.RecordOutcomeRequest, case: cases.Case, do: Do) -> Told:
    """Record how a remedy against the decision ended, and let the case follow it.

    Where something was paid, the case shows what is still owed and what is to be given back.
    """
    return follow(case, do.facts.outcome(), do)


def follow(case: cases.Case, outcome: cases.Outcome, do: Do) -> Told:
    """Let a case follow what became of its decision."""
    event = _followed(case, outcome, do)
    if case.payments or case.earlier_decisions:
        show_owed(case, do.at, do.tx.calendar)
    do.then = lambda: follow_stays_beside(case, do)
    return event


def _followed(case: cases.Case, outcome: cases.Outcome, do: Do) -> Told:
    take(case, outcome)
    kept = next(
        o for o in case.outcomes if (o.authority, o.document) == (outcome.authority, outcome.document)
    )
    match act_of(case, outcome) if do.move.act in APPROVING else do.move.act:
        case "RECORD_UPHELD":
            return events.DecisionUpheld(outcome=kept)
        case "RECORD_SET_ASIDE":
            return events.DecisionSetAside(outcome=kept)
        case "RECORD_UNDONE":
            return events.DecisionAnnulled(outcome=kept)
        case "REOPEN_CASE":
            told = cases.Outcome.FromString(kept.SerializeToString())
            put_back(case, told)
            return events.CaseReopened(outcome=told)
    return _to_a_clue(case, cases.Outcome.FromString(kept.SerializeToString()), do)


def _to_a_clue(
    case: cases.Case, outcome: cases.Outcome, do: Do
) -> tuple[events.DecisionAnnulled, events.ClueRegistered]:
    """What was decided on the spot is a clue again, with the annulled decision as its first evidence; it has never been filed."""
    number, decided = case.decision.document_number, decided_time(case)
    put_back(case, outcome)
    case.procedure = cases.PROCEDURE_ORDINARY
    case.clue.source = cases.CLUE_SOURCE_ASSIGNED
    case.clue.summary = f"{outcome.authority}{outcome.document}"
    case.clue.evidence.add(
        kind=cases.EVIDENCE_KIND_DOCUMENT,
        title=number or "当场行政处罚决定书",
        source=f"{outcome.authority}{outcome.document}",
    )
    put_moment(case.clue.receive_time, do.at)
    if decided is not None:
        put_moment(case.clue.discover_time, decided)
    del case.officers[:]
    return events.DecisionAnnulled(outcome=outcome), events.ClueRegistered()
