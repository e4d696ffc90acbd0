"""The results of file reviews go into the files of officers, at the city and at their department (GD-FILE 12)."""

from google.protobuf.message import Message
from yifa.registry.v1 import officer_pb2 as pb
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import file_review_pb2 as reviews

from services.kit.tx import Tx
from services.registry.file_review.model import OfficerFileReview
from services.registry.replica import Reaction, keep, of_city


def on_entered(event: supervision.FileReviewEntered, tx: Tx) -> None:
    """The newest result of a review holds, in whatever order they come."""
    for entry in event.entries:
        told = pb.OfficerFileReview(
            review_id=entry.review_id,
            officer_id=entry.officer_id,
            part=reviews.FilePart.Name(entry.part).removeprefix("FILE_PART_"),
            grade=reviews.FileGrade.Name(entry.grade).removeprefix("FILE_GRADE_"),
            score=entry.score,
            node=entry.node,
            case_id=entry.case_id,
            case_number=entry.case_number,
            vetoes=entry.vetoes,
            final_time=entry.final_time,
            version=entry.version,
        )
        values = {
            "officer_id": told.officer_id,
            "version": told.version,
            "record": told.SerializeToString(deterministic=True),
        }
        keep(tx, OfficerFileReview, {"key": f"{told.review_id}/{told.officer_id}"}, values)


REACTIONS: dict[type[Message], Reaction] = {supervision.FileReviewEntered: of_city(on_entered)}
