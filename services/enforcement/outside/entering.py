"""What of a stage enters the record of its case: the fields of its act, when it was done, by whom, under which number."""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1.evidence_pb2 import Evidence
from yifa.enforcement.v1.stay_pb2 import Stay

from services.enforcement.evidence.marking import put_mark
from services.enforcement.hearing.asked import PUTS, hearing_with
from services.enforcement.outcome.asked import outcome_of
from services.enforcement.outside.evidence import evidence_of, examined_of, named_by
from services.enforcement.outside.stage import ANEW, GOES, NUMBERED, TIMED, asked_of, id_of, request_of
from services.enforcement.own_correction.asked import proposal_of
from services.law.moment import moment_of, put_moment
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.outcome import decided_time, number_of, take
from services.law.procedures.penalty.own_correction import of_id, to_tell
from services.law.procedures.penalty.own_correction import outcome_of as own_outcome
from services.law.procedures.penalty.recorded import OUTCOME_ACTS
from services.law.procedures.penalty.remedy import lasting
from services.law.procedures.penalty.stages import holder
from services.law.procedures.penalty.stayed import of_number


def enter(stage: pb.OutsideStage, act: str, case: cases.Case) -> None:
    """Put what a stage tells into the record: its fields, when it was done, by whom, under which number."""
    name, request, said = asked_of(stage), request_of(stage), ACTS[act]
    for path in ANEW.get(name, "").split():
        case.ClearField(path)  # type: ignore[arg-type]
    for field, path in GOES.get(name, {}).items():
        put(request, case, field, path)
    if name in ENTERS:
        ENTERS[name](stage, request, case)
    if (time := TIMED.get(name) or said.done) and act not in ("RECORD_PAYMENT", *OUTCOME_ACTS):
        message, field = holder(case, time)
        getattr(message, field).CopyFrom(stage.act_time)
    if by := said.by:
        message, field = holder(case, by)
        setattr(message, field, stage.actor)
    if (number := NUMBERED.get(name)) and stage.document_number:
        message, field = holder(case, number)
        setattr(message, field, stage.document_number)


def put(source: Message, target: Message, field: str, path: str) -> None:
    """Copy a field that is given into a place; a list is added to what is there."""
    known = source.DESCRIPTOR.fields_by_name[field]
    value = getattr(source, field)
    into, name = holder(target, path)  # type: ignore[arg-type]
    if known.is_repeated:
        if value:
            getattr(into, name).extend(value)
    elif known.type == FieldDescriptor.TYPE_MESSAGE:
        if source.HasField(field):
            getattr(into, name).CopyFrom(value)
    elif value or not _asks_again(path):
        setattr(into, name, value)


@cache
def _asks_again(path: str) -> bool:
    """Whether a blank says that nothing is new: what the filing found of the clue, what was told apart before."""
    return path in ("item_id", "area_code", "violation.law", "distinct_reason")


def _notice(stage: pb.OutsideStage, _request: Any, case: cases.Case) -> None:
    told = stage.told_penalty if stage.HasField("told_penalty") else case.proposal
    case.notice.penalty.CopyFrom(told)


def _decision(_stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    if not request.penalty.ListFields():
        case.decision.penalty.CopyFrom(case.notice.penalty)


def _spot(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    _officers(stage, request, case)
    case.spot.SetInParent()
    case.service.method, case.service.receipt = cases.SERVICE_METHOD_DIRECT, request.form_number
    case.service.serve_time.CopyFrom(stage.act_time)


def _officers(_stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    del case.officers[:]
    for officer_id in dict.fromkeys(request.officer_ids):
        case.officers.add(officer_id=officer_id)


def _evidence(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    case.evidence_count += 1
    put_mark(case, evidence_of(stage, case.case_id))
    if request.rights_told and not case.HasField("rights_told_time"):
        case.rights_told_time.CopyFrom(stage.act_time)


def _examined(stage: pb.OutsideStage, _request: Any, case: cases.Case) -> None:
    put_mark(case, examined_of(stage, Evidence(evidence_id=named_by(stage))))


def _payment(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    case.payments.add(
        amount=request.amount,
        bank_reference=request.bank_reference,
        pay_time=stage.act_time,
        recorder=stage.actor,
    )
    case.paid.fen += request.amount.fen


def _refund(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    case.refunds.add(
        amount=request.amount,
        bank_reference=request.bank_reference.strip(),
        refund_time=stage.act_time,
        recorder=stage.actor,
    )


def _remedy(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    case.remedies.add(
        kind=request.kind,
        authority=request.authority,
        document=request.document,
        begin_time=stage.act_time,
    )


def _remedy_end(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    """Of a remedy that nobody told of nothing ends; that none lasts is told."""
    if (last := lasting(case)) is not None:
        last.end, last.end_document = request.end, request.document
        last.end_time.CopyFrom(stage.act_time)


def _stay(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    case.stays.append(stay_told(stage, request))


def stay_told(stage: pb.OutsideStage, request: Any) -> Stay:
    """The stay of execution that a stage tells of."""
    return Stay(
        ordered_by=request.ordered_by,
        authority=request.authority.strip(),
        document=request.document.strip(),
        ground=request.ground,
        cause=request.cause,
        begin_time=stage.act_time,
    )


def _stay_end(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    """The same of a stay."""
    stay = of_number(case, request.stay_document)
    if stay is not None and not stay.HasField("end_time"):
        stay.end_document = request.document.strip()
        stay.end_time.CopyFrom(stage.act_time)


def _performance(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    case.performances.add(
        kind=request.kind,
        proof=request.proof,
        duty=request.duty,
        perform_time=stage.act_time,
        recorder=stage.actor,
    )


def _sent(stage: pb.OutsideStage, _request: Any, case: cases.Case) -> None:
    sent = case.transfer
    sent.transfer_id, sent.from_node, sent.from_body_id = id_of(stage, "T-"), case.node, case.body_id
    sent.from_body_name, sent.from_case_id, sent.from_case_number = (
        case.body_name,
        case.case_id,
        case.case_number,
    )


def _reviewed(stage: pb.OutsideStage, _request: Any, case: cases.Case) -> None:
    if stage.actor and stage.actor not in case.reviewers:
        case.reviewers.append(stage.actor)


def _hearing(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    made = hearing_with(
        case.hearing, asked_of(stage).upper(), request, stage.actor, moment_of(stage.act_time)
    )
    case.hearing.CopyFrom(made)


def _outcome(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    take(case, outcome_of(request, moment_of(stage.act_time)))


def _proposed(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    own = proposal_of(request)
    own.correction_id, own.proposer, own.decision_number = stage.stage_id, stage.actor, number_of(case)
    if (made := decided_time(case)) is not None:
        put_moment(own.decision_time, made)
    own.propose_time.CopyFrom(stage.act_time)
    case.own_corrections.append(own)


def _own_decided(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    """Of a proposal that nobody told of yet there is nothing to decide; it is missing."""
    own = of_id(case, request.correction_id)
    if own.state != cases.OWN_CORRECTION_STATE_PENDING:
        return
    own.state = (
        cases.OWN_CORRECTION_STATE_APPROVED if request.approved else cases.OWN_CORRECTION_STATE_REFUSED
    )
    own.decider, own.opinion, own.document_number = stage.actor, request.opinion, stage.document_number
    own.decide_time.CopyFrom(stage.act_time)
    if request.approved:
        take(case, own_outcome(case, own))


def _credit(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    held = to_tell(case)
    if held.HasField("withdrawal") and not held.withdrawal.HasField("credit_time"):
        held.withdrawal.credit_receipt, held.withdrawal.credit_teller = request.receipt, stage.actor
        held.withdrawal.credit_time.CopyFrom(stage.act_time)


def _recusal(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    case.recusals.add(
        recusal_id=stage.stage_id,
        officer_id=request.officer_id,
        asker=request.asker,
        cause=request.cause,
        request_time=stage.act_time,
        recorder=stage.actor,
        of_head=request.of_head,
        state=cases.RECUSAL_STATE_PENDING,
    )


def _recused(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    """Of a request that nobody told of yet there is nothing to decide; it is missing."""
    asked = next((r for r in case.recusals if r.recusal_id == request.recusal_id), None)
    if asked is None:
        return
    asked.state = cases.RECUSAL_STATE_GRANTED if request.granted else cases.RECUSAL_STATE_REFUSED
    asked.reason, asked.decider = request.reason, stage.actor
    asked.earlier_acts, asked.discussion = request.earlier_acts, request.discussion
    asked.discussion_members.extend(dict.fromkeys(request.discussion_members))
    asked.decide_time.CopyFrom(stage.act_time)
    if request.granted:
        left = [o for o in case.officers if o.officer_id != asked.officer_id]
        del case.officers[:]
        case.officers.extend(left)


# What more than a copy of fields it takes.
ENTERS: Mapping[str, Callable[[pb.OutsideStage, Any, cases.Case], None]] = MappingProxyType(
    {
        "assign_officers": _officers,
        "record_evidence": _evidence,
        "verify_evidence": _examined,
        "exclude_evidence": _examined,
        "serve_prior_notice": _notice,
        "make_decision": _decision,
        "make_spot_decision": _spot,
        "record_payment": _payment,
        "record_refund": _refund,
        "record_remedy": _remedy,
        "record_remedy_end": _remedy_end,
        "record_stay": _stay,
        "record_stay_end": _stay_end,
        "record_performance": _performance,
        "transfer_case": _sent,
        "record_outcome": _outcome,
        "propose_own_correction": _proposed,
        "decide_own_correction": _own_decided,
        "correct_credit": _credit,
        "conclude_review": _reviewed,
        **dict.fromkeys((act.lower() for act in PUTS), _hearing),
        "request_recusal": _recusal,
        "decide_recusal": _recused,
    }
)
