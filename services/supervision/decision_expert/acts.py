"""Who is in the pool of experts, and who leaves it (MDR 21, 41)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.decision_expert import DECISION_EXPERT as EXPERT
from services.supervision.decision_expert.act import PREFIX, act


def _entered(request: pb.EnterDecisionExpertRequest, tx: Tx) -> pb.DecisionExpert:
    expert = pb.DecisionExpert(
        expert_id=tx.new_id(PREFIX),
        name=request.name.strip(),
        unit=request.unit.strip(),
        fields=request.fields,
        qualification=request.qualification,
        document=request.document,
        interests=request.interests,
    )
    put_moment(expert.enter_time, tx.now)
    return expert


@act(EXPERT.ENTER, begins=_entered)
def enter_decision_expert(_request: Any, _expert: pb.DecisionExpert, _do: Do) -> events.DecisionExpertEntered:
    """Take an expert into the pool (MDR 21)."""
    return events.DecisionExpertEntered()


@act(EXPERT.ADMONISH)
def admonish_decision_expert(
    request: pb.AdmonishDecisionExpertRequest, expert: pb.DecisionExpert, _do: Do
) -> events.DecisionExpertAdmonished:
    """Admonish an expert, who is to mend and argues nothing meanwhile (MDR 41)."""
    expert.notes.append(request.reasons)
    return events.DecisionExpertAdmonished()


@act(EXPERT.RESTORE)
def restore_decision_expert(
    request: pb.RestoreDecisionExpertRequest, expert: pb.DecisionExpert, _do: Do
) -> events.DecisionExpertRestored:
    """Let an expert who mended argue again (MDR 41)."""
    expert.notes.append(request.mended)
    return events.DecisionExpertRestored()


@act(EXPERT.REMOVE)
def remove_decision_expert(
    request: pb.RemoveDecisionExpertRequest, expert: pb.DecisionExpert, _do: Do
) -> events.DecisionExpertRemoved:
    """Take an expert out of the pool (MDR 21, 41)."""
    expert.notes.append(request.reasons)
    return events.DecisionExpertRemoved()
