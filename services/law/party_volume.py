"""What the records of a party show to lie in their volumes: papers, evidence by its digest, acts, payments."""

from collections.abc import Iterable, Iterator
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import party_file_pb2 as pb
from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.inspection_pb2 import Inspection
from yifa.enforcement.v1.party_pb2 import PARTY_AGE_MINOR
from yifa.enforcement.v1.permit_pb2 import Permit
from yifa.enforcement.v1.visit_pb2 import Visit

from services.law.moment import moment_of


def volume_of_case(case: Case, beside: Iterable[Any], papers: Iterable[pb.PartyVolumeItem]) -> pb.PartyVolume:
    """A case as a volume. `beside` are the records that run beside it, `papers` what lies in it before it is archived."""
    volume = pb.PartyVolume(
        kind=pb.PARTY_VOLUME_KIND_CASE,
        record_id=case.case_id,
        node=case.node,
        body_name=case.body_name,
        number=case.case_number or case.decision.document_number,
        title=case.violation.title,
        party_name=case.party.name,
        state=case.state,
        sealed=case.party.age == PARTY_AGE_MINOR,
    )
    _ended(volume, case, "close_time")
    if case.HasField("archive"):
        volume.archive_number, volume.pages = case.archive.number, case.archive.pages
        volume.kept_until.CopyFrom(case.archive.kept_until)
    lying = _archived(case) if case.HasField("archive") else papers
    return _whole(volume, lying, [*_done_in(case), *_beside(beside)])


def _archived(case: Case) -> Iterator[pb.PartyVolumeItem]:
    for each in case.archive.catalogue:
        item = pb.PartyVolumeItem(kind=pb.PARTY_ITEM_KIND_ARCHIVED, sha256=each.sha256)
        item.title, item.number, item.id = each.title, each.number, each.id
        item.side, item.section = each.side, each.section
        item.time.CopyFrom(each.time)
        yield item


def _done_in(case: Case) -> Iterator[pb.PartyVolumeItem]:
    """Decision, orders and payments as the record of a case has them."""
    if case.HasField("decision"):
        yield _item("处罚决定", case.decision.document_number, case.decision.decide_time)
    if case.HasField("no_penalty") and case.no_penalty.document_number:
        yield _item("不予处罚决定", case.no_penalty.document_number, case.no_penalty.decide_time)
    if case.service.HasField("serve_time"):
        yield _item("处罚决定书送达", case.decision.document_number, case.service.serve_time)
    for paid in case.payments:
        item = _item("缴纳罚款", paid.bank_reference, paid.pay_time, pb.PARTY_ITEM_KIND_PAYMENT)
        item.amount.CopyFrom(paid.amount)
        yield item
    for ended in case.outcomes:
        yield _item(f"{ended.authority}处理结果", ended.document, ended.outcome_time)


# What runs beside a case: its kind, how it is called, its id, and where its number and its time stand.
_BESIDE = {
    "Measure": (pb.PARTY_ITEM_KIND_MEASURE, "行政强制措施", "measure_id", "document_number", "request_time"),
    "Enforcement": (pb.PARTY_ITEM_KIND_ENFORCEMENT, "行政强制执行", "enforcement_id", "decision.document_number", "begin_time"),
    "AdvanceRegistration": (pb.PARTY_ITEM_KIND_REGISTRATION, "先行登记保存", "registration_id", "", "request_time"),
    "Referral": (pb.PARTY_ITEM_KIND_REFERRAL, "涉嫌犯罪案件移送", "referral_id", "document_number", "flag_time"),
    "CourtEnforcement": (
        pb.PARTY_ITEM_KIND_COURT, "申请法院强制执行", "enforcement_id", "application.document_number", "remedy_end_time",
    ),
    "CreditRepair": (pb.PARTY_ITEM_KIND_CREDIT_REPAIR, "信用修复", "repair_id", "document_number", "apply_time"),
}  # fmt: skip


def _beside(records: Iterable[Any]) -> Iterator[pb.PartyVolumeItem]:
    for record in records:
        kind, title, key, number, at = _BESIDE[record.DESCRIPTOR.name]
        said = _at(record, number) if number else None
        item = _item(title, said or "", _at(record, at) or record.update_time, kind)
        item.id = getattr(record, key)
        yield item


def _at(record: Any, path: str) -> Any:
    """What stands at a path of a record, None where nothing does."""
    for name in path.split("."):
        field = record.DESCRIPTOR.fields_by_name[name]
        if field.message_type is not None and not record.HasField(name):
            return None
        record = getattr(record, name)
    return record


def volume_of_inspection(record: Inspection, papers: Iterable[pb.PartyVolumeItem]) -> pb.PartyVolume:
    """An inspection as a volume: its record on site, what it came to, what was ordered."""
    volume = pb.PartyVolume(
        kind=pb.PARTY_VOLUME_KIND_INSPECTION,
        record_id=record.inspection_id,
        node=record.node,
        body_name=record.body_name,
        number=record.number,
        title=record.scope,
        party_name=record.enterprise.name,
        state=record.state,
    )
    _ended(volume, record, "close_time")
    return _whole(volume, papers, [*_done_on(record)])


def _done_on(record: Inspection) -> Iterator[pb.PartyVolumeItem]:
    site = record.site_record
    if record.HasField("site_record"):
        item = _item("现场检查笔录", "", site.end_time)
        item.sha256 = site.sha256
        yield item
    if record.HasField("correction"):
        order = record.correction
        yield _item("责令改正", order.document_number, order.order_time, pb.PARTY_ITEM_KIND_CORRECTION)
    if record.HasField("conclusion"):
        yield _item("检查结果", "", record.conclusion.conclude_time)
    if record.HasField("result_notice"):
        yield _item("告知检查结果", record.result_notice.receipt, record.result_notice.tell_time)


def volume_of_visit(visit: Visit) -> pb.PartyVolume:
    """A visit that was no inspection, as a volume of one thing."""
    volume = pb.PartyVolume(
        kind=pb.PARTY_VOLUME_KIND_VISIT,
        record_id=visit.visit_id,
        node=visit.node,
        body_name=visit.body_name,
        title=visit.purpose,
        party_name=visit.enterprise.name,
        state=visit.kind,
    )
    volume.end_time.CopyFrom(visit.visit_time)
    return _whole(volume, (), [_item("非检查入企活动记录", "", visit.visit_time)])


def volume_of_permit(permit: Permit) -> pb.PartyVolume:
    """A permit as a volume: application, decision, certificate, and what became of it."""
    volume = pb.PartyVolume(
        kind=pb.PARTY_VOLUME_KIND_PERMIT,
        record_id=permit.permit_id,
        node=permit.node,
        body_name=permit.body_name,
        number=permit.decision.document_number or permit.number,
        title=permit.terms.title,
        party_name=permit.applicant.name,
        state=permit.state,
        sealed=permit.applicant.age == PARTY_AGE_MINOR,
    )
    _ended(volume, permit, "leaving.leave_time")
    return _whole(volume, (), [*_done_about(permit)])


def _done_about(permit: Permit) -> Iterator[pb.PartyVolumeItem]:
    yield _item("行政许可申请", permit.number, permit.receive_time)
    for material in permit.terms.materials:
        if material.code in (*permit.materials, *permit.supplement.supplied):
            yield _item(material.text, material.code, permit.receive_time, pb.PARTY_ITEM_KIND_PAPER)
    if permit.HasField("decision"):
        said = "准予行政许可决定" if permit.decision.granted else "不予行政许可决定"
        yield _item(said, permit.decision.document_number, permit.decision.decide_time)
    if permit.certificate.HasField("issue_time"):
        yield _item("许可证件", permit.certificate.number, permit.certificate.issue_time)
    for check in permit.checks:
        kind = pb.PARTY_ITEM_KIND_CORRECTION if check.order else pb.PARTY_ITEM_KIND_RECORD
        yield _item("监督检查被许可人", check.inspection_id, check.check_time, kind)
    for changed in permit.reversals:
        if changed.document_number:
            yield _item("撤销、撤回、变更许可决定", changed.document_number, changed.decide_time)
    if permit.leaving.HasField("leave_time"):
        yield _item("注销行政许可", "", permit.leaving.leave_time)


def item_of(
    kind: int, title: str, number: str, item_id: str, at: Timestamp, sha256: bytes = b""
) -> pb.PartyVolumeItem:
    """A paper, a piece of evidence or a file that lies in a volume."""
    item = _item(title, number, at, kind)
    item.id, item.sha256 = item_id, sha256
    return item


def _item(
    title: str, number: str, at: Timestamp, kind: int = pb.PARTY_ITEM_KIND_RECORD
) -> pb.PartyVolumeItem:
    item = pb.PartyVolumeItem(kind=kind, title=title, number=number)  # type: ignore[arg-type]
    item.time.CopyFrom(at)
    return item


def _ended(volume: pb.PartyVolume, record: Any, path: str) -> None:
    if (at := _at(record, path)) is not None:
        volume.end_time.CopyFrom(at)


def _whole(
    volume: pb.PartyVolume, lying: Iterable[pb.PartyVolumeItem], done: list[pb.PartyVolumeItem]
) -> pb.PartyVolume:
    """The volume with all that lies in it, each at its place: first the papers as they lie, then what was done, by its time."""
    done.sort(key=lambda item: moment_of(item.time))
    for position, item in enumerate([*lying, *done], 1):
        item.position = position
        volume.items.append(item)
    return volume
