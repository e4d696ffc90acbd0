"""A file that was drawn begins its review."""

from collections.abc import Iterator

from yifa.enforcement.v1.case_pb2 import Case
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import put_moment
from services.law.procedures.file_review import FILE_REVIEW
from services.law.rubric import Rubric
from services.supervision.case.model import CaseView
from services.supervision.file_review.act import PREFIX, act
from services.supervision.file_review.precheck import item_message
from services.supervision.file_review_batch.listing import standard_message


def standard_of(tx: Tx, batch: pb.FileReviewBatch, file: pb.ReviewableFile, sector: str) -> Rubric:
    """The standard that the sample was published with; where it is kept no more as it was, the one that holds now, and the review
    shows which.
    """
    named = next(s for s in batch.standards if s.standard_id == file.standard_id)
    kept = tx.parameters.rubric_kept(named.standard_id, named.sha256)
    return kept or tx.parameters.rubric(sector, tx.now.astimezone(SHANGHAI).date())


def kind_name(kind: int) -> str:
    return pb.FileKind.Name(kind).removeprefix("FILE_KIND_")  # type: ignore[arg-type]


def open_review(tx: Tx, batch: pb.FileReviewBatch, case_id: str) -> None:
    """Open the review of a file that was drawn."""
    case = tx.get(CaseView, case_id).case()
    file = next(f for f in batch.files if f.case_id == case_id)
    standard = standard_of(tx, batch, file, case.sector)
    review = pb.FileReview(
        review_id=tx.new_id(PREFIX),
        batch_id=batch.batch_id,
        node=case.node,
        body_id=case.body_id,
        body_name=case.body_name,
        case_id=case_id,
        case_number=case.case_number,
        kind=file.kind,
        sector=case.sector,
        standard=standard_message(standard, tx.parameters, case.sector),
        items=[
            item_message(item, tx.parameters, case.sector) for item in standard.asked_of(kind_name(file.kind))
        ],
        participants=participants(case),
    )
    put_moment(review.open_time, tx.now)

    def body(_request: None, _review: pb.FileReview, _do: Do) -> events.FileReviewOpened:
        return events.FileReviewOpened()

    act.do(tx, FILE_REVIEW.OPEN_FILE_REVIEW, review, None, body)


def participants(case: Case) -> list[pb.FileParticipant]:
    """Into whose files the result goes: who handled the case, who reviewed it in law, who decided."""
    return [pb.FileParticipant(officer_id=who, part=part) for who, part in dict(_parts(case)).items() if who]  # type: ignore[arg-type]


def _parts(case: Case) -> Iterator[tuple[str, int]]:
    yield case.decision.decider or case.no_penalty.decider, pb.FILE_PART_DECIDED
    yield case.review.reviewer, pb.FILE_PART_REVIEWED
    for officer in case.officers:
        yield officer.officer_id, pb.FILE_PART_HANDLED
