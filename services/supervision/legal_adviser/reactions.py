"""What supervision learns of legal advisers and public lawyers; a case in which one was heard is judged again when it does."""

from sqlmodel import select
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import legal_adviser_pb2 as pb

from services.kit.fit import asked
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.supervision.case.model import CaseView
from services.supervision.event.foreign import Foreign
from services.supervision.legal_adviser.model import LegalAdviser
from services.supervision.warning.judging import judge_case


def on_adviser(
    event: registry.LegalAdviserEntered | registry.LegalAdviserLeft, tx: Tx, about: Envelope
) -> None:
    """Only the city's registry speaks of advisers."""
    if about.node != tx.city:
        raise Foreign(f"{about.node} speaks of a legal adviser, which only {tx.city} may")
    told = event.adviser
    asked(told, "adviser_id", "enter_time")
    row = tx.find(LegalAdviser, told.adviser_id)
    if row is None:
        row = tx.add(LegalAdviser.new(adviser_id=told.adviser_id, version=-1, record=b""))
    if told.version <= row.version:
        return
    row.version, row.record = told.version, told.SerializeToString(deterministic=True)
    judge_again(tx, told)


def judge_again(tx: Tx, told: pb.LegalAdviser) -> None:
    """Judge the cases that are warned of and name the adviser: the register may have told late."""
    for view in tx.query(select(CaseView).where(CaseView.warned > 0).order_by(CaseView.case_id)):
        if told.adviser_id in view.case().review.advisers:
            judge_case(tx, view)
