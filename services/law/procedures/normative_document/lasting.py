"""The rules that the law puts on the life of a normative document: effect, validity, evaluation, lists and ends."""

from services.law.procedures.normative_document.facts import DocumentFacts
from services.law.procedures.papers import past
from services.law.procedures.shared import local
from services.law.rule import rule


@rule(
    "EFFECT_TOO_EARLY",
    law="HN-PROC:50",
    zh="公布后应当经过规定期限方可施行，需要提前施行的说明理由。",
    en="The time between publication and effect is not over, and it is not said why it takes effect before.",
    tells=lambda f: {"from": local(end)} if (end := f.wait_end()) else {},
)
def waits(f: DocumentFacts) -> bool:
    """Between publication and effect the time of the law passes, unless it is said why not (HN-PROC 50)."""
    end, effect = f.wait_end(), f.record.effect_time
    waited = effect is not None and end is not None and effect >= end
    hastened = effect is not None and effect >= f.at() and bool(f.record.early_effect.strip())
    return waited or hastened


@rule(
    "EFFECT_NOT_COME",
    law="HN-PROC:50",
    zh="施行日期未到。",
    en="The day on which it takes effect has not come.",
)
def effect_come(f: DocumentFacts) -> bool:
    """A published document takes effect on its day (HN-PROC 50)."""
    return f.record.publish_time is not None and past(f.record.effect_time, f.at())


@rule(
    "VALIDITY_TOO_LONG",
    law="HN-PROC:51",
    zh="应当规定有效期：一般不超过五年，标注“暂行”“试行”的不超过两年；自施行之日起计算。",
    en="Its validity is not set, lies in the past, or is longer than the law lets it be. Set it (expire_time).",
    tells=lambda f: {"until": local(end)} if (end := f.latest_end()) else {},
)
def validity_bound(f: DocumentFacts) -> bool:
    """It says until when it is valid, no longer than the law lets it be (HN-PROC 51)."""
    ends, latest = f.record.expire_time, f.latest_end()
    return ends is not None and latest is not None and f.at() < ends <= latest


@rule(
    "EVALUATION_EMPTY",
    law="CITY-ERS:6(3);HN-PROC:51",
    zh="评估应当有评估报告。",
    en="It is not said what the evaluation found. State it (evaluation).",
)
def evaluation_reported(f: DocumentFacts) -> bool:
    """An evaluation is reported (CITY-ERS 6(3), HN-PROC 51)."""
    return bool(f.record.evaluation.strip())


@rule(
    "COSTS_NOT_EVALUATED",
    law="CITY-ERS:6(3)",
    zh="起草时作过成本效益分析的，实施后评估应当载明实际成本、效益及其与分析的比较。",
    en="Costs and benefits were analysed when it was drafted: say what they were, with amounts, method, conclusion (costs).",
)
def costs_evaluated(f: DocumentFacts) -> bool:
    """What was analysed in advance is looked at again afterwards (CITY-ERS 6(3))."""
    return f.record.costs_evaluated.whole or not f.record.costs.said


@rule(
    "NOT_EVALUATED",
    law="HN-PROC:51",
    zh="有效期届满前应当评估，需要继续执行的重新公布。",
    en="It was not evaluated towards the end of this term of its validity. Evaluate it first (before_expiry).",
)
def evaluated(f: DocumentFacts) -> bool:
    """It is evaluated before it is given more time, each time anew: since it was published last (HN-PROC 51)."""
    found, published = f.record.expiry_evaluate_time, f.record.publish_time
    return past(found, f.at()) and published is not None and found is not None and published <= found


@rule(
    "NOT_ON_LIST",
    guard="G-68",
    law="GF-2008-17:15",
    zh="未列入继续有效目录的，不得作为行政管理的依据；登记此前制定的文件，应当注明文号、公布情况和所在目录。",
    en="It is not shown that it stands on a list of documents that go on, was published before that list, and has a number of "
    "its own. Name the list (list_document, list_time), or have it made anew.",
)
def on_list(f: DocumentFacts) -> bool:
    """What was made before this register stands on the list of documents that go on (GF-2008-17 15)."""
    r = f.record
    listed = r.list_time is not None and r.publish_time is not None and r.publish_time <= r.list_time <= f.now
    numbered = bool(r.number.strip()) and f.number_taken() is False
    return listed and numbered and bool(r.list_document.strip()) and bool(r.publish_address.strip())


@rule(
    "AUTHORITY_PAPER_MISSING",
    law="ARL-2023:59;ALIT-JI-2018:149",
    zh="应当注明复议决定或者司法建议的文书及其所指条款。",
    en="The decision, or the suggestion, and the clauses that it names are not stated. Name both (document, clauses).",
)
def authority_named(f: DocumentFacts) -> bool:
    """What another body decided or suggests is named by its paper and the clauses (ARL 59, ALIT-JI 149)."""
    r = f.record
    return bool(r.document.strip()) and bool(r.clauses) and all(c.strip() for c in r.clauses)


@rule(
    "ANSWER_EMPTY",
    law="ALIT-JI-2018:149;ARL-2023:59",
    zh="答复应当写明处理结果。",
    en="The answer does not say what was done. State it (answer).",
)
def answered(f: DocumentFacts) -> bool:
    """The maker says what it did (ALIT-JI 149, ARL 59)."""
    return bool(f.record.answer.strip())
