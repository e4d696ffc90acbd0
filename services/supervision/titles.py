"""How every event is told to people: a title and one line, in Chinese and English."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from google.protobuf.message import DecodeError, Message
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.law.v1 import events_pb2 as law
from yifa.notifications.v1 import events_pb2 as notifications
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import events_pb2 as supervision

FILES = (enforcement, registry, notifications, supervision, law)


@dataclass(frozen=True)
class Title:
    """What an event is called, and templates of its line; `{…}` are paths into the event."""

    zh: str
    en: str
    line_zh: str = ""
    line_en: str = ""


@dataclass(frozen=True)
class Line:
    """One event in both languages."""

    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str


CASE = "{case.party.name}：{case.violation.title}", "{case.party.name}: {case.violation.title}"
FINE = (
    "{case.party.name}，罚款 {case.decision.penalty.fine}",
    "{case.party.name}, fine {case.decision.penalty.fine}",
)
PAID = (
    "{case.party.name}，缴款 {amount}，累计 {case.paid}",
    "{case.party.name}, paid {amount}, {case.paid} in all",
)
CLOCK = "{case.party.name}：{deadline.title_zh}", "{case.party.name}: {deadline.title_en}"
HOLDER = (
    "{certificate.officer_name}，{certificate.certificate_number}",
    "{certificate.officer_name}, {certificate.certificate_number}",
)
WARNING = "{warning.detail_zh}", "{warning.detail_en}"
FILING = (
    "{filing.party_name}，{filing.decision_number}，罚款 {filing.fine}",
    "{filing.party_name}, {filing.decision_number}, fine {filing.fine}",
)
CHAIN = (
    "{node}的{service}：应为第{expected_count}条，收到第{found_count}条",
    "{service} at {node}: number {expected_count} was expected, {found_count} came",
)

TITLES: Mapping[str, Title] = {
    "yifa.enforcement.v1.BenchmarkPublished": Title(
        "公布裁量基准", "Benchmark published", "{benchmark.violation}", "{benchmark.violation}"
    ),
    "yifa.enforcement.v1.ClueRegistered": Title("登记线索", "Clue registered", *CASE),
    "yifa.enforcement.v1.ClueNotFiled": Title(
        "不予立案", "Clue not filed", "{case.party.name}：{cause}", "{case.party.name}: {cause}"
    ),
    "yifa.enforcement.v1.CaseFiled": Title("立案", "Case filed", *CASE),
    "yifa.enforcement.v1.OfficersAssigned": Title(
        "指派执法人员", "Officers assigned", "{case.officers}", "{case.officers}"
    ),
    "yifa.enforcement.v1.EvidenceRecorded": Title(
        "收集证据", "Evidence recorded", "{evidence.title}", "{evidence.title}"
    ),
    "yifa.enforcement.v1.ReportSubmitted": Title("调查终结", "Investigation ended", *CASE),
    "yifa.enforcement.v1.ReviewSubmitted": Title("送法制审核", "Sent to legal review", *CASE),
    "yifa.enforcement.v1.ReviewConcluded": Title(
        "法制审核完成", "Legal review concluded", "{case.review.opinion}", "{case.review.opinion}"
    ),
    "yifa.enforcement.v1.PriorNoticeServed": Title("送达事先告知书", "Prior notice served", *CASE),
    "yifa.enforcement.v1.StatementReceived": Title("当事人陈述申辩", "Statement received", *CASE),
    "yifa.enforcement.v1.DefenceWaived": Title(
        "当事人放弃陈述申辩和听证", "Statement and hearing waived", *CASE
    ),
    "yifa.enforcement.v1.HearingRequested": Title("当事人要求听证", "Hearing requested", *CASE),
    "yifa.enforcement.v1.HearingHeld": Title("举行听证", "Hearing held", *CASE),
    "yifa.enforcement.v1.DefenceRechecked": Title("复核陈述申辩", "Defence rechecked", *CASE),
    "yifa.enforcement.v1.DecisionMade": Title("作出处罚决定", "Penalty decided", *FINE),
    "yifa.enforcement.v1.DecisionServed": Title("送达处罚决定书", "Decision served", *FINE),
    "yifa.enforcement.v1.DecisionPublished": Title("公开处罚决定", "Decision published", *FINE),
    "yifa.enforcement.v1.PaymentRecorded": Title("缴纳部分罚款", "Payment recorded", *PAID),
    "yifa.enforcement.v1.PaymentCompleted": Title("罚款缴清", "Fine paid in full", *PAID),
    "yifa.enforcement.v1.MajorPenaltyFiled": Title("报送重大行政处罚备案", "Major penalty filed", *FINE),
    "yifa.enforcement.v1.CaseClosed": Title("结案", "Case closed", *CASE),
    "yifa.enforcement.v1.CaseTerminated": Title(
        "终止案件", "Case terminated", "{case.party.name}：{cause}", "{case.party.name}: {cause}"
    ),
    "yifa.enforcement.v1.SpotDecisionMade": Title("当场处罚", "Penalty on the spot", *FINE),
    "yifa.enforcement.v1.SpotDecisionReported": Title(
        "当场处罚报所属机关备案", "On-the-spot penalty reported", *FINE
    ),
    "yifa.enforcement.v1.DeadlineApproached": Title("部门提示期限临近", "Department: deadline near", *CLOCK),
    "yifa.enforcement.v1.DeadlinePassed": Title("部门提示期限超期", "Department: deadline passed", *CLOCK),
    "yifa.enforcement.v1.DeadlineExtended": Title(
        "延长办案期限",
        "Deadline extended",
        "{case.party.name}：{deadline.title_zh}，{extension.cause}",
        "{case.party.name}: {deadline.title_en}, {extension.cause}",
    ),
    "yifa.enforcement.v1.TimeExcluded": Title(
        "扣除办案时间",
        "Time excluded",
        "{case.party.name}：{deadline.title_zh}，{excluded.cause}",
        "{case.party.name}: {deadline.title_en}, {excluded.cause}",
    ),
    "yifa.enforcement.v1.TimeResumed": Title("恢复计算期限", "Deadline runs on", *CLOCK),
    "yifa.enforcement.v1.DeadlineMoved": Title(
        "期限因放假安排变动", "Deadline moved by the holidays", *CLOCK
    ),
    "yifa.enforcement.v1.OutsideCaseReported": Title("报告系统外办理的案件", "Outside case reported", *CASE),
    "yifa.enforcement.v1.BasisUsesFound": Title(
        "依据变动涉及在办案件和裁量基准",
        "Cases and benchmarks rest on a changed basis",
        "《{basis.law}》{basis.article}",
        "{basis.law} {basis.article}",
    ),
    "yifa.enforcement.v1.CaseBodyEnded": Title("办理案件的主体已撤销", "Body of the case ended", *CASE),
    "yifa.enforcement.v1.CaseSucceeded": Title("案件由承继主体办理", "Case passed to the successor", *CASE),
    "yifa.registry.v1.BodyConfirmed": Title("确认执法主体", "Body confirmed", "{body.name}", "{body.name}"),
    "yifa.registry.v1.BodyWithdrawn": Title(
        "取消执法主体资格", "Body withdrawn", "{body.name}", "{body.name}"
    ),
    "yifa.registry.v1.BodyProposed": Title("申报执法主体", "Body proposed", "{body.name}", "{body.name}"),
    "yifa.registry.v1.BodyReviewed": Title(
        "执法主体资格合法性审核", "Standing of a body reviewed", "{body.name}", "{body.name}"
    ),
    "yifa.registry.v1.BodyPublished": Title(
        "向社会公示执法主体", "Body announced to the public", "{body.name}", "{body.name}"
    ),
    "yifa.registry.v1.EntrustmentRenewed": Title(
        "续签执法委托书", "Mandate renewed", "{body.name}", "{body.name}"
    ),
    "yifa.enforcement.v1.OpenCasesNamed": Title(
        "向承继主体移交在办案件清单",
        "Open cases named to the successor",
        "{predecessor_name}",
        "{predecessor_name}",
    ),
    "yifa.registry.v1.BodyChangeNoted": Title(
        "获悉执法主体变更", "Change of a body heard of", "{body.name}：{cause}", "{body.name}: {cause}"
    ),
    "yifa.registry.v1.BodyChangeDue": Title(
        "执法主体变更报告期限临近", "Report of a change due", "{body.name}", "{body.name}"
    ),
    "yifa.registry.v1.BodyChangeOverdue": Title(
        "执法主体变更逾期未报", "Change of a body not reported", "{body.name}", "{body.name}"
    ),
    "yifa.registry.v1.BodyChangeReported": Title(
        "报告执法主体变更", "Change of a body reported", "{change.body_id}", "{change.body_id}"
    ),
    "yifa.registry.v1.BodyChangePending": Title(
        "执法主体待换证", "Change of a body pending", "{body.name}", "{body.name}"
    ),
    "yifa.registry.v1.BodyReissued": Title(
        "换发执法主体资格证", "Certificate of a body reissued", "{body.name}", "{body.name}"
    ),
    "yifa.registry.v1.BodyChangeRefused": Title(
        "不予变更执法主体", "Change of a body refused", "{body.name}：{opinion}", "{body.name}: {opinion}"
    ),
    "yifa.registry.v1.BodySucceeded": Title(
        "执法主体职权承继",
        "Powers of a body succeeded to",
        "{predecessor.name}→{body.name}",
        "{predecessor.name} → {body.name}",
    ),
    "yifa.registry.v1.LegalBasisAdded": Title(
        "列入执法依据", "Legal basis added", "《{basis.law}》{basis.article}", "{basis.law} {basis.article}"
    ),
    "yifa.registry.v1.LegalBasisAmended": Title(
        "执法依据修改", "Legal basis amended", "《{basis.law}》{basis.article}", "{basis.law} {basis.article}"
    ),
    "yifa.registry.v1.LegalBasisRepealed": Title(
        "执法依据废止",
        "Legal basis repealed",
        "《{basis.law}》{basis.article}",
        "{basis.law} {basis.article}",
    ),
    "yifa.registry.v1.PowerItemChanged": Title(
        "权责清单事项变动",
        "Item of a power list changed",
        "{item.code} {item.name}",
        "{item.code} {item.name}",
    ),
    "yifa.registry.v1.PowerListPublished": Title(
        "公布权责清单",
        "Power list published",
        "{body.name}：第{list.list_version}版，{list.item_count}项",
        "{body.name}: version {list.list_version}, {list.item_count} items",
    ),
    "yifa.registry.v1.PowerItemsAffected": Title(
        "依据变动涉及权责事项", "Items affected by a changed basis", "{body_name}", "{body_name}"
    ),
    "yifa.registry.v1.UnitDefined": Title("设置内设机构", "Unit on record", "{unit.name}", "{unit.name}"),
    "yifa.registry.v1.PostChanged": Title(
        "岗位变动", "Post changed", "{post.unit_name} {post.name}", "{post.unit_name} {post.name}"
    ),
    "yifa.registry.v1.OfficerAppointed": Title(
        "任职", "Officer appointed", "{officer_name}：{post_name}", "{officer_name}: {post_name}"
    ),
    "yifa.registry.v1.AppointmentEnded": Title(
        "结束任职", "Appointment ended", "{officer_name}：{post_name}", "{officer_name}: {post_name}"
    ),
    "yifa.registry.v1.OfficerRegistered": Title(
        "执法人员入库", "Officer registered", "{officer.name}", "{officer.name}"
    ),
    "yifa.registry.v1.OfficersImported": Title("批量导入执法人员", "Officers imported"),
    "yifa.registry.v1.OfficerPhotoSet": Title("更新执法人员照片", "Officer's photo set"),
    "yifa.registry.v1.ShowingKeyPublished": Title(
        "公布亮证签名公钥", "Key of shown certificates published", "{key.key_id}", "{key.key_id}"
    ),
    "yifa.registry.v1.QualificationsUpdated": Title("批量更新执法资格进度", "Qualifications updated"),
    "yifa.registry.v1.TrainingRecorded": Title(
        "登记培训",
        "Training recorded",
        "{officer.name}：{course}，{hours}学时",
        "{officer.name}: {course}, {hours} hours",
    ),
    "yifa.registry.v1.ExamRecorded": Title(
        "登记考试成绩",
        "Exam recorded",
        "{qualification.officer_id}：{score}分",
        "{qualification.officer_id}: {score}",
    ),
    "yifa.registry.v1.QualificationUpdated": Title(
        "更新执法资格进度",
        "Qualification updated",
        "{qualification.officer_id}",
        "{qualification.officer_id}",
    ),
    "yifa.registry.v1.OfficerRemoved": Title(
        "清除出库", "Officer removed", "{qualification.officer_id}", "{qualification.officer_id}"
    ),
    "yifa.registry.v1.CertificateIssued": Title("核发行政执法证", "Certificate issued", *HOLDER),
    "yifa.registry.v1.CertificateSuspended": Title("暂扣行政执法证", "Certificate suspended", *HOLDER),
    "yifa.registry.v1.CertificateRestored": Title("恢复行政执法证", "Certificate restored", *HOLDER),
    "yifa.registry.v1.CertificateRevoked": Title("吊销行政执法证", "Certificate revoked", *HOLDER),
    "yifa.registry.v1.CertificateRenewalDue": Title("执法证件临近期满", "Certificate to be renewed", *HOLDER),
    "yifa.registry.v1.CertificateRenewed": Title("执法证件期满换证", "Certificate renewed", *HOLDER),
    "yifa.registry.v1.CertificateLost": Title("执法证件因遗失作废", "Certificate lost", *HOLDER),
    "yifa.registry.v1.CertificateReissued": Title("补发执法证件", "Certificate reissued", *HOLDER),
    "yifa.registry.v1.CertificateCancelled": Title("注销执法证件", "Certificate cancelled", *HOLDER),
    "yifa.registry.v1.CertificateVoided": Title("执法证件确认无效", "Certificate found void", *HOLDER),
    "yifa.registry.v1.CertificateReturned": Title("收回执法证件", "Certificate card returned", *HOLDER),
    "yifa.registry.v1.CertificateMoved": Title(
        "执法证件随人员调动", "Certificate moved with its holder", *HOLDER
    ),
    "yifa.registry.v1.AppealConcluded": Title(
        "证件处理决定复核办结", "Review of a measure concluded", *HOLDER
    ),
    "yifa.registry.v1.CertificateLossReported": Title(
        "报告执法证件遗失", "Loss of a certificate reported", "{certificate_number}", "{certificate_number}"
    ),
    "yifa.registry.v1.LossDeclarationDue": Title(
        "遗失声明期限临近", "Loss to be made public", "{officer_name}", "{officer_name}"
    ),
    "yifa.registry.v1.LossDeclarationOverdue": Title(
        "未按期登载遗失声明", "Loss not made public in time", "{officer_name}", "{officer_name}"
    ),
    "yifa.registry.v1.CertificateLossDeclared": Title(
        "声明执法证件遗失",
        "Loss of a certificate made public",
        "{certificate_number}",
        "{certificate_number}",
    ),
    "yifa.registry.v1.MeasureAppealed": Title(
        "对证件处理决定申请复核",
        "Review of a measure applied for",
        "{measure.certificate_number}",
        "{measure.certificate_number}",
    ),
    "yifa.registry.v1.EligibilityChecked": Title(
        "执法资格审核", "Eligibility checked", "{qualification.officer_id}", "{qualification.officer_id}"
    ),
    "yifa.registry.v1.NamePosted": Title(
        "拟发证人员公示",
        "Name posted for objections",
        "{qualification.officer_id}",
        "{qualification.officer_id}",
    ),
    "yifa.registry.v1.TransferRequested": Title(
        "申请执法人员调动", "Transfer requested", "{transfer.officer_id}", "{transfer.officer_id}"
    ),
    "yifa.registry.v1.TransferRefused": Title(
        "不同意执法人员调动", "Transfer refused", "{transfer.officer_id}", "{transfer.officer_id}"
    ),
    "yifa.registry.v1.OfficerTransferred": Title(
        "执法人员调动", "Officer transferred", "{officer.name}", "{officer.name}"
    ),
    "yifa.registry.v1.OfficerReceived": Title(
        "接收调入执法人员", "Transferred officer received", "{officer.name}", "{officer.name}"
    ),
    "yifa.registry.v1.TrainingCarriedOver": Title(
        "转记调动前培训学时", "Training carried over", "{officer_id}", "{officer_id}"
    ),
    "yifa.registry.v1.LeavingCarriedOver": Title(
        "转记调动前离岗", "Leaving carried over", "{officer_id}", "{officer_id}"
    ),
    "yifa.registry.v1.OfficerLeft": Title("执法人员离岗", "Officer left", "{officer.name}", "{officer.name}"),
    "yifa.enforcement.v1.OfficerCasesLeft": Title(
        "人员离岗待移交案件", "Open cases of an officer who left", "{officer_name}", "{officer_name}"
    ),
    "yifa.registry.v1.RegistryPulsed": Title("登记机关报告在线", "Registry pulse"),
    "yifa.notifications.v1.NotificationCreated": Title(
        "生成通知", "Notification created", "{notification.title_zh}", "{notification.title_en}"
    ),
    "yifa.notifications.v1.NotificationDelivered": Title("通知已送达", "Notification delivered"),
    "yifa.notifications.v1.DeliveryFailed": Title(
        "通知发送失败", "Notification failed", "{error}", "{error}"
    ),
    "yifa.notifications.v1.NotificationAcknowledged": Title(
        "通知已签收", "Notification acknowledged", "{acknowledged_by}", "{acknowledged_by}"
    ),
    "yifa.supervision.v1.WarningRaised": Title(
        "预警：{warning.title_zh}", "Warning: {warning.title_en}", *WARNING
    ),
    "yifa.supervision.v1.WarningEnded": Title(
        "预警解除：{warning.title_zh}", "Warning ended: {warning.title_en}", *WARNING
    ),
    "yifa.supervision.v1.FilingExpected": Title("应报送备案", "Filing expected", *FILING),
    "yifa.supervision.v1.FilingReceived": Title("收到备案", "Filing received", *FILING),
    "yifa.supervision.v1.FilingReviewed": Title("备案审查完成", "Filing reviewed", *FILING),
    "yifa.supervision.v1.DeadlineReminded": Title("提醒期限临近", "Deadline reminder", *CLOCK),
    "yifa.supervision.v1.DeadlineMoved": Title("备案审查期限变动", "Term of filing review moved", *CLOCK),
    "yifa.law.v1.CalendarYearLoaded": Title(
        "载入年度放假安排",
        "Holidays of a year loaded",
        "{calendar_year.year}年（{calendar_year.source}）",
        "{calendar_year.year} ({calendar_year.source})",
    ),
    "yifa.supervision.v1.ChainBroken": Title("记录链中断", "Chain of records broken", *CHAIN),
}


@cache
def classes() -> Mapping[str, Callable[[bytes], Message]]:
    """Every event of the contracts, by full name, as what reads its bytes."""
    return {
        message.full_name: getattr(file, name).FromString
        for file in FILES
        for name, message in file.DESCRIPTOR.message_types_by_name.items()
    }


def line(type_name: str, data: bytes) -> Line:
    """An event in one line of each language; one that this release does not know goes by its name."""
    title = TITLES.get(type_name)
    read = classes().get(type_name)
    if title is None or read is None:
        name = type_name.rpartition(".")[2]
        return Line(name, name, "", "")
    try:
        event = read(data)
    except DecodeError:
        return Line(title.zh, title.en, "", "")
    zh, en = Shown(event, "、"), Shown(event, ", ")
    return Line(
        title.zh.format_map(zh),
        title.en.format_map(en),
        title.line_zh.format_map(zh),
        title.line_en.format_map(en),
    )


class Shown:
    """A message as templates see it: money in yuan, lists joined, officers by name."""

    def __init__(self, message: Message, comma: str) -> None:
        self._message, self._comma = message, comma

    def __getattr__(self, name: str) -> object:
        value = getattr(self._message, name)
        if isinstance(value, Message):
            return (
                yuan(value.fen)
                if value.DESCRIPTOR.full_name == "yifa.law.v1.Money"
                else Shown(value, self._comma)
            )
        if isinstance(value, str | int | float):
            return value
        return self._comma.join(getattr(item, "name", str(item)) for item in value)

    __getitem__ = __getattr__


def yuan(fen: int) -> str:
    return f"¥{fen // 100:,}.{fen % 100:02d}"
