"""What a body does on hearing from the other one of a transfer, or from the city of a designation."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1.evidence_pb2 import Evidence
from yifa.supervision.v1 import dispute_pb2

from services.enforcement.body.model import Body
from services.enforcement.case.act import act
from services.enforcement.case.model import Case
from services.enforcement.evidence.acts import keep_evidence
from services.enforcement.evidence.marking import put_mark
from services.enforcement.party_file.model import FILES
from services.kit.act import Do
from services.kit.reactions import NotItsHome
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment
from services.law.party_file import of_case
from services.law.procedures.penalty import YIELDING
from services.law.procedures.penalty.body import designated
from services.law.procedures.penalty.transfer import disputed
from services.law.rule import Unlawful

E = TypeVar("E")
OUT = cases.CASE_STATE_TRANSFERRED_OUT


def pass_over(do: Do, case: cases.Case, event: E, node: str) -> E:
    """An act that another body has to hear of: by its node, or at once when it is of this one."""
    if node != do.tx.node:
        do.to = node
    else:
        do.then = lambda: HEARD[type(event)](do.tx, case, event)
    return event


def tell(tx: Tx, case: cases.Case, event: Any, node: str) -> None:
    """The same for what was not asked for here."""
    if node != tx.node:
        act.write(tx, case, event, to=node)
        return
    act.write(tx, case, event)
    HEARD[type(event)](tx, case, event)


def settle(case: cases.Case, now: datetime) -> None:
    """A dispute that was open is so no longer."""
    if disputed(case):
        put_moment(case.transfer.settle_time, now)


def take_in(tx: Tx, sent: cases.Case, event: events.CaseTransferred) -> None:
    """A case was transferred to a body of this department: it begins here as a clue, once for each transfer, with the evidence
    that came along and how each piece stands: what was left out stays out.
    """
    transfer = sent.transfer
    if (known := tx.find(Case, case_of(transfer.transfer_id))) is not None:
        if between(cases.Case.FromString(known.record).transfer) != between(transfer):
            raise NotItsHome(
                f"{transfer.from_node} names a transfer that is not its own: {transfer.transfer_id}"
            )
        return
    case = cases.Case(
        case_id=case_of(transfer.transfer_id),
        node=tx.node,
        body_id=transfer.to_body_id,
        body_name=transfer.to_body_name,
        procedure=cases.PROCEDURE_ORDINARY,
        state=cases.CASE_STATE_CLUE,
        source=cases.CASE_SOURCE_SYSTEM,
        clue=cases.Clue(
            source=cases.CLUE_SOURCE_TRANSFER, summary=transfer.cause, evidence=sent.clue.evidence
        ),
        party=sent.party,
        violation=sent.violation,
        area_code=sent.area_code,
        transfer=transfer,
    )
    case.transfer.to_case_id = case.case_id
    put_moment(case.clue.receive_time, tx.now)
    found = "discover_time" if sent.clue.HasField("discover_time") else "receive_time"
    if sent.clue.HasField(found):
        case.clue.discover_time.CopyFrom(getattr(sent.clue, found))
    body = tx.find(Body, case.body_id)
    case.sector = tx.sector_of(body.field if body else "")
    case.in_name_of = body.mandator_name if body else ""
    tx.add(
        Case.new(
            case_id=case.case_id, identity_number=sent.party.identity_number, state="", version=0, record=b""
        )
    )
    for piece in event.pieces:
        take_evidence(tx, case, piece)
    FILES.file(tx, of_case(case, sent.party.identity_number))
    act.write(tx, case, events.ClueRegistered())


def take_evidence(tx: Tx, case: cases.Case, sent: Evidence) -> None:
    """A piece of evidence of the sender is one of this case; its file stays where it was handed in, and its hash says which."""
    piece = Evidence.FromString(sent.SerializeToString())
    piece.evidence_id, piece.case_id = tx.new_id("E-"), case.case_id
    piece.ClearField("file")
    if piece.sha256 and not piece.location.strip():
        piece.location = f"{case.transfer.from_body_name}（{case.transfer.from_case_number or sent.case_id}）"
    case.evidence_count += 1
    put_mark(case, piece)
    keep_evidence(tx, piece, moment_of(piece.collect_time))


def take_answer(tx: Tx, answered: cases.Case, _event: Any) -> None:
    """The receiver took a case of this department over, or disputes it."""
    if (found := mine(tx, answered.transfer.from_case_id, answered)) is not None:
        found.transfer.MergeFrom(answered.transfer)
        if decided_by_superior(found):
            settle(found, tx.now)
        act.write(tx, found, events.TransferAnswered())


def take_return(tx: Tx, returned: cases.Case, _event: Any) -> None:
    """The sender took a case back: it ends here, unless the superior designated it, which the sender then obeys."""
    if (found := mine(tx, returned.transfer.to_case_id, returned)) is not None:
        found.transfer.MergeFrom(returned.transfer)
        if designated(found) and decided_by_superior(found):
            act.write(tx, found, events.JurisdictionSettled())
        else:
            give_up(tx, found)


def mine(tx: Tx, case_id: str, about: cases.Case) -> cases.Case | None:
    """The case on this side of a transfer; none when it has gone another way since, or was never between these two."""
    if not case_id or tx.find(Case, case_id) is None:
        return None
    case = act.open(tx, case_id)
    return case if between(case.transfer) == between(about.transfer) else None


def case_of(transfer_id: str) -> str:
    """The id of the case at the receiver: the sender knows it before it has an answer."""
    return f"C-{transfer_id.removeprefix('T-')}"


def between(transfer: cases.Transfer) -> tuple[str, str, str]:
    return transfer.transfer_id, transfer.from_node, transfer.to_node


def decided_by_superior(case: cases.Case) -> bool:
    """Whether the designation that was heard is about this very transfer. It may be heard before what led to it."""
    return case.designation.dispute_id == case.transfer.transfer_id


def give_up(tx: Tx, case: cases.Case) -> None:
    """Another body handles the matter. A case that was decided meanwhile stays as it is, and the city sees that."""
    try:
        case.state = act.numbers[YIELDING.step("YIELD", act.names[case.state], None).target]
    except Unlawful:
        act.write(tx, case, events.JurisdictionSettled())
        return
    act.write(tx, case, events.CaseYielded())


def take_back(case: cases.Case) -> Any:
    """Open a transferred case again, as the clue or the filed case that it was; returns the event of it."""
    filed = case.HasField("file_time")
    case.state = cases.CASE_STATE_FILED if filed else cases.CASE_STATE_CLUE
    return events.CaseTakenBack() if filed else events.ClueTakenBack()


def follow_designation(tx: Tx, dispute: dispute_pb2.Dispute) -> None:
    """The city said which of two cases goes on: do so with those that are here."""
    for case_id in (dispute.case_id, dispute.other_case_id):
        if tx.find(Case, case_id) is None:
            continue
        case = act.open(tx, case_id)
        if case.designation.dispute_id != dispute.dispute_id:
            case.designation.CopyFrom(designation_of(dispute))
            obey(tx, case)


def obey(tx: Tx, case: cases.Case) -> None:
    """Go on with a case that was designated, end one that was not."""
    goes_on, out = case.designation.case_id == case.case_id, case.state == OUT
    event = take_back(case) if goes_on and out else events.JurisdictionSettled()
    settle(case, tx.now)
    sent_on = case.transfer.from_case_id == case.case_id and not decided_by_superior(case)
    if goes_on and out and sent_on:
        # meanwhile it was sent to a third body, which the designation does not speak of
        tell(tx, case, event, case.transfer.to_node)
    elif goes_on or out:
        act.write(tx, case, event)
    else:
        give_up(tx, case)


def designation_of(dispute: dispute_pb2.Dispute) -> cases.Designation:
    first = dispute.designated_case_id == dispute.case_id
    ids = [(dispute.case_id, dispute.node), (dispute.other_case_id, dispute.other_node)]
    (case_id, node), (other_case_id, other_node) = ids if first else reversed(ids)
    return cases.Designation(
        dispute_id=dispute.dispute_id,
        case_id=case_id,
        node=node,
        other_case_id=other_case_id,
        other_node=other_node,
        opinion=dispute.opinion,
        document_number=dispute.document_number,
        designate_time=dispute.designate_time,
    )


HEARD: dict[type[Any], Callable[[Tx, cases.Case, Any], None]] = {
    events.CaseTransferred: take_in,
    events.TransferAcknowledged: take_answer,
    events.JurisdictionDisputed: take_answer,
    events.ClueTakenBack: take_return,
    events.CaseTakenBack: take_return,
}
