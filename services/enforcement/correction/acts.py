"""Slips of a record: proposed to be corrected, and corrected when another approves (APL 75(2))."""

from datetime import datetime

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import correction_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.case.act import act, window_end
from services.enforcement.deadline.model import Clock
from services.enforcement.paper.model import CasePaper
from services.kit.act import Do, show_deadlines
from services.kit.clocks import recounted
from services.kit.refusal import Missing
from services.kit.tx import Tx
from services.law.moment import moment_at, put_moment
from services.law.paper import PAPERS
from services.law.procedures.penalty import PENALTY
from services.law.procedures.penalty.body import matter_of
from services.law.procedures.penalty.correction import CORRECTABLE, driven_by, moment_in, put_value, value_of


@act(PENALTY.CORRECT_RECORD)
def correct_record(request: pb.CorrectRecordRequest, case: cases.Case, do: Do) -> events.CorrectionProposed:
    """Propose that a slip be corrected. The record says what it said until another approves."""
    place, right = CORRECTABLE[request.field], moment_in(request.after)
    asked = case.corrections.add(
        correction_id=do.new_id("X-"),
        field=request.field,
        title_zh=place.zh,
        title_en=place.en,
        before=value_of(case, request.field),
        after=right.isoformat() if place.is_time and right is not None else request.after,
        reason=request.reason,
        proof=request.proof,
        state=cases.RECORD_CORRECTION_STATE_PENDING,
        proposer=do.caller,
    )
    put_moment(asked.propose_time, do.now)
    return events.CorrectionProposed(correction=asked)


def _in_this_case(request: pb.DecideCorrectionRequest, case: cases.Case, _tx: Tx) -> None:
    _of(case, request.correction_id)


@act(PENALTY.DECIDE_CORRECTION, takes=_in_this_case)
def decide_correction(
    request: pb.DecideCorrectionRequest, case: cases.Case, do: Do
) -> events.RecordCorrected:
    """Approve a correction, or refuse it. What was stays in the correction for ever."""
    asked = _of(case, request.correction_id)
    asked.state = (
        cases.RECORD_CORRECTION_STATE_APPROVED if request.approved else cases.RECORD_CORRECTION_STATE_REFUSED
    )
    asked.approver, asked.opinion = do.caller, request.opinion
    put_moment(asked.decide_time, do.now)
    if request.approved:
        _put_right(do, case, asked)
    return events.RecordCorrected(correction=asked)


def _put_right(do: Do, case: cases.Case, asked: cases.RecordCorrection) -> None:
    place, was = (
        CORRECTABLE[asked.field],
        moment_at(case, asked.field) if CORRECTABLE[asked.field].is_time else None,
    )
    put_value(case, asked.field, asked.after)
    put_moment(case.correct_time, do.now)
    asked.served = place.served and _handed_out(do.tx, case.case_id)
    asked.published = place.public and case.HasField("publication") and not case.HasField("withdrawal")
    if case.matter and asked.field.startswith("violation."):
        case.matter = matter_of(case)
    if was is not None:
        _count_anew(do.tx, case, asked, was)


def _count_anew(tx: Tx, case: cases.Case, asked: cases.RecordCorrection, was: datetime) -> None:
    """What runs by the time that was corrected. The party keeps the time to answer that it was told of."""
    right = moment_in(asked.after)
    assert right is not None, "the rules of the act ask for a time"
    moved = recounted(tx, Clock, driven_by(asked.field), case.case_id, was, right)
    show_deadlines(case, moved)
    if asked.field == "notice.serve_time":
        told, least = moment_at(case, "notice.window_end"), window_end(tx, right, case.sector)
        put_moment(case.notice.window_end, max(told or least, least))


def _handed_out(tx: Tx, case_id: str) -> bool:
    """Whether the party was handed a paper of the case."""
    issued = tx.query(select(CasePaper).where(CasePaper.case_id == case_id))
    return any(PAPERS[paper.kind].served for paper in issued if paper.kind in PAPERS)


def _of(case: cases.Case, correction_id: str) -> cases.RecordCorrection:
    """The correction in the case. Raises Missing."""
    found = next((each for each in case.corrections if each.correction_id == correction_id), None)
    if found is None:
        raise Missing("Correction", correction_id)
    return found
