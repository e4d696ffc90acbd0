"""The rules that the law puts on a reconsideration."""

from datetime import timedelta

from services.law.procedures.papers import local_midnight, missing, past, since
from services.law.procedures.reconsideration.facts import (
    ENDS_AFTER_SIXTY_DAYS,
    SMALL_SUM,
    Answered,
    Condition,
    Course,
    Made,
    ReconsiderationFacts,
    Simple,
    Suspension,
    Weight,
)
from services.law.rule import rule

MOST_AGENTS = 2  # of its own staff, RIR 18(2)
FEWEST_REVIEWERS = 2  # but in the simplified procedure, RIR 39
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
    "REVIEWERS_TOO_FEW",
    law="RIR-2026:39",
    zh="审理案件应当由两名以上行政复议人员参加，适用简易程序的可以由一名审理。",
    en="Fewer than two heard the case, or nobody is named. Name those who did; one is enough in the simplified procedure.",
)
def heard_by_two(f: ReconsiderationFacts) -> bool:
    """Two or more hear the case; in the simplified procedure one may (RIR 39)."""
    fewest = 1 if f.record.course == Course.SIMPLIFIED else FEWEST_REVIEWERS
    return len({name for name in f.record.reviewers if name.strip()}) >= fewest


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
    "PARTY_NOT_HEARD",
    law="ARL-2023:49;ARL-2023:54(2)",
    zh="应当听取当事人的意见，因当事人原因不能听取或者适用简易程序的除外。",
    en="The parties were not heard, and it is not said why they cannot be. Hear them, or state it (unhearable).",
)
def parties_heard(f: ReconsiderationFacts) -> bool:
    """The parties were heard, unless they cannot be or the case goes by the simplified procedure (ARL 49, 54(2))."""
    r = f.record
    return r.hear_time is not None or bool(r.unhearable.strip()) or r.course == Course.SIMPLIFIED


@rule(
    "HEARING_NOT_HELD",
    law="ARL-2023:50(1)",
    zh="重大、疑难、复杂的案件应当组织听证；应当载明案件是否属于重大、疑难、复杂。",
    en="The case is grave, difficult or complex, or it is not said that it is plain, and no hearing was held. Hold it.",
)
def hearing_held(f: ReconsiderationFacts) -> bool:
    """A grave, difficult or complex case has a hearing; only one found to be plain goes without (ARL 50(1))."""
    return f.record.hearing_time is not None or f.record.weight == Weight.PLAIN


@rule(
    "NOT_APPROVED",
    law="ARL-2023:61(1)",
    zh="应当经行政复议机关负责人同意或者集体讨论通过。",
    en="The head did not agree, and no collective discussion is on record. Have it approved.",
)
def approved(f: ReconsiderationFacts) -> bool:
    """The head agrees, or it was discussed collectively (ARL 61(1))."""
    return f.record.head_agree_time is not None or bool(f.record.discussion_record.strip())


@rule(
    "REFORMATIO_IN_PEIUS",
    guard="G-88",
    law="ARL-2023:63(2)",
    zh="不得作出对申请人更为不利的变更决定，第三人提出相反请求的除外。",
    en="The change is worse for the applicant, and no third party asked for it. Change it to nothing worse.",
)
def not_worse(f: ReconsiderationFacts) -> bool:
    """A change is not worse for the applicant, unless a third party asked for it (ARL 63(2))."""
    return bool(f.record.third_party_request.strip()) or f.worse_for_applicant() is False


@rule(
    "TERM_RUNS",
    law="ARL-2023:62;ARL-2023:34",
    zh="行政复议期限届满未作出决定的，方可记录逾期。",
    en="The time to decide is not over. Wait.",
)
def decision_overdue(f: ReconsiderationFacts) -> bool:
    """The time to decide is over (ARL 34, 62)."""
    return past(f.decision_end(), f.at())
