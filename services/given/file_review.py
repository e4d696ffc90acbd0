"""Reviews of case files, said over the public API: a sample, its reviewers, what they find, and the result."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from yifa.supervision.v1 import file_review_pb2 as pb

from services.given.people import OVERSIGHT
from services.given.say import Say, Who, patient
from services.law.draw import seed_hash
from services.law.moment import put_moment

CITY, SERVICE = "city", "supervision"
SEED, NUMBER = "示例种子：不可预知的一串文字和数字407", "407"
MET, NOT_MET = pb.FILE_ITEM_RESULT_MET, pb.FILE_ITEM_RESULT_NOT_MET
UNKNOWN = pb.FILE_ITEM_RESULT_UNKNOWN


def reviewer(officer_id: str) -> Who:
    """An officer of another department who reviews files for the oversight body."""
    return (officer_id, "OVERSIGHT")


async def commit(
    say: Say, node: str, period: tuple[date, date], now: datetime, **more: Any
) -> pb.FileReviewBatch:
    """The list of a department's closed cases, and the hash of the seed; the public number comes a moment later."""
    request = pb.CommitFileReviewBatchRequest()
    put_moment(request.draw_after, now + timedelta(seconds=1))
    fields = {
        "title": f"{period[1].year}年度案卷评查",
        "node": node,
        "from_day": period[0].isoformat(),
        "until_day": period[1].isoformat(),
        "strata_by": ["FILE_STRATUM_BODY", "FILE_STRATUM_KIND"],
        "per_stratum": 1,
        "seed_hash": seed_hash(SEED),
        "public_source": "示例公共随机数",
        "draw_after": request.draw_after,
    } | more
    batch: pb.FileReviewBatch = (
        await say(CITY, SERVICE, "CommitFileReviewBatch", OVERSIGHT, **fields)
    ).file_review_batch
    return batch


async def draw(say: Say, batch_id: str) -> list[pb.FileReview]:
    """The sample, once the public number is known, and the reviews that it begins."""
    key = {"batch_id": batch_id}
    await patient(say)(
        CITY, SERVICE, "DrawFileReviewBatch", OVERSIGHT, seed=SEED, public_number=NUMBER, **key
    )
    listed = await say(CITY, SERVICE, "ListFileReviews", OVERSIGHT, page_size=100, **key)
    return list(listed.file_reviews)


async def assign(say: Say, review_id: str, reviewers: Sequence[str]) -> pb.FileReview:
    """Who reviews a file; the machine looks at it."""
    key = {"review_id": review_id}
    said = await patient(say)(CITY, SERVICE, "AssignFileReviewers", OVERSIGHT, reviewers=reviewers, **key)
    review: pb.FileReview = said.file_review
    return review


def verdicts(items: Iterable[pb.FileItem], lost: dict[str, int] | None = None) -> list[pb.FileVerdict]:
    """What a reviewer says: what the machine does, in order where it cannot tell, but for some items that lose points."""
    lost, said = lost or {}, []
    for item in items:
        result = MET if item.result == UNKNOWN else item.result
        off = item.points if result == NOT_MET and item.kind != pb.FILE_ITEM_KIND_VETO else 0
        if item.item_id in lost:
            result, off = NOT_MET, lost[item.item_id]
        reasons = "见案卷" if result == NOT_MET else ""
        said.append(pb.FileVerdict(item_id=item.item_id, result=result, lost=off, reasons=reasons))
    return said


async def score(say: Say, review: pb.FileReview, lost: dict[str, int] | None = None) -> None:
    """What each of the reviewers found, the same."""
    for who in review.reviewers:
        fields = {"review_id": review.review_id, "verdicts": verdicts(review.items, lost)}
        await say(CITY, SERVICE, "ScoreFile", reviewer(who), **fields)


async def conclude(say: Say, review_id: str, by: Who = OVERSIGHT) -> pb.FileReview:
    """What the scores come to; the department is told."""
    review: pb.FileReview = (
        await say(CITY, SERVICE, "ConcludeFileReview", by, review_id=review_id)
    ).file_review
    return review
