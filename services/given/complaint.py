"""Complaints about enforcement, said over the public API."""

from collections.abc import Iterable
from typing import Any

from yifa.supervision.v1 import complaint_pb2 as pb

from services.given.people import CITIZEN, OVERSIGHT, OVERSIGHT_HEAD
from services.given.say import Who

CITY, SERVICE = "city", "supervision"


async def name_unsealer(say: Any, person: str = OVERSIGHT[0]) -> None:
    """Somebody who may unseal who complained."""
    await say(CITY, SERVICE, "NameUnsealer", OVERSIGHT_HEAD, person=person, reason="保管投诉举报人信息")


async def file_complaint(
    say: Any, body_id: str, body_name: str, act: str, text: str, day: str, *, by: Who = CITIZEN, **more: Any
) -> pb.FileComplaintResponse:
    """What a member of the public, or the office for it, takes down; `more` is who, and what else the request may say."""
    about = {"body_id": body_id, "body_name": body_name, "act": act, "day": day}
    fields = {"source": pb.COMPLAINT_SOURCE_PUBLIC, "about": about, "text": text, **more}
    reply: pb.FileComplaintResponse = await say(CITY, SERVICE, "FileComplaint", by, **fields)
    return reply


STEPS: tuple[tuple[str, Who, dict[str, Any]], ...] = (
    ("RegisterComplaint", OVERSIGHT, {"matter": pb.COMPLAINT_MATTER_ENFORCEMENT, "remedy": pb.COMPLAINT_REMEDY_NONE}),
    ("AcceptComplaint", OVERSIGHT, {}),
    ("AssignComplaint", OVERSIGHT_HEAD, {"handlers": [OVERSIGHT[0]]}),
    ("InvestigateComplaint", OVERSIGHT, {}),
    (
        "ConcludeComplaint",
        OVERSIGHT,
        {
            "conclusion": pb.COMPLAINT_CONCLUSION_PARTLY_FOUNDED,
            "evidence": ["询问笔录"],
            "reasons": "经查阅案卷、询问当事人，部分属实。",
        },
    ),
    ("AnswerComplaint", OVERSIGHT, {"answer": "经查部分属实，已督促纠正。"}),
)  # fmt: skip


async def handle(
    say: Any, complaint_id: str, number: str, upto: str = STEPS[-1][0], *, only: bool = False
) -> None:
    """Handle a complaint, from its registration up to an act, or that act only."""
    for rpc, by, fields in steps_to(upto):
        if only and rpc != upto:
            continue
        told = {"number": number} if rpc == "RegisterComplaint" else {}
        await say(CITY, SERVICE, rpc, by, complaint_id=complaint_id, **fields, **told)


def steps_to(last: str) -> Iterable[tuple[str, Any, dict[str, Any]]]:
    for step in STEPS:
        yield step
        if step[0] == last:
            return
