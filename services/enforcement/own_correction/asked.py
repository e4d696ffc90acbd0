"""A correction of the decision by the agency itself, as an act hands it in."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.outcome.asked import unfit as unfit_outcome


def proposal_of(asked: Any) -> cases.OwnCorrection:
    """What a ProposeOwnCorrectionRequest proposes."""
    own = cases.OwnCorrection(
        kind=asked.kind,
        ground=asked.ground,
        reason=asked.reason,
        proof=asked.proof,
        anew=asked.anew,
        procedure_only=asked.procedure_only,
        state=cases.OWN_CORRECTION_STATE_PENDING,
    )
    if asked.HasField("penalty"):
        own.penalty.CopyFrom(asked.penalty)
    return own


def unfit(asked: Any) -> dict[str, tuple[str, str]]:
    """What of a proposal cannot stand in one paper, by its fields, in English and Chinese."""
    told = cases.Outcome(kind=asked.kind, anew=asked.anew, procedure_only=asked.procedure_only)
    if asked.HasField("penalty"):
        told.penalty.CopyFrom(asked.penalty)
    return unfit_outcome(told)
