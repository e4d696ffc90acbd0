"""Slips in the records of inspections, measures and referrals: proposed to be corrected, and corrected when another approves
(APL 75(2)). Only words are corrected, so no clock moves.
"""

from collections.abc import Callable
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import inspection_pb2 as inspections
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import referral_pb2 as referrals

from services.enforcement.inspection.act import act as of_inspection
from services.enforcement.measure.act import act as of_measure
from services.enforcement.referral.act import act as of_referral
from services.kit.act import Do
from services.kit.refusal import Missing
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.correcting import PLACES, put_at
from services.law.procedures.inspection import INSPECTION
from services.law.procedures.measure import MEASURE
from services.law.procedures.referral import REFERRAL


def _proposed(kind: str) -> Callable[[Any, Any, Tx], None]:
    """What a request says is a slip, put into the record where it waits."""

    def take(request: Any, record: Any, tx: Tx) -> None:
        zh, en = PLACES[kind].get(request.field, ("", ""))
        asked = record.corrections.add(
            correction_id=tx.new_id("X-"),
            field=request.field,
            title_zh=zh,
            title_en=en,
            before=request.before,
            after=request.after,
            reason=request.reason,
            proof=request.proof,
            state=cases.RECORD_CORRECTION_STATE_PENDING,
            proposer=tx.caller.subject,
        )
        put_moment(asked.propose_time, tx.now)

    return take


def _answered(request: Any, record: Any, tx: Tx) -> None:
    """Who decides on it, and why. Raises Missing for a correction that is not in the record; one that was decided stays."""
    asked = next((c for c in record.corrections if c.correction_id == request.correction_id), None)
    if asked is None:
        raise Missing("Correction", request.correction_id)
    if asked.state == cases.RECORD_CORRECTION_STATE_PENDING:
        asked.approver, asked.opinion = tx.caller.subject, request.opinion
        put_moment(asked.decide_time, tx.now)


def _decided(request: Any, record: Any) -> cases.RecordCorrection:
    """The correction as it was decided; what is right stands in the record from then on."""
    asked: cases.RecordCorrection = next(
        c for c in record.corrections if c.correction_id == request.correction_id
    )
    asked.state = cases.RECORD_CORRECTION_STATE_REFUSED
    if request.approved:
        asked.state = cases.RECORD_CORRECTION_STATE_APPROVED
        put_at(record, asked.field, asked.after)
    return asked


@of_inspection(INSPECTION.CORRECT_INSPECTION, takes=_proposed("inspection"))
def correct_inspection(
    _request: inspections.CorrectInspectionRequest, record: inspections.Inspection, _do: Do
) -> events.InspectionCorrectionProposed:
    """Propose that a slip in the record of an inspection be corrected."""
    return events.InspectionCorrectionProposed(correction=record.corrections[-1])


@of_inspection(INSPECTION.DECIDE_INSPECTION_CORRECTION, takes=_answered)
def decide_inspection_correction(
    request: inspections.DecideInspectionCorrectionRequest, record: inspections.Inspection, _do: Do
) -> events.InspectionCorrected:
    """Approve a correction, or refuse it. What was stays in the correction for ever."""
    return events.InspectionCorrected(correction=_decided(request, record))


@of_measure(MEASURE.CORRECT_MEASURE, takes=_proposed("measure"))
def correct_measure(
    _request: measures.CorrectMeasureRequest, record: measures.Measure, _do: Do
) -> events.MeasureCorrectionProposed:
    """Propose that a slip in the record of a measure be corrected."""
    return events.MeasureCorrectionProposed(correction=record.corrections[-1])


@of_measure(MEASURE.DECIDE_MEASURE_CORRECTION, takes=_answered)
def decide_measure_correction(
    request: measures.DecideMeasureCorrectionRequest, record: measures.Measure, _do: Do
) -> events.MeasureCorrected:
    """Approve a correction, or refuse it. What was stays in the correction for ever."""
    return events.MeasureCorrected(correction=_decided(request, record))


@of_referral(REFERRAL.CORRECT_REFERRAL, takes=_proposed("referral"))
def correct_referral(
    _request: referrals.CorrectReferralRequest, record: referrals.Referral, _do: Do
) -> events.ReferralCorrectionProposed:
    """Propose that a slip in the record of a referral be corrected."""
    return events.ReferralCorrectionProposed(correction=record.corrections[-1])


@of_referral(REFERRAL.DECIDE_REFERRAL_CORRECTION, takes=_answered)
def decide_referral_correction(
    request: referrals.DecideReferralCorrectionRequest, record: referrals.Referral, _do: Do
) -> events.ReferralCorrected:
    """Approve a correction, or refuse it. What was stays in the correction for ever."""
    return events.ReferralCorrected(correction=_decided(request, record))
