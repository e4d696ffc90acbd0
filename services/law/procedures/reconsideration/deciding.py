"""The rules that the law puts on a reconsideration decision, who makes it, and what follows from it."""

from services.law.procedures.papers import past
from services.law.procedures.reconsideration.facts import (
    Annulment,
    Course,
    ReconsiderationFacts,
    Weight,
)
from services.law.rule import rule

FEWEST_REVIEWERS = 2  # but in the simplified procedure, RIR 39


@rule(
    "REVIEWER_NOT_QUALIFIED",
    law="ARL-2023:6(2);ARL-2023:36(1)",
    zh="应当指定具备资格的行政复议人员办理；未登记法律职业资格和职前培训的，不得办理。",
    en="Nobody is named, or somebody named is not entered as qualified. Enter whose qualification and training are shown.",
    tells=lambda f: {"person": ",".join(f.unqualified())},
)
def qualified(f: ReconsiderationFacts) -> bool:
    """A case is handled by staff who are qualified and were trained before (ARL 6(2), 36(1))."""
    return bool(f.record.reviewers) and f.unqualified() == ()


@rule(
    "REVIEWER_TOOK_PART",
    law="ARL-2023:3(2);CITY-ERS:6(4)",
    zh="行政复议应当公正：参与原行政行为、属于被申请人或者与案件有利害关系的人员不得办理。",
    en="Somebody named took part in the act, belongs to the agency or is a party. Name somebody who stands apart.",
    tells=lambda f: {"person": ",".join(f.partial())},
)
def impartial(f: ReconsiderationFacts) -> bool:
    """Who took part in the act, or belongs to who made it, does not hear the case (ARL 3(2))."""
    return bool(f.record.reviewers) and f.partial() == ()


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
    "GAINS_NOT_STATED",
    guard="G-19",
    law="APL-2021:28(2);ARL-2023:63(1)",
    zh="变更、调解的处罚内容应当载明违法所得：数额及依据、没有或者无法计算的理由，前后一致，没收不超过应当没收的数额。",
    en="What takes the place of the penalty does not say what the illegal gains are, or what it says of them does not agree. "
    "State them (penalty.gains).",
)
def gains_dealt_with(f: ReconsiderationFacts) -> bool:
    """What takes the place of a penalty says what the illegal gains are, as the penalty had to (APL 28(2))."""
    return f.gains_said() is True


@rule(
    "TERM_RUNS",
    law="ARL-2023:62;ARL-2023:34",
    zh="行政复议期限届满未作出决定的，方可记录逾期。",
    en="The time to decide is not over. Wait.",
)
def decision_overdue(f: ReconsiderationFacts) -> bool:
    """The time to decide is over (ARL 34, 62)."""
    return past(f.decision_end(), f.at())


@rule(
    "HELD_WITHOUT_EVIDENCE",
    law="ARL-2023:70",
    zh="被申请人逾期未答复、未提交证据的，视为没有证据、依据，不得维持、变更或者驳回请求，第三人提供证据的除外。",
    en="The agency did not reply in time, so that it has no evidence. Annul, declare unlawful or void, or order performance; "
    "else show what a third party handed in (third_party_evidence).",
)
def has_evidence(f: ReconsiderationFacts) -> bool:
    """Without a reply in time there is no evidence, unless a third party handed some in (ARL 70)."""
    return f.record.reply_time is not None or bool(f.record.third_party_evidence.strip())


@rule(
    "ADVICE_MISSING",
    law="ARL-2023:52(2)",
    zh="重大、疑难、复杂的案件，应当提请行政复议委员会提出咨询意见并记录。",
    en="The case is grave, difficult or complex, or it is not said that it is plain, and the commission was not asked. Ask it, "
    "and record what it advised (commission_opinion).",
)
def advised(f: ReconsiderationFacts) -> bool:
    """In a grave case the commission advises (ARL 52(2))."""
    return f.record.weight == Weight.PLAIN or bool(f.record.commission_opinion.strip())


@rule(
    "GROUNDS_MISSING",
    law="ARL-2023:64(1);ARL-2023:70",
    zh="应当载明撤销的法定情形。",
    en="It is not said in which case of the law it is annulled. Name it (annulments).",
)
def annulment_grounded(f: ReconsiderationFacts) -> bool:
    """A decision is annulled in a case of the law (ARL 64(1)), or because nothing shows that it is right (70)."""
    named = bool(f.record.annulments) and all(each in tuple(Annulment) for each in f.record.annulments)
    return named or f.record.reply_time is None


@rule(
    "TERM_NOT_SET",
    law="ARL-2023:66",
    zh="应当载明履行期限。",
    en="It is not said by when the duty has to be performed, or that is over. Set a term (perform_until_time).",
)
def term_set(f: ReconsiderationFacts) -> bool:
    """Performance is ordered within a term (ARL 66)."""
    until = f.record.perform_until_time
    return until is not None and until > f.at()


@rule(
    "NOT_SIGNED",
    law="ARL-2023:73(1)",
    zh="调解书应当经各方当事人签字或者签章。",
    en="It is not shown that all parties signed. Have them sign, and record it (signed_time).",
)
def signed(f: ReconsiderationFacts) -> bool:
    """What was agreed holds when all parties signed it (ARL 73(1))."""
    return f.record.signed_time is not None and f.record.signed_time <= f.at()


@rule(
    "REPORT_EMPTY",
    law="ARL-2023:76;ARL-2023:77",
    zh="应当载明内容。",
    en="It says nothing. State what was found, put right or ordered (text).",
)
def says_something(f: ReconsiderationFacts) -> bool:
    """An opinion, a report on it, an order to perform say something (ARL 76, 77)."""
    return bool(f.record.text.strip())


@rule(
    "NO_OPINION_OPEN",
    law="ARL-2023:76",
    zh="没有尚未报送纠正情况的行政复议意见书。",
    en="No opinion waits for a report.",
)
def opinion_waits(f: ReconsiderationFacts) -> bool:
    """Reported is on an opinion that was received, once."""
    return f.record.opinion_time is not None and f.record.opinion_report_time is None


@rule(
    "OPINION_OPEN",
    law="ARL-2023:76",
    zh="前一行政复议意见书的纠正情况尚未报送。",
    en="An opinion waits for its report. Have that first.",
)
def no_opinion_waits(f: ReconsiderationFacts) -> bool:
    """One opinion is reported on before the next."""
    return f.record.opinion_time is None or f.record.opinion_report_time is not None


@rule(
    "NOT_OVERDUE",
    law="ARL-2023:77(2)",
    zh="不履行或者无正当理由拖延履行的，方可责令限期履行、约谈、通报批评。",
    en="The time to perform, or to report on the opinion, is not over, or it was done. Wait.",
)
def performance_overdue(f: ReconsiderationFacts) -> bool:
    """Who did not perform, or did not report, in time is ordered to, called in or criticised (ARL 77(2))."""
    return f.overdue() is True
