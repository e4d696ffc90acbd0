"""The display of a penalty on the credit websites rests while execution is stayed, and returns after it (CREDIT-2025 19(1))."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1.publication_pb2 import PublicDecision

from services.enforcement.case.act import act
from services.enforcement.publication.showing import put_public
from services.kit.tx import Tx
from services.law.procedures.penalty.credit import resting, shown_until


def follow_stays(tx: Tx, case: cases.Case) -> None:
    """Let what is shown follow the stays of a case as it is kept, and tell of a change."""
    rests = resting(case, tx.now)
    if rests == case.credit.rested:
        return
    case.credit.rested = rests
    if case.HasField("publication") and not case.HasField("withdrawal"):
        public = PublicDecision()
        public.CopyFrom(case.publication.decision)
        put_public(tx, public, shown_until(case))
    act.write(tx, case, events.CreditDisplayRested() if rests else events.CreditDisplayReturned())
