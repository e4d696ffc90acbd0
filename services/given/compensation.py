"""Claims of state compensation, said over the public API."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from yifa.supervision.v1 import compensation_pb2 as pb

from services.given.people import OVERSIGHT

CITY, SERVICE = "city", "supervision"
FINE = {
    "kind": "COMPENSATION_ITEM_KIND_FINE_RETURNED",
    "fen": 510_000,
    "principal_fen": 500_000,
    "basis": "示例缴款书，银行同期存款利率",
}
STEPS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "AskCompensationSupplement": {"document": "示例补正通知书", "missing": ("缴款凭证",)},
        "SupplementCompensation": {"document": "示例补正材料"},
        "AcceptCompensation": {"document": "示例收案通知书", "handlers": ("示例赔偿承办人",)},
        "HearCompensationClaimant": {
            "document": "示例听证笔录",
            "formal": True,
            "host": "示例听证主持人",
            "opinion": "请求返还罚款并支付利息。",
            "signed": True,
        },
        "NegotiateCompensation": {
            "document": "示例协商协议书",
            "topics": ("COMPENSATION_TOPIC_ITEMS", "COMPENSATION_TOPIC_AMOUNT"),
            "agreed": True,
            "items": (FINE,),
            "signed": True,
        },
        "DecideCompensation": {
            "document": "示例行政赔偿决定书",
            "awards": True,
            "infringements": ("COMPENSATION_INFRINGEMENT_PENALTY",),
            "unlawful_by": "示例行政判决书",
            "none_exempts": True,
            "items": (FINE,),
            "decider": "示例机关负责人",
        },
        "ServeCompensation": {"document": "示例送达通知", "receipt": "示例送达回证"},
        "RequestCompensationPayment": {"document": "示例支付申请书"},
        "AskFinanceForCompensation": {"document": "示例财政支付申请"},
        "PayCompensation": {"document": "示例支付凭证", "fen": 510_000},
        "CloseCompensation": {"document": "示例结案报告", "no_fault": "未发现故意或者重大过失。"},
    }
)


async def register(say: Any, body_id: str, at: datetime, **more: Any) -> pb.Compensation:
    """A claim against a body, handed in."""
    said = {
        "body_id": body_id,
        "claimant": "示例赔偿请求公司",
        "standing": "COMPENSATION_STANDING_VICTIM",
        "way": "COMPENSATION_WAY_IN_PERSON",
        "stamped_receipt": "示例收讫凭证",
        "demands": "返还罚款并支付利息。",
        "grounds": "处罚决定已被判决撤销。",
        "know_time": at - timedelta(days=30),
        "done_time": at,
        **more,
    }
    return (await say(CITY, SERVICE, "RegisterCompensation", OVERSIGHT, **said)).compensation  # type: ignore[no-any-return]


async def handle(say: Any, compensation_id: str, rpc: str, at: datetime, **more: Any) -> pb.Compensation:
    """One act of a claim, done at a moment."""
    said = {"compensation_id": compensation_id, "done_time": at, **STEPS.get(rpc, {}), **more}
    return (await say(CITY, SERVICE, rpc, OVERSIGHT, **said)).compensation  # type: ignore[no-any-return]
