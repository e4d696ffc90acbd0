"""The rules that the law puts on the making of a normative document."""

from services.law.fine_target import LAW as TARGETS
from services.law.procedures.normative_document.facts import (
    MAY_MAKE,
    Assessed,
    DocumentFacts,
    Maker,
    NoComment,
)
from services.law.procedures.papers import missing, past
from services.law.procedures.shared import local
from services.law.rule import rule


@rule(
    "NORMDOC_MAKER_NOT_ALLOWED",
    guard="G-71",
    law="HN-PROC:46;GBF-2018-37",
    zh="议事协调机构、派出机构、内设机构和受委托组织不得制定规范性文件；制定机关应当是政府、已确认的部门或者法律、法规授权的组织。",
    en="Only a government, a confirmed department or an authorised organisation makes normative documents, no coordinating, "
    "dispatched, internal or entrusted body. Let its government or department make it.",
)
def maker_allowed(f: DocumentFacts) -> bool:
    """Coordinating, dispatched and internal bodies make no normative documents (HN-PROC 46)."""
    return f.record.maker in MAY_MAKE


@rule(
    "NORMDOC_MAKER_NOT_ALLOWED",
    guard="G-71",
    law="HN-PROC:46;GBF-2018-37",
    zh="登记此前制定的文件，应当指明有权制定的机关：本市政府、已确认的部门、法律法规授权的组织或者上级机关。",
    en="It is not said which body that may make documents made it: the government, a confirmed department or authorised "
    "organisation (body_id), or a body above the city (superior).",
)
def maker_known(f: DocumentFacts) -> bool:
    """What is entered was made by a body that may make documents (HN-PROC 46)."""
    return f.record.maker in tuple(Maker)


@rule(
    "NOT_THE_MAKER",
    law="GF-2008-17:13;GBF-2018-37",
    zh="应当由制定机关自己的人员办理。",
    en="The document is that of another body. Let somebody of the body that makes it do this.",
)
def by_maker(f: DocumentFacts) -> bool:
    """A document is drafted, published and ended by the body that makes it (GF-2008-17 13)."""
    return f.of_maker() is True


@rule(
    "NOT_PLANNED",
    law="CITY-ERS:5(2)",
    zh="规范性文件按计划制定：应当注明列入计划或者增补的文书。",
    en="No paper puts the document on the plan of making, or adds it. Name it (plan_document).",
)
def planned(f: DocumentFacts) -> bool:
    """Documents are made by plan only (CITY-ERS 5(2))."""
    return bool(f.record.plan_document.strip())


@rule(
    "DRAFT_MISSING",
    law="GBF-2018-37",
    zh="没有文件草案文本。",
    en="There is no text of the document. Hand it in (text).",
)
def drafted(f: DocumentFacts) -> bool:
    """What is made is a text (GBF-2018-37)."""
    return bool(f.record.text.strip())


@rule(
    "FINE_TARGET_FORBIDDEN",
    guard="G-51",
    law=TARGETS,
    zh="文件不得下达或者变相下达罚款、罚没收入或者案件数量指标。",
    en="The text sets a target for fines, for what they bring in, or for how many cases there are. Take it out.",
)
def without_target(f: DocumentFacts) -> bool:
    """No document sets a target for fines or case numbers, openly or in disguise (APL 74(3))."""
    return f.fine_target() is False


@rule(
    "DUTY_PUSHED_ON",
    law="CITY-ERS:3(29)",
    zh="文件不得要求群众自治组织承担依法应当由政府及其部门履行的职责；需要其协助的，应当写明为协助。",
    en="The text makes a residents' or villagers' committee do what a department has to. Take it out, or ask for help only.",
)
def no_duty_pushed(f: DocumentFacts) -> bool:
    """No document pushes a duty of government or its departments onto a committee of the people (CITY-ERS 3(29))."""
    return f.duty_pushed() is False


@rule(
    "NOT_ASSESSED",
    guard="G-70",
    law="GBF-2018-37",
    zh="应当对必要性、可行性、合理性和公平竞争进行评估论证。",
    en="Need, feasibility, fairness or fair competition was not assessed. Assess all four.",
    tells=lambda f: {"missing": ",".join(missing(Assessed, f.record.assessed))},
)
def assessed(f: DocumentFacts) -> bool:
    """Need, feasibility, fairness and fair competition were assessed before drafting went on (GBF-2018-37)."""
    return missing(Assessed, f.record.assessed) == ()


@rule(
    "COSTS_NOT_ANALYSED",
    guard="G-70",
    law="CITY-ERS:6(3)",
    zh="政府立法项目和制定方案要求的，应当进行成本效益分析，载明成本、效益金额，承担和受益主体，测算方法和结论；不属于的应当说明理由。",
    en="Costs and benefits are not analysed with amounts, bearers, method and conclusion (costs), nor is it said why not.",
)
def costs_analysed(f: DocumentFacts) -> bool:
    """Of a project of legislation costs and benefits are analysed, unless it is said why it is none (CITY-ERS 6(3))."""
    costs, none = f.record.costs, f.record.legislation.denied
    return costs.whole if costs.said else none is True


@rule(
    "DRAFT_NOT_PUBLIC",
    guard="G-70",
    law="GBF-2018-37",
    zh="征求意见的草案应当向社会公布，并注明公布的网址。",
    en="It is not said where the public reads the draft. Publish it, and say where (address).",
)
def draft_public(f: DocumentFacts) -> bool:
    """The draft is there for everybody to read (GBF-2018-37)."""
    return bool(f.record.draft_address.strip())


@rule(
    "COMMENT_CLOSED",
    law="GBF-2018-37",
    zh="征求意见的期限已经届满。",
    en="The time for public comment is over.",
    tells=lambda f: {"until": local(end)} if (end := f.comment_end()) else {},
)
def comment_runs(f: DocumentFacts) -> bool:
    """Comments come while the draft is open for them (GBF-2018-37)."""
    end = f.comment_end()
    return end is not None and f.at() <= end


@rule(
    "COMMENT_OPEN",
    guard="G-70",
    law="GBF-2018-37",
    zh="公开征求意见的期限届满，方可结束。",
    en="The time for public comment is not over. Wait for its end.",
    tells=lambda f: {"until": local(end)} if (end := f.comment_end()) else {},
)
def comment_over(f: DocumentFacts) -> bool:
    """The public had its time to comment (GBF-2018-37)."""
    return past(f.comment_end(), f.at())


@rule(
    "COMMENT_UNANSWERED",
    guard="G-70",
    law="GBF-2018-37;CITY-ERS:4(8)",
    zh="对每条意见应当说明采纳与否及理由。",
    en="Comments of the public have no answer. Answer each (AnswerDraftComment).",
    tells=lambda f: {"count": str(f.unanswered())},
)
def comments_answered(f: DocumentFacts) -> bool:
    """Each comment is answered: taken up, or why not (GBF-2018-37, CITY-ERS 4(8))."""
    return f.unanswered() == 0


@rule(
    "ADOPTION_NOT_TOLD",
    guard="G-70",
    law="GBF-2018-37",
    zh="应当说明意见采纳情况。",
    en="It is not told what was taken up of the comments. Tell it (adoption).",
)
def adoption_told(f: DocumentFacts) -> bool:
    """It is told what was taken up of the comments (GBF-2018-37)."""
    return bool(f.record.adoption.strip())


@rule(
    "COMMENT_REQUIRED",
    guard="G-70",
    law="GBF-2018-37",
    zh="除依法需要保密或者紧急的外，应当公开征求意见；不征求的应当指明何种情形并说明理由。",
    en="It is not said what keeps it from public comment, and why. Name both (no_comment, reasons), or publish the draft.",
)
def comment_excused(f: DocumentFacts) -> bool:
    """It goes without public comment only if the law keeps it secret or it is urgent (GBF-2018-37)."""
    return f.record.no_comment in tuple(NoComment) and bool(f.record.reasons.strip())


@rule(
    "REVIEW_CUT_SHORT",
    guard="G-70",
    law="GBF-2018-115",
    zh="除应急外，合法性审核不得少于规定的时间；应急的应当说明理由。",
    en="The review has not had its time, and it is not said what is urgent. Wait, or state it (urgency).",
    tells=lambda f: {"from": local(since)} if (since := f.review_from()) else {},
)
def review_had_its_time(f: DocumentFacts) -> bool:
    """A review is not cut short, but in an emergency (GBF-2018-115)."""
    return past(f.review_from(), f.at()) or bool(f.record.urgency.strip())


@rule(
    "REVIEW_OPINION_MISSING",
    guard="G-70",
    law="GBF-2018-115",
    zh="审核不通过的，应当写明审核意见。",
    en="It is not said what is wrong with the draft. State it (opinion).",
)
def opinion_given(f: DocumentFacts) -> bool:
    """A draft that is not passed is told what is wrong with it (GBF-2018-115)."""
    return bool(f.record.opinion.strip())


@rule(
    "NORMDOC_ULTRA_VIRES",
    guard="G-69",
    law="APL-2021:16;GF-2008-17:13",
    zh="不得设定许可、处罚、强制、收费，不得违法增设义务；应当载明审核结论。",
    en="Clauses go beyond the power of the maker, or it is not said that none does. Have them changed, or state it.",
    tells=lambda f: {"clauses": ",".join(f.record.beyond_power or ())},
)
def within_power(f: DocumentFacts) -> bool:
    """It creates no permit, penalty, force or fee, and no duty without law, as the review found (APL 16, GF-2008-17 13)."""
    return f.record.beyond_power is not None and tuple(f.record.beyond_power) == ()


@rule(
    "DELIBERATION_NOT_RECORDED",
    guard="G-70",
    law="GF-2008-17:13",
    zh="应当由制定机关负责人集体讨论决定，并有会议纪要。",
    en="No minutes of the deliberation are named. Name them (minutes).",
)
def deliberation_recorded(f: DocumentFacts) -> bool:
    """The heads of the maker deliberate and decide together, on record (GF-2008-17 13)."""
    return bool(f.record.minutes.strip())


@rule(
    "SIGNER_MISSING",
    guard="G-70",
    law="GBF-2018-37",
    zh="应当由制定机关主要负责人签署。",
    en="It is not said who signs. Name the head of the maker (signer).",
)
def signed_by_head(f: DocumentFacts) -> bool:
    """The head of the maker signs it (GBF-2018-37)."""
    return bool(f.record.signer.strip())


@rule(
    "HEAD_NOT_IN_OFFICE",
    guard="G-70",
    law="GBF-2018-37",
    zh="应当由制定机关负责人作出：该人员在行为时不是登记在册的主要负责人或者分管负责人。",
    en="Who does this was no head of the maker at that moment, by the posts on record. Let a chief or deputy in office do it.",
    tells=lambda f: {"person": f.signing()},
)
def head_of_maker(f: DocumentFacts) -> bool:
    """Who signs for a department holds a head's post of it; those of the government are on no roster here (GBF-2018-37)."""
    signer = f.signing()
    return bool(signer.strip()) and (f.record.maker == Maker.GOVERNMENT or f.rank(signer) > 0)


@rule(
    "NORMDOC_STEP_MISSING",
    guard="G-70",
    law="GF-2008-17:13;GBF-2018-37",
    zh="应当经集体审议、负责人签署、统一登记、统一编号、统一印发后公布。",
    en="It was not deliberated, signed, numbered or printed yet. Do what is missing first.",
)
def steps_done(f: DocumentFacts) -> bool:
    """It was deliberated, signed, registered, numbered and printed before it is published (GF-2008-17 13)."""
    r = f.record
    done = all(t is not None for t in (r.deliberate_time, r.sign_time, r.print_time))
    return done and bool(r.number.strip())


@rule(
    "NOT_MADE_PUBLIC",
    guard="G-68",
    law="GF-2008-17:13",
    zh="应当通过政府公报、政府网站、新闻媒体等向社会公布；未经公布的，不得作为行政管理的依据。",
    en="It is not said where it was made public. Publish it, and say where (address).",
)
def made_public(f: DocumentFacts) -> bool:
    """It is made public: what is not published is no basis (GF-2008-17 13)."""
    return bool(f.record.publish_address.strip())
