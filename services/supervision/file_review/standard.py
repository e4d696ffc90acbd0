"""The standard by which a file is reviewed."""

from typing import Any

from yifa.supervision.v1 import file_review_pb2 as pb

from services.law.rubric import Rubric


def asked(look: Any, review: pb.FileReview) -> Rubric | None:
    """The standard of a review, as it was when the review was opened; None where it is kept no more as it was. `look` is a
    transaction or a view.
    """
    named = review.standard
    return look.parameters.rubric_kept(named.standard_id, named.sha256)  # type: ignore[no-any-return]
