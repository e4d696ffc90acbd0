"""The superior's term to designate."""

from yifa.supervision.v1 import events_pb2 as events

from services.kit.clocks import observe
from services.kit.tx import Tx
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock
from services.supervision.dispute.model import Dispute

DESIGNATED = events.JurisdictionDesignated.DESCRIPTOR.full_name


def stop_clocks(tx: Tx, row: Dispute) -> None:
    """The superior has designated: its term is met."""
    view = tx.find(CaseView, row.other_case_id)
    sector = view.case().sector if view is not None else ""
    observe(tx, Clock, DESIGNATED, row.other_case_id, row.designate_time or tx.now, sector=sector)
