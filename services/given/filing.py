"""Reviews of filed major penalties, said over the public API."""

from collections.abc import Iterable
from typing import Any

from yifa.supervision.v1 import file_review_pb2 as reviews
from yifa.supervision.v1 import filing_pb2 as pb

from services.given.file_review import MET, NOT_MET
from services.given.people import OVERSIGHT
from services.given.say import Say, Who


def verdicts(items: Iterable[reviews.FileItem], wrong: str = "") -> list[reviews.FileVerdict]:
    """What a reviewer finds of each point of legality: all in order, but for one that is named."""
    said = []
    for item in items:
        result = NOT_MET if item.item_id == wrong else MET
        reasons = (
            "经审查存在该问题" if result == NOT_MET else "" if item.result == MET else "经审查未发现问题"
        )
        said.append(reviews.FileVerdict(item_id=item.item_id, result=result, reasons=reasons))
    return said


async def registered(say: Say, filing_id: str, by: Who = OVERSIGHT) -> pb.FilingReview:
    """A filing that is whole, with what the machine says of it."""
    filing: pb.FilingReview = (
        await say("city", "supervision", "RegisterFiling", by, filing_id=filing_id)
    ).filing
    return filing


async def reviewed(say: Say, filing_id: str, *, accept: bool, opinion: str, by: Who = OVERSIGHT) -> Any:
    """A filing that is registered and accepted, or objected to for its first point."""
    filing = (await say("city", "supervision", "GetFiling", by, filing_id=filing_id)).filing
    if filing.state == pb.FILING_STATE_FILED:
        filing = await registered(say, filing_id, by)
    wrong = "" if accept else filing.items[0].item_id
    fields = {"filing_id": filing_id, "opinion": opinion, "verdicts": verdicts(filing.items, wrong)}
    return await say("city", "supervision", "AcceptFiling" if accept else "ObjectToFiling", by, **fields)
