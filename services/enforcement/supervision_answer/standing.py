"""How the answers of a department stand, by the matter that names them as taken in or left out."""

from collections.abc import Iterable

from sqlmodel import select
from yifa.enforcement.v1 import supervision_answer_pb2 as pb

from services.enforcement.supervision_answer.act import act
from services.enforcement.supervision_answer.model import SupervisionAnswer
from services.kit.tx import Tx
from services.law.procedures.supervision_answer import TABLE


def stand(tx: Tx, order_id: str, taken: Iterable[str], left: Iterable[str]) -> None:
    """Bring the answers in line with what the oversight body says of them."""
    said = dict.fromkeys(taken, "TAKE_ANSWER") | dict.fromkeys(left, "LEAVE_ANSWER")
    its = select(SupervisionAnswer).where(SupervisionAnswer.order_id == order_id)
    for row in tx.query(its):
        move = TABLE.move(said.get(row.answer_id, ""), row.state)
        if move is not None:
            answer = pb.SupervisionAnswer.FromString(row.record)
            answer.state = act.numbers[move.target]
            answer.version += 1
            act.keep(tx, answer, row)
