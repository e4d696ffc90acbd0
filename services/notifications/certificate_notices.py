"""Words for what happens to certificates and their holders. A decision that takes something tells the holder's remedy."""

from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.notifications.text import INFO, ORANGE, RED, YELLOW, About, Text, local


def certificate(level: int) -> Callable[[Any], About]:
    def about(event: Any) -> About:
        held = event.certificate
        last = held.suspensions[-1] if held.suspensions else None
        measure = getattr(event, "measure", certificate_pb2.Measure())
        undone = measure.appeal == certificate_pb2.APPEAL_STATE_OVERTURNED
        words = {
            "certificate": held.certificate_number,
            "holder": held.officer_name,
            "expire": local(held.expire_time),
            "since": local(last.from_time) if last else "",
            "cause": measure.cause or (last.cause if last else ""),
            "remedy_zh": measure.remedy_zh,
            "remedy_en": measure.remedy_en,
            "replaced": held.replaces,
            "body": held.body_name,
            "result_zh": "撤销" if undone else "维持",
            "result_en": "overturned" if undone else "upheld",
        }
        return About(held.node, level, (held.officer_id,), words=words)

    return about


def cases_left(event: enforcement.OfficerCasesLeft) -> About:
    numbers = [case.case_number or case.case_id for case in event.cases]
    words = {
        "holder": event.officer_name,
        "count": str(len(numbers)),
        "numbers": "、".join(numbers[:20]) or "—",
    }
    return About(event.node, ORANGE, words=words)


def ministry_card(level: int) -> Callable[[Any], About]:
    def about(event: Any) -> About:
        held = event.certificate
        words = {
            "certificate": held.certificate_number,
            "holder": held.officer_name,
            "issuer": held.issuer or "—",
            "expire": local(held.expire_time),
            "cause": getattr(event, "cause", "") or "—",
        }
        return About(held.node, level, (held.officer_id,), words=words)

    return about


def department_review(event: registry.DepartmentReviewEnded) -> About:
    told = event.department_review
    words = {"year": str(told.year), "passed": str(told.passed), "failed": str(told.failed)}
    return About(told.node, YELLOW if told.failed else INFO, words=words)


def loss(level: int) -> Callable[[Any], About]:
    def about(event: Any) -> About:
        words = {
            "certificate": event.certificate_number,
            "holder": event.officer_name,
            "due": local(event.deadline.due_time),
        }
        return About(event.node, level, (event.officer_id,), words=words)

    return about


CERTIFICATE_TEXTS: dict[type[Message], Text] = {
    registry.CertificateIssued: Text(
        certificate(INFO),
        "行政执法证已发放：{certificate}",
        "Certificate issued: {certificate}",
        "{holder}的行政执法证{certificate}已发放，自{expire}起失效。",
        "Certificate {certificate} of {holder} was issued; it ceases to be valid at {expire}.",
    ),
    registry.MinistryCardRecorded: Text(
        ministry_card(INFO),
        "部门执法证件已登记：{certificate}",
        "Card of a ministry recognised: {certificate}",
        "{issuer}核发给{holder}的执法证件{certificate}已登记认可，自{expire}起失效。",
        "Card {certificate} that {issuer} issued to {holder} is recognised; it ceases to be valid at {expire}.",
    ),
    registry.MinistryCardEnded: Text(
        ministry_card(ORANGE),
        "部门执法证件不再认可：{certificate}",
        "Card of a ministry no longer recognised: {certificate}",
        "{issuer}核发给{holder}的执法证件{certificate}自{expire}起不再认可，不得再持该证件执法。原因：{cause}。",
        "Card {certificate} that {issuer} issued to {holder} is no longer recognised from {expire}: no act under it is "
        "allowed. Cause: {cause}.",
    ),
    registry.DepartmentReviewEnded: Text(
        department_review,
        "{year}年度执法证件审验完成：不合格{failed}件",
        "Yearly review of certificates {year} ended: {failed} failed",
        "本单位{year}年度执法证件审验已全部完成：合格{passed}件，不合格{failed}件。不合格的已暂扣，请组织补训。",
        "All certificates of the department were reviewed for {year}: {passed} passed, {failed} failed. Those that failed "
        "are suspended; see to the training that is missing.",
    ),
    registry.CertificateSuspended: Text(
        certificate(RED),
        "行政执法证暂扣：{certificate}",
        "Certificate suspended: {certificate}",
        "{holder}的行政执法证{certificate}自{since}起暂扣，暂扣期间不得从事执法活动。原因：{cause}。{remedy_zh}",
        "Certificate {certificate} of {holder} is suspended from {since}: no act is allowed. Cause: {cause}. {remedy_en}",
    ),
    registry.CertificateRevoked: Text(
        certificate(RED),
        "行政执法证吊销：{certificate}",
        "Certificate revoked: {certificate}",
        "{holder}的行政执法证{certificate}自{expire}起吊销，不得再从事执法活动。原因：{cause}。{remedy_zh}",
        "Certificate {certificate} of {holder} was revoked at {expire}: no act is allowed. Cause: {cause}. {remedy_en}",
    ),
    registry.CertificateRestored: Text(
        certificate(INFO),
        "行政执法证返还：{certificate}",
        "Certificate restored: {certificate}",
        "{holder}的行政执法证{certificate}已返还，可以恢复执法活动。",
        "Certificate {certificate} of {holder} was restored; the holder may act again.",
    ),
    registry.CertificateCancelled: Text(
        certificate(RED),
        "执法证件注销：{certificate}",
        "Certificate cancelled: {certificate}",
        "{holder}的执法证件{certificate}自{expire}起注销，请交回证件。原因：{cause}。{remedy_zh}",
        "Certificate {certificate} of {holder} was cancelled at {expire}; hand back the card. Cause: {cause}. {remedy_en}",
    ),
    registry.CertificateVoided: Text(
        certificate(RED),
        "执法证件确认无效：{certificate}",
        "Certificate found void: {certificate}",
        "{holder}的执法证件{certificate}自{expire}起无效，其后以该证件实施的行为将由监督机构逐件审查。原因：{cause}。{remedy_zh}",
        "Certificate {certificate} of {holder} is void from {expire}; acts since are reviewed. Cause: {cause}. {remedy_en}",
    ),
    registry.CertificateLost: Text(
        certificate(ORANGE),
        "执法证件遗失作废：{certificate}",
        "Lost certificate void: {certificate}",
        "{holder}的执法证件{certificate}自{expire}起因遗失作废；登载遗失声明后可以申请补发。",
        "Certificate {certificate} of {holder} is lost and void from {expire}; another is issued once that was made public.",
    ),
    registry.LossDeclarationDue: Text(
        loss(YELLOW),
        "遗失声明期限临近：{certificate}",
        "Loss to be made public: {certificate}",
        "{holder}的执法证件{certificate}已报遗失，应当于{due}前登载遗失声明。",
        "The loss of certificate {certificate} of {holder} has to be made public by {due}.",
    ),
    registry.LossDeclarationOverdue: Text(
        loss(ORANGE),
        "未按期登载遗失声明：{certificate}",
        "Loss not made public in time: {certificate}",
        "{holder}的执法证件{certificate}已报遗失，未在{due}前登载遗失声明。",
        "The loss of certificate {certificate} of {holder} was to be made public by {due} and was not.",
    ),
    registry.CertificateReissued: Text(
        certificate(INFO),
        "执法证件补发：{certificate}",
        "Certificate issued anew: {certificate}",
        "{holder}的执法证件已补发，新证号{certificate}，原证号{replaced}作废。",
        "{holder} has certificate {certificate} in the place of {replaced}, which is void.",
    ),
    registry.CertificateRenewalDue: Text(
        certificate(YELLOW),
        "执法证件临近期满，请办理换证：{certificate}",
        "Certificate to be renewed: {certificate}",
        "{holder}的执法证件{certificate}将于{expire}失效，请在此之前参加换证考试并办理换证。",
        "Certificate {certificate} of {holder} ceases to be valid at {expire}; sit the exam and renew it before.",
    ),
    registry.CertificateRenewed: Text(
        certificate(INFO),
        "执法证件已换证：{certificate}",
        "Certificate renewed: {certificate}",
        "{holder}的执法证件{certificate}已换证，自{expire}起失效。",
        "Certificate {certificate} of {holder} was renewed; it ceases to be valid at {expire}.",
    ),
    registry.CertificateMoved: Text(
        certificate(INFO),
        "执法证件随人员调动：{certificate}",
        "Certificate moved with its holder: {certificate}",
        "{holder}已调入{body}，执法证件{certificate}继续有效。",
        "{holder} is now with {body}; certificate {certificate} goes on.",
    ),
    registry.AppealConcluded: Text(
        certificate(ORANGE),
        "证件处理决定复核结果：{certificate}",
        "Review of a decision on a certificate: {certificate}",
        "对{holder}的执法证件{certificate}所作处理决定的复核结果为：{result_zh}。",
        "The decision on certificate {certificate} of {holder} was {result_en} in the review.",
    ),
    enforcement.OfficerCasesLeft: Text(
        cases_left,
        "人员离岗，待移交案件{count}件：{holder}",
        "Open cases of an officer who left: {holder} ({count})",
        "{holder}已离开本部门，下列未结案件须另行指定执法人员：{numbers}。",
        "{holder} has left this department; these open cases wait for other officers: {numbers}.",
    ),
}
