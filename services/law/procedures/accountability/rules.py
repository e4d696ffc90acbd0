"""The rules of the pursuit of responsibility: clue, review, investigation, hearing, decision and what follows."""

from services.law.procedures.accountability.facts import AccountabilityFacts
from services.law.procedures.accountability.kinds import NEED_GRAVE, Cause, allowed
from services.law.procedures.papers import past, within
from services.law.procedures.shared import local
from services.law.rule import rule

FEWEST_AT_MEETING = 2


@rule(
    "SOURCE_UNKNOWN",
    law="CITY-ERS:2(7);ASR-2025:32",
    zh="追责线索应当有来源：预警、监督事项中的人员处理建议、转责任追究的投诉、被纠正的决定应当在案并涉及该对象，其他来源应当载明文号和理由。",
    en="What the clue comes from is not on record, is about another, or names neither paper nor reason. Name what there is.",
)
def source_stands(f: AccountabilityFacts) -> bool:
    """A clue comes from something that is there: a warning, a proposal, a complaint found so, a corrected decision, a paper."""
    return f.source_stands() is True


@rule(
    "PURSUED_UNKNOWN",
    law="GBF-2005-37:4",
    zh="被追究的应当是登记在册的行政执法主体或者其执法人员、负责人。",
    en="The registry knows no such unit, or no such officer or head of it. Name one that it knows.",
)
def pursued_known(f: AccountabilityFacts) -> bool:
    """Pursued are enforcement bodies and their people, as the registry knows them (GBF-2005-37 4)."""
    return f.pursued_known() is True


@rule(
    "PURSUED_ALREADY",
    law="CITY-ERS:2(7)",
    zh="同一线索对同一对象已经登记追责。",
    en="The same clue is pursued against the same already. Go on with that matter.",
)
def not_pursued_already(f: AccountabilityFacts) -> bool:
    """One clue is pursued once against one person or unit."""
    return f.pursued_already() is False


@rule(
    "OPINION_MISSING",
    law="CITY-ERS:2(5);CITY-ERS:2(7)",
    zh="初步审查应当提出是否追究的意见；建议追究的，应当指明追究事由。",
    en="The review says nothing, or proposes to pursue and names no cause. State the opinion, and the causes.",
)
def opinion_given(f: AccountabilityFacts) -> bool:
    """The preliminary review gives an opinion whether to pursue, and names the causes if so (CITY-ERS 2(5), 2(7))."""
    r = f.record
    return bool(r.opinion.strip()) and (r.pursue is False or _causes_named(f))


@rule(
    "NOT_REVIEWED",
    law="CITY-ERS:2(7)",
    zh="初步审查完成、建议追究并指明追究事由的，方可立项调查。",
    en="The clue was not reviewed, or the review proposes not to pursue or names no cause. Review it, and name the causes.",
)
def reviewed(f: AccountabilityFacts) -> bool:
    """The preliminary review is done, proposes to pursue and names the cause (CITY-ERS 2(7))."""
    return f.record.review_time is not None and f.record.pursue is True and _causes_named(f)


def _causes_named(f: AccountabilityFacts) -> bool:
    causes = f.record.causes
    return bool(causes) and all(cause in tuple(Cause) for cause in causes)


@rule(
    "DECIDES_OWN_PROPOSAL",
    guard="G-11",
    law="CITY-ERS:6(4)",
    zh="初步审查、调查人员不得批准、决定本人提出的意见。",
    en="Whoever reviewed or investigated decides on the own proposal. Let the head who did neither decide.",
)
def not_own_proposal(f: AccountabilityFacts) -> bool:
    """Who reviews or investigates proposes, and another decides (CITY-ERS 6(4))."""
    proposers = f.record.proposers
    return bool(f.done_by() and proposers) and f.done_by() not in proposers


@rule(
    "EXTENSION_INVALID",
    law="CITY-ERS:2(7)",
    zh="情况复杂的，经批准可以延长一次；应当说明何以复杂。",
    en="The term was extended before, or it is not said what makes the case complex. Conclude in time.",
)
def extended_once(f: AccountabilityFacts) -> bool:
    """The term is extended once, for complexity that is stated (CITY-ERS 2(7))."""
    return f.record.extension_count == 0 and bool(f.record.complexity.strip())


@rule(
    "NOT_ASSIGNED",
    law="CITY-ERS:2(7)",
    zh="应当由经批准的调查人员提出处理意见。",
    en="You are not among those who were named to investigate. Let one of them conclude.",
)
def by_investigator(f: AccountabilityFacts) -> bool:
    """It is concluded by those who were named to investigate (CITY-ERS 2(7))."""
    return bool(f.done_by()) and f.done_by() in f.record.investigators


@rule(
    "FACTORS_MISSING",
    law="CITY-ERS:2(7);DL-ERS-2005",
    zh="处理意见应当载明事实、证据和过错形式、危害后果、情节。",
    en="Facts, evidence, the form of fault, the harm or the circumstances are missing. State all of them.",
)
def factors_weighed(f: AccountabilityFacts) -> bool:
    """The facts are proved, and fault, harm and circumstances are weighed (CITY-ERS 2(7); DL-ERS-2005)."""
    d = f.record.found
    proved = bool(d.evidence) and all(each.strip() for each in d.evidence)
    return proved and all(text.strip() for text in (d.facts, d.fault, d.harm, d.circumstances))


@rule(
    "NOT_GRAVE",
    law="CITY-ERS:2(5)",
    zh="拒绝、拖延履行职责和对举报应处理不处理的，造成严重后果或者严重影响的方可追究。",
    en="Refusal, delay and reports that were ignored are causes only where what followed was grave. Find so, or pursue no more.",
)
def grave_where_needed(f: AccountabilityFacts) -> bool:
    """Refusal or delay, and reports not handled, are causes where grave consequences followed (CITY-ERS 2(5)[5], [7])."""
    return NEED_GRAVE.isdisjoint(f.record.causes) or f.record.found.grave is True


@rule(
    "MEETING_MISSING",
    law="CITY-ERS:2(7)",
    zh="应当由负责人会议讨论决定，并载明会议时间、参加人员、结论和纪要编号。",
    en="No meeting of two or more is on record, or its time, conclusion or record number is missing. Hold it, and record it.",
)
def meeting_held(f: AccountabilityFacts) -> bool:
    """The heads' meeting discusses and decides, and is put on record (CITY-ERS 2(7))."""
    m = f.record.meeting
    several = len({name for name in m.participants if name.strip()}) >= FEWEST_AT_MEETING
    held = m.hold_time is not None and m.hold_time <= f.now
    return held and several and bool(m.record_number.strip() and m.conclusion.strip())


@rule(
    "MEETING_TOO_EARLY",
    guard="G-84",
    law="CITY-ERS:2(7);GBF-2005-37",
    zh="负责人会议应当在调查终结提出意见、听取并复核陈述申辩、收到复核申请之后就该事项召开，此前的会议不能代替。",
    en="The meeting was held before there was what it decides on: the proposal, what the person said, or what it asks on review. "
    "Hold one on that.",
    tells=lambda f: {"from": local(since)} if (since := f.brought_time()) else {},
)
def meeting_in_turn(f: AccountabilityFacts) -> bool:
    """The heads meet on what is before them: nothing is decided before the person was heard (GBF-2005-37)."""
    held, brought = f.record.meeting.hold_time, f.brought_time()
    return held is not None and brought is not None and held >= brought


@rule(
    "PRIOR_NOTICE_INCOMPLETE",
    guard="G-84",
    law="CITY-ERS:2(7);GBF-2005-37",
    zh="应当告知事实、理由、依据和享有的权利。",
    en="The notice lacks facts, reasons, basis or rights. Complete it.",
)
def notice_complete(f: AccountabilityFacts) -> bool:
    """Facts, reasons, basis and rights are told (GBF-2005-37)."""
    n = f.record.notice
    return bool(n.facts.strip() and n.reasons.strip() and n.basis.strip() and n.rights_told)


@rule(
    "STATEMENT_MISSING",
    guard="G-84",
    law="CITY-ERS:2(7);GBF-2005-37",
    zh="陈述申辩应当由本人（单位由其负责人）提出，或者有经签名（拒签有见证）的笔录，并经复核。",
    en="Neither the person spoke for itself nor is there a signed record of what was said, or it was not rechecked. Hear it.",
)
def statement_taken(f: AccountabilityFacts) -> bool:
    """What is heard came from the person itself, or stands in a checked record, and is rechecked (GBF-2005-37)."""
    return (f.stated() is True or f.record.minutes.checked()) and f.record.statement.rechecked()


@rule(
    "NOT_THE_PURSUED",
    guard="G-84",
    law="GBF-2005-37",
    zh="放弃陈述申辩、申请复核应当由本人（单位由其负责人）提出。",
    en="It does not come from the person, or from the head of the unit. Nobody else may.",
)
def by_pursued(f: AccountabilityFacts) -> bool:
    """Who is pursued waives and asks for a review itself (GBF-2005-37)."""
    return f.by_pursued() is True


@rule(
    "NOT_HEAD_OF_UNIT",
    law="CITY-ERS:2(7)",
    zh="执行情况应当由所在单位的负责人报告，负责人以登记为准，被追究人不得自行报告。",
    en="It does not come from a head of the unit by the registry, or from the person pursued. Let a head report.",
)
def by_head_of_unit(f: AccountabilityFacts) -> bool:
    """What is carried out is reported by a head of the unit, as the registry knows them (CITY-ERS 2(7))."""
    return f.by_head() is True


@rule(
    "ACCOUNTABILITY_HEARING_RIGHT",
    guard="G-84",
    law="CITY-ERS:2(7);GBF-2005-37",
    zh="作出决定前应当听取陈述和申辩并复核，明确放弃的除外。",
    en="The person was not heard, or what it said was not rechecked, and it waived nothing. Hear it, and recheck.",
)
def heard(f: AccountabilityFacts) -> bool:
    """Before the decision the notice came, and the statement was heard and rechecked or expressly waived (GBF-2005-37)."""
    served, s = f.record.notice.serve_time, f.record.statement
    if served is None:
        return False
    if s.receive_time is not None:
        return s.receive_time >= served and s.rechecked()
    return s.waive_time is not None and s.waive_time >= served


@rule(
    "AGGRAVATED_AFTER_DEFENCE",
    guard="G-84",
    law="CITY-ERS:2(7);GBF-2005-37",
    zh="不得因陈述、申辩加重处理。",
    en="More is laid on than the notice told. Lay on no more than that, or give notice anew.",
)
def not_heavier(f: AccountabilityFacts) -> bool:
    """Nobody is treated worse for the defence: nothing is laid on that the notice did not tell (GBF-2005-37)."""
    return frozenset(f.record.kinds) <= frozenset(f.record.notice.kinds)


@rule(
    "ACCOUNTABILITY_KIND",
    guard="G-85",
    law="ASR-2025:32;ASR-2025:33(1)",
    zh="处理种类应当在权限之内，处分由有权机关作出。",
    en="No measure is named, or one that this body may not take. Name those it may; discipline goes to the competent body.",
    tells=lambda f: {"kinds": ",".join(sorted({*f.record.kinds} - allowed(f.record.against)))},
)
def kind_allowed(f: AccountabilityFacts) -> bool:
    """The measure is one that this body may take; discipline and crime are not (ASR 32, 33)."""
    kinds = frozenset(f.record.kinds)
    return bool(kinds) and kinds <= allowed(f.record.against)


@rule(
    "DECISION_INCOMPLETE",
    guard="G-84",
    law="CITY-ERS:2(7);GBF-2005-37",
    zh="追究决定应当载明文号、理由和申请复核的权利。",
    en="The decision lacks its number, its reasons or the right to a review. Complete it.",
)
def decision_complete(f: AccountabilityFacts) -> bool:
    """The decision has a number, gives reasons and tells of the review (GBF-2005-37)."""
    r = f.record
    return bool(r.document_number.strip() and r.reasons.strip()) and r.remedy_told is True


@rule(
    "REVIEW_LATE",
    law="MOT-CERT:35",
    zh="申请复核应当在收到决定之日起三十日内提出。",
    en="The thirty days to ask for a review are over, or the decision was not served. It stands.",
)
def review_in_time(f: AccountabilityFacts) -> bool:
    """A review is asked for within thirty days of the decision (MOT-CERT 35)."""
    return within(f.review_end(), f.at())


@rule(
    "REVIEW_OPEN",
    law="MOT-CERT:35",
    zh="申请复核的期限尚未届满，复核尚未有结果的，不得办结。",
    en="The time to ask for a review is not over. Wait for its end, or for the result of the review.",
)
def review_settled(f: AccountabilityFacts) -> bool:
    """It is closed once the review ended, or the time to ask for one (MOT-CERT 35)."""
    return f.reviewed_again() is True or past(f.review_end(), f.at())


@rule(
    "NOT_CARRIED_OUT",
    law="CITY-ERS:2(7)",
    zh="决定的各项处理均已执行的，方可办结：涉及证件的由登记机关执行，其他的由所在单位报告并载明文号。",
    en="Something that was laid on is not carried out: the registry says so of certificates, the unit reports the rest.",
)
def carried_out(f: AccountabilityFacts) -> bool:
    """All that was laid on is carried out (CITY-ERS 2(7))."""
    return f.carried_out() is True


@rule(
    "NOT_IN_FILE",
    law="GBF-2005-37;CITY-ERS:2(6)",
    zh="处理结果应当先记入执法档案。",
    en="The registry has not put the result into the file yet. Wait for it.",
)
def filed(f: AccountabilityFacts) -> bool:
    """The result stands in the file of the officer or unit, for the evaluation (GBF-2005-37; CITY-ERS 2(6))."""
    return f.filed() is True


@rule(
    "NO_DISCIPLINE",
    guard="G-85",
    law="ASR-2025:33(1)",
    zh="应当给予处分或者涉嫌犯罪的，方可移送有权机关；应当载明该机关。",
    en="It is not said which body is competent for discipline or a crime here. Name it (competent_body), or go on.",
)
def for_competent_body(f: AccountabilityFacts) -> bool:
    """What is discipline or a crime goes to the competent body, which is named (ASR 33)."""
    return bool(f.record.competent_body.strip())
