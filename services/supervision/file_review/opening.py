"""A file that was drawn begins its review."""

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import put_moment
from services.law.procedures.file_review import FILE_REVIEW
from services.law.rubric import Rubric
from services.supervision.file_review.act import PREFIX, act
from services.supervision.file_review.precheck import item_message
from services.supervision.file_review.source import File, family_of, file_of, kind_name
from services.supervision.file_review_batch.listing import standard_message


def standard_of(tx: Tx, batch: pb.FileReviewBatch, file: pb.ReviewableFile, sector: str) -> Rubric:
    """The standard that the sample was published with; where it is kept no more as it was, the one that holds now, and the review
    shows which.
    """
    named = next(s for s in batch.standards if s.standard_id == file.standard_id)
    kept = tx.parameters.rubric_kept(named.standard_id, named.sha256)
    today = tx.now.astimezone(SHANGHAI).date()
    return kept or tx.parameters.rubric(sector, today, family_of(file.kind))


def open_review(tx: Tx, batch: pb.FileReviewBatch, key: str) -> None:
    """Open the review of a file that was drawn, by its record."""
    listed = next(f for f in batch.files if key == (f.record_id or f.case_id))
    file = file_of(tx, listed.kind, listed.case_id, listed.record_id)
    record = file.record
    standard = standard_of(tx, batch, listed, record.sector)
    review = pb.FileReview(
        review_id=tx.new_id(PREFIX),
        batch_id=batch.batch_id,
        node=record.node,
        body_id=record.body_id,
        body_name=record.body_name,
        case_id=file.case_id,
        record_id=file.record_id,
        case_number=file.number,
        kind=listed.kind,
        sector=record.sector,
        standard=standard_message(standard, tx.parameters, record.sector),
        items=[
            item_message(item, tx.parameters, record.sector)
            for item in standard.asked_of(kind_name(listed.kind))
        ],
        participants=participants(file),
    )
    put_moment(review.open_time, tx.now)

    def body(_request: None, _review: pb.FileReview, _do: Do) -> events.FileReviewOpened:
        return events.FileReviewOpened()

    act.do(tx, FILE_REVIEW.OPEN_FILE_REVIEW, review, None, body)


def participants(file: File) -> list[pb.FileParticipant]:
    """Into whose files the result goes: who handled it, who reviewed it, who decided."""
    return [pb.FileParticipant(officer_id=who, part=part) for who, part in dict(file.parts).items() if who]  # type: ignore[arg-type]
