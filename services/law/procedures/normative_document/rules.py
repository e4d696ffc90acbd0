"""The rules that the law puts on the making and the life of a normative document."""

from services.law.procedures.normative_document.facts import MAY_MAKE, Assessed, DocumentFacts, NoComment
from services.law.procedures.papers import missing, past
from services.law.rule import rule


@rule(
    "NORMDOC_MAKER_NOT_ALLOWED",
    guard="G-71",
    law="HN-PROC:46;GBF-2018-37",
    zh="议事协调机构、派出机构、内设机构不得制定规范性文件。",
    en="A coordinating, dispatched or internal body makes no normative documents. Let its government or department make it.",
)
def maker_allowed(f: DocumentFacts) -> bool:
    """Coordinating, dispatched and internal bodies make no normative documents (HN-PROC 46)."""
    return f.record.maker in MAY_MAKE


@rule(
    "NOT_ASSESSED",
    guard="G-70",
    law="GBF-2018-37",
    zh="应当对必要性、可行性和合理性进行评估论证。",
    en="Need, feasibility or fairness was not assessed. Assess all three.",
    tells=lambda f: {"missing": ",".join(missing(Assessed, f.record.assessed))},
)
def assessed(f: DocumentFacts) -> bool:
    """Need, feasibility and fairness were assessed before drafting went on (GBF-2018-37)."""
    return missing(Assessed, f.record.assessed) == ()


@rule(
    "COMMENT_OPEN",
    guard="G-70",
    law="GBF-2018-37",
    zh="公开征求意见的期限届满，方可结束。",
    en="The time for public comment is not over. Wait for its end.",
)
def comment_over(f: DocumentFacts) -> bool:
    """The public had its time to comment (GBF-2018-37)."""
    return past(f.record.comment_end_time, f.at())


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
    zh="除依法需要保密或者紧急的外，应当公开征求意见；不征求的应当指明何种情形。",
    en="It is not said what keeps it from public comment. Name it (no_comment), or publish the draft.",
)
def comment_excused(f: DocumentFacts) -> bool:
    """It goes without public comment only if the law keeps it secret or it is urgent (GBF-2018-37)."""
    return f.record.no_comment in tuple(NoComment)


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
    "EFFECT_TOO_EARLY",
    law="HN-PROC:50",
    zh="公布后应当经过规定期限方可施行，需要提前施行的说明理由。",
    en="The time between publication and effect is not over, and it is not said why it takes effect before.",
)
def waited(f: DocumentFacts) -> bool:
    """Between publication and effect the time of the law passes, unless it is said why not (HN-PROC 50)."""
    published = f.record.publish_time is not None
    return published and (past(f.wait_end(), f.at()) or bool(f.record.early_effect.strip()))


@rule(
    "NOT_EVALUATED",
    law="HN-PROC:51",
    zh="有效期届满前应当评估，需要继续执行的重新公布。",
    en="It was not evaluated. Evaluate it before its time ends.",
)
def evaluated(f: DocumentFacts) -> bool:
    """It is evaluated before it is given more time (HN-PROC 51)."""
    return f.record.evaluate_time is not None


@rule(
    "NOT_ON_LIST",
    guard="G-68",
    law="GF-2008-17:15",
    zh="未列入继续有效目录的，不得作为行政管理的依据。",
    en="It does not stand on the list of documents that go on. Put it there, or repeal it.",
)
def on_list(f: DocumentFacts) -> bool:
    """It stands on the list of documents that go on (GF-2008-17 15)."""
    return f.record.on_list
