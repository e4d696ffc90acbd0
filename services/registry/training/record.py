"""A training in the state that an act leads to."""

from yifa.registry.v1 import training_pb2 as messages

from services.law.procedure import Act
from services.registry.lawful import step
from services.registry.training.facts import TrainingFacts
from services.registry.training.model import Training


def proceed(training: messages.Training, row: Training, act: Act, facts: TrainingFacts) -> None:
    """Put a training into the state that an act leads to. Raises Unlawful."""
    state = step(act, row.state, facts, training_id=training.training_id)
    training.state = messages.TrainingState.Value(f"TRAINING_STATE_{state}")
