"""The acts of an answer: bound to its procedure, its table and its facts."""

from typing import Any

from yifa.enforcement.v1 import supervision_answer_pb2 as pb

from services.enforcement.supervision_answer.facts import Answering, turn_key
from services.enforcement.supervision_answer.model import SupervisionAnswer
from services.kit.act import Acts
from services.law.procedures.supervision_answer import SUPERVISION_ANSWER

_STATES = {n: name.removeprefix("SUPERVISION_ANSWER_STATE_") for name, n in pb.SupervisionAnswerState.items()}


def columns(answer: pb.SupervisionAnswer) -> dict[str, Any]:
    return {
        "order_id": answer.order_id,
        "turn": turn_key(answer),
        "state": _STATES[answer.state],
        "version": answer.version,
    }


act = Acts(
    row=SupervisionAnswer,
    record=pb.SupervisionAnswer,
    key="answer_id",
    procedure=SUPERVISION_ANSWER,
    facts=Answering,
    columns=columns,
    tags=("answer_id", "order_id"),
)
