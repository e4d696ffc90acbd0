"""The pursuit of responsibility, said over the public API."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from yifa.supervision.v1 import accountability_pb2 as pb

from services.given.people import OVERSIGHT, OVERSIGHT_HEAD
from services.given.say import Who
from services.law.procedures.accountability.kinds import FOLLOWS, Against, Kind

CITY, SERVICE = "city", "supervision"
INVESTIGATOR: Who = ("oversight-2", "OVERSIGHT")
PERSON, UNIT = "ACCOUNTABILITY_AGAINST_PERSON", "ACCOUNTABILITY_AGAINST_ORGANISATION"
PAPER = {
    "kind": "ACCOUNTABILITY_SOURCE_KIND_PAPER",
    "document_number": "示例审计〔2026〕1号",
    "reason": "审计发现当场收缴罚款未开具票据",
}
TITLE = "示例：当场收缴罚款不开票据"
STEPS: Mapping[str, tuple[Who, Mapping[str, Any]]] = MappingProxyType(
    {
        "ReviewAccountability": (
            OVERSIGHT,
            {
                "pursue": True,
                "causes": ["ACCOUNTABILITY_CAUSE_UNLAWFUL_PENALTY"],
                "opinion": "线索具体，建议追究。",
            },
        ),
        "OpenAccountability": (OVERSIGHT_HEAD, {"investigators": [INVESTIGATOR[0]]}),
        "ConcludeAccountability": (
            INVESTIGATOR,
            {
                "facts": "三次当场收缴罚款未开具票据。",
                "evidence": ["询问笔录", "票据存根"],
                "fault": "故意",
                "harm": "当事人财产受损，金额较小",
                "circumstances": "事后主动退还",
            },
        ),
        "DeliberateAccountability": (OVERSIGHT_HEAD, {}),
        "NotifyAccountability": (
            OVERSIGHT,
            {
                "facts": "三次当场收缴罚款未开具票据。",
                "reasons": "违法实施处罚。",
                "basis": "《行政处罚法》第七十条",
                "rights_told": True,
                "receipt": "告知书送达回证",
            },
        ),
        "HearAccountability": (OVERSIGHT, {"recheck_opinion": "申辩理由不成立。"}),
        "DecideAccountability": (
            OVERSIGHT_HEAD,
            {
                "document_number": "示例追责〔2026〕1号",
                "reasons": "事实清楚，证据确凿。",
                "remedy_told": True,
            },
        ),
        "ServeAccountability": (OVERSIGHT, {"receipt": "决定书送达回证"}),
    }
)
NAME_KINDS = frozenset({"ConcludeAccountability", "NotifyAccountability", "DecideAccountability"})
MEET = frozenset({"DeliberateAccountability", "DecideAccountability"})


def meeting(held: datetime) -> dict[str, Any]:
    """The meeting of the heads."""
    return {
        "hold_time": held,
        "participants": [OVERSIGHT_HEAD[0], "deputy-1"],
        "record_number": "示例纪要〔2026〕3号",
        "conclusion": "同意处理意见。",
    }


def step(rpc: str, kind: str, now: datetime) -> tuple[Who, dict[str, Any]]:
    """Who does an act, and what it hands in, where everything is as it should be."""
    by, fields = STEPS[rpc]
    more: dict[str, Any] = {"kinds": [f"ACCOUNTABILITY_KIND_{kind}"]} if rpc in NAME_KINDS else {}
    if rpc == "ConcludeAccountability" and FOLLOWS[Kind(kind)].against is Against.ORGANISATION:
        more |= {"occur_time": now, "no_leader_reasons": "主要负责人已经部署整改，并非其过错。"}
    return by, {**fields, **more, **({"meeting": meeting(now)} if rpc in MEET else {})}


async def register(say: Any, body_id: str, officer_id: str = "", **more: Any) -> pb.Accountability:
    """A clue about an officer, or about a unit."""
    said = {
        "against": PERSON if officer_id else UNIT,
        "body_id": body_id,
        "officer_id": officer_id,
        "source": PAPER,
        "title": TITLE,
        **more,
    }
    return (await say(CITY, SERVICE, "RegisterAccountability", OVERSIGHT, **said)).accountability  # type: ignore[no-any-return]


async def handle(
    say: Any, accountability_id: str, rpc: str, kind: str, now: datetime, **more: Any
) -> pb.Accountability:
    """One act of a matter; `more` is what it hands in besides, or otherwise."""
    by, fields = step(rpc, kind, now)
    reply = await say(CITY, SERVICE, rpc, by, accountability_id=accountability_id, **(fields | more))
    return reply.accountability  # type: ignore[no-any-return]


async def answer(say: Any, node: str, by: Who, accountability_id: str, kind: str, **more: Any) -> Any:
    """What the person, or the head of the unit, answers at the own node."""
    said = {
        "accountability_id": accountability_id,
        "kind": f"SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_{kind}",
        "text": "当时票据用完，事后补开。",
        **more,
    }
    return (await say(node, "enforcement", "AnswerAccountability", by, **said)).supervision_answer
