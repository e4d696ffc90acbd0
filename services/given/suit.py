"""Suits against bodies, said over the public API."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from yifa.supervision.v1 import suit_pb2 as pb

from services.given.people import OVERSIGHT

CITY, SERVICE = "city", "supervision"
NUMBER = "（2026）示行初1号"
Fields = Callable[[datetime], dict[str, Any]]
STEPS: Mapping[str, Fields] = MappingProxyType(
    {
        "AcceptSuit": lambda at: {
            "document": "示例立案通知书",
            "court_number": NUMBER,
            "accept_time": at,
            "listed": "SUIT_LISTED_PUBLIC_ATTENTION",
        },
        "ReceiveSuitCopy": lambda at: {"document": "示例应诉通知书", "copy_time": at},
        "AnswerSuit": lambda at: {"document": "示例答辩状", "answer_time": at},
        "RecordCourtHearing": lambda at: {
            "hearing": {
                "hold_time": at,
                "staff": ["示例工作人员"],
                "excuse": "参加防汛抢险。",
                "excuse_document": "示例情况说明",
            }
        },
        "RecordJudgment": lambda at: {
            "kind": "SUIT_JUDGMENT_KIND_REJECTED",
            "document": f"{NUMBER}判决书",
            "judge_time": at,
        },
        "ServeJudgment": lambda at: {"serve_time": at},
    }
)


async def register(say: Any, body_id: str, at: datetime, **more: Any) -> pb.Suit:
    """A suit against a body."""
    said = {"body_id": body_id, "plaintiff": "示例公司", "court": "示例市人民法院", "file_time": at, **more}
    return (await say(CITY, SERVICE, "RegisterSuit", OVERSIGHT, **said)).suit  # type: ignore[no-any-return]


async def handle(say: Any, suit_id: str, rpc: str, at: datetime) -> pb.Suit:
    """One act of a suit, done at a moment."""
    return (await say(CITY, SERVICE, rpc, OVERSIGHT, suit_id=suit_id, **STEPS[rpc](at))).suit  # type: ignore[no-any-return]
