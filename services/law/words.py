"""What the ids of the kernel are called in Chinese and English."""

from collections.abc import Mapping
from types import MappingProxyType

from services.law.term import Term

Words = tuple[str, str]  # Chinese, English

UNITS: Mapping[str, Words] = MappingProxyType(
    {
        "working_day": ("个工作日", "working day"),
        "calendar_day": ("日（自然日）", "calendar day"),
        "month": ("个月", "month"),
        "year": ("年", "year"),
        "hour": ("小时", "hour"),
        "times": ("次（每年）", "time a year"),
        "class_hour": ("学时（每年）", "class hour a year"),
    }
)

DIRECTIONS: Mapping[str, Words] = MappingProxyType(
    {
        "after": ("自起算日向后计算", "counted from its start"),
        "before": ("自该日向前倒计", "counted back from a day"),
        "min_wait": ("期满方可实施", "to be waited for"),
        "quota": ("全年最低要求", "at least, in the year"),
        "cap": ("全年上限", "at most, in the year"),
        "annual": ("每年固定日期", "a fixed day of the year"),
    }
)

# Who must act, who may extend; the roles of a procedure are the same ids in capitals.
PEOPLE: Mapping[str, Words] = MappingProxyType(
    {
        "agency": ("行政机关", "agency"),
        "agency_chief": ("行政机关正职负责人", "head of the agency in person"),
        "agency_head": ("行政机关负责人", "head of the agency"),
        "applicant": ("申请人", "applicant"),
        "applicant_or_interested": ("申请人或者利害关系人", "applicant or interested party"),
        "assisting_agency": ("协助机关", "assisting agency"),
        "clerk": ("内勤", "clerk"),
        "collective": ("行政机关负责人集体讨论", "heads of the agency together"),
        "competent_body": ("有权机关", "competent body"),
        "court": ("人民法院", "court"),
        "credit_site": ("信用网站", "credit website"),
        "filing_body": ("备案审查机关", "body that reviews filings"),
        "filing_body_head": ("备案审查机关负责人", "head of the body that reviews filings"),
        "finance": ("财务人员", "finance clerk"),
        "government": ("人民政府", "government"),
        "government_head": ("人民政府负责人", "head of the government"),
        "handling_officer": ("承办执法人员", "handling officer"),
        "high_court": ("高级人民法院", "high court"),
        "implementing_agency": ("执行机关", "implementing agency"),
        "info_office_head": ("政府信息公开工作机构负责人", "head of the information office"),
        "inspection_office": ("督查机构", "inspection office"),
        "legal_reviewer": ("法制审核人员", "legal reviewer"),
        "maker": ("制定机关", "maker of the document"),
        "officer": ("执法人员", "officer"),
        "oversight": ("行政执法监督机构", "oversight body"),
        "superior": ("上级", "superior"),
        "oversight_body": ("行政执法监督机构", "oversight body"),
        "oversight_head": ("行政执法监督机构负责人", "head of the oversight body"),
        "party": ("当事人", "party"),
        "party_or_agency": ("当事人或者行政机关", "party or agency"),
        "permit_holder": ("被许可人", "permit holder"),
        "police": ("公安机关", "police"),
        "public": ("社会公众", "anybody"),
        "recon_body": ("行政复议机关", "reconsideration body"),
        "recon_institution_head": ("行政复议机构负责人", "head of the reconsideration institution"),
        "registrar": ("登记人员", "registrar"),
        "review_body": ("审核机构", "review body"),
        "roster_clerk": ("名册管理人员", "roster clerk"),
        "superior_agency": ("上级行政机关", "superior agency"),
        "supervised_agency": ("被监督机关", "supervised agency"),
        "system": ("系统", "system"),
        "treasury": ("财政部门", "finance department"),
        "unit": ("执法单位", "unit"),
        "unit_head": ("承办机构负责人", "head of the unit"),
    }
)

# What must hold for a clock to start.
CONDITIONS: Mapping[str, Words] = MappingProxyType(
    {
        "acceptance": ("属于执法责任制验收任务的", "it is the acceptance of a responsibility system"),
        "petition": ("信访事项", "it is a petition"),
        "petition_by_name": ("实名提出的信访事项", "it is a petition by name"),
        "publicity_due": (
            "适用普通程序且不止警告的",
            "an ordinary case whose penalty is more than a warning",
        ),
        "by_deputies": ("人大代表提出的", "deputies of the congress made it"),
        "by_deputies_wide": (
            "人大代表提出、涉及面广或者处理难度大的",
            "deputies made it, and it is wide and difficult",
        ),
        "by_others": (
            "法院、检察院、政协提出的，或者退回重新办理的",
            "a court, a procuratorate or the CPPCC made it, or it was handed back",
        ),
        "corrects_itself": ("认为需要自行纠正的", "the agency means to set its decision right"),
        "fine": ("处以罚款的", "a fine is imposed"),
        "force_decided": (
            "强制执行决定，以及经批准实施的强制措施",
            "it is a decision to enforce, or a measure that was approved and taken",
        ),
        "force_over": ("已对义务实施强制执行的", "a duty was enforced by force"),
        "told_as_happened": ("报告已经发生的情况的", "what happened is reported"),
        "government_inspection": ("属于政府督查结论的", "it is a conclusion of a government inspection"),
        "handled_alone": ("本机关独立办理的", "the body handles it alone"),
        "handled_below": (
            "由上级机关决定、本机关先行审查的",
            "the superior body decides, and this one reviews first",
        ),
        "handled_jointly": ("统一、联合或者集中办理的", "several departments handle it together"),
        "harm_to_environment": (
            "造成环境污染、生态破坏等危害后果的",
            "pollution, ecological damage or other harm to the environment resulted",
        ),
        "harm_to_safety": (
            "涉及公民生命健康安全、金融安全且有危害后果的",
            "life, health or financial safety is touched, and harm done",
        ),
        "maintains_decision": ("认为需要维持原决定的", "the agency keeps to its decision"),
        "major": ("属于重大行政处罚的", "the penalty is a major one"),
        "manifest_illegality": ("明显违法的", "the decision is plainly unlawful"),
        "no_power_over_document": ("无权处理规范性文件的", "another body has power over the document"),
        "needs_inspection": ("需要检验、检测、检疫的", "an inspection, test or quarantine is needed"),
        "party_lost": ("申请人死亡、丧失行为能力或者终止的", "the applicant died, lost capacity or ended"),
        "power_over_document": (
            "有权处理规范性文件的",
            "the body has power over the document that is reviewed with it",
        ),
        "published": ("处罚决定已公开", "the decision is public"),
        "public_wrong": ("更正的内容已经公开的", "what was corrected is public"),
        "recording_due": ("应当音像记录的", "the visit has to be recorded in sound or picture"),
        "on_credit": ("信用平台可能公示的", "the credit platform may show it"),
        "service_left": ("留置送达的", "the paper was left at the place"),
        "tier_general": ("一般失信信息", "the information is of the general tier"),
        "tier_minor": ("轻微失信信息", "the information is of the minor tier"),
        "tier_serious": ("严重失信信息", "the information is of the serious tier"),
        "trial": ("暂行或者试行的", "it is provisional or on trial"),
    }
)

LAYERS: Mapping[str, Words] = MappingProxyType(
    {
        "national": ("国家", "national"),
        "sector": ("领域", "sector"),
        "provincial": ("省级", "provincial"),
        "city": ("市级", "city"),
        "agency": ("本机关", "agency"),
    }
)


def of_term(term: Term) -> Words:
    """A term as people say it."""
    if term.unit == "annual":
        month, day = divmod(term.amount, 100)
        return f"每年{month}月{day}日", f"{month:02}-{day:02} of each year"
    return of_amount(term.amount, term.unit)


def of_amount(amount: int | None, unit: str) -> Words:
    """An amount of a unit, or that the law gives no number."""
    if amount is None:
        return "期限由批准机关确定", "as long as is approved"
    zh, en = UNITS[unit]
    if amount != 1:
        head, space, tail = en.partition(" a ")
        en = f"{head}s{space}{tail}"
    return f"{amount}{zh}", f"{amount} {en}"


def of_number(value: int, unit: str) -> Words:
    """A number of a layer: money in yuan, a term as a term, what else there is with its unit."""
    if unit == "fen":
        yuan = f"{value / 100:,.2f}".removesuffix(".00")
        return f"{yuan}元", f"{yuan} yuan"
    if unit == "switch":
        return ("是", "yes") if value else ("否", "no")
    if unit in ("percent", "per_mille"):
        return (f"{value}{'%' if unit == 'percent' else '‰'}",) * 2
    return of_amount(value, unit) if unit in UNITS else (str(value), str(value))


def of_role(role: str) -> Words:
    """A role of a procedure."""
    return of_person(role.lower())


def of_person(who: str) -> Words:
    """Somebody who acts; a name the tables do not know stands for itself."""
    return PEOPLE.get(who, (who, who))
