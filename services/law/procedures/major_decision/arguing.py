"""The rules on experts, risks and competition, and on the review of legality (MDR 19 to 28)."""

from services.law.draw import seed_hash
from services.law.procedures import legal_adviser
from services.law.procedures.major_decision.facts import DecisionFacts, come
from services.law.procedures.major_decision.record import Part, Trait
from services.law.procedures.papers import missing
from services.law.procedures.shared import local, under
from services.law.rule import rule


def argued(f: DecisionFacts) -> bool:
    """Whether experts argued it, each who was asked, and it is told what became of it."""
    signed = {o.expert for o in f.record.opinions if o.text.strip() and o.signed_by.strip()}
    asked = set(f.record.experts)
    return bool(asked) and asked <= signed and bool(f.record.expert_adoption.strip())


def assessed(f: DecisionFacts) -> bool:
    """Whether the risks were assessed, here or before, and can be controlled."""
    r = f.record.risk
    told = bool(r.existing.strip()) or (
        bool(r.points) and bool(r.prevention.strip() and r.contingency.strip()) and bool(r.heard)
    )
    return bool(r.assessor.strip()) and told


def competition_reviewed(f: DecisionFacts) -> bool:
    return bool(f.record.competition.strip()) and bool(f.record.competition_reviewer.strip())


def left_out(f: DecisionFacts) -> tuple[str, ...]:
    """The steps that are wanted and were not done."""
    done = {Trait.SPECIALISED: argued, Trait.RISKY: assessed, Trait.MARKET: competition_reviewed}
    return tuple(str(trait) for trait, step in done.items() if f.record.wants(trait) and not step(f))


@rule(
    "EXPERT_NOT_IN_POOL",
    guard="G-74",
    law="MDR-2019:21",
    zh="应当从决策咨询论证专家库中选择专家，被取消资格、限期整改中的不得选择。",
    en="Somebody who is not in the pool, or was taken out of it, is named, or nobody is. Choose from the pool.",
    tells=lambda f: {"experts": ",".join(sorted(set(f.record.experts) - f.pool()))},
)
def from_pool(f: DecisionFacts) -> bool:
    """Experts come from the pool (MDR 21)."""
    asked = f.record.experts
    return bool(asked) and set(asked) <= f.pool()


@rule(
    "EXPERT_CONFLICT",
    guard="G-74",
    law="MDR-2019:20",
    zh="不得选择与决策事项有直接利害关系的专家、专业机构；应当有书面的无利害关系声明。",
    en="An expert has a direct interest in the matter, or did not state in writing to have none. Choose another.",
    tells=lambda f: {"experts": ",".join(sorted(set(f.record.experts) & f.conflicted()))},
)
def no_interest(f: DecisionFacts) -> bool:
    """No expert has a direct interest, and each states so (MDR 20)."""
    asked = set(f.record.experts)
    return bool(asked) and asked.isdisjoint(f.conflicted()) and asked <= set(f.record.statements)


@rule(
    "DRAW_NUMBER_KNOWN",
    guard="G-74",
    law="MDR-2019:20",
    zh="公布种子摘要和公共随机数来源时，该数应当尚未产生，名录人数应当多于抽取数。",
    en="The hash of the seed, the source of a number that is still to come, or a list longer than what is drawn is missing.",
)
def draw_promised(f: DecisionFacts) -> bool:
    """Before a draw its seed's hash and the source of its number are made known, and the list leaves something to chance."""
    d = f.record.draw
    to_come = d.draw_after is not None and d.draw_after > f.at()
    chance = 0 < d.count < len(set(d.listed)) and set(d.listed) <= f.pool() - f.conflicted()
    return to_come and bool(d.seed_hash.strip() and d.public_source.strip()) and chance


@rule(
    "DRAW_SEED_WRONG",
    guard="G-74",
    law="MDR-2019:20",
    zh="抽取应当在公共随机数产生之后，以所公布摘要的种子进行，抽取结果可以重新验证。",
    en="The number has not come, the seed is not the one that was promised, or others were named than are drawn.",
)
def drawn_as_promised(f: DecisionFacts) -> bool:
    """Drawn is by the seed that was promised and the number that came, and nobody else is named."""
    d = f.record.draw
    if not (d.seed.strip() and d.public_number.strip() and come(d.draw_after, f)):
        return False
    return seed_hash(d.seed).hex() == d.seed_hash and bool(f.drawn()) and f.record.experts == f.drawn()


@rule(
    "EXPERT_OPINION_UNSIGNED",
    guard="G-74",
    law="MDR-2019:19(2)",
    zh="专家论证意见应当由所选专家本人提出并署名、盖章。",
    en="The opinion is of nobody who was chosen, says nothing, or is not signed by that expert. Have it signed (signed_by).",
)
def opinion_signed(f: DecisionFacts) -> bool:
    """An expert's opinion is written and signed by the own name (MDR 19(2))."""
    o = f.record.opinion
    chosen = o.expert in f.record.experts and o.expert in f.pool()
    return chosen and bool(o.text.strip()) and bool(o.signed_by.strip())


@rule(
    "RISK_REPORT_INCOMPLETE",
    guard="G-72",
    law="MDR-2019:23(2);MDR-2019:22(2)",
    zh="风险评估应当听取有关部门意见，形成报告，明确风险点，提出防范措施和处置预案；已经评估的可以注明，不重复评估。",
    en="The report lacks who made it, points of risk, prevention, a contingency plan, or which departments "
    "were heard; and none made before is named (existing).",
)
def risks_told(f: DecisionFacts) -> bool:
    """The assessment of risks names points, prevention and plans, and hears departments (MDR 23(2))."""
    return assessed(f)


@rule(
    "COMPETITION_NOT_REVIEWED",
    guard="G-72",
    law="MDR-2019:29[1]",
    zh="涉及市场主体经济活动的，应当有公平竞争审查的结论和审查单位。",
    en="It is not said what the review of fair competition found, or who made it. Say both.",
)
def competition_told(f: DecisionFacts) -> bool:
    """What touches market entities is reviewed for fair competition (MDR 29[1])."""
    return competition_reviewed(f)


@rule(
    "DECISION_STEP_MISSING",
    guard="G-72",
    law="MDR-2019:19;MDR-2019:22;MDR-2019:29",
    zh="应当履行的专家论证、风险评估、公平竞争审查程序尚未完成。",
    en="Experts, risks or competition are still to be gone through. Do what is missing first.",
    tells=lambda f: {"missing": ",".join(left_out(f))},
)
def steps_gone_through(f: DecisionFacts) -> bool:
    """Each step that the matter wants was gone through before it is reviewed (MDR 19, 22, 29)."""
    return left_out(f) == ()


@rule(
    "REVIEW_PAPERS_MISSING",
    guard="G-73",
    law="MDR-2019:26(1)",
    zh="送请合法性审查应当提供决策草案、依据和履行决策法定程序的说明。",
    en="The draft, what it goes by, or what is said of how the steps were gone through is missing. Hand it in (procedure_note).",
)
def review_papers_there(f: DecisionFacts) -> bool:
    """The review has the draft, its basis and an account of the steps (MDR 26(1))."""
    r = f.record
    return bool(r.text.strip()) and bool(r.bases) and bool(r.procedure_note.strip())


@rule(
    "DECISION_REVIEW_CUT_SHORT",
    guard="G-73",
    law="MDR-2019:26(2)",
    zh="合法性审查时间一般不少于七个工作日；少于的应当说明理由。",
    en="The review has not had its seven working days, and it is not said why. Wait, or state it (urgency).",
    tells=lambda f: {"from": local(since)} if (since := f.review_from()) else {},
)
def review_unhurried(f: DecisionFacts) -> bool:
    """The review has its time (MDR 26(2))."""
    return come(f.review_from(), f) or bool(f.record.review.urgency.strip())


@rule(
    "ADVISERS_NOT_HEARD",
    guard="G-73",
    law="MDR-2019:28",
    zh="合法性审查应当组织法律顾问、公职律师提出法律意见。",
    en="No legal adviser or public lawyer gave an opinion. Ask one, and say who and what (advisers, advice).",
)
def advisers_heard(f: DecisionFacts) -> bool:
    """Legal advisers and public lawyers give their opinion in the review (MDR 28)."""
    r = f.record.review
    return any(a.strip() for a in r.advisers) and bool(r.advice.strip())


advisers_stand = under(legal_adviser.advisers_stand, "MDR-2019:28", guard="G-73")


@rule(
    "DECISION_NOT_LAWFUL",
    guard="G-73",
    law="MDR-2019:25(2);MDR-2019:27",
    zh="审查合法的，应当对法定权限、法定程序和内容逐项得出合法结论；不合法的不得提交讨论。",
    en="Power, procedure or content was not found lawful. Have it changed, or conclude that it is not lawful.",
    tells=lambda f: {"missing": ",".join(missing(Part, f.record.review.lawful))},
)
def found_lawful(f: DecisionFacts) -> bool:
    """It passes where power, procedure and content are each found lawful (MDR 25(2), 27)."""
    return missing(Part, f.record.review.lawful) == ()


@rule(
    "EXPLORATION_NOT_SHOWN",
    guard="G-73",
    law="MDR-2019:25(2)",
    zh="国家尚无明确规定的探索性改革决策事项，应当说明理由并明示法律风险，且符合法定权限和法定程序。",
    en="It is not said why the State has no rules for it yet, or which legal risks it bears; or power or "
    "procedure was not in order.",
)
def exploration_told(f: DecisionFacts) -> bool:
    """A reform that no rules are there for goes on with its legal risks told (MDR 25(2))."""
    r = f.record.review
    in_order = {Part.POWER, Part.PROCEDURE} <= set(r.lawful)
    return in_order and bool(r.exploratory.strip()) and bool(r.legal_risks.strip())


@rule(
    "DECISION_REVIEW_UNREASONED",
    guard="G-73",
    law="MDR-2019:28",
    zh="应当提出合法性审查意见。",
    en="The review says nothing. State its opinion (opinion).",
)
def review_reasoned(f: DecisionFacts) -> bool:
    """The review gives its opinion and answers for it (MDR 28)."""
    return bool(f.record.review.opinion.strip())
