"""Who may hear cases: entered by the head of the reconsideration body, with qualification and training (ARL 6(2))."""

from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.law.moment import moment_of, put_moment
from services.law.procedures.shared import not_in_future
from services.law.rule import Unlawful
from services.supervision.reconsideration.act import copy
from services.supervision.reconsideration.model import Reconsiderer


@write
def enter_reconsiderer(request: pb.EnterReconsidererRequest, tx: Tx) -> pb.EnterReconsidererResponse:
    """Enter somebody; of who is entered already, the papers anew (ARL 6(2)). Refuses with ACT_IN_FUTURE."""
    if moment_of(request.train_time) > tx.now:
        raise Unlawful([not_in_future.broken()], {"person": request.person})
    person = pb.Reconsiderer(entered_by=tx.caller.subject)
    copy(request, person, "person", "name", "qualification", "training", "train_time")
    put_moment(person.enter_time, tx.now)
    row = tx.find(Reconsiderer, request.person) or tx.add(Reconsiderer.new(person=request.person, record=b""))
    row.record = person.SerializeToString(deterministic=True)
    tx.emit(events.ReconsidererEntered(reconsiderer=person), subject=request.person)
    return pb.EnterReconsidererResponse(reconsiderer=person)


@write
def remove_reconsiderer(request: pb.RemoveReconsidererRequest, tx: Tx) -> pb.RemoveReconsidererResponse:
    """Take somebody off: from now on no case is heard by them. Refuses with NOT_FOUND."""
    row = tx.get(Reconsiderer, request.person)
    person = row.reconsiderer()
    if not person.HasField("leave_time"):
        put_moment(person.leave_time, tx.now)
        row.record = person.SerializeToString(deterministic=True)
        tx.emit(events.ReconsidererRemoved(reconsiderer=person), subject=request.person)
    return pb.RemoveReconsidererResponse(reconsiderer=person)


@read
def list_reconsiderers(_request: pb.ListReconsiderersRequest, view: View) -> Any:
    """All who may hear cases, or did."""
    rows = view.query(select(Reconsiderer).order_by(Reconsiderer.person))
    return pb.ListReconsiderersResponse(
        reconsiderers=[pb.Reconsiderer.FromString(row.record) for row in rows]
    )
