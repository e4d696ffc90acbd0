"""The kinds of case files that are reviewed, and the parts of their records that a standard may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.measure_pb2 import Measure
from yifa.enforcement.v1.permit_pb2 import Permit


class Family(StrEnum):
    """What a file is of; each has standards of its own."""

    PENALTY = "PENALTY"
    PERMIT = "PERMIT"
    MEASURE = "MEASURE"
    """A compulsory measure (ACL 16-33)."""


class FileKind(StrEnum):
    ORDINARY = "ORDINARY"
    SUMMARY = "SUMMARY"
    NO_PENALTY = "NO_PENALTY"
    PERMIT_GRANTED = "PERMIT_GRANTED"
    PERMIT_REFUSED = "PERMIT_REFUSED"
    """Not accepted, or not granted."""
    MEASURE = "MEASURE"


@dataclass(frozen=True)
class OfFamily:
    """The message that a file's record is, and its kinds of file: an ordinary one comes first."""

    record: Any
    kinds: tuple[FileKind, ...]


FAMILIES: Mapping[Family, OfFamily] = MappingProxyType(
    {
        Family.PENALTY: OfFamily(Case, (FileKind.ORDINARY, FileKind.SUMMARY, FileKind.NO_PENALTY)),
        Family.PERMIT: OfFamily(Permit, (FileKind.PERMIT_GRANTED, FileKind.PERMIT_REFUSED)),
        Family.MEASURE: OfFamily(Measure, (FileKind.MEASURE,)),
    }
)
BESIDE: Mapping[Family, frozenset[str]] = MappingProxyType(
    {
        Family.PENALTY: frozenset({"measures", "enforcements"}),
        Family.PERMIT: frozenset(),
        Family.MEASURE: frozenset(),
    }
)
"""What runs beside a case and an item may be asked of."""
_CASE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "clue.summary": ("线索情况", "what the clue says"),
        "file_time": ("立案时间", "the time of filing"),
        "report": ("调查终结报告", "the report of the investigation"),
        "inquiry_end_time": ("调查终结时间", "the end of the inquiry"),
        "notice.serve_time": ("告知书送达时间", "the service of the prior notice"),
        "notice.facts": ("告知的事实", "the facts of the prior notice"),
        "notice.reasons": ("告知的理由", "the reasons of the prior notice"),
        "notice.basis": ("告知的依据", "the basis of the prior notice"),
        "hearing.notice_time": ("听证通知送达时间", "the service of the notice of the hearing"),
        "defence.recheck_time": ("复核时间", "the time of the recheck"),
        "defence.recheck_opinion": ("复核意见", "the opinion of the recheck"),
        "decision.document_number": ("决定书文号", "the number of the decision"),
        "decision.decide_time": ("决定时间", "the time of the decision"),
        "service.serve_time": ("决定书送达时间", "the service of the decision"),
        "party.name": ("当事人名称", "the name of the party"),
        "close_time": ("结案时间", "the time of closing"),
        "close_report": ("结案报告", "the closing report"),
        "archive": ("归档记录", "the archiving"),
    }
)
_PERMIT: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "number": ("受理凭证编号", "the number of the receipt"),
        "receive_time": ("收到申请时间", "the time at which it came"),
        "supplement.missing": ("一次告知的补正内容", "what it was told to lack, once"),
        "supplement.tell_time": ("告知补正时间", "the time of that notice"),
        "acceptance.accept_time": ("受理时间", "the time of acceptance"),
        "acceptance.accepter": ("受理人员", "who accepted it"),
        "ending.reasons": ("不予受理理由", "why it was not accepted"),
        "review.reviewer": ("审查人员", "who reviewed it"),
        "review.review_time": ("审查时间", "the time of the review"),
        "review.opinion": ("审查意见", "the opinion of the review"),
        "hearing.tell_time": ("听证权利告知时间", "when the right to a hearing was told"),
        "hearing.hold_time": ("听证举行时间", "when the hearing was held"),
        "hearing.minutes": ("听证笔录", "the minutes of the hearing"),
        "decision.document_number": ("决定书文号", "the number of the decision"),
        "decision.decide_time": ("决定时间", "the time of the decision"),
        "decision.decider": ("决定人", "who decided"),
        "decision.reasons": ("不予许可理由", "why it was refused"),
        "decision.authority": ("行政复议机关", "to whom the applicant may apply"),
        "decision.court": ("管辖法院", "the court that the applicant may go to"),
        "certificate.number": ("许可证件编号", "the number of the permit"),
        "certificate.issue_time": ("颁发送达时间", "when it was issued"),
        "publication.publish_time": ("决定公开时间", "when the decision was made public"),
    }
)
_MEASURE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "reasons": ("报请理由", "why it was asked for"),
        "approver": ("批准人", "who approved it"),
        "approve_time": ("批准时间", "when it was approved"),
        "execution.execute_time": ("实施时间", "when it was taken"),
        "execution.record.write_time": ("现场笔录", "the record made on the spot"),
        "execution.rights_tell_time": ("当场告知时间", "when reasons and rights were told"),
        "execution.hear_time": ("听取陈述申辩时间", "when the party was heard"),
        "execution.decision.reasons": ("决定书的理由", "the reasons of the decision"),
        "execution.decision.basis": ("决定书的依据", "the basis of the decision"),
        "execution.decision.remedies": ("决定书的救济途径", "the remedies in the decision"),
        "execution.decision.seal_time": ("决定书印章日期", "the date under its seal"),
        "execution.list_deliver_time": ("清单交付时间", "when the list was handed over"),
        "execution.decision_deliver_time": ("决定书交付时间", "when the decision was handed over"),
        "document_number": ("决定书文号", "the number of the decision"),
        "release.document_number": ("解除决定书文号", "the number of the release"),
        "release.release_time": ("解除时间", "when it was lifted"),
        "end.end_time": ("处理时间", "when it was dealt with"),
        "end.decider": ("处理决定人", "who decided what becomes of it"),
    }
)
PARTS: Mapping[Family, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {Family.PENALTY: _CASE, Family.PERMIT: _PERMIT, Family.MEASURE: _MEASURE}
)
"""What the parts of a record are called that an item may want to be there."""


def leads_to(family: Family, path: str) -> bool:
    """Whether a dotted path leads to a field of the record of such a file."""
    message: Any = FAMILIES[family].record.DESCRIPTOR
    for name in path.split("."):
        if message is None or (field := message.fields_by_name.get(name)) is None:
            return False
        message = field.message_type
    return True
