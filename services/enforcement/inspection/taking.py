"""What the requests of an inspection put into its record before it is judged."""

from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import inspection_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.case.act import check_digest
from services.enforcement.case.facts import legible, when
from services.enforcement.inspection.act import PREFIX
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.areas import covers
from services.law.calendar import SHANGHAI
from services.law.identity import spelt, why_no_credit_code
from services.law.moment import moment_of, put_moment


def sound_enterprise(enterprise: pb.Enterprise, path: str = "enterprise") -> None:
    """Bring the credit code into its one spelling. Raises Malformed for one that is wrong (GB 32100)."""
    enterprise.credit_code = number = spelt(enterprise.credit_code)
    if wrong := why_no_credit_code(number):
        raise Malformed({f"{path}.credit_code": wrong})


def opened(request: pb.OpenInspectionRequest, tx: Tx) -> pb.Inspection:
    """The record that begins. Raises Malformed for a wrong credit code or an impossible time."""
    sound_enterprise(request.enterprise)
    legible(request, "planned_time")
    record = pb.Inspection(
        inspection_id=tx.new_id(PREFIX),
        node=tx.node,
        body_id=request.body_id,
        kind=request.kind,
        enterprise=request.enterprise,
        item_ids=request.item_ids,
        officers=[{"officer_id": each} for each in dict.fromkeys(request.officer_ids)],
        plan_id=request.plan_id,
        clue_case_id=request.clue_case_id,
        draw_id=request.draw_id,
        joint_id=request.joint_id,
        alone_reason=request.alone_reason,
        scope=request.scope,
        planned_time=request.planned_time,
        opener=tx.caller.subject,
    )
    put_moment(record.open_time, tx.now)
    body = tx.find(Body, request.body_id)
    record.sector = tx.sector_of(body.field if body else "")
    if body:
        record.body_name = body.name
        record.enterprise.area_code = record.enterprise.area_code or body.area_code
    return record


def approval(request: Any, record: pb.Inspection, tx: Tx) -> None:
    """Who approves it, and why it is made alone."""
    record.alone_reason = request.alone_reason or record.alone_reason
    record.approval.approver, record.approval.opinion = tx.caller.subject, request.opinion
    put_moment(record.approval.approve_time, tx.now)


def approval_afterwards(request: Any, record: pb.Inspection, tx: Tx) -> None:
    approval(request, record, tx)
    record.approval.afterwards = True


def code_asked(_request: Any, record: pb.Inspection, tx: Tx) -> None:
    put_moment(record.code_ask_time, tx.now)
    del record.withheld[:]


def notice(request: pb.NoticeInspectionRequest, record: pb.Inspection, tx: Tx) -> None:
    record.notice.receipt = request.receipt
    put_moment(record.notice.serve_time, when(request, "serve_time", tx.now))


def arrival(request: Any, record: pb.Inspection, tx: Tx) -> None:
    """Who arrived where, and what was scanned there. A letter between areas counts outside the own area only."""
    came = record.check_in
    came.Clear()
    came.officer_ids.extend(dict.fromkeys(request.officer_ids))
    came.shown.extend(request.shown)
    came.place, came.area_code = request.place, request.area_code or record.enterprise.area_code
    put_moment(came.check_in_time, when(request, "check_in_time", tx.now))
    body = tx.find(Body, record.body_id)
    if body is None or not covers(body.area_code, came.area_code):
        came.mechanism_document = request.mechanism_document


def check_in(request: pb.CheckInRequest, record: pb.Inspection, tx: Tx) -> None:
    arrival(request, record, tx)
    record.check_in.code = spelt(request.code)
    record.check_in.unannounced_law = request.unannounced_law


def urgent_check_in(request: pb.CheckInUrgentlyRequest, record: pb.Inspection, tx: Tx) -> None:
    arrival(request, record, tx)
    if request.urgency.HasField("report_time"):
        legible(request.urgency, "report_time", "urgency.report_time")
    record.urgency.CopyFrom(request.urgency)


def site_record(request: pb.RecordInspectionRequest, record: pb.Inspection, tx: Tx) -> None:
    check_digest(request, "")
    said = record.site_record
    _copy(request, said, "findings present rights_told signature signature_note sha256 location")
    said.recorder = tx.caller.subject
    put_moment(said.start_time, when(request, "start_time", tx.now))
    put_moment(said.end_time, when(request, "end_time", tx.now))
    record.recording_due = to_be_recorded(record, tx)


def to_be_recorded(record: pb.Inspection, tx: Tx) -> bool:
    """Whether a visit has to be recorded in sound or picture, by the law of its day (GBF-2018-118:8)."""
    day = moment_of(record.site_record.end_time).astimezone(SHANGHAI).date()
    try:
        return bool(tx.parameters.value("recording.inspection", day, record.sector).value)
    except ValueError:  # before anybody asked for it
        return False


def file_outside(request: pb.FileInspectionOutsideRequest, record: pb.Inspection, tx: Tx) -> None:
    record.file_number = request.file_number
    put_moment(record.file_time, tx.now)


def conclude(record: pb.Inspection, result: int, text: str, tx: Tx) -> None:
    said = record.conclusion
    said.result, said.text, said.concluder = result, text, tx.caller.subject  # type: ignore[assignment]
    put_moment(said.conclude_time, tx.now)


def nothing_found(request: pb.FindNothingRequest, record: pb.Inspection, tx: Tx) -> None:
    conclude(record, pb.INSPECTION_RESULT_NOTHING_FOUND, request.text, tx)


def correction(request: pb.OrderCorrectionRequest, record: pb.Inspection, tx: Tx) -> None:
    legible(request, "due_time")
    record.correction.order = request.order
    record.correction.due_time.CopyFrom(request.due_time)
    put_moment(record.correction.order_time, tx.now)


def verification(request: pb.VerifyCorrectionRequest, record: pb.Inspection, tx: Tx) -> None:
    record.correction.verification = request.verification
    put_moment(record.correction.verify_time, when(request, "verify_time", tx.now))
    conclude(record, pb.INSPECTION_RESULT_CORRECTED, request.verification, tx)


def telling(request: pb.TellResultRequest, record: pb.Inspection, tx: Tx) -> None:
    record.result_notice.receipt = request.receipt
    put_moment(record.result_notice.tell_time, when(request, "tell_time", tx.now))


def publication(request: pb.PublishResultRequest, record: pb.Inspection, tx: Tx) -> None:
    record.publish_address = request.address
    put_moment(record.publish_time, tx.now)


def closing(_request: Any, record: pb.Inspection, tx: Tx) -> None:
    put_moment(record.close_time, tx.now)


def replacing(request: pb.ReplaceInspectorsRequest, record: pb.Inspection, tx: Tx) -> None:
    """Who goes from now on, beside who went before."""
    officers = [{"officer_id": each} for each in dict.fromkeys(request.officer_ids)]
    change = record.replacements.add(
        before=record.officers, after=officers, reason=request.reason, replacer=tx.caller.subject
    )
    del record.officers[:]
    record.officers.extend(change.after)
    put_moment(change.replace_time, tx.now)
    put_moment(record.replace_time, tx.now)


def calling_off(request: pb.CallOffInspectionRequest, record: pb.Inspection, tx: Tx) -> None:
    record.call_off_cause = request.cause
    put_moment(record.call_off_time, tx.now)


def _copy(source: Message, target: Message, names: str) -> None:
    for name in names.split():
        setattr(target, name, getattr(source, name))
