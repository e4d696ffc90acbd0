"""A case of a body that ended goes on with its successor."""

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import resting_pb2 as pb

from services.enforcement.facts import Facts
from services.enforcement.model import Body, Case, PowerItem
from services.enforcement.process import step
from services.enforcement.servicer.acts import act, open_case
from services.enforcement.servicer.gather import confirmed
from services.kit.rpc import write
from services.kit.tx import Tx


class Passing:
    @write(loads=((Case, "case_id"), (Body, "body_id")))
    def PassCase(self, request: pb.PassCaseRequest, tx: Tx) -> pb.PassCaseResponse:
        """Let a named successor go on with a case of a body that ended (ALIT 26(6))."""
        row, case = open_case(tx, request.case_id)
        heir = tx.get(Body, request.body_id)
        named = case.body_id in heir.predecessors and confirmed(tx.find, heir.body_id, tx.node)
        case.state = step("PASS_ON", Facts(case, tx.now, tx.now, caller=tx.caller.subject, successor=named))
        return pb.PassCaseResponse(case=go_on(tx, row, case, heir, moved_items(tx, heir.body_id)))


def moved_items(tx: Tx, body_id: str) -> dict[str, str]:
    """The items that a body took over, each by the id that it had before."""
    rows: list[PowerItem] = tx.query(select(PowerItem).where(PowerItem.body_id == body_id))
    return {row.predecessor_id: row.item_id for row in rows if row.predecessor_id}


def go_on(tx: Tx, row: Case, case: cases.Case, heir: Body, moved: dict[str, str]) -> cases.Case:
    """The case as the successor goes on with it."""
    ended = case.body_id
    case.body_id, case.body_name, case.in_name_of = heir.body_id, heir.name, heir.mandator_name
    case.item_id = moved.get(case.item_id, case.item_id)
    case.ClearField("body_end_time")
    return act(tx, row, case, events.CaseSucceeded(predecessor_body_id=ended))
