"""Who stands aside from a case: asked for by the party, declared by the person, decided by the head (APL 43)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import recusal_pb2 as recusals
from yifa.law.v1.options_pb2 import Role

from services.enforcement.facts import Facts, moment_of, put_moment
from services.enforcement.model import Case
from services.enforcement.process import step
from services.enforcement.servicer.acts import CLERK, UNIT_HEAD, act, handles, open_case, when
from services.enforcement.servicer.gather import investigated
from services.kit.refusal import Malformed, Missing
from services.kit.rpc import write
from services.kit.tx import Tx

# More than one head is a discussion.
FEWEST_HEADS = 2


class Recusals:
    @write(loads=(Case, "case_id"))
    def RequestRecusal(self, request: recusals.RequestRecusalRequest, tx: Tx) -> pb.RequestRecusalResponse:
        """Record that somebody is asked, or declares, to stand aside (APL 43(1)(2)). The inquiry goes on."""
        row, case = open_case(tx, request.case_id)
        at, me = when(request, "request_time", tx.now), tx.caller.subject
        asked = recusals.Recusal(
            recusal_id=tx.new_id("R-"),
            officer_id=request.officer_id,
            asker=request.asker,
            cause=request.cause,
            recorder=me,
            of_head=request.of_head,
            state=recusals.RECUSAL_STATE_PENDING,
        )
        put_moment(asked.request_time, at)
        own = request.asker == recusals.RECUSAL_ASKER_SELF
        facts = Facts(
            case,
            tx.now,
            at,
            moment_of(case.clue.receive_time) if case.clue.HasField("receive_time") else None,
            me,
            own or handles(tx, case, CLERK, UNIT_HEAD, Role.ROLE_AGENCY_HEAD),
            recusal=asked,
        )
        case.state = step("REQUEST_RECUSAL", facts)
        case.recusals.append(asked)
        event = events.RecusalRequested(recusal=asked)
        return pb.RequestRecusalResponse(case=act(tx, row, case, event, at), recusal=asked)

    @write(loads=(Case, "case_id"))
    def DecideRecusal(self, request: recusals.DecideRecusalRequest, tx: Tx) -> pb.DecideRecusalResponse:
        """Grant or refuse a request (APL 43(3)). Who was granted it is no handling officer any more."""
        row, case = open_case(tx, request.case_id)
        recusal = recusal_of(case, request.recusal_id)
        members = tuple(dict.fromkeys(request.discussion_members))
        facts = Facts(
            case,
            tx.now,
            tx.now,
            caller=tx.caller.subject,
            recusal=recusal,
            discussers=members,
            discussed=bool(request.discussion.strip()) and len(members) >= FEWEST_HEADS,
        )
        case.state = step("DECIDE_RECUSAL", facts)
        recusal.state = recusals.RECUSAL_STATE_GRANTED if request.granted else recusals.RECUSAL_STATE_REFUSED
        recusal.reason, recusal.decider = request.reason, tx.caller.subject
        recusal.discussion = request.discussion
        recusal.discussion_members.extend(members)
        put_moment(recusal.decide_time, tx.now)
        if request.granted:
            recusal.earlier_acts = earlier_acts(tx, case, recusal.officer_id, request)
            left = [o for o in case.officers if o.officer_id != recusal.officer_id]
            del case.officers[:]
            case.officers.extend(left)
        decided = recusals.Recusal.FromString(recusal.SerializeToString())
        event = events.RecusalDecided(recusal=decided)
        return pb.DecideRecusalResponse(case=act(tx, row, case, event), recusal=decided)


def recusal_of(case: cases.Case, recusal_id: str) -> recusals.Recusal:
    """The request in the case. Raises Missing."""
    found = next((r for r in case.recusals if r.recusal_id == recusal_id), None)
    if found is None:
        raise Missing("Recusal", recusal_id)
    return found


def earlier_acts(
    tx: Tx, case: cases.Case, officer_id: str, request: recusals.DecideRecusalRequest
) -> recusals.EarlierActs:
    """What becomes of what somebody did. Raises Malformed where it has to be said and is not."""
    if not request.earlier_acts and investigated(tx.find, case.case_id, officer_id):
        said = (
            "is required: the person investigated this case",
            "该人员参与了本案调查，应当载明其此前行为的效力",
        )
        raise Malformed({"earlier_acts": said})
    return request.earlier_acts
