"""Applications: received, supplemented, admitted or not, and who hears them (ARL 22, 30-33, 36, 53, 55)."""

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.kit.act import Do, show_deadlines
from services.kit.clocks import CLOCK, extend
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.law.procedure import Act
from services.law.procedures.reconsideration import PREFIX, RECONSIDERATION
from services.law.procedures.shared import in_order, not_in_future
from services.law.rule import Unlawful
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock
from services.supervision.reconsideration.act import act, copy, took
from services.supervision.suit.timing import put_timing

AGENCY = pb.RECONSIDERATION_CHANNEL_AGENCY
SAID = (
    "body_id", "body_name", "case_id", "authority", "applicant", "third_party", "request", "act", "act_document", "act_time",
    "know_time", "rights_untold", "channel", "made", "forward_document", "apply_time",
)  # fmt: skip


def _applied(request: pb.RegisterReconsiderationRequest, tx: Tx) -> pb.Reconsideration:
    """The entry that an application begins with: its body and case as the city knows them."""
    record = pb.Reconsideration(reconsideration_id=tx.new_id(PREFIX), registrar=tx.caller.subject)
    copy(request, record, *SAID)
    body = tx.find(Body, request.body_id) if request.body_id else None
    view = tx.find(CaseView, request.case_id) if request.case_id else None
    if body is not None:
        record.node, record.body_name = body.node, body.name
    record.case_number = view.case_number if view is not None else ""
    received = request.receive_time if request.HasField("receive_time") else request.apply_time
    about = {"reconsideration_id": record.reconsideration_id}
    if max(moment_of(request.apply_time), moment_of(received)) > tx.now:
        raise Unlawful([not_in_future.broken()], about)
    if moment_of(received) < moment_of(request.apply_time):
        raise Unlawful([in_order.broken()], about)
    record.receive_time.CopyFrom(received)
    record.done_time.CopyFrom(received)
    return record


def _way(request: pb.RegisterReconsiderationRequest, _record: pb.Reconsideration) -> Act:
    passed_on = request.channel == AGENCY and not request.forward_document.strip()
    return RECONSIDERATION.APPLY_THROUGH_AGENCY if passed_on else RECONSIDERATION.APPLY


@act(RECONSIDERATION.APPLY, RECONSIDERATION.APPLY_THROUGH_AGENCY, by=_way, begins=_applied)
def register_reconsideration(
    _request: pb.RegisterReconsiderationRequest, record: pb.Reconsideration, do: Do
) -> events.ReconsiderationReceived | events.ReconsiderationLeftAtAgency:
    """Register an application, and whether it came in time (ARL 20, 21). Starts REC-04, at the agency REC-14 (ARL 22, 30, 32)."""
    put_timing(record.timing, do.facts.term(), do.facts.record.apply_time)
    if do.move.act == "APPLY_THROUGH_AGENCY":
        return events.ReconsiderationLeftAtAgency()
    return events.ReconsiderationReceived()


def _forwarded(request: pb.ForwardReconsiderationRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    record.forward_document = request.forward_document


@act(RECONSIDERATION.FORWARD, takes=_forwarded)
def forward_reconsideration(
    _request: pb.ForwardReconsiderationRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationForwarded:
    """Record that the agency passed it on (ARL 32(2))."""
    return events.ReconsiderationForwarded()


def _corrected(request: pb.RecordAgencyCorrectionRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    record.correction.annulled, record.correction.document = request.annulled, request.document
    record.correction.correct_time.CopyFrom(request.done_time)


def _by_what(request: pb.RecordAgencyCorrectionRequest, _record: pb.Reconsideration) -> Act:
    return RECONSIDERATION.ANNUL_BY_AGENCY if request.annulled else RECONSIDERATION.CHANGE_BY_AGENCY


@act(
    RECONSIDERATION.CHANGE_BY_AGENCY, RECONSIDERATION.ANNUL_BY_AGENCY, by=_by_what, takes=_corrected
)  # fmt: skip
def record_agency_correction(
    _request: pb.RecordAgencyCorrectionRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationCorrectedByAgency:
    """Record that the agency set its decision right by itself (RIR 38(1)). Its case says so at the department."""
    return events.ReconsiderationCorrectedByAgency()


def _told(request: pb.TellAgencyCorrectionRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    copy(request, record.correction, "applicant_tell_time", "body_tell_time", "insists", "competent_body")


@act(RECONSIDERATION.TELL_CORRECTION, takes=_told)
def tell_agency_correction(
    _request: pb.TellAgencyCorrectionRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationCorrectionTold:
    """Record that applicant and body were told (RIR 38)."""
    return events.ReconsiderationCorrectionTold()


def _asked(request: pb.AskReconsiderationSupplementRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    copy(request, record.supplement, "unclear", "document")
    record.supplement.ask_time.CopyFrom(request.done_time)


@act(RECONSIDERATION.ASK_SUPPLEMENT, takes=_asked)
def ask_reconsideration_supplement(
    _request: pb.AskReconsiderationSupplementRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationSupplementAsked:
    """Ask once for what is missing (ARL 31(1)). Stops REC-04, starts REC-06."""
    return events.ReconsiderationSupplementAsked()


def _supplemented(request: pb.SupplementReconsiderationRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    record.request = request.request
    record.supplement.supply_time.CopyFrom(request.done_time)


@act(RECONSIDERATION.SUPPLEMENT, takes=_supplemented)
def supplement_reconsideration(
    _request: pb.SupplementReconsiderationRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationSupplemented:
    """Take what came (ARL 31(3)). Stops REC-06, starts REC-04 anew."""
    return events.ReconsiderationSupplemented()


def _admitted(request: pb.AcceptReconsiderationRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    copy(request, record, "conditions", "simplified", "simple", "sum_fen")
    record.accept_document = request.document
    record.accept_time.CopyFrom(request.done_time)


def _course(request: pb.AcceptReconsiderationRequest, _record: pb.Reconsideration) -> Act:
    return RECONSIDERATION.ACCEPT_SIMPLIFIED if request.simplified else RECONSIDERATION.ACCEPT


@act(RECONSIDERATION.ACCEPT, RECONSIDERATION.ACCEPT_SIMPLIFIED, by=_course, takes=_admitted)
def accept_reconsideration(
    request: pb.AcceptReconsiderationRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationAccepted | events.ReconsiderationAcceptedSimplified:
    """Admit it (ARL 30(1), 53). The department's case knows then that a remedy lasts (APL 73(3))."""
    if request.simplified:
        return events.ReconsiderationAcceptedSimplified()
    return events.ReconsiderationAccepted()


def _refused(request: pb.RefuseReconsiderationRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    copy(request, record, "unmet")
    copy(request, record.refusal, "reasons", "document", "competent_body")
    record.refusal.refuse_time.CopyFrom(request.done_time)


@act(RECONSIDERATION.REFUSE, takes=_refused)
def refuse_reconsideration(
    _request: pb.RefuseReconsiderationRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationRefused:
    """Refuse it with reasons, and tell the competent body (ARL 30(2))."""
    return events.ReconsiderationRefused()


def _assigned(request: pb.AssignReconsiderersRequest, record: pb.Reconsideration, tx: Tx) -> None:
    took(request, record, tx)
    copy(request, record, "reviewers")


@act(RECONSIDERATION.ASSIGN, takes=_assigned)
def assign_reconsiderers(
    request: pb.AssignReconsiderersRequest, _record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationAssigned:
    """Say who hears it: qualified, and apart from the act (ARL 6(2), 36(1))."""
    return events.ReconsiderationAssigned(reason=request.reason)


@act(RECONSIDERATION.CONVERT, takes=took)
def convert_reconsideration(
    _request: pb.ConvertReconsiderationRequest, record: pb.Reconsideration, _do: Do
) -> events.ReconsiderationConverted:
    """Turn to the ordinary procedure; its terms run from the admission (ARL 55)."""
    record.simplified = False
    record.ClearField("simple")
    return events.ReconsiderationConverted()


# Which terms may be extended, and who decides on it (ARL 31(2), 62(1)).
TERMS = {
    pb.RECONSIDERATION_TERM_SUPPLEMENT: ("REC-06", "recon_body"),
    pb.RECONSIDERATION_TERM_DECISION: ("REC-11", "recon_institution_head"),
}


@act(RECONSIDERATION.EXTEND, takes=took)
def extend_reconsideration_term(
    request: pb.ExtendReconsiderationTermRequest, record: pb.Reconsideration, do: Do
) -> events.ReconsiderationTermExtended:
    """Extend the time to supplement or to decide (ARL 31(2), 62(1)). Refuses with EXTENSION_TOO_LONG, EXTENSION_LATE."""
    clock_id, by = TERMS[request.term]
    row = do.tx.find(Clock, f"{record.reconsideration_id}/{clock_id}")
    if row is None:
        CLOCK.step("EXTEND", "", None)
    extend(
        do.tx,
        row,  # type: ignore[arg-type]
        request.days,
        approved=do.at,
        recorded=do.now,
        by=by,
        approver=do.caller,
        cause=request.reasons,
        document=request.document,
    )
    show_deadlines(record, [row])
    return events.ReconsiderationTermExtended()
