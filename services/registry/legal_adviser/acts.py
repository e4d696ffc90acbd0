"""Legal advisers and public lawyers come on the register and leave it (CBZ-2019-7 12)."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import legal_adviser_pb2 as pb

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.legal_adviser import LEGAL_ADVISER
from services.registry.body.model import Body
from services.registry.lawful import step
from services.registry.legal_adviser.facts import LegalAdviserFacts
from services.registry.legal_adviser.model import LegalAdviser, adviser_values
from services.registry.request import change, moment_in


@write(loads=(Body, "body_id"))
def enter_legal_adviser(request: pb.EnterLegalAdviserRequest, tx: Tx) -> pb.EnterLegalAdviserResponse:
    """Put an adviser of an agency, or of the government, on the register."""
    body = tx.find(Body, request.body_id) if request.body_id else None
    adviser = pb.LegalAdviser(
        adviser_id=tx.new_id("AV-"),
        kind=request.kind,
        name=request.name.strip(),
        licence_number=request.licence_number.strip(),
        unit=request.unit.strip(),
        body_id=request.body_id,
        body_name=body.name if body is not None else "",
        government=request.government,
        document=request.document.strip(),
        qualification=request.qualification.strip(),
        version=1,
    )
    put_moment(adviser.from_time, moment_in(request, "from_time", tx.now))
    if request.HasField("until_time"):
        put_moment(adviser.until_time, moment_in(request, "until_time", tx.now))
    put_moment(adviser.enter_time, tx.now)
    adviser.state = state_of(step(LEGAL_ADVISER.ENTER_LEGAL_ADVISER, "", LegalAdviserFacts(tx, adviser)))
    tx.add(LegalAdviser.new(adviser_id=adviser.adviser_id, **adviser_values(adviser)))
    tx.emit(events.LegalAdviserEntered(adviser=adviser), subject=adviser.adviser_id, to="all")
    return pb.EnterLegalAdviserResponse(adviser=adviser)


@write(loads=(LegalAdviser, "adviser_id"))
def remove_legal_adviser(request: pb.RemoveLegalAdviserRequest, tx: Tx) -> pb.RemoveLegalAdviserResponse:
    """Take an adviser off the register: from this moment the adviser is one no more."""
    row = tx.get(LegalAdviser, request.adviser_id)
    adviser = pb.LegalAdviser.FromString(row.record)
    facts = LegalAdviserFacts(tx, adviser, request.reasons)
    act = LEGAL_ADVISER.REMOVE_LEGAL_ADVISER
    adviser.state = state_of(step(act, row.state, facts, adviser_id=adviser.adviser_id))
    adviser.leave_reasons = request.reasons
    put_moment(adviser.leave_time, tx.now)
    adviser.version += 1
    change(row, adviser_values(adviser))
    tx.emit(events.LegalAdviserLeft(adviser=adviser), subject=adviser.adviser_id, to="all")
    return pb.RemoveLegalAdviserResponse(adviser=adviser)


def state_of(name: str) -> pb.LegalAdviserState:
    return pb.LegalAdviserState.Value(f"LEGAL_ADVISER_STATE_{name}")
