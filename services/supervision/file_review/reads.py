"""Reviews of files, and what the final ones come to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.refusal import Malformed
from services.kit.rpc import read
from services.kit.view import View
from services.supervision.counts import count
from services.supervision.file_review.model import FileReview
from services.supervision.file_review.withheld import shown_to
from services.supervision.file_review_batch.facts import period

REVIEWS = FileReview.__table__
ONE = select(REVIEWS.c.record).where(REVIEWS.c.review_id == bindparam("wanted"))
_WORDS = {
    pb.FILE_GRADE_EXCELLENT: "excellent",
    pb.FILE_GRADE_GOOD: "good",
    pb.FILE_GRADE_PASS: "pass",
    pb.FILE_GRADE_FAIL: "fail",
}


@read
def get_file_review(request: pb.GetFileReviewRequest, view: View) -> pb.GetFileReviewResponse:
    """A review. While it is scored nobody sees what another reviewer found (GD-FILE 10). Refuses with NOT_FOUND."""
    row = view.get(ONE, "FileReview", request.review_id, wanted=request.review_id)
    review = pb.FileReview.FromString(row.record)
    return pb.GetFileReviewResponse(file_review=shown_to(review, view.caller.subject))


@read
def list_file_reviews(request: pb.ListFileReviewsRequest, view: View) -> pb.ListFileReviewsResponse:
    """Reviews, newest first. Refuses with BAD_PAGE_TOKEN."""
    named = ("batch_id", "node")
    wanted = [REVIEWS.c[name] == getattr(request, name) for name in named if getattr(request, name)]
    if request.state:
        state = pb.FileReviewState.Name(request.state).removeprefix("FILE_REVIEW_STATE_")
        wanted.append(REVIEWS.c.state == state)
    newest = (REVIEWS.c.open_time.desc(), REVIEWS.c.review_id.desc())
    found = select(REVIEWS.c.review_id, REVIEWS.c.open_time, REVIEWS.c.summary).where(*wanted)
    rows, token = view.page(found, newest, request.page_size, request.page_token)
    listed = pb.ListFileReviewsResponse(next_page_token=token, total=count(view, REVIEWS, wanted))
    for row in rows:
        listed.file_reviews.add().ParseFromString(row.summary)
    return listed


@read
def get_file_review_figures(
    request: pb.GetFileReviewFiguresRequest, view: View
) -> pb.GetFileReviewFiguresResponse:
    """What the reviews that became final on days of a period come to, by body and by officer. Refuses with MALFORMED."""
    asked = period(request.from_day, request.until_day)
    if asked is None:
        said = ("are no period", "不是一个期间")
        raise Malformed({"from_day": said, "until_day": said})
    since, until = asked
    found = select(REVIEWS.c.summary).where(REVIEWS.c.final_time >= since, REVIEWS.c.final_time < until)
    reviews = [
        pb.FileReview.FromString(row.summary) for row in view.rows(found.order_by(REVIEWS.c.review_id))
    ]
    by_body: dict[str, list[pb.FileReview]] = defaultdict(list)
    by_officer: dict[str, list[pb.FileReview]] = defaultdict(list)
    for review in reviews:
        by_body[review.body_id].append(review)
        for each in review.participants:
            by_officer[each.officer_id].append(review)
    return pb.GetFileReviewFiguresResponse(
        bodies=[
            figures(by_body[body_id], body_id=body_id, body_name=by_body[body_id][-1].body_name)
            for body_id in sorted(by_body)
        ],
        officers=[figures(by_officer[who], officer_id=who) for who in sorted(by_officer)],
    )


def figures(reviews: Iterable[pb.FileReview], **about: Any) -> pb.FileReviewFigures:
    """How many came to which grade, and the mean score."""
    listed = list(reviews)
    told = pb.FileReviewFigures(
        reviewed=len(listed),
        vetoed=sum(bool(review.result.vetoes) for review in listed),
        mean_score=round(sum(review.result.score for review in listed) / len(listed)),
        **about,
    )
    for review in listed:
        name = _WORDS[review.result.grade]
        setattr(told, name, getattr(told, name) + 1)
    return told
