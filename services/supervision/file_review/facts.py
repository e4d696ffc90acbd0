"""The facts of the review of a file at the city: the record with what the act hands in, and what the city knows of people."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1.file_review_pb2 import FileReviewObjection
from yifa.supervision.v1 import file_review_pb2 as pb

from services.law.calendar import SHANGHAI
from services.law.moment import micros, moment_at, moment_of
from services.law.procedure import whole
from services.law.procedures.file_review import FileReviewFacts, FileReviewRecord
from services.law.process import Move
from services.law.rule import NotAsked, fact
from services.law.standing import Scope, person_at
from services.supervision.body.model import Body
from services.supervision.case.facts import as_kept
from services.supervision.certificate.model import Certificate
from services.supervision.file_review import verdict
from services.supervision.file_review.source import SOURCES, family_of, file_of
from services.supervision.file_review.standard import asked
from services.supervision.head.model import Heads

OBJECTION = "SUP-11"
"""The term to object."""
NEEDED = "file_review.reviewers"


@whole
class Reviewed(FileReviewFacts):
    """An act about a review. `look` is a transaction or a view; `request` what the act hands in, None where nobody asks."""

    def __init__(self, review: pb.FileReview, look: Any, _move: Move, request: Any = None) -> None:
        self.review, self.look, self.now, self.request = review, look, look.now, request
        who = str(look.caller.subject)
        concluding = isinstance(request, pb.ConcludeFileReviewRequest)
        deciding = isinstance(request, pb.DecideFileObjectionRequest)
        self.record = FileReviewRecord(
            reviewers=tuple(review.reviewers),
            scorer=who if isinstance(request, pb.ScoreFileRequest) else "",
            scored=tuple(score.reviewer for score in review.scores),
            concluder=who if concluding else review.concluder,
            examiner=who if deciding else "",
            reasons=request.text
            if isinstance(request, FileReviewObjection)
            else getattr(request, "reasons", ""),
        )

    def at(self) -> datetime:
        """An objection was made when the department made it."""
        if isinstance(self.request, FileReviewObjection):
            return moment_of(self.request.object_time)
        return self.now

    def sector(self) -> str:
        return self.review.sector

    def reviewers_needed(self) -> int:
        day = self.now.astimezone(SHANGHAI).date()
        return int(self.look.parameters.value(NEEDED, day, self.sector()).value)

    def _people(self) -> frozenset[str]:
        r = self.record
        return self.named() | ({r.concluder, r.examiner} - {""})

    @fact
    def standard_kept(self) -> bool:
        return asked(self.look, self.review) is not None

    @fact
    def known(self) -> frozenset[str]:
        return frozenset(person for person in self.named() if self._certified(person))

    def _certified(self, person: str) -> bool:
        held = self.look.query(select(Certificate).where(Certificate.officer_id == person))
        for kind in {row.kind for row in held}:
            own = [as_kept(row) for row in held if row.kind == kind]
            found = person_at(person, "", own, self.now, [], Scope(kind=kind, act=0))
            if found.certified and not found.suspended:
                return True
        return False

    @fact
    def members(self) -> frozenset[str]:
        return frozenset(person for person in self._people() if self._of_the_body(person))

    def _of_the_body(self, person: str) -> bool:
        """By a certificate that runs, and by who heads the body."""
        held = select(Certificate).where(
            Certificate.officer_id == person, Certificate.expire_time >= self.now
        )
        if any(
            row.body_id == self.review.body_id or self._here(row.body_id) for row in self.look.query(held)
        ):
            return True
        heads, now = self.look.find(Heads, self.review.body_id), micros(self.now)
        terms = heads.terms if heads is not None else ()
        return any(t["officer"] == person and (t["until"] is None or now < t["until"]) for t in terms)

    def _here(self, body_id: str) -> bool:
        body = self.look.find(Body, body_id) if body_id else None
        return body is not None and body.node == self.review.node

    @fact
    def involved(self) -> frozenset[str]:
        """By the record, and by who did any act of it at its department."""
        review = self.review
        file = file_of(self.look, review.kind, review.case_id, review.record_id)
        return SOURCES[family_of(review.kind)].involved(self.look, file)

    def verdicts(self) -> list[pb.FileVerdict]:
        """Those that the act hands in, or comes to."""
        asked = self.request
        if isinstance(asked, pb.ScoreFileRequest):
            return list(asked.verdicts)
        if isinstance(asked, pb.ConcludeFileReviewRequest):
            return verdict.joined(self.review.scores, asked.settled)
        if isinstance(asked, pb.DecideFileObjectionRequest):
            return verdict.replaced(self.review.result.verdicts, asked.changed)
        raise NotAsked

    def unjudged(self) -> tuple[str, ...]:
        return verdict.unjudged(self.review.items, self.verdicts())

    def beyond(self) -> tuple[str, ...]:
        return verdict.beyond(self.review.items, self.verdicts())

    def unreasoned(self) -> tuple[str, ...]:
        """What an objection changes is reasoned for itself, whatever the machine says."""
        bare = verdict.unreasoned(self.review.items, self.verdicts())
        if not isinstance(self.request, pb.DecideFileObjectionRequest | pb.ConcludeFileReviewRequest):
            return bare
        handed = getattr(self.request, "changed", None) or getattr(self.request, "settled", ())
        return (*bare, *(v.item_id for v in handed if not v.reasons.strip() and v.item_id not in bare))

    def unsettled(self) -> tuple[str, ...]:
        if not isinstance(self.request, pb.ConcludeFileReviewRequest):
            raise NotAsked
        return verdict.unsettled(self.review.scores, self.request.settled)

    def carries_points(self) -> bool:
        return verdict.points_of(self.review, self.verdicts()) is not None

    def term_end(self) -> datetime | None:
        return next(
            (moment_at(d, "due_time") for d in self.review.deadlines if d.clock_id == OBJECTION), None
        )

    def objected_before(self) -> bool:
        return self.review.HasField("objection")
