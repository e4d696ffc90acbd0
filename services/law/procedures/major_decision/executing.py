"""The rules on carrying a decision out, adjusting and evaluating it, and on who answers for it (MDR 34 to 41)."""

from services.law.procedures.major_decision.facts import DecisionFacts, come
from services.law.procedures.major_decision.record import FOR_LIFE, Cause, Fault, Trouble
from services.law.procedures.papers import past
from services.law.rule import rule


@rule(
    "NOT_THE_EXECUTOR",
    law="MDR-2019:34",
    zh="应当由决策执行单位报告。",
    en="Another unit carries this decision out. Let somebody of that unit report.",
)
def by_executor(f: DecisionFacts) -> bool:
    """Who carries it out reports (MDR 34)."""
    return f.executes() is True


@rule(
    "EXECUTION_NOT_TOLD",
    law="MDR-2019:34;MDR-2019:35(1)",
    zh="应当报告决策执行情况。",
    en="It is not said how the decision is carried out. State it (report).",
)
def execution_told(f: DecisionFacts) -> bool:
    """The report says how the decision is carried out (MDR 34)."""
    return bool(f.record.report.strip())


@rule(
    "REPORT_NOT_OVERDUE",
    law="MDR-2019:34;CITY-ERS:6(2)",
    zh="报告执行情况的期限尚未届满。",
    en="The day by which it is to be reported has not passed, or none was set.",
)
def report_overdue(f: DecisionFacts) -> bool:
    """Who is late with a report is reminded (MDR 34, CITY-ERS 6(2))."""
    return past(f.record.report_due_time, f.at())


@rule(
    "TROUBLE_NOT_NAMED",
    law="MDR-2019:35(1)",
    zh="应当指明是决策存在问题、客观情况发生重大变化还是不可抗力。",
    en="It is not said whether the decision has a flaw, the facts changed, or force majeure came. Name it (trouble).",
)
def trouble_named(f: DecisionFacts) -> bool:
    """What is met while it is carried out is one of three (MDR 35(1))."""
    return f.record.trouble in tuple(Trouble)


@rule(
    "SUSPENSION_NOT_LAWFUL",
    law="MDR-2019:37",
    zh="未经法定程序不得停止执行；只有出现条例第三十五条规定的情形、情况紧急的，行政首长可以先决定中止执行。",
    en="No trouble was reported, it is not said what is urgent, or the head does not decide. Until all are there "
    "the decision goes on.",
)
def suspended_by_head(f: DecisionFacts) -> bool:
    """Only the head suspends, where trouble was met and it is urgent (MDR 37)."""
    r = f.record
    return r.trouble in tuple(Trouble) and bool(r.suspender.strip()) and bool(r.reasons.strip())


@rule(
    "EVALUATION_CAUSE_MISSING",
    law="MDR-2019:36(1)",
    zh="组织决策后评估应当指明情形并确定承担评估的单位。",
    en="It is not said why it is evaluated, and by which unit. Name both (cause, evaluator).",
)
def evaluation_caused(f: DecisionFacts) -> bool:
    """A decision is evaluated for one of three causes, by a unit that is named (MDR 36(1))."""
    e = f.record.evaluation
    return e.cause in tuple(Cause) and bool(e.evaluator.strip())


@rule(
    "EVALUATOR_CONFLICT",
    guard="G-75",
    law="MDR-2019:36(2)",
    zh="决策作出前承担主要论证评估工作的单位，不得承担决策后评估。",
    en="Who did the main assessment before the decision is to evaluate it. Name another.",
    tells=lambda f: {"evaluator": f.record.evaluation.evaluator},
)
def evaluator_apart(f: DecisionFacts) -> bool:
    """Who did the main assessment before does not evaluate after (MDR 36(2))."""
    who, before = f.record.evaluation.evaluator.strip(), f.main_assessors()
    return bool(who) and who not in before


@rule(
    "EVALUATION_NOT_PUBLIC",
    law="MDR-2019:36(3)",
    zh="决策后评估应当听取社会公众意见，吸收人大代表、政协委员、人民团体、基层组织、社会组织参与，并形成结果。",
    en="It is not said what the public said, who took part, or what the evaluation found. Say all three.",
)
def evaluation_open(f: DecisionFacts) -> bool:
    """An evaluation hears the public and takes others in, and says what it found (MDR 36(3))."""
    e = f.record.evaluation
    return bool(e.publicly_heard.strip() and e.result.strip()) and any(p.strip() for p in e.participants)


@rule(
    "EVALUATION_NOT_ORDERED",
    law="MDR-2019:36(1)",
    zh="没有已组织而未完成的决策后评估。",
    en="No evaluation was ordered that is still to come. Order it first.",
)
def evaluation_ordered(f: DecisionFacts) -> bool:
    """Reported is an evaluation that was ordered (MDR 36(1))."""
    return f.evaluating() is True


@rule(
    "EVALUATION_OPEN",
    law="MDR-2019:36",
    zh="决策后评估尚未完成。",
    en="An evaluation was ordered and has not come. Wait for it.",
)
def evaluation_come(f: DecisionFacts) -> bool:
    """It is not over while an evaluation is open (MDR 36)."""
    return f.evaluating() is False


@rule(
    "EXECUTION_NOT_SHOWN",
    law="MDR-2019:33;MDR-2019:34",
    zh="决策执行完毕，应当有执行单位的报告，且记录、材料已经归档。",
    en="The unit has not reported how it was carried out, or the file was not completed. Do both first.",
)
def carried_out(f: DecisionFacts) -> bool:
    """It is over when it was reported and filed (MDR 33, 34)."""
    r = f.record
    return come(r.report_time, f) and come(r.archive_time, f)


@rule(
    "FAULT_NOT_SHOWN",
    law="MDR-2019:38;MDR-2019:39;MDR-2019:40",
    zh="应当指明追责情形和事实；决策严重失误或者久拖不决的，载明造成的重大损失、恶劣影响。",
    en="It is not said for what, or on what facts; or of a grave mistake or a long delay not what followed. State it.",
)
def fault_shown(f: DecisionFacts) -> bool:
    """Responsibility is pursued for a fault that is shown; for life where grave loss followed (MDR 38 to 40)."""
    p = f.record.pursuit
    grave = p.fault not in FOR_LIFE or bool(p.consequences.strip())
    return p.fault in tuple(Fault) and bool(p.facts.strip()) and grave


@rule(
    "NOT_RESPONSIBLE",
    law="MDR-2019:38(2)",
    zh="倒查责任应当以决策记录为依据：该人员未提出、承办、审查、讨论或者决定该决策。",
    en="By the record this person neither proposed, prepared, reviewed, voted on nor decided it. Look who did.",
    tells=lambda f: {"person": f.record.pursuit.person},
)
def of_the_record(f: DecisionFacts) -> bool:
    """Who answers is found by the record of the process, however long ago (MDR 38(2))."""
    return f.record.pursuit.person in f.responsible()


@rule(
    "DISSENTER_RELIEVED",
    law="MDR-2019:38(3)",
    zh="集体讨论时对严重失误的决策表示不同意见的，按照规定减免责任；仍要追究的应当说明理由。",
    en="This person spoke against the decision, which relieves; it is not said why it is pursued all the same (reasons).",
    tells=lambda f: {"person": f.record.pursuit.person},
)
def dissent_weighed(f: DecisionFacts) -> bool:
    """Who spoke against a grave mistake is relieved, or it is said why not (MDR 38(3))."""
    against = f.dissenting()
    return f.record.pursuit.person not in against or bool(f.record.reasons.strip())


@rule(
    "COMPETENT_BODY_MISSING",
    law="MDR-2019:38",
    zh="本机关不能追究的，应当移送有权机关，载明机关和文书。",
    en="The office cannot pursue this person itself, and no competent body and paper are named. Name both.",
)
def somebody_pursues(f: DecisionFacts) -> bool:
    """It is pursued here, or by the competent body (MDR 38)."""
    p = f.record.pursuit
    return f.pursuable() is True or bool(p.competent_body.strip() and p.document.strip())
