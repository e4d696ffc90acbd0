"""Concluding the review of a filed major penalty (ASR 15, 28)."""

from datetime import datetime

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import filing_pb2 as pb

from services.kit.clocks import observe
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedure import whole
from services.law.procedures.filing import FILING, FilingFacts
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock
from services.supervision.filing.messages import filing_message
from services.supervision.filing.model import Filing
from services.supervision.warning.runner import address

REVIEWED = events.FilingReviewed.DESCRIPTOR.full_name


class Concluding(FilingFacts):
    """What a reviewer concludes."""

    def __init__(self, tx: Tx, opinion: str) -> None:
        self.now, self.said = tx.now, opinion

    def at(self) -> datetime:
        return self.now

    def opinion(self) -> str:
        return self.said


whole(Concluding)


@write(loads=(Filing, "filing_id"))
def accept_filing(request: pb.AcceptFilingRequest, tx: Tx) -> pb.AcceptFilingResponse:
    """Accept a filed penalty (ASR 15). Refuses with NOT_FOUND, ACT_NOT_OPEN."""
    return pb.AcceptFilingResponse(filing=filing_message(conclude(tx, "ACCEPT_FILING", request)))


@write(loads=(Filing, "filing_id"))
def object_to_filing(request: pb.ObjectToFilingRequest, tx: Tx) -> pb.ObjectToFilingResponse:
    """Object to a filed penalty (ASR 28). Refuses with NOT_FOUND, ACT_NOT_OPEN, OPINION_REQUIRED."""
    return pb.ObjectToFilingResponse(filing=filing_message(conclude(tx, "OBJECT_TO_FILING", request)))


def conclude(tx: Tx, act: str, request: pb.AcceptFilingRequest | pb.ObjectToFilingRequest) -> Filing:
    """Conclude a review, and tell the department."""
    filing = tx.get(Filing, request.filing_id)
    filing.state = FILING.step(act, filing.state, Concluding(tx, request.opinion)).target
    filing.reviewer, filing.opinion, filing.conclude_time = tx.caller.subject, request.opinion, tx.now
    filing.version += 1
    view = tx.find(CaseView, filing.case_id)
    observe(tx, Clock, REVIEWED, filing.case_id, tx.now, sector=view.case().sector if view else "")
    reviewed = events.FilingReviewed(filing=filing_message(filing))
    tx.emit(reviewed, subject=filing.filing_id, to=address(tx, filing.node))
    return filing
