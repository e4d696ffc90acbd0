"""Hearings and experts on the draft of a normative document: announced, on record, answered opinion by opinion, and not left out
where the law or the city asks for them (GBF-2018-37; CITY-ERS 4(8), 8(6)).
"""

from services.law.procedures.normative_document.facts import DocumentFacts, NoComment
from services.law.procedures.shared import local
from services.law.rule import rule

LAW = "GBF-2018-37;CITY-ERS:4(8);CITY-ERS:8(6)"


@rule(
    "DRAFT_TRAITS_NOT_SAID",
    guard="G-70",
    law="GBF-2018-37;CITY-ERS:4(8)",
    zh="评估论证应当说明文件是否涉及群众重大利益调整、是否专业性技术性较强、是否属于政府立法项目；不属于的应当说明理由。",
    en="It is not said whether the document touches vital interests, is specialised, or a project of legislation, or why not. "
    "Say of each (vital_interests, specialised, legislation).",
)
def traits_said(f: DocumentFacts) -> bool:
    """Of each it is said whether it is so, and why not: what is asked for depends on it (GBF-2018-37)."""
    r = f.record
    return r.vital_interests.said and r.specialised.said and r.legislation.said


@rule(
    "HEARING_NOTICE_INCOMPLETE",
    guard="G-70",
    law=LAW,
    zh="听证应当提前公告时间、地点和报名办法，公告与听证之间不少于规定的天数。",
    en="The announcement lacks where it stands, place or time, or leaves too little time. Announce all of it, in time.",
    tells=lambda f: {"from": local(since)} if (since := f.hearing_from()) else {},
)
def hearing_announced(f: DocumentFacts) -> bool:
    """A hearing is announced with time and place before it is held, so that people can come (CITY-ERS 4(8))."""
    r, since = f.record, f.hearing_from()
    said = bool(r.hearing_address.strip() and r.hearing_place.strip())
    return said and r.hearing_due_time is not None and since is not None and r.hearing_due_time >= since


@rule(
    "HEARING_NOT_NOTICED",
    guard="G-70",
    law=LAW,
    zh="听证应当经公告，并不早于公告的时间举行。",
    en="The hearing was not announced, or is said to have been held before the announced time. Announce it first.",
)
def hearing_as_announced(f: DocumentFacts) -> bool:
    """What is held was announced, and is not held before (CITY-ERS 4(8))."""
    r = f.record
    told, due, held = r.hearing_notice_time, r.hearing_due_time, r.hearing_time
    return told is not None and due is not None and held is not None and told <= due <= held <= f.now


@rule(
    "HEARING_RECORD_INCOMPLETE",
    guard="G-70",
    law=LAW,
    zh="听证应当制作笔录，载明主持人和每一发言人及其意见；起草人员不得主持。",
    en="The record lacks the minutes, who presided (nobody who drafted), or who spoke and what each said. Complete it.",
)
def hearing_recorded(f: DocumentFacts) -> bool:
    """The minutes say who presided, who spoke and what; who drafted does not preside (CITY-ERS 4(8))."""
    r, spoke = f.record, f.heard()
    presided = bool(r.hearing_host.strip()) and r.hearing_host not in f.involved()
    return bool(r.hearing_minutes.strip()) and presided and bool(spoke) and all(v.whole for v in spoke)


@rule(
    "EXPERT_NOT_IN_POOL",
    guard="G-70",
    law="GBF-2018-37;CITY-ERS:4(8)",
    zh="论证专家应当在专家库中。",
    en="Nobody is named, or an expert named is not in the pool. Choose from it.",
    tells=lambda f: {"experts": ",".join(sorted(f.experts() - (f.pool() or frozenset())))},
)
def experts_of_pool(f: DocumentFacts) -> bool:
    """Experts come from the city's pool, of whom it knows field and qualification (GBF-2018-37)."""
    return bool(f.experts()) and f.experts() <= f.pool()


@rule(
    "EXPERT_CONFLICT",
    guard="G-70",
    law="GBF-2018-37;CITY-ERS:4(8)",
    zh="与制定机关有直接利益关系的专家应当回避。",
    en="An expert works for the maker or has a direct interest there, or nobody is named. Choose another.",
    tells=lambda f: {"experts": ",".join(sorted(f.experts() & (f.bound() or frozenset())))},
)
def experts_apart(f: DocumentFacts) -> bool:
    """Who has a direct interest in the maker does not argue its document (CITY-ERS 4(8))."""
    return bool(f.experts()) and f.experts().isdisjoint(f.bound())


@rule(
    "EXPERT_OPINION_MISSING",
    guard="G-70",
    law="GBF-2018-37;CITY-ERS:4(8)",
    zh="应当载明每位专家的论证意见。",
    en="It is not said what an expert wrote. State each opinion.",
)
def experts_wrote(f: DocumentFacts) -> bool:
    """What each expert found is on record (GBF-2018-37)."""
    wrote = f.argued()
    return bool(wrote) and all(v.whole for v in wrote)


@rule(
    "OPINION_UNKNOWN",
    guard="G-70",
    law="CITY-ERS:4(8)",
    zh="应当逐条说明听证和专家意见的采纳情况及理由；所指意见应当在案。",
    en="An opinion named is not on record, or it is not said what became of it. Name those that are, with an answer for each.",
)
def answers_whole(f: DocumentFacts) -> bool:
    """Opinions are answered one by one: taken up, or why not (CITY-ERS 4(8))."""
    known, said = {v.id for v in f.record.voices}, f.record.answers
    return bool(said) and all(v.id in known and v.answer.strip() for v in said)


def _excused(f: DocumentFacts) -> bool:
    return f.record.no_comment in tuple(NoComment)


@rule(
    "DRAFT_HEARING_MISSING",
    guard="G-70",
    law=LAW,
    zh="涉及群众重大利益调整的，或者本市要求听证的，应当在集体审议前举行听证。",
    en="The document touches vital interests, or it was not said that it does not, or the city wants a hearing on each: and none "
    "was held. Announce and hold one (NoticeDraftHearing, RecordDraftHearing).",
)
def hearing_held(f: DocumentFacts) -> bool:
    """Where vital interests are touched, or the city asks for it, people are heard first; not where secrecy or an emergency,
    on record, keeps the draft from the public (GBF-2018-37, CITY-ERS 4(8)).
    """
    held = f.record.hearing_time is not None and bool(f.heard())
    return held or _excused(f) or (f.always_heard() is False and f.record.vital_interests.denied)


@rule(
    "DRAFT_EXPERTS_MISSING",
    guard="G-70",
    law="GBF-2018-37;CITY-ERS:4(8)",
    zh="专业性、技术性较强的，或者本市要求专家论证的，应当在集体审议前组织专家论证。",
    en="The document is specialised, or it was not said that it is not, or the city wants experts on each: and none was asked. "
    "Ask some (RecordDraftExperts).",
)
def experts_asked(f: DocumentFacts) -> bool:
    """What is specialised or technical is argued by experts, and where the city asks for it; not in secrecy or an emergency, on
    record (GBF-2018-37).
    """
    return bool(f.argued()) or _excused(f) or (f.always_argued() is False and f.record.specialised.denied)


@rule(
    "DRAFT_OPINION_UNANSWERED",
    guard="G-70",
    law="CITY-ERS:4(8);CITY-ERS:8(6)",
    zh="对听证和专家的每条意见应当说明采纳与否及理由。",
    en="Opinions of a hearing or of experts have no answer. Answer each (AnswerDraftOpinions).",
    tells=lambda f: {"count": str(sum(not v.answer.strip() for v in f.record.voices))},
)
def opinions_answered(f: DocumentFacts) -> bool:
    """What was said is answered before the heads decide (CITY-ERS 4(8))."""
    return all(v.answer.strip() for v in f.record.voices)
