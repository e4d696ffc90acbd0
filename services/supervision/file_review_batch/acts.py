"""Samples of case files: the list and the hash of the seed first, then the seed and a public number that nobody here chose."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.act import Acts, Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.draw import files_drawn
from services.law.moment import moment_of, put_moment
from services.law.procedures.file_review_batch import FILE_REVIEW_BATCH
from services.supervision.file_review.opening import open_review
from services.supervision.file_review_batch.facts import Sampled
from services.supervision.file_review_batch.listing import put_files
from services.supervision.file_review_batch.model import FileReviewBatch

PREFIX = "KB-"
_STATES = {
    number: name.removeprefix("FILE_REVIEW_BATCH_STATE_") for name, number in pb.FileReviewBatchState.items()
}


def columns(batch: pb.FileReviewBatch) -> dict[str, Any]:
    summary = pb.FileReviewBatch.FromString(batch.SerializeToString())
    summary.ClearField("files")
    return {
        "summary": summary.SerializeToString(deterministic=True),
        "state": _STATES[batch.state],
        "commit_time": moment_of(batch.commit_time),
        "version": batch.version,
    }


act = Acts(
    row=FileReviewBatch,
    record=pb.FileReviewBatch,
    key="batch_id",
    procedure=FILE_REVIEW_BATCH,
    facts=Sampled,
    columns=columns,
    tags=("batch_id",),
)


def _committed(request: pb.CommitFileReviewBatchRequest, tx: Tx) -> pb.FileReviewBatch:
    """The list as it stands now. Raises Malformed for a moment beyond the calendar."""
    try:
        moment_of(request.draw_after).astimezone(SHANGHAI)
        if not 0 <= request.draw_after.nanos < 1_000_000_000:
            raise ValueError(request.draw_after.nanos)
    except (ValueError, OverflowError):
        said = ("is no moment between the years 1 and 9999", "不是公元1年至9999年之间的时间")
        raise Malformed({"draw_after": said}) from None
    batch = pb.FileReviewBatch(
        batch_id=tx.new_id(PREFIX),
        title=request.title,
        node=request.node,
        from_day=request.from_day,
        until_day=request.until_day,
        kinds=request.kinds,
        strata_by=request.strata_by,
        per_stratum=request.per_stratum,
        seed_hash=request.seed_hash,
        public_source=request.public_source,
        draw_after=request.draw_after,
        committer=tx.caller.subject,
    )
    put_moment(batch.commit_time, tx.now)
    put_files(batch, tx)
    return batch


@act(FILE_REVIEW_BATCH.COMMIT_FILE_REVIEW_BATCH, begins=_committed)
def commit_file_review_batch(
    _request: pb.CommitFileReviewBatchRequest, _batch: pb.FileReviewBatch, _do: Do
) -> events.FileReviewBatchCommitted:
    """Freeze the list and publish the hash of a seed, before the public number is known (GD-FILE 6)."""
    return events.FileReviewBatchCommitted()


def _revealed(request: pb.DrawFileReviewBatchRequest, batch: pb.FileReviewBatch, tx: Tx) -> None:
    batch.seed, batch.public_number, batch.drawer = request.seed, request.public_number, tx.caller.subject
    put_moment(batch.draw_time, tx.now)


@act(FILE_REVIEW_BATCH.DRAW_FILE_REVIEW_BATCH, takes=_revealed)
def draw_file_review_batch(
    _request: pb.DrawFileReviewBatchRequest, batch: pb.FileReviewBatch, do: Do
) -> events.FileReviewBatchDrawn:
    """Draw: what comes out follows from the frozen list, the seed and the public number. Each file begins its review."""
    batch.drawn.extend(files_drawn(batch, batch.seed, batch.public_number))

    def opened() -> None:
        for key in batch.drawn:
            open_review(do.tx, batch, key)

    do.then = opened
    return events.FileReviewBatchDrawn()
