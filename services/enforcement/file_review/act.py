"""The acts of an objection: bound to its procedure, its table and its facts."""

from typing import Any

from yifa.enforcement.v1 import file_review_pb2 as pb

from services.enforcement.file_review.facts import Objecting
from services.enforcement.file_review.model import FileReviewObjection
from services.kit.act import Acts
from services.law.procedures.file_review_objection import FILE_REVIEW_OBJECTION

_LEAD = "FILE_REVIEW_OBJECTION_STATE_"
_STATES = {n: name.removeprefix(_LEAD) for name, n in pb.FileReviewObjectionState.items()}


def columns(objection: pb.FileReviewObjection) -> dict[str, Any]:
    return {
        "review_id": objection.review_id,
        "state": _STATES[objection.state],
        "version": objection.version,
    }


act = Acts(
    row=FileReviewObjection,
    record=pb.FileReviewObjection,
    key="objection_id",
    procedure=FILE_REVIEW_OBJECTION,
    facts=Objecting,
    columns=columns,
    tags=("objection_id", "review_id"),
)
