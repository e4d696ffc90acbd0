"""Who may know who complained: named by the head of the oversight body, and each look an event (CITY-ERS 2(8), 6(6))."""

from typing import Any

from yifa.supervision.v1 import complaint_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.refusal import Missing
from services.kit.rpc import read, write
from services.kit.sealing import Named, check_opens, dismiss, name, named
from services.kit.tx import Tx
from services.kit.view import View
from services.law.moment import put_moment
from services.law.procedures.complaint import COMPLAINT
from services.supervision.complaint.act import act


@act(COMPLAINT.UNSEAL)
def unseal_reporter(
    request: pb.UnsealReporterRequest, complaint: pb.Complaint, do: Do
) -> events.ComplaintUnsealed:
    """Tell who complained, to who was named, for a reason (CITY-ERS 6(6)). Refuses with SEAL_KEY_LOST."""
    check_opens(do.tx, complaint.seal_ids)
    looked = complaint.unsealings.add(person=do.caller, reason=request.reason)
    put_moment(looked.unseal_time, do.now)
    return events.ComplaintUnsealed()


def unsealer(person: Named) -> pb.Unsealer:
    return pb.Unsealer(
        person=person.person,
        named_by=person.named_by,
        name_time=person.name_time,
        has_key=person.has_key,
    )


def _find(tx: Tx, person: str) -> pb.Unsealer:
    """Somebody who is named. Raises Missing."""
    found = {each.person: each for each in named(tx)}
    if person not in found:
        raise Missing("Unsealer", person)
    return unsealer(found[person])


@write
def name_unsealer(request: pb.NameUnsealerRequest, tx: Tx) -> pb.NameUnsealerResponse:
    """Name who may unseal; of who is named already, change the key (CITY-ERS 6(6))."""
    name(tx, request.person)
    who = _find(tx, request.person)
    tx.emit(events.UnsealerNamed(unsealer=who, reason=request.reason), subject=request.person)
    return pb.NameUnsealerResponse(unsealer=who)


@write
def dismiss_unsealer(request: pb.DismissUnsealerRequest, tx: Tx) -> pb.DismissUnsealerResponse:
    """Let somebody unseal no more (CITY-ERS 6(6)). Refuses with NOT_FOUND, LAST_TO_UNSEAL."""
    who = _find(tx, request.person)
    dismiss(tx, request.person)
    tx.emit(events.UnsealerDismissed(unsealer=who, reason=request.reason), subject=request.person)
    return pb.DismissUnsealerResponse(unsealer=who)


@read
def list_unsealers(_request: pb.ListUnsealersRequest, view: View) -> Any:
    """All who are named."""
    return pb.ListUnsealersResponse(unsealers=[unsealer(each) for each in named(view)])
