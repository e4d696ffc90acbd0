"""Taking in what bodies handed in of their own year, in whatever order it and the assessment come."""

from yifa.enforcement.v1 import events_pb2 as enforcement

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.supervision.assessment.act import assessment_id
from services.supervision.assessment.model import SelfAssessment, self_key
from services.supervision.assessment.taking import take
from services.supervision.body.model import Body
from services.supervision.event.foreign import Foreign


def on_self_assessment(event: enforcement.SelfAssessmentSubmitted, tx: Tx, about: Envelope) -> None:
    """Keep it; where the assessment waits for it, take it in. Raises Foreign for that of another department's body."""
    told = event.self_assessment
    body = tx.find(Body, told.body_id)
    if told.node != about.node or (body is not None and body.node != about.node):
        raise Foreign(f"{about.node} speaks of the body {told.body_id}, which is not its own")
    key = self_key(told.body_id, told.year)
    if tx.find(SelfAssessment, key) is None:
        kept = told.SerializeToString(deterministic=True)
        tx.add(SelfAssessment.new(key=key, node=told.node, version=told.version, record=kept))
    take(tx, assessment_id(told.body_id, told.year))
