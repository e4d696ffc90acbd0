"""Reconsiderations, said over the public API."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.given.people import OVERSIGHT, OVERSIGHT_HEAD

CITY, SERVICE = "city", "supervision"
REVIEWERS = ("RC-1", "RC-2", "RC-3")
CONDITIONS = (
    "RECONSIDERATION_CONDITION_PARTIES",
    "RECONSIDERATION_CONDITION_INTEREST",
    "RECONSIDERATION_CONDITION_REQUEST_AND_REASONS",
    "RECONSIDERATION_CONDITION_SCOPE",
    "RECONSIDERATION_CONDITION_COMPETENCE",
    "RECONSIDERATION_CONDITION_NOT_TAKEN_BEFORE",
)
ANSWERED = (
    "RECONSIDERATION_ANSWERED_LEGALITY",
    "RECONSIDERATION_ANSWERED_APPROPRIATENESS",
    "RECONSIDERATION_ANSWERED_REQUEST",
)
STEPS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "AcceptReconsideration": {"document": "示例受理通知书", "conditions": CONDITIONS},
        "AssignReconsiderers": {"document": "示例指定办理通知", "reviewers": REVIEWERS},
        "SendReconsiderationCopy": {"document": "示例答复通知书"},
        "ReceiveReconsiderationCopy": {"document": "示例送达回证"},
        "RecordReconsiderationReply": {
            "document": "示例行政复议答复书",
            "answered": ANSWERED,
            "staff_agents": ("示例工作人员",),
        },
        "HearReconsiderationParties": {"document": "示例听取意见笔录", "text": "申请人认为罚款过重。"},
        "DecideReconsideration": {
            "document": "示府复决〔2026〕1号",
            "kind": "RECONSIDERATION_DECISION_KIND_UPHELD",
            "weight": "RECONSIDERATION_WEIGHT_PLAIN",
            "reasons": "认定事实清楚，证据确凿。",
            "approval_document": "示例审批表",
        },
        "ServeReconsiderationDecision": {"document": "示例复议决定送达回证"},
    }
)
HEADS = frozenset({"ConvertReconsideration", "ExtendReconsiderationTerm"})


async def enter(say: Any, person: str, at: datetime) -> None:
    """Somebody who may hear cases."""
    said = {
        "person": person,
        "name": f"示例复议人员{person}",
        "qualification": f"A2026{person}",
        "training": "示例职前培训证书",
    }
    await say(CITY, SERVICE, "EnterReconsiderer", OVERSIGHT_HEAD, train_time=at - timedelta(days=365), **said)


async def register(say: Any, body_id: str, at: datetime, **more: Any) -> pb.Reconsideration:
    """An application over the counter, about what the applicant learned of ten days before."""
    said = {
        "body_id": body_id,
        "authority": "示例市人民政府",
        "applicant": "示例申请公司",
        "request": "请求撤销被申请人的决定，事实不清。",
        "act": "责令改正",
        "know_time": at - timedelta(days=10),
        "channel": "RECONSIDERATION_CHANNEL_COUNTER",
        "apply_time": at,
        **more,
    }
    reply = await say(CITY, SERVICE, "RegisterReconsideration", OVERSIGHT, **said)
    return reply.reconsideration  # type: ignore[no-any-return]


async def handle(say: Any, key: str, rpc: str, at: datetime, **more: Any) -> pb.Reconsideration:
    """One act of a reconsideration, done at a moment."""
    who = OVERSIGHT_HEAD if rpc in HEADS else OVERSIGHT
    said = {**STEPS.get(rpc, {}), **more}
    reply = await say(CITY, SERVICE, rpc, who, reconsideration_id=key, done_time=at, **said)
    return reply.reconsideration  # type: ignore[no-any-return]
