"""What the figures of a rule are called, and what their codes mean, when a warning tells them to people in either language."""

from collections.abc import Mapping
from typing import Any

from services.law.clock import catalogue

# Every figure that a rule tells whose breach is an early warning.
LABELS: Mapping[str, tuple[str, str]] = {
    "after": ("应当晚于", "must come after"),
    "age": ("行为时年龄", "age at the act"),
    "approved": ("批准时间", "approved on"),
    "area_code": ("实施地", "place"),
    "at": ("时间", "at"),
    "basis": ("依据", "basis"),
    "body_id": ("执法主体编号", "enforcement body"),
    "cap": ("年度检查频次上限", "cap of the year"),
    "clocks": ("尚未了结的期限", "terms that still run"),
    "clue_case_id": ("线索案件编号", "case of the clue"),
    "confiscation": ("没收数额（元）", "confiscated, in yuan"),
    "correctable": ("可以更正的事项", "what can be corrected"),
    "count": ("人数", "how many"),
    "counted": ("已检查次数", "inspections counted"),
    "credit_codes": ("检查对象", "inspected parties"),
    "days": ("日数", "days"),
    "authority": ("作出机关", "said by"),
    "changed": ("变更后罚款（元）", "changed to, in yuan"),
    "decided": ("决定罚款（元）", "decided, in yuan"),
    "discussed_from": ("集体讨论数额（元）", "discussed from, in yuan"),
    "document": ("文书", "document"),
    "draw_id": ("抽取编号", "draw"),
    "due": ("应缴、应退或者期限", "due"),
    "duty_fen": ("金钱给付义务数额（分）", "duty in money, in fen"),
    "extensions": ("延长次数", "extensions"),
    "field": ("更正事项", "field corrected"),
    "from": ("最早可以申请", "not before"),
    "frozen_fen": ("冻结数额（分）", "frozen, in fen"),
    "gains": ("应当没收的违法所得（元）", "illegal gains to be confiscated, in yuan"),
    "gap": ("不能确定的原因", "why it is not certain"),
    "ground": ("不予处罚情形", "ground of no penalty"),
    "grounds": ("未予考虑的从轻、减轻情形", "circumstances that mitigate, left out"),
    "instead": ("应当", "instead"),
    "item_id": ("权责清单事项编号", "item of the power list"),
    "item_ids": ("检查事项", "inspection items"),
    "joint_ids": ("可以合并的检查", "inspections that could be joined"),
    "kinds": ("处罚种类", "kinds of penalty"),
    "lacking": ("缺少", "lacking"),
    "least": ("最少人数", "at least"),
    "limit": ("当场处罚数额上限（元）", "most on the spot, in yuan"),
    "matters": ("尚未批复的请示", "requests without a reply"),
    "measures": ("措施", "measures"),
    "members": ("讨论人员", "members"),
    "missing": ("缺少", "missing"),
    "not_of_this_department": ("当时已不属于该部门", "no longer of this department"),
    "noticed": ("告知罚款（元）", "announced, in yuan"),
    "officer_id": ("执法人员", "officer"),
    "officers": ("执法人员", "officer"),
    "person": ("人员", "person"),
    "persons": ("人员", "persons"),
    "plan_id": ("检查计划编号", "inspection plan"),
    "points": ("未予回应的听证意见", "points of the hearing without an answer"),
    "recusal_id": ("回避申请编号", "request to withdraw"),
    "referral_id": ("移送编号", "referral"),
    "referral_state": ("移送状态", "state of the referral"),
    "surcharge_fen": ("尚欠加处罚款（分）", "surcharge left, in fen"),
    "things": ("财物", "things"),
    "threshold": ("听证数额（元）", "threshold in yuan"),
    "undone": ("尚未履行", "not carried out"),
    "until": ("期限届满", "term ended"),
    "valid_from": ("检查码生效", "code valid from"),
    "valid_until": ("检查码失效", "code valid until"),
    "violation_fen": ("违法行为涉及金额（分）", "sum of the violation, in fen"),
    "window_end": ("陈述申辩和听证期限届满", "the party could answer until"),
}
# What a code means that a rule tells as a figure: of which figures, the code, its words.
_KINDS_OF_PENALTY = {
    "WARNING": ("警告", "warning"),
    "CIRCULATED_CRITICISM": ("通报批评", "circulated criticism"),
    "CONFISCATION_OF_GAINS": ("没收违法所得", "confiscation of gains"),
    "CONFISCATION_OF_PROPERTY": ("没收非法财物", "confiscation of property"),
    "SUSPENSION_OF_LICENCE": ("暂扣许可证件", "suspension of a licence"),
    "LOWERING_OF_GRADE": ("降低资质等级", "lowering of a grade"),
    "REVOCATION_OF_LICENCE": ("吊销许可证件", "revocation of a licence"),
    "RESTRICTION_OF_OPERATION": ("限制开展生产经营活动", "restriction of operation"),
    "SUSPENSION_OF_OPERATION": ("责令停产停业", "suspension of operation"),
    "CLOSURE": ("责令关闭", "closure"),
    "RESTRICTION_OF_OCCUPATION": ("限制从业", "restriction of occupation"),
    "DUTY": ("责令履行的其他义务", "another duty"),
}
WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "missing": {
        "evidence": ("证据", "evidence"),
        "law": ("违反的规定", "the article"),
        "clue_case_id": ("已登记的线索", "a registered clue"),
        "urgency.cause": ("紧急事由", "what is urgent"),
        "urgency.law": ("依据的条款", "the article"),
        "urgency.reported_to": ("事先报告的负责人", "the head who was told"),
        "urgency.report_time": ("报告时间", "when the head was told"),
        "start_time": ("开始时间", "when it began"),
        "end_time": ("结束时间", "when it ended"),
        "findings": ("检查情况", "what was found"),
        "present": ("在场人员", "who was there"),
        "rights_told": ("权利义务告知", "that rights were told"),
        "signature": ("核对签名", "how it was confirmed"),
    },
    "undone": _KINDS_OF_PENALTY,
    "kinds": _KINDS_OF_PENALTY | {"FINE": ("罚款", "fine")},
    "ground": {
        "NOT_ESTABLISHED": ("违法事实不能成立", "the act is not established"),
        "MINOR": ("违法行为轻微并及时改正", "minor and put right in time"),
        "FIRST_OFFENCE": ("初次违法且危害后果轻微", "first offence"),
        "NO_FAULT": ("没有主观过错", "no fault"),
        "UNDER_FOURTEEN": ("不满十四周岁", "under fourteen"),
        "NOT_RESPONSIBLE": ("不能辨认或者不能控制自己行为", "not responsible"),
        "LIMITATION": ("超过追究时效", "out of time"),
    },
    "grounds": {
        "UNDER_EIGHTEEN": ("已满十四周岁不满十八周岁", "under eighteen"),
        "HARM_REMOVED": ("主动消除或者减轻危害后果", "the harm was removed or lessened"),
        "COERCED": ("受他人胁迫或者诱骗", "coerced or tricked by others"),
        "CONFESSED": ("主动供述尚未掌握的违法行为", "confessed an act that was not known"),
        "MERIT": ("配合查处有立功表现", "merit in helping the inquiry"),
        "OTHER_LAW": ("法律、法规、规章规定的其他情形", "another circumstance that a law or rule names"),
        "PARTLY_RESPONSIBLE": ("尚未完全丧失辨认或者控制自己行为能力", "only partly responsible"),
    },
    "referral_state": {
        "FLAGGED": ("发现涉嫌犯罪", "suspected"),
        "REPORTED": ("已报告", "reported"),
        "APPROVED": ("已批准移送", "approved"),
        "REJECTED": ("不批准移送", "rejected"),
        "SENT": ("已移送公安机关", "sent to the police"),
        "RECEIVED": ("公安机关已接收", "received by the police"),
        "MISDIRECTED": ("不属于该公安机关管辖", "sent to the wrong police"),
        "OPENED": ("公安机关已立案", "opened by the police"),
        "REFUSED": ("公安机关不予立案", "refused by the police"),
        "RECONSIDERING": ("已提请复议", "asked to look at it again"),
        "REFUSED_AGAIN": ("复议维持不予立案", "refused again"),
        "SUPERVISED": ("已建议立案监督", "before the procuratorate"),
        "HANDED_OVER": ("已移交物品和材料", "handed over"),
        "RETURNED": ("恢复行政处理", "returned"),
        "CONVICTED": ("已被追究刑事责任", "convicted"),
    },
}
OF_OFFICERS = frozenset({"officer_id", "officers", "person", "not_of_this_department"})
# Figures that are told in both languages: the name of each, and those of its Chinese and its English.
TOLD_TWICE = {
    "instead": ("instead_zh", "instead"),
    "lacking": ("lacking_zh", "lacking_en"),
}


def said_figures(figures: Mapping[str, str], facts: Any, language: int) -> str:
    """The figures as people read them in a language, 0 for Chinese and 1 for English.

    Officers go by name and certificate, moments in local time, codes by their words. The time of the act is said already.
    """
    told = {name: text for name, text in figures.items() if text and name != "at"}
    for name, both in TOLD_TWICE.items():
        said = told.get(both[language], told.get(name))
        for other in both:
            told.pop(other, None)
        if said is not None:
            told[name] = said
    between, joined = (("：", "；"), (": ", "; "))[language]
    return joined.join(
        f"{LABELS[name][language] if name in LABELS else name}{between}{_shown(name, text, facts, language)}"
        for name, text in sorted(told.items())
    )


def _shown(name: str, text: str, facts: Any, language: int) -> str:
    """A list of officers or of codes is told each by its own words; what has none stands as it is."""
    if name in OF_OFFICERS:
        known = {o.officer_id: o for o in facts.named_officers()}
        words = {i: f"{o.name or i}（{o.certificate_number or i}）" for i, o in known.items()}
    elif name == "clocks":
        titles = {clock.id: (clock.title_zh, clock.title_en) for clock in catalogue().values()}
        words = {code: said[language] for code, said in titles.items()}
    elif name in WORDS:
        words = {code: said[language] for code, said in WORDS[name].items()}
    else:
        return text.replace("T", " ")[:16] if name.endswith("_end") else text
    return ("、", ", ")[language].join(words.get(each, each) for each in text.split(","))
