"""A permit is changed as its holder asks (ALIC 49)."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import permit_pb2 as pb

from services.enforcement.paper.number import next_number
from services.enforcement.permit.act import act
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.permit import PERMIT
from services.law.procedures.permit.recorded_held import open_change


def _asked(request: pb.AskPermitChangeRequest, permit: pb.Permit, tx: Tx) -> None:
    if open_change(permit) is None:  # else the earlier one is to be decided first, which the rules say
        permit.changes.add(content=request.content, receiver=tx.caller.subject)


@act(PERMIT.ASK_CHANGE, takes=_asked)
def ask_permit_change(
    _request: pb.AskPermitChangeRequest, permit: pb.Permit, do: Do
) -> events.PermitChangeAsked:
    """Record what change the holder asks for (ALIC 49)."""
    put_moment(permit.changes[-1].apply_time, do.at)
    return events.PermitChangeAsked()


def _answered(request: Any, permit: pb.Permit, tx: Tx) -> None:
    if (change := open_change(permit)) is None:
        return
    change.granted, change.decider = isinstance(request, pb.ChangePermitRequest), tx.caller.subject
    for name in ("opinion", "reasons", "authority", "court"):
        setattr(change, name, getattr(request, name, ""))


def _decided(permit: pb.Permit, do: Do) -> None:
    """The decision is made, under a number of its own."""
    change = permit.changes[-1]
    change.document_number = next_number(do.tx, permit.body_id, "permit", do.now)
    put_moment(change.decide_time, do.at)


@act(PERMIT.CHANGE, takes=_answered)
def change_permit(_request: pb.ChangePermitRequest, permit: pb.Permit, do: Do) -> events.PermitChanged:
    """Change a permit as its holder asked (ALIC 49)."""
    _decided(permit, do)
    return events.PermitChanged()


@act(PERMIT.DECLINE_CHANGE, takes=_answered)
def decline_permit_change(
    _request: pb.DeclinePermitChangeRequest, permit: pb.Permit, do: Do
) -> events.PermitChangeDeclined:
    """Decline a change, with reasons, and tell of the remedies (ALIC 38(2), 49)."""
    _decided(permit, do)
    return events.PermitChangeDeclined()
