"""The acts of a permit: bound to its procedure, its table, its clocks and its facts."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import permit_guide_pb2 as guides
from yifa.enforcement.v1 import permit_held_pb2 as held
from yifa.enforcement.v1 import permit_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.case.party import mask_party, sound_party
from services.enforcement.deadline.model import Clock
from services.enforcement.permit.facts import DonePermit
from services.enforcement.permit.model import Permit
from services.enforcement.permit.showing import show_permit
from services.enforcement.permit_guide.model import PermitGuide
from services.kit.act import Acts
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_at, put_moment
from services.law.procedures.permit import HANDLED, HELD, PERMIT, PREFIX
from services.law.procedures.permit.recorded import conditions_of, promise_end, state_of


def next_time(permit: pb.Permit) -> datetime | None:
    """When something follows by itself that no clock brings: the promised time is over, or the permit."""
    state = state_of(permit)
    if state in HANDLED.split() and not permit.promise.HasField("break_time"):
        return moment_at(permit, "promise.due_time")
    if state in HELD.split():
        return min(
            filter(None, (correction_end(permit), moment_at(permit, "certificate.until_time"))), default=None
        )
    return None


def correction_end(permit: pb.Permit) -> datetime | None:
    """By when the holder has to put right what the last check found; None where nothing is, or its end was noted."""
    last = permit.checks[-1] if permit.checks else held.PermitCheck()
    return None if last.HasField("miss_time") or not last.order.strip() else moment_at(last, "correct_time")


def columns(permit: pb.Permit) -> dict[str, Any]:
    return {
        "number": permit.number,
        "body_id": permit.body_id,
        "guide_id": permit.guide_id,
        "state": state_of(permit) if permit.state else "",
        "next_time": next_time(permit),
        "version": permit.version,
    }


act = Acts(
    row=Permit,
    record=pb.Permit,
    key="permit_id",
    procedure=PERMIT,
    facts=DonePermit,
    columns=columns,
    clocks=Clock,
    conditions=conditions_of,
    tags=("permit_id",),
    stamp=show_permit,
)


def new_permit(request: pb.ReceivePermitApplicationRequest, tx: Tx) -> pb.Permit:
    """An application as it comes, by what the guide says now. Raises Missing for a guide that there is not."""
    guide = guides.PermitGuide.FromString(tx.get(PermitGuide, request.guide_id).record)
    permit = pb.Permit(
        permit_id=tx.new_id(PREFIX),
        node=tx.node,
        body_id=guide.body_id,
        body_name=guide.body_name,
        sector=guide.sector,
        item_id=guide.item_id,
        guide_id=guide.guide_id,
        terms=guide.terms,
    )
    if (body := tx.find(Body, guide.body_id)) is not None:
        permit.in_name_of = body.mandator_name
    permit.promise.days = guide.terms.promised_days
    apply_about(permit, request, tx)
    return permit


def apply_about(permit: pb.Permit, request: pb.ReceivePermitApplicationRequest, tx: Tx) -> None:
    """Who applies, at which window, with which papers. Raises Malformed for a number that is none. The whole number is kept in
    the row alone, once there is one.
    """
    today = tx.now.astimezone(SHANGHAI).date()
    sound_party(request.applicant, today, "applicant")
    permit.applicant.CopyFrom(request.applicant)
    mask_party(permit.applicant, request.applicant.identity_number, today)
    if (row := tx.find(Permit, permit.permit_id)) is not None:
        row.identity_number = request.applicant.identity_number
    permit.window = request.window
    permit.materials[:] = dict.fromkeys(request.materials)


def count_promise(permit: pb.Permit, tx: Tx) -> None:
    """Count anew until when the body promised to decide; nothing while time stands still."""
    end = promise_end(permit, tx.calendar)
    if end is None:
        permit.promise.ClearField("due_time")
    else:
        put_moment(permit.promise.due_time, end)


def note_promise(permit: pb.Permit, at: datetime) -> None:
    """What was decided, or given up, after the promised time was over breaks the promise, whoever noticed first."""
    end = moment_at(permit, "promise.due_time")
    if end is not None and at > end and not permit.promise.HasField("break_time"):
        put_moment(permit.promise.break_time, end)
