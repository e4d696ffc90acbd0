"""What a stage puts into its inspection, measure, referral or permit: what the act here would, at its time and by who did it."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.law.v1.law_pb2 import Ground

from services.enforcement.case.stamp import certificate_of
from services.enforcement.deadline.model import Clock
from services.enforcement.inspection import taking
from services.enforcement.measure.acts import lengthen
from services.enforcement.officer.model import Standing
from services.enforcement.outside.stage import NAMED, asked_of, request_of
from services.enforcement.outside_record.facts import AsTold
from services.enforcement.outside_record.kind import Kind
from services.enforcement.outside_record.permitting import LAST, OF_PERMIT, put_named
from services.enforcement.outside_record.permitting import TAKES as OF_A_PERMIT
from services.enforcement.party_file.model import FILES
from services.enforcement.permit.act import apply_about
from services.kit.act import show_deadlines
from services.kit.clocks import EXPIRED, RUNNING, SUSPENDED, exclude, resume
from services.law.moment import moment_of, put_moment
from services.law.party_file import of_inspection, of_permit
from services.law.procedures.measure.recorded import TAKEN, TERM
from services.law.procedures.penalty.stages import holder
from services.law.procedures.referral.recorded import SAID
from services.law.rule import Unlawful

# The number of its paper.
NUMBERED: Mapping[str, str] = MappingProxyType(
    {
        "approve_inspection": "number",
        "make_good_inspection": "number",
        "notice_inspection": "notice.document_number",
        "order_correction": "correction.document_number",
        "execute_measure": "document_number",
        "execute_urgently": "document_number",
        "release_measure": "release.document_number",
        "send_referral": "document_number",
        "receive_permit_application": "number",
        "grant_permit": "decision.document_number",
        "refuse_permit": "decision.document_number",
    }
)
# What the police say, where they are not asked for it yet.
_OUT_OF_TURN: Mapping[int, str] = {said: act for (_, said), act in reversed(SAID.items())}


def act_of(kind: Kind, stage: pb.OutsideStage, record: Any, state: str) -> str:
    """The act of the table that a stage is, in a record that stands so."""
    name, request = asked_of(stage), request_of(stage)
    if name == "record_police_answer":
        return SAID.get((state, request.said)) or _answer_out_of_turn(request.said, record)
    method = kind.methods[name]
    return str((method.acts[0] if method.by is None else method.by(request, record)).name)


def _answer_out_of_turn(said: int, referral: referrals.Referral) -> str:
    """By what was asked of them last, whether or not that was told in its turn."""
    for asked, state in (("supervision_time", "SUPERVISED"), ("reconsider_request_time", "RECONSIDERING")):
        if referral.HasField(asked) and (state, said) in SAID:  # type: ignore[arg-type]
            return SAID[state, said]
    return _OUT_OF_TURN[said]


def enter(kind: Kind, stage: pb.OutsideStage, act: str, record: Any, tx: AsTold) -> None:
    """Put what a stage tells into the record: its fields, when it was done, by whom, under which number."""
    name, request, at = asked_of(stage), request_of(stage), moment_of(stage.act_time)
    if (takes := TAKES.get(name) or kind.methods[name].takes) is not None:
        takes(request, record, tx)
    if name in NAMED:
        put_named(stage, record, tx)
    if act in TAKEN and stage.area_code:
        record.area_code = stage.area_code
    if (follow := FOLLOWS[kind.name].get(act)) is not None:
        follow(request, record, tx)
    if done := kind.done.get(act):
        message, field = holder(record, done)
        put_moment(getattr(message, field), at)
    if path := NUMBERED.get(name):
        message, field = holder(record, path)
        setattr(message, field, stage.document_number)


def put_last(stage: pb.OutsideStage, act: str, record: Any, tx: AsTold) -> None:
    """Put into a permit what an act of it puts last, once the rules were held against the record without it."""
    if isinstance(record, permits.Permit) and (last := LAST.get(act)) is not None:
        last(stage, record, tx)


def put_about(record: Any, about: bytes, tx: AsTold) -> None:
    """What an inspection or a permit is about, as it is told last."""
    if isinstance(record, permits.Permit):
        asked = permits.ReceivePermitApplicationRequest.FromString(about)
        apply_about(record, asked, tx)  # type: ignore[arg-type]
        FILES.file(tx, of_permit(record, asked.applicant.identity_number))  # type: ignore[arg-type]
    else:
        _put_inspected(record, inspections.OpenInspectionRequest.FromString(about), tx)
        FILES.file(tx, of_inspection(record))  # type: ignore[arg-type]


def _put_inspected(
    record: inspections.Inspection, about: inspections.OpenInspectionRequest, tx: AsTold
) -> None:
    area = record.enterprise.area_code
    for name in ("kind", "plan_id", "clue_case_id", "draw_id", "joint_id", "alone_reason", "scope"):
        setattr(record, name, getattr(about, name))
    record.enterprise.CopyFrom(about.enterprise)
    record.enterprise.area_code = about.enterprise.area_code or area
    record.planned_time.CopyFrom(about.planned_time)
    del record.item_ids[:]
    record.item_ids.extend(about.item_ids)
    name_people(record, dict.fromkeys(about.officer_ids), tx)


def name_people(record: Any, ids: Iterable[str], tx: AsTold) -> None:
    """Who acted, with name and certificate of then."""
    del record.officers[:]
    for officer_id in ids:
        row = tx.find(Standing, officer_id)
        record.officers.add(
            officer_id=officer_id,
            name=row.name if row is not None else "",
            certificate_number=certificate_of(tx, officer_id, tx.now),  # type: ignore[arg-type]
        )


# How what a request says gets into the record, where the act here does it otherwise.


def _opened(_request: Any, record: inspections.Inspection, tx: AsTold) -> None:
    record.opener = tx.caller.subject


def _recorded(request: Any, record: inspections.Inspection, tx: AsTold) -> None:
    """A time that is not said is none."""
    taking.site_record(request, record, tx)  # type: ignore[arg-type]
    if not request.HasField("start_time"):
        record.site_record.ClearField("start_time")


def _referred(request: Any, record: inspections.Inspection, tx: AsTold) -> None:
    taking.conclude(record, inspections.INSPECTION_RESULT_REFERRED, request.summary, tx)  # type: ignore[arg-type]


def _requested(request: Any, measure: Any, tx: AsTold) -> None:
    measure.item_id, measure.reasons = request.item_id, request.reasons
    measure.requester = tx.caller.subject


def _refused(request: Any, measure: Any, _tx: AsTold) -> None:
    measure.refuse_reason = request.reason


def _flagged(request: Any, referral: referrals.Referral, tx: AsTold) -> None:
    referral.suspicion, referral.standard = request.suspicion, request.standard
    referral.flagger = tx.caller.subject
    if request.HasField("amount"):
        referral.amount.CopyFrom(request.amount)


def _answered(request: Any, referral: referrals.Referral, tx: AsTold) -> None:
    answer = referral.answers.add(
        said=request.said, document=request.document, reason=request.reason, forwarded_to=request.forwarded_to
    )
    put_moment(answer.receive_time, tx.now)
    referral.police = request.forwarded_to or referral.police


TAKES: Mapping[str, Callable[[Any, Any, AsTold], None]] = MappingProxyType(
    {
        "open_inspection": _opened,
        "record_inspection": _recorded,
        "refer_clue": _referred,
        "request_measure": _requested,
        "refuse_measure": _refused,
        "flag_crime": _flagged,
        "record_police_answer": _answered,
        **OF_A_PERMIT,
    }
)


# What follows from an act.


def _approved(_request: Any, record: inspections.Inspection, tx: AsTold) -> None:
    name_people(record, [o.officer_id for o in record.officers], tx)


def _taken(_request: Any, measure: Any, tx: AsTold) -> None:
    name_people(measure, dict.fromkeys(measure.execution.officer_ids), tx)


def _urgent(request: Any, measure: Any, tx: AsTold) -> None:
    measure.item_id, measure.reasons = request.item_id, request.reasons
    _taken(request, measure, tx)


def _verified(_request: Any, referral: referrals.Referral, tx: AsTold) -> None:
    name_people(referral, dict.fromkeys(referral.officer_ids), tx)


def _term(measure: Any, tx: AsTold) -> Clock | None:
    return tx.find(Clock, f"{measure.measure_id}/{TERM[measure.kind]}")  # type: ignore[no-any-return]


def _longer(request: Any, measure: Any, tx: AsTold) -> None:
    """What the law does not allow lengthens nothing, and is a breach of the rules."""
    if (clock := _term(measure, tx)) is not None:
        with suppress(Unlawful):
            lengthen(tx, clock, measure.extensions[-1], tx.now, request.document)  # type: ignore[arg-type]
        show_deadlines(measure, [clock])


def _sent(request: Any, measure: Any, tx: AsTold) -> None:
    """What was done in the term counts as that, though it is told when it is over."""
    if (clock := _term(measure, tx)) is None:
        return
    clock.state = RUNNING if clock.state == EXPIRED else clock.state
    with suppress(Unlawful):
        ground = Ground.Name(request.ground).removeprefix("GROUND_")
        exclude(tx, clock, tx.now, None, ground=ground, cause=request.appraiser)  # type: ignore[arg-type]
    show_deadlines(measure, [clock])


def _came(request: Any, measure: Any, tx: AsTold) -> None:
    """The result belongs to the appraisal that waits for one; without one it is missing."""
    waiting = [each for each in measure.appraisals if not each.HasField("until_time")]
    if not waiting:
        return
    waiting[-1].result = request.result
    put_moment(waiting[-1].until_time, tx.now)
    if (clock := _term(measure, tx)) is not None and clock.state == SUSPENDED:
        with suppress(Unlawful):
            resume(tx, clock, tx.now)  # type: ignore[arg-type]
        show_deadlines(measure, [clock])


def _auctioned(request: Any, measure: Any, _tx: AsTold) -> None:
    measure.end.receiver, measure.end.note = request.auctioneer, request.note


def _settled(request: Any, measure: Any, _tx: AsTold) -> None:
    measure.end.note = request.note


def _ended(_request: Any, referral: referrals.Referral, tx: AsTold) -> None:
    if referral.HasField("outcome"):
        put_moment(referral.outcome.end_time, tx.now)


def _back(request: Any, referral: referrals.Referral, tx: AsTold) -> None:
    _ended(request, referral, tx)
    put_moment(referral.resume_time, tx.now)


_BESIDE: Mapping[str, Callable[[Any, Any, AsTold], None]] = MappingProxyType(
    {
        **dict.fromkeys(("OPEN_INSPECTION", "APPROVE_INSPECTION", "MAKE_GOOD_INSPECTION"), _approved),
        **dict.fromkeys(TAKEN, _taken),
        **dict.fromkeys(("SEAL_URGENTLY", "SEIZE_URGENTLY"), _urgent),
        "REPORT": _verified,
        "EXTEND": _longer,
        "SEND_TO_APPRAISAL": _sent,
        "RECEIVE_APPRAISAL": _came,
        "AUCTION": _auctioned,
        "DISPOSE": _settled,
        "CONVICT": _ended,
        "TAKE_BACK": _back,
        "RESUME_CASE": _back,
    }
)
FOLLOWS: Mapping[str, Mapping[str, Callable[[Any, Any, AsTold], None]]] = MappingProxyType(
    {**dict.fromkeys(("inspection", "measure", "referral"), _BESIDE), "permit": OF_PERMIT}
)
