"""An inspection from its proposal to the published result (国办发〔2024〕54号)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import clue_pb2 as clues
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import inspection_pb2 as pb
from yifa.enforcement.v1 import party_pb2 as parties

from services.enforcement.body.model import Body
from services.enforcement.clue.acts import clue_of_inspection
from services.enforcement.inspection import taking
from services.enforcement.inspection.act import act
from services.enforcement.officer.model import Standing
from services.enforcement.paper.number import next_number
from services.enforcement.party_file.model import FILES
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.party_file import of_inspection
from services.law.procedure import Act
from services.law.procedures.inspection import INSPECTION


def name_officers(record: pb.Inspection, do: Do) -> None:
    """Put names and certificates of then beside the officers' ids."""
    people = do.facts.officers()
    del record.officers[:]
    for person in people:
        record.officers.add(
            officer_id=person.officer_id, name=person.name, certificate_number=person.certificate_number
        )


@act(
    INSPECTION.OPEN_INSPECTION,
    begins=taking.opened,
    loads=((Body, "body_id"), (Standing, "officer_ids")),
)
def open_inspection(
    _request: pb.OpenInspectionRequest, record: pb.Inspection, do: Do
) -> events.InspectionOpened:
    """Propose an inspection: planned, or on a registered clue (国办发〔2024〕54号)."""
    name_officers(record, do)
    FILES.file(do.tx, of_inspection(record))
    return events.InspectionOpened()


@act(INSPECTION.APPROVE_INSPECTION, takes=taking.approval)
def approve_inspection(
    _request: pb.ApproveInspectionRequest, record: pb.Inspection, do: Do
) -> events.InspectionApproved:
    """Approve an inspection; the head does, not the head of a unit alone."""
    name_officers(record, do)
    record.number = next_number(do.tx, record.body_id, "inspection_approval", do.now)
    return events.InspectionApproved()


@act(INSPECTION.REQUEST_INSPECTION_CODE, takes=taking.code_asked)
def request_inspection_code(
    _request: pb.RequestInspectionCodeRequest, _record: pb.Inspection, _do: Do
) -> events.InspectionCodeRequested:
    """Ask the city for the code. It judges from what it knows itself, and answers with an event."""
    return events.InspectionCodeRequested()


@act(INSPECTION.NOTICE_INSPECTION, takes=taking.notice)
def notice_inspection(
    _request: pb.NoticeInspectionRequest, record: pb.Inspection, do: Do
) -> events.InspectionNoticed:
    """Record that the enterprise was told of the inspection."""
    record.notice.document_number = next_number(do.tx, record.body_id, "inspection_notice", do.now)
    return events.InspectionNoticed()


@act(INSPECTION.CHECK_IN, takes=taking.check_in)
def check_in(_request: pb.CheckInRequest, _record: pb.Inspection, _do: Do) -> events.InspectionBegun:
    """Begin the inspection at the enterprise: code and certificates were scanned there."""
    return events.InspectionBegun()


@act(INSPECTION.CHECK_IN_URGENTLY, takes=taking.urgent_check_in)
def check_in_urgently(
    _request: pb.CheckInUrgentlyRequest, _record: pb.Inspection, _do: Do
) -> events.InspectionBegunUrgently:
    """Begin an inspection on an urgent clue, without a code; approval and code are made good afterwards."""
    return events.InspectionBegunUrgently()


@act(INSPECTION.MAKE_GOOD_INSPECTION, takes=taking.approval_afterwards)
def make_good_inspection(
    _request: pb.MakeGoodInspectionRequest, record: pb.Inspection, do: Do
) -> events.InspectionMadeGood:
    """Approve an urgent inspection after it has begun."""
    record.number = next_number(do.tx, record.body_id, "inspection_approval", do.now)
    return events.InspectionMadeGood()


def _where(_request: pb.RecordInspectionRequest, record: pb.Inspection) -> Act:
    outside = bool(record.check_in.mechanism_document)
    return INSPECTION.RECORD_INSPECTION_OUTSIDE if outside else INSPECTION.RECORD_INSPECTION


@act(
    INSPECTION.RECORD_INSPECTION,
    INSPECTION.RECORD_INSPECTION_OUTSIDE,
    by=_where,
    takes=taking.site_record,
)
def record_inspection(
    _request: pb.RecordInspectionRequest, record: pb.Inspection, _do: Do
) -> events.InspectionRecorded | events.InspectionRecordedOutside:
    """Put on record what was found (APL 55(2)). Outside the own area it has to be filed afterwards."""
    if record.check_in.mechanism_document:
        return events.InspectionRecordedOutside()
    return events.InspectionRecorded()


@act(INSPECTION.FILE_INSPECTION_OUTSIDE, takes=taking.file_outside)
def file_inspection_outside(
    _request: pb.FileInspectionOutsideRequest, _record: pb.Inspection, _do: Do
) -> events.InspectionFiledOutside:
    """File an inspection outside the area."""
    return events.InspectionFiledOutside()


@act(INSPECTION.FIND_NOTHING, takes=taking.nothing_found)
def find_nothing(
    _request: pb.FindNothingRequest, _record: pb.Inspection, _do: Do
) -> events.InspectionConcluded:
    """End an inspection that found nothing."""
    return events.InspectionConcluded()


@act(INSPECTION.ORDER_CORRECTION, takes=taking.correction)
def order_correction(
    _request: pb.OrderCorrectionRequest, record: pb.Inspection, do: Do
) -> events.CorrectionOrdered:
    """Order what was found to be corrected (APL 28(1))."""
    record.correction.document_number = next_number(do.tx, record.body_id, "correction_order", do.now)
    return events.CorrectionOrdered()


@act(INSPECTION.VERIFY_CORRECTION, takes=taking.verification)
def verify_correction(
    _request: pb.VerifyCorrectionRequest, _record: pb.Inspection, _do: Do
) -> events.InspectionConcluded:
    """Record that what was ordered is corrected (APL 28(1))."""
    return events.InspectionConcluded()


def _clue(request: pb.ReferClueRequest, record: pb.Inspection, tx: Tx) -> None:
    """What was found becomes the clue of a case: both are kept, or neither. Raises Unlawful as RegisterClue does."""
    taking.conclude(record, pb.INSPECTION_RESULT_REFERRED, request.summary, tx)
    enterprise = record.enterprise
    trader = enterprise.credit_code.startswith("92")
    clue = clues.RegisterClueRequest(
        body_id=record.body_id,
        source=cases.CLUE_SOURCE_INSPECTION,
        summary=request.summary,
        party=parties.Party(
            kind=parties.PARTY_KIND_SOLE_TRADER if trader else parties.PARTY_KIND_ORGANISATION,
            name=enterprise.name,
            identity_number=enterprise.credit_code,
        ),
        violation=request.violation,
        evidence=request.evidence,
        item_id=request.item_id,
        area_code=enterprise.area_code,
    )
    record.case_id = clue_of_inspection(tx, clue, record.inspection_id)


@act(INSPECTION.REFER_CLUE, takes=_clue)
def refer_clue(_request: pb.ReferClueRequest, _record: pb.Inspection, _do: Do) -> events.InspectionConcluded:
    """Register what was found as the clue of a penalty case (APL 54(1)); each names the other."""
    return events.InspectionConcluded()


@act(INSPECTION.TELL_RESULT, takes=taking.telling)
def tell_result(
    _request: pb.TellResultRequest, _record: pb.Inspection, _do: Do
) -> events.InspectionResultTold:
    """Record that the enterprise was told of the result."""
    return events.InspectionResultTold()


@act(INSPECTION.PUBLISH_RESULT, takes=taking.publication)
def publish_result(
    _request: pb.PublishResultRequest, _record: pb.Inspection, _do: Do
) -> events.InspectionResultPublished:
    """Record that the result was published (国办发〔2018〕118号 6)."""
    return events.InspectionResultPublished()


@act(INSPECTION.CLOSE_INSPECTION, takes=taking.closing)
def close_inspection(
    _request: pb.CloseInspectionRequest, _record: pb.Inspection, _do: Do
) -> events.InspectionClosed:
    """Close an inspection."""
    return events.InspectionClosed()


@act(INSPECTION.REPLACE_INSPECTORS, takes=taking.replacing)
def replace_inspectors(
    _request: pb.ReplaceInspectorsRequest, record: pb.Inspection, do: Do
) -> events.InspectorsReplaced:
    """Have others carry an inspection out, before it begins; the code that the city gave stays, and the city judges them."""
    name_officers(record, do)
    change = record.replacements[-1]
    del change.after[:]
    change.after.extend(record.officers)
    return events.InspectorsReplaced()


@act(INSPECTION.CALL_OFF_INSPECTION, takes=taking.calling_off)
def call_off_inspection(
    _request: pb.CallOffInspectionRequest, _record: pb.Inspection, _do: Do
) -> events.InspectionCalledOff:
    """Call an inspection off before it begins."""
    return events.InspectionCalledOff()
