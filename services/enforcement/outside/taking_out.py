"""A case without what its stages told, so that they may be gone through again."""

from collections.abc import Iterable
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb

from services.enforcement.evidence.marking import unmark
from services.enforcement.hearing.asked import SET
from services.enforcement.outcome.asked import outcome_of
from services.enforcement.outside.evidence import named_by
from services.enforcement.outside.stage import (
    ANEW,
    GOES,
    NUMBERED,
    TIMED,
    asked_of,
    id_of,
    method,
    request_of,
)
from services.law.moment import moment_of
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.outcome import hold
from services.law.procedures.penalty.stages import clear

# What stages fill besides what the tables say.
FILLED = {
    "file_case": "case_number matter review_order distinct_case_id",
    "serve_prior_notice": "notice.penalty notice.window_end",
    "make_decision": "decision",
    "make_spot_decision": "decision officers service spot matter",
    "conclude_review": "reviewers",
    "appoint_hearing_panel": "hearing.host hearing.listeners hearing.clerk",
    "notify_hearing": " ".join(f"hearing.{name}" for name in (*SET, "adjournments")),
    "announce_hearing": "hearing.announce_address",
    "hold_hearing": "hearing.minutes",
    "end_hearing": "hearing.end hearing.end_record",
    "report_hearing": "hearing.report",
    "record_evidence": "rights_told_time",
    "assign_officers": "officers",
    "transfer_case": "transfer",
}


def taken_out(case: cases.Case, told: Iterable[pb.OutsideStage]) -> cases.Case:
    """A copy; what was done in the case here stays in it."""
    left = cases.Case.FromString(case.SerializeToString())
    del left.breaches[:]
    for stage in told:
        name = asked_of(stage)
        for path in paths_of(name):
            clear(left, path)
        if name in LISTED:
            LISTED[name](stage, request_of(stage), left)
    return left


def paths_of(name: str) -> list[str]:
    """Every place of the record that an act fills."""
    acts = [each for each in ACTS.values() if method(each) == name]
    said = [path for each in acts for path in (each.done, each.by)]
    tables: list[str] = [*GOES.get(name, {}).values(), TIMED.get(name, ""), NUMBERED.get(name, "")]
    found = [*said, *tables, *ANEW.get(name, "").split(), *FILLED.get(name, "").split()]
    return [path for path in dict.fromkeys(found) if path and path not in ("item_id", "area_code")]


def _evidence(stage: pb.OutsideStage, _request: Any, case: cases.Case) -> None:
    case.evidence_count -= 1
    unmark(case, id_of(stage, "E-"))


def _examined(stage: pb.OutsideStage, _request: Any, case: cases.Case) -> None:
    """Of a piece that no stage told of nothing is left; what is left of another, its own stage says."""
    unmark(case, named_by(stage))


def _payment(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    for n, paid in enumerate(case.payments):
        if (paid.bank_reference, paid.pay_time) == (request.bank_reference, stage.act_time):
            del case.payments[n]
            case.paid.fen -= request.amount.fen
            break


def _refund(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    for n, given in enumerate(case.refunds):
        if (given.bank_reference, given.refund_time) == (request.bank_reference.strip(), stage.act_time):
            del case.refunds[n]
            break


def _remedy(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    """With how it ended: that is told by another stage, or stands in the case."""
    for n, remedy in enumerate(case.remedies):
        if (remedy.kind, remedy.document, remedy.begin_time) == (
            request.kind,
            request.document,
            stage.act_time,
        ):
            del case.remedies[n]
            break


def _remedy_end(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    for remedy in case.remedies:
        if (remedy.end_document, remedy.end_time) == (request.document, stage.act_time):
            _go_on(remedy)
            break


def _go_on(each: Any) -> None:
    for field in ("end_time", "end_document", "end"):
        if field in each.DESCRIPTOR.fields_by_name:
            each.ClearField(field)


def _stay(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    for n, stay in enumerate(case.stays):
        if (stay.document, stay.begin_time) == (request.document.strip(), stage.act_time):
            del case.stays[n]
            break


def _stay_end(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    for stay in case.stays:
        told = request.stay_document.strip(), request.document.strip(), stage.act_time
        if (stay.document, stay.end_document, stay.end_time) == told:
            _go_on(stay)
            break


def _performance(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    for n, done in enumerate(case.performances):
        if (done.kind, done.duty, done.perform_time) == (request.kind, request.duty, stage.act_time):
            del case.performances[n]
            break


def _recusal(stage: pb.OutsideStage, _request: Any, case: cases.Case) -> None:
    for n, asked in enumerate(case.recusals):
        if asked.recusal_id == stage.stage_id:
            del case.recusals[n]
            break


def _outcome(stage: pb.OutsideStage, request: Any, case: cases.Case) -> None:
    gone = outcome_of(request, moment_of(stage.act_time))
    of_paper = gone.authority, gone.document, gone.outcome_time
    hold(case, [o for o in case.outcomes if (o.authority, o.document, o.outcome_time) != of_paper])
    for n, remedy in enumerate(case.remedies):
        if (remedy.end_document, remedy.end_time) != (gone.document, stage.act_time):
            continue
        if remedy.document:
            _go_on(remedy)
        else:  # nobody told that it began
            del case.remedies[n]
        break


def _proposed(stage: pb.OutsideStage, _request: Any, case: cases.Case) -> None:
    for n, own in enumerate(case.own_corrections):
        if own.correction_id == stage.stage_id:
            del case.own_corrections[n]
            break


def _own_decided(stage: pb.OutsideStage, _request: Any, case: cases.Case) -> None:
    """What became of the decision by it goes with it; what was proposed is gone by its own stage."""
    paper = stage.document_number, stage.act_time
    gone = [
        o for o in case.outcomes if o.remedy == cases.REMEDY_OWN and (o.document, o.outcome_time) == paper
    ]
    hold(case, [o for o in case.outcomes if o not in gone])


def _credit(stage: pb.OutsideStage, _request: Any, case: cases.Case) -> None:
    for held in (*case.earlier_decisions, case):
        if held.withdrawal.credit_time == stage.act_time:
            for name in ("credit_time", "credit_receipt", "credit_teller"):
                held.withdrawal.ClearField(name)


LISTED = {
    "propose_own_correction": _proposed,
    "decide_own_correction": _own_decided,
    "correct_credit": _credit,
    "record_outcome": _outcome,
    "record_evidence": _evidence,
    "verify_evidence": _examined,
    "exclude_evidence": _examined,
    "record_payment": _payment,
    "record_refund": _refund,
    "record_remedy": _remedy,
    "record_remedy_end": _remedy_end,
    "record_stay": _stay,
    "record_stay_end": _stay_end,
    "record_performance": _performance,
    "request_recusal": _recusal,
}
