"""What a body handed in, taken into its assessment, whichever of the two came first."""

from yifa.supervision.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.law.procedures.assessment import ASSESSMENT, TABLE
from services.supervision.assessment.act import act
from services.supervision.assessment.model import Assessment, SelfAssessment, self_key


def take(tx: Tx, key: str) -> None:
    """Put what a body handed in into its assessment, where that waits for it."""
    row = tx.find(Assessment, key)
    if row is None or TABLE.move("TAKE_SELF_ASSESSMENT", row.state) is None:
        return
    assessment = row.assessment()
    given = tx.find(SelfAssessment, self_key(assessment.body_id, assessment.year))
    if given is None:
        return
    assessment.self_assessment.CopyFrom(given.told())
    act.do(
        tx,
        ASSESSMENT.TAKE_SELF_ASSESSMENT,
        assessment,
        None,
        lambda request, record, do: events.SelfAssessmentTaken(),
    )
