"""Who stands aside from a case: asked for by the party, declared by the person, decided by the head (APL 43)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import recusal_pb2 as recusals

from services.enforcement.case.act import act
from services.kit.act import Do
from services.kit.refusal import Malformed, Missing
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.penalty import PENALTY


@act(PENALTY.REQUEST_RECUSAL)
def request_recusal(
    request: recusals.RequestRecusalRequest, case: cases.Case, do: Do
) -> events.RecusalRequested:
    """Record that somebody is asked, or declares, to stand aside (APL 43(1)(2)). The inquiry goes on."""
    asked = case.recusals.add(
        recusal_id=do.new_id("R-"),
        officer_id=request.officer_id,
        asker=request.asker,
        cause=request.cause,
        recorder=do.caller,
        of_head=do.facts.recusal().of_head,
        state=cases.RECUSAL_STATE_PENDING,
    )
    put_moment(asked.request_time, do.at)
    return events.RecusalRequested(recusal=asked)


def _in_this_case(request: recusals.DecideRecusalRequest, case: cases.Case, _tx: Tx) -> None:
    recusal_of(case, request.recusal_id)


@act(PENALTY.DECIDE_RECUSAL, takes=_in_this_case)
def decide_recusal(request: recusals.DecideRecusalRequest, case: cases.Case, do: Do) -> events.RecusalDecided:
    """Grant or refuse a request (APL 43(3)). Who was granted it is no handling officer any more."""
    recusal = recusal_of(case, request.recusal_id)
    recusal.state = cases.RECUSAL_STATE_GRANTED if request.granted else cases.RECUSAL_STATE_REFUSED
    recusal.reason, recusal.decider = request.reason, do.caller
    recusal.discussion = request.discussion
    recusal.discussion_members.extend(dict.fromkeys(request.discussion_members))
    put_moment(recusal.decide_time, do.now)
    if request.granted:
        recusal.earlier_acts = _earlier_acts(do, recusal.officer_id, request)
        left = [o for o in case.officers if o.officer_id != recusal.officer_id]
        del case.officers[:]
        case.officers.extend(left)
    return events.RecusalDecided(recusal=recusal)


def recusal_of(case: cases.Case, recusal_id: str) -> cases.Recusal:
    """The request in the case. Raises Missing."""
    found = next((r for r in case.recusals if r.recusal_id == recusal_id), None)
    if found is None:
        raise Missing("Recusal", recusal_id)
    return found


def _earlier_acts(do: Do, officer_id: str, request: recusals.DecideRecusalRequest) -> cases.EarlierActs:
    """What becomes of what somebody did. Raises Malformed where it has to be said and is not."""
    if not request.earlier_acts and do.facts.handled(officer_id):
        said = (
            "is required: the person investigated this case",
            "该人员参与了本案调查，应当载明其此前行为的效力",
        )
        raise Malformed({"earlier_acts": said})
    return request.earlier_acts
