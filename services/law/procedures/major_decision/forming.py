"""The rules on the catalogue, the start, the draft and the participation of the public (MDR 3, 10 to 18)."""

from services.law.naming import names_article
from services.law.procedures.major_decision.facts import DecisionFacts, come
from services.law.procedures.major_decision.record import Exclusion, Kind, Proposer, Trait
from services.law.procedures.papers import missing
from services.law.procedures.shared import local
from services.law.rule import rule


@rule(
    "DECISION_KIND_UNKNOWN",
    law="MDR-2019:3(1)",
    zh="应当指明属于哪一类重大行政决策事项。",
    en="It is not said which of the five kinds of major matters it is. Name it (kind).",
)
def kind_named(f: DecisionFacts) -> bool:
    """A matter of a major decision is one of five kinds (MDR 3(1))."""
    return f.record.kind in tuple(Kind)


@rule(
    "NOT_A_MAJOR_DECISION",
    law="MDR-2019:3(2)",
    zh="宏观调控决策、政府立法决策、突发事件应急处置决策以及法律、行政法规另有规定的，不适用重大行政决策程序；不存在这些情形的，应当载明。",
    en="Macro-regulation, legislation, the handling of emergencies and what another law has a procedure for are no "
    "major decisions. Leave it to its own procedure, or state that it is none of these (none_excluded).",
    tells=lambda f: {"exclusions": ",".join(f.record.exclusions or ())},
)
def not_excluded(f: DecisionFacts) -> bool:
    """What the regulation does not apply to does not go its way, and that it does apply is stated (MDR 3(2))."""
    e = f.record.exclusions
    return e is not None and not set(e) & set(Exclusion) and tuple(e) == ()


@rule(
    "CATALOGUE_NOT_AGREED",
    law="MDR-2019:3(3)",
    zh="决策事项目录及其调整应当经同级党委同意。",
    en="No paper shows that the Party committee of the same level agreed. Name it (consent_document).",
)
def catalogue_agreed(f: DecisionFacts) -> bool:
    """The catalogue and its changes are agreed to by the Party committee of the same level (MDR 3(3))."""
    return bool(f.record.consent.strip())


@rule(
    "CATALOGUE_NOT_PUBLIC",
    law="MDR-2019:3(3)",
    zh="决策事项目录应当向社会公布。",
    en="It is not said where the catalogue was made public. Publish it, and say where (address).",
)
def catalogue_public(f: DecisionFacts) -> bool:
    """The catalogue is made public (MDR 3(3))."""
    return bool(f.record.catalogue_address.strip())


@rule(
    "SUGGESTION_NOT_STUDIED",
    law="MDR-2019:10",
    zh="决策事项建议应当经研究论证：载明提出方、拟解决的主要问题、建议理由和依据、初步方案及其必要性、可行性，以及由谁研究论证。",
    en="The suggestion was not studied, or the study lacks problem, reasons, basis, solution, feasibility, or who made it.",
)
def suggestion_studied(f: DecisionFacts) -> bool:
    """Each suggestion is studied before the start is decided on (MDR 10)."""
    s = f.record.suggestion
    said = (s.problem, s.reasons, s.basis, s.solution, s.feasibility, s.studied_by)
    return s.proposer in tuple(Proposer) and all(each.strip() for each in said)


@rule(
    "DECISION_NOT_IN_FORCE",
    law="MDR-2019:37",
    zh="只有正在执行（含中止执行）的重大行政决策可以调整。",
    en="The decision that is to be changed or ended is not being carried out.",
)
def changes_what_is_in_force(f: DecisionFacts) -> bool:
    """Changed or ended is a decision that is being carried out (MDR 37)."""
    return f.in_force() is True


@rule(
    "START_NOT_DECIDED",
    law="MDR-2019:10",
    zh="启动决策程序应当由决策机关决定，载明决定文书。",
    en="No paper shows that the government decided to start. Name it (start_document).",
)
def start_decided(f: DecisionFacts) -> bool:
    """The deciding organ decides whether the procedure begins (MDR 10)."""
    return bool(f.record.start_document.strip())


@rule(
    "UNIT_NOT_KNOWN",
    law="MDR-2019:11",
    zh="应当明确决策承办单位：经登记确认的单位。",
    en="The unit that is to prepare the decision is no confirmed body. Name one.",
)
def unit_named(f: DecisionFacts) -> bool:
    """A unit is named that prepares it; of several the one that leads (MDR 11)."""
    return f.unit_known() is True


@rule(
    "STEPS_NOT_SETTLED",
    guard="G-72",
    law="MDR-2019:14;MDR-2019:16;MDR-2019:19;MDR-2019:22",
    zh="应当逐项载明是否涉及切身利益、特定群体、专业技术、社会稳定和公共安全风险、市场主体经济活动和人大职权；不涉及的说明理由。",
    en="It is not said of each trait whether it applies, or not why one does not. Say it of all, once, with reasons (traits).",
    tells=lambda f: {"missing": ",".join(missing(Trait, tuple(t.trait for t in f.record.traits if t.trait)))},
)
def steps_settled(f: DecisionFacts) -> bool:
    """Which steps a matter wants is said of each trait, with reasons where a step is not wanted (MDR 14, 16, 19, 22)."""
    traits = f.record.traits
    each = sorted(t.trait or "" for t in traits) == sorted(Trait)
    return each and all(t.applies is True or bool(t.reasons.strip()) for t in traits)


@rule(
    "NOT_THE_UNIT",
    law="MDR-2019:11",
    zh="应当由决策承办单位的人员办理。",
    en="Another unit prepares this decision. Let somebody of that unit do this.",
)
def by_unit(f: DecisionFacts) -> bool:
    """Who prepares a decision is the unit named for it (MDR 11)."""
    return f.of_unit() is True


@rule(
    "DECISION_DRAFT_MISSING",
    law="MDR-2019:12",
    zh="应当拟订决策草案，并梳理有关法律、法规、规章和政策依据。",
    en="There is no draft, or it is not said what laws and policies it goes by. Hand in both (text, bases).",
)
def draft_there(f: DecisionFacts) -> bool:
    """The draft is there, with the laws and policies it goes by (MDR 12(1), (2))."""
    bases = f.record.bases
    return bool(f.record.text.strip()) and bool(bases) and all(b.strip() for b in bases)


@rule(
    "UNITS_NOT_CONSULTED",
    law="MDR-2019:13",
    zh="涉及其他单位职责的，应当充分协商；不能取得一致的，说明争议的主要问题、意见和理由；不涉及的应当载明。",
    en="It is not said which units were consulted, or of one that does not agree not what is disputed. Say it "
    "(consulted), or that none is concerned (none_concerned).",
)
def units_consulted(f: DecisionFacts) -> bool:
    """Units that are concerned are consulted; what stays disputed is told (MDR 13)."""
    asked = f.record.consulted
    if not asked:
        return f.record.none_concerned is True
    return all(bool(c.unit.strip()) and (c.agrees is True or bool(c.dispute.strip())) for c in asked)


@rule(
    "DECISION_DRAFT_NOT_PUBLIC",
    guard="G-72",
    law="MDR-2019:15(1)",
    zh="应当通过便于公众知晓的途径公布决策草案及其说明。",
    en="It is not said where the public reads the draft, or its explanation is missing. Publish both (addresses, explanation).",
)
def draft_laid_open(f: DecisionFacts) -> bool:
    """The draft and its explanation are made public where people see them (MDR 15(1))."""
    where = f.record.draft_addresses
    return bool(where) and all(a.strip() for a in where) and bool(f.record.explanation.strip())


@rule(
    "COMMENT_TIME_TOO_SHORT",
    guard="G-72",
    law="MDR-2019:15(1)",
    zh="公开征求意见一般不少于三十日；因情况紧急等需要缩短的，应当在公开征求意见时说明，且不得少于规定的最短期限。",
    en="The public has less than thirty days, and it is not said what is urgent, or less than the shortest time. Give it more, "
    "or say why (shortened).",
    tells=lambda f: {"from": local(end)} if (end := f.least_comment_end()) else {},
)
def comment_long_enough(f: DecisionFacts) -> bool:
    """The public has thirty days; less only where it is told why (MDR 15(1))."""
    least, told = f.least_comment_end(), f.comment_end()
    return least is not None and told is not None and told >= least


@rule(
    "PUBLIC_NOT_HEARD",
    guard="G-72",
    law="MDR-2019:14(1)",
    zh="除依法不予公开的决策事项外，应当充分听取公众意见；不予公开的应当指明所依据的法律名称和条款并说明理由。",
    en="It is not said by which article it is kept from the public, and why. Name both (secret_law, reasons), or "
    "publish the draft.",
)
def secrecy_lawful(f: DecisionFacts) -> bool:
    """The public is not heard only of what the law keeps secret (MDR 14(1))."""
    return names_article(f.record.secret_law) and bool(f.record.reasons.strip())


@rule(
    "HEARING_NOT_ANNOUNCED",
    guard="G-72",
    law="MDR-2019:16(2);MDR-2019:16(3)",
    zh="听证会应当提前公布时间、地点、参加人遴选办法和参加人名单。",
    en="Time, place, the way of selection, or the list of those who take part were not made public before. Publish them.",
)
def hearing_announced(f: DecisionFacts) -> bool:
    """Time, place, selection and list of a hearing are made public before it (MDR 16(2), (3))."""
    h = f.record.hearing
    told = (h.place, h.selection, h.list_address)
    people = h.participants
    ahead = h.hold_time is not None and h.hold_time > f.at()
    return ahead and all(t.strip() for t in told) and bool(people) and all(p.strip() for p in people)


@rule(
    "HEARING_MATERIAL_LATE",
    guard="G-72",
    law="MDR-2019:16(3)",
    zh="听证会材料应当于召开听证会七日前送达听证参加人。",
    en="The material did not reach those who take part seven days before the hearing, or nothing proves it. Put the hearing off.",
    tells=lambda f: {"until": local(end)} if (end := f.material_due()) else {},
)
def material_in_time(f: DecisionFacts) -> bool:
    """Those who take part have the material seven days before (MDR 16(3))."""
    h, last = f.record.hearing, f.material_due()
    served = h.serve_time is not None and last is not None and h.serve_time <= last
    return served and bool(h.receipt.strip())


@rule(
    "HEARING_NOT_AS_ORDERED",
    guard="G-72",
    law="MDR-2019:17",
    zh="听证会应当按程序公开举行：介绍草案、陈述质证辩论、参加人确认记录并签字。",
    en="The hearing is not over, nobody introduced the draft or debated it, or its record is not signed by those who took part.",
)
def hearing_in_order(f: DecisionFacts) -> bool:
    """The draft is introduced, debated, and the record signed by those who took part (MDR 17)."""
    h = f.record.hearing
    held = come(h.hold_time, f) and h.introduced is True and h.debated is True
    people = {p for p in h.participants if p.strip()}
    return held and bool(h.minutes.strip()) and bool(people) and people <= set(h.signed)


@rule(
    "HEARING_MISSING",
    guard="G-72",
    law="MDR-2019:16(1);GF-2008-17:8",
    zh="涉及重大公共利益和群众切身利益的，应当举行听证，并书面告知听证代表意见采纳情况及理由。",
    en="It touches the vital interests of the public, and no hearing was held, or its people were not told in writing what "
    "became of what they said. Hold it, and tell them (hearing_document).",
)
def heard_where_vital(f: DecisionFacts) -> bool:
    """What touches vital interests is heard, and who spoke is told in writing what became of it (MDR 16, GF-2008-17 8)."""
    h = f.record.hearing
    held = h.hold_time is not None and bool(h.minutes.strip()) and bool(h.told_document.strip())
    return held or not f.record.wants(Trait.VITAL_INTERESTS)


@rule(
    "GROUP_NOT_HEARD",
    guard="G-72",
    law="MDR-2019:14(3)",
    zh="涉及特定群体利益的，应当与相关人民团体、社会组织以及群众代表沟通协商。",
    en="It touches a particular group, and it is not told what that said. Consult it, and say it (group_opinions).",
)
def group_heard(f: DecisionFacts) -> bool:
    """Groups whose interests are touched are consulted (MDR 14(3))."""
    return bool(f.record.group_opinions.strip()) or not f.record.wants(Trait.SPECIAL_GROUP)
