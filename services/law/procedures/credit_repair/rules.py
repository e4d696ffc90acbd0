"""The rules that the law puts on the repair of credit (CREDIT-2025 13–20, 25)."""

from services.law.procedures.credit_repair.facts import CreditRepairFacts
from services.law.procedures.papers import past, within
from services.law.procedures.shared import local
from services.law.rule import rule


@rule(
    "NOT_DISPLAYED",
    law="CREDIT-2025:3;CREDIT-2025:12",
    zh="该处罚信息未在信用网站公示，或者已停止公示、撤回，没有需要修复的失信信息。",
    en="The credit websites do not show the penalty: it is minor, on a natural person, not published, over or taken back. "
    "There is nothing to repair.",
)
def displayed(f: CreditRepairFacts) -> bool:
    """Only what is on show is repaired."""
    return f.displayed()


@rule(
    "ALREADY_DONE",
    law="CREDIT-2025:16",
    zh="该处罚信息的信用修复申请或者异议申诉尚在办理。",
    en="An application or an objection about this penalty is not answered yet. Go on with that one.",
)
def none_open(f: CreditRepairFacts) -> bool:
    """The party applies again when its last application was answered."""
    return f.asked_already() is False


# What an application has to meet (art. 14, 15, 25).


@rule(
    "REPAIR_TOO_EARLY",
    warning="EW-47",
    law="CREDIT-2025:12(2);CREDIT-2025:14",
    zh="最短公示期尚未届满，不得申请信用修复。",
    en="The shortest display is not over; repair is asked for after it.",
    tells=lambda f: {"from": local(end)} if (end := f.shortest_end()) else {},
)
def shortest_over(f: CreditRepairFacts) -> bool:
    """Repair is asked for after the shortest display."""
    end = f.shortest_end()
    return end is not None and f.at() >= end


@rule(
    "OBLIGATIONS_OPEN",
    warning="EW-47",
    law="CREDIT-2025:14",
    zh="行政处罚规定的义务尚未完全履行，不符合信用修复条件。",
    en="Not everything that was imposed has been carried out. Record the payment and what else was done first.",
    tells=lambda f: {"undone": ",".join(f.undone() or ())},
)
def duties_done(f: CreditRepairFacts) -> bool:
    """What was imposed was carried out in full."""
    return f.undone() == ()


@rule(
    "REPAIR_PAPERS_MISSING",
    warning="EW-47",
    law="CREDIT-2025:14;CREDIT-2025:15",
    zh="应当提交信用承诺书和纠正失信行为、履行法定义务的证明材料。",
    en="The party's public promise, or the papers that show what was put right, are missing. Let it hand them in.",
)
def papers_whole(f: CreditRepairFacts) -> bool:
    """The party promises in public, and hands in what shows that it put things right."""
    return bool(f.record.promise.strip()) and any(proof.strip() for proof in f.record.proofs)


@rule(
    "REPAIR_BARRED",
    warning="EW-47",
    law="CREDIT-2025:25",
    zh="信用主体曾提供虚假材料或者故意不履行承诺，原失信信息三年内不得申请信用修复。",
    en="Papers handed in before were false or a promise was broken; for three years the penalty is not repaired.",
)
def not_barred(f: CreditRepairFacts) -> bool:
    """For three years after false papers or a broken promise nothing is repaired."""
    return f.barred() is False


CONDITIONS = (shortest_over, duties_done, papers_whole, not_barred)


@rule(
    "REFUSAL_WITHOUT_GROUND",
    warning="EW-47",
    law="CREDIT-2025:16(2)",
    zh="申请材料齐全且符合要求的，应当予以受理。",
    en="The papers are whole and every condition is met; the application has to be accepted.",
)
def refusal_grounded(f: CreditRepairFacts) -> bool:
    """What is whole and meets the conditions is accepted."""
    begins = f.shortest_end()
    early = begins is not None and f.at() < begins
    return early or bool(f.undone()) or f.barred() is True or not papers_whole.holds(f)


@rule(
    "SUPPLEMENT_NOT_NAMED",
    warning="EW-47",
    law="CREDIT-2025:16(2)",
    zh="应当一次性告知需要补正的材料。",
    en="What is missing is named, all of it and once. Name it (missing), or decide on the application as it stands.",
)
def missing_named(f: CreditRepairFacts) -> bool:
    """What is missing is told once and for all."""
    return any(each.strip() for each in f.record.missing)


# The decision.


@rule(
    "PENALTY_STILL_RUNS",
    warning="EW-47",
    law="CREDIT-2025:12(3)",
    zh="附带期限的处罚，在期限届满前不得提前终止公示。",
    en="What was imposed for a time is not over; until then the display does not end.",
)
def penalty_over(f: CreditRepairFacts) -> bool:
    """A penalty for a time stays on show as long as it lasts."""
    return f.imposed_over() is True


@rule(
    "REASONS_MISSING",
    warning="EW-47",
    law="CREDIT-2025:16(3)",
    zh="案情复杂或者需要核查的，方可延长，并应当说明情况。",
    en="More time is taken only where the matter is complex or has to be checked. Say which (reason).",
)
def delay_reasoned(f: CreditRepairFacts) -> bool:
    """More time is taken for a stated reason."""
    return bool(f.record.extension_reason.strip())


@rule(
    "ALREADY_DONE",
    law="CREDIT-2025:17",
    zh="结果已经告知申请人。",
    en="The applicant was told of the result already.",
)
def not_answered(f: CreditRepairFacts) -> bool:
    """The result is told once."""
    return f.answered_before() is False


@rule(
    "REASONS_MISSING",
    warning="EW-47",
    law="CREDIT-2025:18",
    zh="延长核查期限的，应当提前告知申请人，并说明情况。",
    en="More time is taken only after the applicant was told, before the term is over, and why. State it (reason).",
)
def told_beforehand(f: CreditRepairFacts) -> bool:
    """The applicant is told of a delay before the term is over."""
    return bool(f.record.extension_reason.strip()) and within(f.objection_end(), f.at())


@rule(
    "NOT_AN_ANSWER",
    law="CREDIT-2025:18",
    zh="该异议针对公示内容，应当更正公示。",
    en="The objection is about what is shown; what is shown is corrected.",
)
def about_answer(f: CreditRepairFacts) -> bool:
    """What was objected to is an answer to an application."""
    return f.record.objected_to == "ANSWER"


@rule(
    "NOT_THE_DISPLAY",
    law="CREDIT-2025:18",
    zh="该异议针对不予受理或者不予修复的决定，应当重新办理。",
    en="The objection is about an answer to an application; that is taken up again.",
)
def about_display(f: CreditRepairFacts) -> bool:
    """What was objected to is what is shown."""
    return f.record.objected_to == "DISPLAY"


# Restructuring, and dishonesty.


@rule(
    "RULING_MISSING",
    warning="EW-47",
    law="CREDIT-2025:20(1)",
    zh="应当有人民法院批准重整计划或者认可和解协议的裁定书。",
    en="No ruling of a court approves the plan or the settlement. Name it (ruling).",
)
def court_ruled(f: CreditRepairFacts) -> bool:
    """A shield rests on the ruling of a court."""
    return bool(f.record.ruling.strip())


@rule(
    "FALSEHOOD_NOT_SHOWN",
    warning="EW-47",
    law="CREDIT-2025:25",
    zh="应当载明虚假材料、严重不实的承诺或者故意不履行承诺的事实和依据。",
    en="It is not said which paper was false or which promise was broken, and what shows it. State it (facts).",
)
def falsehood_shown(f: CreditRepairFacts) -> bool:
    """What is held against the party is stated."""
    return bool(f.record.falsehood.strip())


@rule(
    "RECORD_SHOWN_LONGER",
    warning="EW-47",
    law="CREDIT-2025:25",
    zh="虚假材料、不履行承诺的记录公示三年，期满前不得终止公示。",
    en="The record is on show for three years; it is not taken down before.",
    tells=lambda f: {"until": local(end)} if (end := f.record_end()) else {},
)
def shown_long_enough(f: CreditRepairFacts) -> bool:
    """The record of dishonesty is on show for three years."""
    return past(f.record_end(), f.at())
