"""The rules that the law puts on a reconsideration until it is heard, and on its ending without a decision."""

from datetime import timedelta

from services.law.procedures.papers import local_midnight, missing, past, since, within
from services.law.procedures.reconsideration.facts import (
    ENDS_AFTER_SIXTY_DAYS,
    SMALL_SUM,
    Answered,
    Channel,
    Condition,
    Made,
    ReconsiderationFacts,
    Simple,
    Suspension,
)
from services.law.rule import rule

MOST_AGENTS = 2  # of its own staff, RIR 18(2)
SUSPENDED = timedelta(days=60)  # after which a reconsideration may be terminated, ARL 41[5]


@rule(
    "NOT_ADMISSIBLE",
    law="ARL-2023:30(1)",
    zh="符合行政复议受理条件并在法定申请期限内提出的，方可受理。",
    en="A condition of admission is not met, or the application came late. Refuse it with reasons, or ask for a supplement.",
    tells=lambda f: {"missing": ",".join(missing(Condition, f.record.conditions))},
)
def admissible(f: ReconsiderationFacts) -> bool:
    """The conditions of admission are found to be met, that of time with them, and none is found not to be (ARL 30(1))."""
    return f.admissible()


@rule(
    "REASONS_MISSING",
    law="ARL-2023:30(2);ARL-2023:33",
    zh="不符合受理条件或者超过法定申请期限的，方可不予受理、驳回申请；应当指明不符合何种条件。",
    en="No condition is named that is not met, and the application did not come late. Name it (unmet), or admit it.",
)
def not_admissible(f: ReconsiderationFacts) -> bool:
    """Only what does not meet a condition of admission, which is named, or came late is refused or dismissed (ARL 30(2), 33)."""
    applied = f.record.apply_time
    return bool(f.record.unmet) or (applied is not None and past(f.application_end(), applied))


@rule(
    "TERM_RUNS",
    law="ARL-2023:30(3)",
    zh="审查期限届满未作出不予受理决定的，视为受理。",
    en="The five working days to say whether it is admitted are not over. Wait.",
)
def admission_over(f: ReconsiderationFacts) -> bool:
    """Silence admits it only when the five days are over (ARL 30(3))."""
    return past(f.admission_end(), f.at())


@rule(
    "NOT_THROUGH_AGENCY",
    law="ARL-2023:32(1)",
    zh="对当场作出或者依据电子技术监控设备作出的处罚，可以通过原机关提交。",
    en="The penalty was neither made on the spot nor by a device. Apply to the reconsideration body.",
)
def through_agency(f: ReconsiderationFacts) -> bool:
    """Only applications against penalties on the spot or by device go through the agency (ARL 32(1))."""
    return f.record.made in (Made.ON_THE_SPOT, Made.BY_DEVICE)


@rule(
    "CORRECTION_NOT_TOLD",
    law="RIR-2026:38(1);RIR-2026:38(2)",
    zh="自行纠正的，应当告知申请人和行政复议机关；申请人坚持申请的，告知其有管辖权的行政复议机关。",
    en="The applicant or the body was not told of the correction, or who insists not where to go. Tell them, and record it.",
)
def correction_told(f: ReconsiderationFacts) -> bool:
    """Applicant and body are told what was set right; an applicant who insists is told the competent body (RIR 38)."""
    r = f.record
    directed = r.insists is False or bool(r.competent_body_told.strip())
    return r.applicant_tell_time is not None and r.body_tell_time is not None and directed


@rule(
    "REPLY_INCOMPLETE",
    law="RIR-2026:41",
    zh="书面答复应当就行政行为的合法性、适当性和复议请求说明事实和理由。",
    en="The reply leaves out legality, appropriateness or what is asked for. Speak to all three (answered).",
    tells=lambda f: {"missing": ",".join(missing(Answered, f.record.answered))},
)
def reply_complete(f: ReconsiderationFacts) -> bool:
    """The reply speaks to legality, appropriateness and what the applicant asks for (RIR 41)."""
    return missing(Answered, f.record.answered) == ()


@rule(
    "AGENTS_NOT_OF_STAFF",
    law="RIR-2026:18(2)",
    zh="被申请人应当指定一至二名工作人员参加，不得仅委托律师。",
    en="The agency named none of its own staff, or more than two. Name one or two; a lawyer alone will not do.",
)
def own_staff(f: ReconsiderationFacts) -> bool:
    """One or two of its own staff appear for the agency, never a lawyer alone (RIR 18(2))."""
    return 1 <= len({name for name in f.record.staff_agents if name.strip()}) <= MOST_AGENTS


@rule(
    "PAPERS_CLEAR",
    law="ARL-2023:31(1)",
    zh="材料不齐全或者表述不清楚的，方可要求补正，并应当一次性载明需要补正的事项。",
    en="It is not said what is missing or unclear. Name it (unclear), or decide on the application.",
)
def unclear(f: ReconsiderationFacts) -> bool:
    """A supplement is asked for if the papers are incomplete or unclear, which is said once and for all (ARL 31(1))."""
    return any(text.strip() for text in f.record.unclear)


@rule(
    "NOT_SIMPLE",
    law="ARL-2023:53",
    zh="符合法定情形或者各方同意的，方可适用简易程序；应当指明何种情形。",
    en="No case of the simplified procedure is named, or the sum is too large for it. Use the ordinary procedure.",
)
def simple(f: ReconsiderationFacts) -> bool:
    """The simplified procedure is for the cases of the law, or if all agree; a small sum is three thousand yuan (ARL 53)."""
    case, total = f.record.simple, f.record.sum_fen
    small = case != Simple.SMALL_SUM or (total is not None and 0 <= total <= SMALL_SUM)
    return case in tuple(Simple) and small


@rule(
    "REPLY_NOT_DUE",
    law="ARL-2023:70",
    zh="答复期限届满未答复的，方视为没有证据、依据。",
    en="A reply came, or the time for it is not over. Wait for its end.",
)
def reply_overdue(f: ReconsiderationFacts) -> bool:
    """The time for the reply is over and none came: that no reply is on record is the case of the law (ARL 70)."""
    return f.record.reply_time is None and past(f.reply_end(), f.at())


@rule(
    "GROUNDS_MISSING",
    law="ARL-2023:39(1)",
    zh="符合法定中止情形的，方可中止；应当指明何种情形。",
    en="It is not said in which case of the law it is suspended. Name it (suspension).",
)
def suspension_ground(f: ReconsiderationFacts) -> bool:
    """It is suspended in a case of the law, which is named (ARL 39(1))."""
    return f.record.suspension in tuple(Suspension)


@rule(
    "NOT_SIXTY_DAYS",
    law="ARL-2023:41[5]",
    zh="因申请人死亡、丧失行为能力或者终止而中止满六十日，原因仍未消除的，方可终止。",
    en="Sixty days of suspension are not over, or it was not suspended for the applicant's death, incapacity or end.",
)
def suspended_sixty_days(f: ReconsiderationFacts) -> bool:
    """Suspended for sixty days because the applicant died, lost its capacity or ceased to be, and still so (ARL 41[5])."""
    begin = f.record.suspend_time
    passed = since(None if begin is None else local_midnight(begin), local_midnight(f.at()))
    return f.record.suspension in ENDS_AFTER_SIXTY_DAYS and passed is not None and passed >= SUSPENDED


@rule(
    "NOT_OF_OWN_WILL",
    law="ARL-2023:41[1];ARL-2023:74(2)",
    zh="撤回申请应当出于申请人真实意愿。",
    en="It was not found that the applicant withdraws of its own will. Ask the applicant, and record it (own_will).",
)
def own_will(f: ReconsiderationFacts) -> bool:
    """The applicant withdraws of its own will (ARL 41[1], 74(2))."""
    return f.record.own_will


@rule(
    "SETTLEMENT_UNLAWFUL",
    law="ARL-2023:73(1)",
    zh="调解应当自愿，不得损害国家利益、社会公共利益和他人合法权益。",
    en="It was not found that the parties agreed freely and that nobody's lawful interests are harmed. Look into both.",
)
def settlement_lawful(f: ReconsiderationFacts) -> bool:
    """It is agreed freely and harms nobody's lawful interests (ARL 5, 73(1))."""
    return f.record.own_will and f.record.settlement_harmless


@rule(
    "APPLICATION_EMPTY",
    law="ARL-2023:22(2);ARL-2023:22(3)",
    zh="应当载明申请人、复议请求和理由。",
    en="It is not said who applies, or what is asked for and why. State both (applicant, request).",
)
def says_what(f: ReconsiderationFacts) -> bool:
    """An application, also one by word of mouth, says who applies and what is asked for (ARL 22)."""
    return bool(f.record.applicant.strip() and f.record.request.strip())


@rule(
    "CHANNEL_NOT_SHOWN",
    law="ARL-2023:22(2);ARL-2023:32(2)",
    zh="应当载明申请途径；由原机关或者其他机关转送的，应当载明转送文书。",
    en="It is not said how the application came, or by which paper another body passed it on. State both "
    "(channel, forward_document).",
)
def channel_shown(f: ReconsiderationFacts) -> bool:
    """How an application came is on record; what was passed on came by a paper (ARL 22, 32)."""
    way = f.record.channel
    passed_on = way in (Channel.AGENCY, Channel.TRANSFERRED)
    return way in tuple(Channel) and (not passed_on or bool(f.record.forward_document.strip()))


@rule(
    "PAPER_MISSING",
    law="ARL-2023:30(2);ARL-2023:31(1);ARL-2023:39(3);ARL-2023:42;ARL-2023:75(1);ARL-2023:76",
    zh="应当载明文书。",
    en="The paper of the act is not named. Name it (document).",
)
def shown(f: ReconsiderationFacts) -> bool:
    """What the body does to the parties it does in writing (ARL 30, 31, 39, 75, 76)."""
    return bool(f.record.document.strip())


@rule(
    "COMPETENT_BODY_NOT_TOLD",
    law="ARL-2023:30(2)",
    zh="不属于本机关管辖的，应当告知申请人有管辖权的行政复议机关。",
    en="It is refused for want of competence, and the competent body is not named. Name it (competent_body).",
)
def competent_body_told(f: ReconsiderationFacts) -> bool:
    """Who came to the wrong body is told the right one (ARL 30(2))."""
    unmet = f.record.unmet
    elsewhere = unmet is None or Condition.COMPETENCE in unmet
    return not elsewhere or bool(f.record.competent_body.strip())


@rule(
    "REPLY_LATE",
    law="ARL-2023:48;ARL-2023:54(1);ARL-2023:70",
    zh="答复期限届满后提出的，视为没有证据、依据。",
    en="The reply came after its time, or it is not known when. The agency is held to have no evidence.",
)
def replied_in_time(f: ReconsiderationFacts) -> bool:
    """Ten working days, five in the simplified procedure (ARL 48, 54(1))."""
    return within(f.reply_end(), f.record.reply_time)


@rule(
    "HEARING_NOTICE_LATE",
    law="ARL-2023:51(1)",
    zh="应当于举行听证的五日前书面通知当事人。",
    en="Fewer than five working days are left until the hearing, or no hearing is set. Set another day.",
)
def hearing_told_in_time(f: ReconsiderationFacts) -> bool:
    """The parties are told five working days before the hearing (ARL 51(1))."""
    return within(f.hearing_notice_end(), f.at())


@rule(
    "HEARING_PANEL_MISSING",
    law="ARL-2023:50(3)",
    zh="听证由一名行政复议人员任主持人、两名以上行政复议人员任听证员、一名记录员制作笔录。",
    en="A hearing has one who presides and two or more who hear, all assigned and apart, and somebody who writes the record. "
    "Name them.",
)
def panel_complete(f: ReconsiderationFacts) -> bool:
    """One presides, two or more hear, one writes the record (ARL 50(3))."""
    return f.panel_complete() is True


@rule(
    "STILL_IN_THE_WAY",
    law="ARL-2023:39(2);ARL-2023:39(3)",
    zh="中止的原因消除后方可恢复审理，应当载明原因如何消除。",
    en="It is not said how the cause of the suspension went away. State it (resume_reason).",
)
def cause_gone(f: ReconsiderationFacts) -> bool:
    """The case goes on once the cause of its suspension is gone (ARL 39(2))."""
    return bool(f.record.resume_reason.strip())


@rule(
    "STAY_NOT_GROUNDED",
    law="ARL-2023:42",
    zh="停止执行应当属于法定情形并载明理由。",
    en="It is not said why execution has to be stayed. State it (reasons).",
)
def stay_reasoned(f: ReconsiderationFacts) -> bool:
    """Execution is stayed in the cases of the law, for a stated cause (ARL 42)."""
    return bool(f.record.reasons.strip())


@rule(
    "NO_STAY_LASTS",
    law="ARL-2023:42",
    zh="没有尚未终结的停止执行。",
    en="Execution is not stayed, so nothing ends.",
)
def stay_lasts(f: ReconsiderationFacts) -> bool:
    """Only a stay that lasts ends."""
    return f.record.stay_time is not None


@rule(
    "ALREADY_DONE",
    law="ARL-2023:42",
    zh="已经停止执行。",
    en="Execution is stayed already.",
)
def not_stayed(f: ReconsiderationFacts) -> bool:
    """What is stayed is not stayed again while that lasts."""
    return f.record.stay_time is None
