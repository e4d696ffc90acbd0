"""An inquiry that stands still for a while, by approval and on a ground (SAMR 46; MOHURD 30; ENV 35)."""

from yifa.enforcement.v1.case_pb2 import SuspensionGround

from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule

# What is waited for has a paper: the other case or decision, the question that was put; and what is no ground by itself.
_SHOWN = frozenset(
    {
        SuspensionGround.SUSPENSION_GROUND_RELATED_CASE,
        SuspensionGround.SUSPENSION_GROUND_LEGAL_QUESTION,
        SuspensionGround.SUSPENSION_GROUND_PARTY_DECEASED,
        SuspensionGround.SUSPENSION_GROUND_PARTY_UNABLE,
        SuspensionGround.SUSPENSION_GROUND_OTHER,
    }
)
_GROUNDS = frozenset(SuspensionGround.values()) - {SuspensionGround.SUSPENSION_GROUND_UNSPECIFIED}


@rule(
    "SUSPENSION_NOT_GROUNDED",
    warning="EW-33",
    law="SAMR-2022:46(1)",
    zh="中止案件调查应当具有规定的情形并说明理由；以其他案件、决定、解释或者承受人的确定为前提的，应当载明其文书。",
    en="No ground or no reason is given, or the paper is not named that shows what is waited for. State them (ground, cause, "
    "document).",
)
def suspension_grounded(f: PenaltyFacts) -> bool:
    """An inquiry is suspended on a ground of the rules, with its reason and, where something is waited for, its paper."""
    said = f.suspension()
    shown = said.ground not in _SHOWN or bool(said.document.strip())
    return said.ground in _GROUNDS and bool(said.cause.strip()) and shown


@rule(
    "RESUMPTION_NOT_REASONED",
    law="SAMR-2022:46(2)",
    zh="恢复案件调查应当说明中止的原因如何消除。",
    en="It is not said how the cause of the suspension went away. State it (cause).",
)
def resumption_reasoned(f: PenaltyFacts) -> bool:
    """An inquiry goes on as soon as the cause of its suspension is gone, and it is put on record how."""
    return bool(f.cause().strip())
