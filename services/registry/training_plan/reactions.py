"""Plans of training: replicas at both sides."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.replica import Reaction, from_home, keep
from services.registry.training_plan.model import TrainingPlan, plan_values


def on_plan(event: events.TrainingPlanAdopted, tx: Tx, about: Envelope) -> None:
    from_home(about, event.plan.node)
    keep(tx, TrainingPlan, {"plan_id": event.plan.plan_id}, plan_values(event.plan))


REACTIONS: dict[type[Message], Reaction] = {
    events.TrainingPlanAdopted: on_plan,
}
