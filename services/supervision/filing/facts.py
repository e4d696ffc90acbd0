"""The facts of the review of a filed penalty at the city."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from yifa.enforcement.v1.case_pb2 import Case
from yifa.supervision.v1 import file_review_pb2 as reviews
from yifa.supervision.v1 import filing_pb2 as pb

from services.law.procedure import whole
from services.law.procedures.filing import FORMAL, FilingFacts
from services.law.procedures.penalty.stages import given
from services.supervision.case.model import CaseView
from services.supervision.case.part import concerned
from services.supervision.file_review import verdict
from services.supervision.filing.model import Filing


def missing_of(case: Case) -> tuple[str, ...]:
    """What of a filing the record of its case does not show."""
    return tuple(path for path, _, _ in FORMAL if not given(case, path))


@whole
class Concluding(FilingFacts):
    """What somebody checks or concludes of a filing."""

    def __init__(
        self, look: Any, filing: Filing, who: str, opinion: str = "", verdicts: Sequence[Any] = ()
    ) -> None:
        self.look, self.now, self.filing, self.who, self.said = look, look.now, filing, who, opinion
        self.verdicts: Sequence[reviews.FileVerdict] = verdicts
        self.items: Iterable[reviews.FileItem] = pb.FilingReview.FromString(filing.substance).items

    def at(self) -> datetime:
        return self.now  # type: ignore[no-any-return]

    def case(self) -> Case:
        return self.look.get(CaseView, self.filing.case_id).case()  # type: ignore[no-any-return]

    def sector(self) -> str:
        return self.case().sector

    def opinion(self) -> str:
        return self.said

    def missing(self) -> tuple[str, ...]:
        return missing_of(self.case())

    def reviewer(self) -> str:
        return self.who

    def involved(self) -> frozenset[str]:
        return concerned(self.look, self.case())

    def unjudged(self) -> tuple[str, ...]:
        """Where nothing was looked at, nothing is judged."""
        return verdict.unjudged(self.items, self.verdicts) if self.items else ("-",)

    def unreasoned(self) -> tuple[str, ...]:
        return verdict.unreasoned(self.items, self.verdicts)

    def problems(self) -> tuple[str, ...]:
        return tuple(v.item_id for v in self.verdicts if v.result == verdict.NOT_MET)

    def corrected(self) -> bool:
        return False
