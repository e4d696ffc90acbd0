"""Reviews of case files: the samples, the list of reviews, and one of each."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import file_review_pb2 as pb

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.render import page
from services.console.show import short_enum

SAMPLES = 10


async def file_reviews(request: Request) -> Response:
    console = console_of(request)
    wanted = pb.ListFileReviewsRequest(
        state=filters.enum(request, "state", "FileReviewState"),
        node=filters.text(request, "node", 32),
        batch_id=filters.text(request, "batch", 64),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.file_reviews(wanted)
    samples = await console.supervision.file_review_batches(
        pb.ListFileReviewBatchesRequest(page_size=SAMPLES)
    )
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {
        "state": short_enum("FileReviewState", wanted.state) if wanted.state else "",
        "node": wanted.node,
        "batch": wanted.batch_id,
    }
    shown = len(found.file_reviews)
    return page(
        request,
        "file_reviews.html",
        reviews=found.file_reviews,
        samples=samples.file_review_batches,
        f=chosen,
        nodes=filters.departments(show),
        states=filters.choices(show, "FileReviewState"),
        pages=filters.pages("/file-reviews", chosen, seen, shown, found.total, found.next_page_token),
    )


async def file_review(request: Request) -> Response:
    console = console_of(request)
    found = await console.supervision.file_review(request.path_params["review_id"])
    said = {verdict.item_id: verdict for verdict in found.result.verdicts}
    people = await console.registry.names(found.reviewers)
    return page(request, "file_review.html", people=people, r=found, said=said)


async def file_review_batch(request: Request) -> Response:
    found = await console_of(request).supervision.file_review_batch(request.path_params["batch_id"])
    batch = found.file_review_batch
    files = {file.record_id or file.case_id: file for file in batch.files}
    return page(request, "file_review_batch.html", b=batch, files=files, verified=found.verified)


ROUTES = [
    Route("/file-reviews", file_reviews),
    Route("/file-reviews/samples/{batch_id}", file_review_batch),
    Route("/file-reviews/{review_id}", file_review),
]
