"""What is told when somebody is asked to stand aside from a case, and of the answer: until it is given nothing is decided."""

from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import recusal_pb2

from services.notifications.text import ORANGE, About, Text

ANSWERS = {
    recusal_pb2.RECUSAL_STATE_GRANTED: ("决定回避", "granted"),
    recusal_pb2.RECUSAL_STATE_REFUSED: ("驳回申请", "refused"),
}


def about(event: Any) -> About:
    """To the department of the case: who is asked to stand aside, and who handles it."""
    case, recusal = event.case, event.recusal
    handling = (officer.officer_id for officer in case.officers)
    people = tuple(dict.fromkeys(p for p in (recusal.officer_id, *handling) if p))
    zh, en = ANSWERS.get(recusal.state, ("—", "—"))
    words = {
        "number": case.case_number or case.case_id,
        "officer": recusal.officer_id,
        "cause": recusal.cause,
        "answer_zh": zh,
        "answer_en": en,
        "reason": recusal.reason,
    }
    return About(case.node, ORANGE, people, case.case_id, case.case_number, words)


RECUSAL_TEXTS: dict[type[Message], Text] = {
    enforcement.RecusalRequested: Text(
        about,
        "有人申请回避：{number}",
        "Recusal requested: {number}",
        "案件{number}中，{officer}被申请回避。理由：{cause}。请依法审查并作出决定；决定作出前不停止调查，但不得作出处罚决定。",
        "In case {number} {officer} is asked to stand aside: {cause}. Examine and answer it; the inquiry goes on meanwhile, "
        "but no penalty is decided.",
    ),
    enforcement.RecusalDecided: Text(
        about,
        "回避申请已决定：{number}",
        "Recusal answered: {number}",
        "案件{number}中{officer}的回避申请：{answer_zh}。理由：{reason}。决定回避的，不得再参与本案，执法人员不足两人的应当补派。",
        "In case {number} the recusal of {officer} was {answer_en}: {reason}. Whoever stands aside takes no further part; "
        "where fewer than two officers are left, name another.",
    ),
}
