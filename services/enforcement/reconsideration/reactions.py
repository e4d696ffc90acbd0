"""What a department hears of reconsiderations of its decisions: its case follows by the same acts by which it records any remedy,
its stay and its outcome (APL 73, 75(2); ARL 42, 75(2)).

What the case holds already, as when the department had recorded it before, is left. What its acts do not allow otherwise is
parked, and so told: the city's register and the case say two things, and somebody has to see which is right.
"""

from collections.abc import Callable
from typing import Any

from yifa.enforcement.v1 import outcome_pb2 as outcomes
from yifa.enforcement.v1 import remedy_pb2 as remedies
from yifa.enforcement.v1.case_pb2 import Case as CaseProto
from yifa.enforcement.v1.surcharge_pb2 import REMEDY_END_WITHDRAWN, REMEDY_KIND_RECONSIDERATION
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.enforcement.body.reactions import from_city
from services.enforcement.case.act import act
from services.enforcement.case.model import Case
from services.enforcement.outcome.acts import record_outcome
from services.enforcement.remedy.acts import record_remedy, record_remedy_end, record_stay, record_stay_end
from services.kit.fit import asked
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.refusal import Malformed, Rejected
from services.kit.tx import Tx
from services.law.rule import Unlawful

RESULT = (
    "kind", "authority", "document", "outcome_time", "remedy", "remedy_from_time", "anew", "anew_until_time", "procedure_only",
    "penalty", "third_party_request", "unanswered",
)  # fmt: skip
STAY = ("ordered_by", "authority", "document", "ground", "cause", "begin_time")


def taken(source: Any, target: Any, *names: str) -> Any:
    """A request with the fields of what the register says, those that are there."""
    for name in names:
        if not source.DESCRIPTOR.fields_by_name[name].has_presence:
            setattr(target, name, getattr(source, name))
        elif source.HasField(name):
            getattr(target, name).CopyFrom(getattr(source, name))
    return target


def _begun(record: pb.Reconsideration, tx: Tx) -> None:
    said = remedies.RecordRemedyRequest(
        case_id=record.case_id,
        kind=REMEDY_KIND_RECONSIDERATION,
        authority=record.authority,
        document=record.accept_document or record.reconsideration_id,
        begin_time=record.apply_time,
    )
    record_remedy(said, tx)


def _ended(record: pb.Reconsideration, tx: Tx) -> None:
    if record.HasField("result"):
        said = outcomes.RecordOutcomeRequest(case_id=record.case_id)
        record_outcome(taken(record.result, said, *RESULT), tx)
        return
    over = remedies.RecordRemedyEndRequest(
        case_id=record.case_id,
        end=REMEDY_END_WITHDRAWN,
        document=record.ending.document,
        end_time=record.ending.refuse_time,
    )
    record_remedy_end(over, tx)


def _stayed(record: pb.Reconsideration, tx: Tx) -> None:
    said = remedies.RecordStayRequest(case_id=record.case_id)
    record_stay(taken(record.stays[-1], said, *STAY), tx)


def _stay_ended(record: pb.Reconsideration, tx: Tx) -> None:
    stay = record.stays[-1]
    said = remedies.RecordStayEndRequest(
        case_id=record.case_id,
        stay_document=stay.document,
        document=stay.end_document,
        end_time=stay.end_time,
    )
    record_stay_end(said, tx)


class NotFollowed(Rejected):
    """A case does not allow what the register says of it."""


def _has_begun(record: pb.Reconsideration, case: CaseProto) -> bool:
    """A reconsideration of the decision that is on record: this one, or one that has not ended."""
    known = [each for each in case.remedies if each.kind == REMEDY_KIND_RECONSIDERATION]
    paper = record.accept_document or record.reconsideration_id
    return any(each.document == paper or not each.HasField("end_time") for each in known)


def _has_ended(record: pb.Reconsideration, case: CaseProto) -> bool:
    paper = record.result.document if record.HasField("result") else record.ending.document
    outcomes_held = (each.document for each in case.outcomes)
    return paper in outcomes_held or any(each.end_document == paper for each in case.remedies)


def _has_stay(record: pb.Reconsideration, case: CaseProto) -> bool:
    return any(each.document == record.stays[-1].document for each in case.stays)


def _has_stay_ended(record: pb.Reconsideration, case: CaseProto) -> bool:
    own = (each for each in case.stays if each.document == record.stays[-1].document)
    return any(each.HasField("end_time") for each in own)


def following(
    follow: Callable[[pb.Reconsideration, Tx], None],
    holds: Callable[[pb.Reconsideration, CaseProto], bool],
    *needs: str,
) -> Callable[[Any, Tx, Envelope], None]:
    """Only the city speaks of reconsiderations, to the department whose case it is. `holds` says whether the case holds it
    already, `needs` what the record has to have.
    """

    def on_told(event: Any, tx: Tx, about: Envelope) -> None:
        from_city(tx, about)
        record = event.reconsideration
        asked(record, *needs)
        if record.node != tx.node:
            raise NotItsHome(f"{record.reconsideration_id} is no reconsideration of what {tx.node} did")
        if not record.case_id or tx.find(Case, record.case_id) is None:
            return
        if holds(record, act.open(tx, record.case_id)):
            return
        try:
            follow(record, tx)
        except (Unlawful, Malformed) as no:
            raise NotFollowed(
                f"{record.reconsideration_id}: case {record.case_id} does not follow it: {no}"
            ) from no

    return on_told


REACTIONS: Reactions = {
    supervision.ReconsiderationAccepted: following(_begun, _has_begun),
    supervision.ReconsiderationAcceptedSimplified: following(_begun, _has_begun),
    supervision.ReconsiderationEnded: following(_ended, _has_ended),
    supervision.ReconsiderationMediated: following(_ended, _has_ended),
    supervision.ReconsiderationDecisionServed: following(_ended, _has_ended),
    supervision.ReconsiderationStayed: following(_stayed, _has_stay, "stays"),
    supervision.ReconsiderationStayEnded: following(_stay_ended, _has_stay_ended, "stays"),
}
