"""Samples of case files, with all that anybody needs to draw again."""

from sqlalchemy import bindparam, select
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.law.draw import files_verified
from services.supervision.file_review_batch.model import FileReviewBatch

BATCHES = FileReviewBatch.__table__
BATCH = select(BATCHES.c.record).where(BATCHES.c.batch_id == bindparam("wanted"))

MOST = 50
"""How many a page has at most: each names all that was drawn."""


@read
def get_file_review_batch(request: pb.GetFileReviewBatchRequest, view: View) -> pb.GetFileReviewBatchResponse:
    """A sample, drawn again. Refuses with NOT_FOUND."""
    row = view.get(BATCH, "FileReviewBatch", request.batch_id, wanted=request.batch_id)
    batch = pb.FileReviewBatch.FromString(row.record)
    again = batch.state == pb.FILE_REVIEW_BATCH_STATE_DRAWN and files_verified(batch)
    return pb.GetFileReviewBatchResponse(file_review_batch=batch, verified=again)


@read
def list_file_review_batches(
    request: pb.ListFileReviewBatchesRequest, view: View
) -> pb.ListFileReviewBatchesResponse:
    """Samples, newest first, without their lists. Refuses with BAD_PAGE_TOKEN."""
    newest = (BATCHES.c.commit_time.desc(), BATCHES.c.batch_id.desc())
    found = select(BATCHES.c.batch_id, BATCHES.c.commit_time, BATCHES.c.summary)
    rows, token = view.page(found, newest, min(request.page_size or MOST, MOST), request.page_token)
    listed = pb.ListFileReviewBatchesResponse(next_page_token=token)
    for row in rows:
        listed.file_review_batches.add().ParseFromString(row.summary)
    return listed
