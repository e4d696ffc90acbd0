"""Ruling on help that an agency declined (APL 26)."""

from datetime import datetime

from yifa.enforcement.v1 import assistance_pb2
from yifa.supervision.v1 import assistance_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import whole
from services.law.procedures.assistance import ASSISTANCE, AssistanceFacts, AssistanceRecord
from services.law.rule import Unknown
from services.supervision.assistance.keeping import keep
from services.supervision.assistance.model import AssistanceView
from services.supervision.warning.runner import address


@whole
class Ruled(AssistanceFacts):
    """What the city knows of a request: that it was taken to it. What only the two sides know is not asked of it."""

    def __init__(self, now: datetime, sector: str) -> None:
        self.now, self._sector, self.record = now, sector, AssistanceRecord()

    def at(self) -> datetime:
        return self.now

    def sector(self) -> str:
        return self._sector

    def _unknown(self) -> bool:
        raise Unknown("what the two departments know")

    own_powers = may_help = case_open = asking = asked = _unknown

    def term_end(self) -> datetime | None:
        raise Unknown("what the two departments know")


@write(loads=(AssistanceView, "assistance_id"))
def rule_on_assistance(request: pb.RuleOnAssistanceRequest, tx: Tx) -> pb.RuleOnAssistanceResponse:
    """Say whether an agency helps another that asked, and tell both (APL 26). Refuses with NOT_FOUND, ACT_NOT_OPEN."""
    view = tx.get(AssistanceView, request.assistance_id)
    record = view.assistance()
    act = "RULE_FOR_HELP" if request.help else "RULE_AGAINST_HELP"
    target = ASSISTANCE.step(act, record, view.state, Ruled(tx.now, record.sector)).target
    record.state = assistance_pb2.AssistanceState.Value(f"ASSISTANCE_STATE_{target}")
    record.ruling.CopyFrom(
        assistance_pb2.AssistanceRuling(
            help=request.help,
            opinion=request.opinion,
            document_number=request.document_number,
            decider=tx.caller.subject,
        )
    )
    put_moment(record.ruling.rule_time, tx.now)
    put_moment(record.update_time, tx.now)
    record.version += 1
    keep(tx, view, record)
    for node in dict.fromkeys((record.node, record.to_node)):
        tx.emit(events.AssistanceRuled(assistance=record), subject=record.assistance_id, to=address(tx, node))
    return pb.RuleOnAssistanceResponse(assistance=record)
