"""Suggestions from outside, said over the public API."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from yifa.supervision.v1 import suggestion_pb2 as pb

from services.given.people import OVERSIGHT

CITY, SERVICE = "city", "supervision"
COURT = "示例市人民法院"
STEPS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "AssignSuggestion": {"document": "示例交办单", "handlers": ("示例建议承办人",)},
        "RecordSuggestionMeeting": {
            "document": "示例联席会议纪要",
            "court_people": ("示例审判员",),
            "body_people": ("示例建议承办人",),
            "conclusions": "统一送达地址确认书。",
        },
        "AnswerSuggestion": {
            "document": "示例复函",
            "outcome": "SUGGESTION_OUTCOME_ADOPTED",
            "measures": "已修改送达工作指引。",
            "answered_to": COURT,
        },
        "VerifySuggestion": {"document": "示例核实记录", "found": "指引已经印发。"},
    }
)


async def register(say: Any, body_id: str, at: datetime, **more: Any) -> pb.Suggestion:
    """A suggestion of a court that is about no case."""
    said = {
        "body_id": body_id,
        "kind": "SUGGESTION_KIND_JUDICIAL",
        "stage": "SUGGESTION_STAGE_APART",
        "maker": COURT,
        "number": "（2026）示建1号",
        "text": "规范送达。",
        "days": 60,
        "done_time": at,
        **more,
    }
    return (await say(CITY, SERVICE, "RegisterSuggestion", OVERSIGHT, **said)).suggestion  # type: ignore[no-any-return]


async def handle(say: Any, suggestion_id: str, rpc: str, at: datetime, **more: Any) -> pb.Suggestion:
    """One act of a suggestion, done at a moment."""
    said = {"suggestion_id": suggestion_id, "done_time": at, **STEPS.get(rpc, {}), **more}
    return (await say(CITY, SERVICE, rpc, OVERSIGHT, **said)).suggestion  # type: ignore[no-any-return]
