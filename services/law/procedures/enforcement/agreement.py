"""The rules on an agreement by which a party performs in stages (ACL 42)."""

from services.law.procedures.enforcement.facts import EnforcementFacts
from services.law.procedures.papers import Duty
from services.law.rule import rule


@rule(
    "AGREEMENT_INCOMPLETE",
    law="ACL-2011:42(1)",
    zh="执行协议约定分阶段履行的，各阶段应当载明数额（行为义务为履行内容）和今后的期限，合计为应缴数额减去减免数额。",
    en="The stages do not add up to what is owed less what is waived, say not what of a duty is to be done, or do not follow "
    "each other in days to come.",
    tells=lambda f: {"left_fen": str(f.left_fen())},
)
def stages_whole(f: EnforcementFacts) -> bool:
    """The stages of an agreement are all that is owed, or say what is to be done, each by a day to come, the earlier first
    (ACL 42(1))."""
    times = [stage.due_time for stage in f.record.stages]
    known = [time for time in times if time is not None]
    ordered = bool(known) and len(known) == len(times) and known == sorted(set(known)) and known[0] > f.at()
    amounts = [stage.amount_fen for stage in f.record.stages]
    if f.record.duty in (Duty.DEMOLITION, Duty.OTHER):
        return ordered and not any(amounts) and all(stage.what.strip() for stage in f.record.stages)
    if f.record.duty != Duty.MONEY:
        return False
    return ordered and min(amounts) > 0 and sum(amounts) == f.left_fen() - f.record.waived_fen


@rule(
    "WAIVER_NOT_EARNED",
    warning="EW-35",
    law="ACL-2011:42(1)",
    zh="当事人采取补救措施的，方可减免加处的罚款；减免不得超过尚欠的加处罚款，罚款本身不得减免。",
    en="It is not said how the party mended its default (mended), or more is waived than is left of the surcharge.",
    tells=lambda f: {"surcharge_fen": str(f.surcharge_left_fen())},
)
def waiver_earned(f: EnforcementFacts) -> bool:
    """Only of the surcharge, and only to a party that mended its default, is anything waived (ACL 42(1))."""
    waived = f.record.waived_fen
    return waived == 0 or (bool(f.record.mended.strip()) and 0 < waived <= f.surcharge_left_fen())


@rule(
    "AGREEMENT_KEPT",
    law="ACL-2011:42(2)",
    zh="当事人按约履行执行协议的，不得恢复强制执行。",
    en="No stage of the agreement is past and unpaid. Resume only when the party breaks it.",
)
def agreement_broken(f: EnforcementFacts) -> bool:
    """Enforcement is resumed under an agreement only where the party does not keep it (ACL 42(2))."""
    return f.stage_missed()
