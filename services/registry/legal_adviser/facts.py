"""What the law asks about an adviser."""

from sqlmodel import select
from yifa.registry.v1 import legal_adviser_pb2 as pb

from services.kit.tx import Tx
from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures import legal_adviser as law
from services.law.procedures.body import may_enforce
from services.law.rule import NotAsked, fact
from services.registry.body.model import Body, body_proto
from services.registry.lawful import Looked
from services.registry.legal_adviser.model import LegalAdviser


@whole
class LegalAdviserFacts(Looked, law.LegalAdviserFacts):
    """An adviser as entered, or as on the register; `reasons` are said by who takes one off it."""

    def __init__(self, tx: Tx, adviser: pb.LegalAdviser, reasons: str | None = None) -> None:
        super().__init__(tx)
        self.adviser, self._reasons = adviser, reasons

    @fact
    def body_stands(self) -> bool:
        if not self.adviser.body_id:
            return True
        body = self.tx.find(Body, self.adviser.body_id)
        return body is not None and may_enforce(body_proto(body))

    @fact
    def entered_already(self) -> bool:
        """The same licence, or the same name and unit where there is none, of the same agency."""
        mine = self.adviser
        same = select(LegalAdviser).where(
            LegalAdviser.body_id == mine.body_id,
            LegalAdviser.name == mine.name,
            LegalAdviser.state == "ENGAGED",
            LegalAdviser.adviser_id != mine.adviser_id,
        )
        others = (pb.LegalAdviser.FromString(row.record) for row in self.tx.query(same))
        return any(person(other) == person(mine) and overlap(other, mine) for other in others)

    def reasons(self) -> str:
        if self._reasons is None:
            raise NotAsked
        return self._reasons


def person(adviser: pb.LegalAdviser) -> str:
    return adviser.licence_number or adviser.unit


def overlap(one: pb.LegalAdviser, other: pb.LegalAdviser) -> bool:
    """Whether two terms share a moment."""
    begins = max(one.from_time.ToDatetime(), other.from_time.ToDatetime())
    ends = [end.replace(tzinfo=None) for each in (one, other) if (end := moment_at(each, "until_time"))]
    return all(begins < end for end in ends)
