"""What a department hears of the city's review of a filed major penalty: its clock in the case ends with it."""

from yifa.supervision.v1 import events_pb2 as supervision

from services.enforcement.body.reactions import from_city
from services.enforcement.case.act import act
from services.enforcement.case.model import Case
from services.kit.journal import Envelope
from services.kit.reactions import Reactions
from services.kit.tx import Tx
from services.law.moment import moment_of


def on_reviewed(event: supervision.FilingReviewed, tx: Tx, about: Envelope) -> None:
    """The clock of the review stops (LN-SUP 16). What is under review elsewhere is no case of this department."""
    from_city(tx, about)
    if tx.find(Case, event.filing.case_id) is None or not event.filing.HasField("conclude_time"):
        return
    case = act.open(tx, event.filing.case_id)
    act.run_clocks(tx, case, about.type, moment_of(event.filing.conclude_time))
    act.keep(tx, case)


REACTIONS: Reactions = {supervision.FilingReviewed: on_reviewed}
