"""Paying the fine later or in instalments: the party's application, and its answer (APL 66(2))."""

from datetime import timedelta

from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import deferral_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.case.act import act
from services.enforcement.case.facts import legible
from services.enforcement.deferral.term import moved_term
from services.enforcement.paper.number import next_number
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.penalty import PENALTY

CENTURY = timedelta(days=36525)


@act(PENALTY.REQUEST_DEFERRAL)
def request_deferral(
    request: pb.RequestDeferralRequest, case: cases.Case, do: Do
) -> events.DeferralRequested:
    """Record that the party applies to pay later or in instalments. Instalments in force stay until another decision."""
    case.deferral.CopyFrom(cases.Deferral(application=request.application, cause=request.cause))
    put_moment(case.deferral.request_time, do.at)
    return events.DeferralRequested()


def _days(request: pb.DecideDeferralRequest, _case: cases.Case, tx: Tx) -> None:
    """Raise Malformed for a day beyond the calendar, or a hundred years away."""
    for n, part in enumerate(request.instalments):
        where = f"instalments[{n}].due_time"
        if part.HasField("due_time") and legible(part, "due_time", where) > tx.now + CENTURY:
            raise Malformed({where: ("lies more than a hundred years ahead", "在一百年之后")})


@act(PENALTY.DECIDE_DEFERRAL, takes=_days)
def decide_deferral(request: pb.DecideDeferralRequest, case: cases.Case, do: Do) -> tuple[Message, ...]:
    """Approve it, with what is paid by which day, or refuse it. The decider is the caller."""
    asked = case.deferral
    asked.approved, asked.reason, asked.decider = request.approved, request.reason, do.caller
    asked.document_number = next_number(do.tx, case.body_id, "deferral", do.at)
    put_moment(asked.decide_time, do.at)
    if not request.approved:
        return (events.DeferralDecided(),)
    del case.instalments[:]
    case.instalments.extend(request.instalments)
    # the decision first: who judges it from the record sees what it found
    return events.DeferralDecided(), *moved_term(do.tx, case, asked)
