"""Who acts as head of the body, for the procedures that have acts for a head alone."""

from typing import Any, ClassVar

from services.enforcement.head.model import rank_in
from services.law.procedures.shared import HeadFacts


class DoneByHead(HeadFacts):
    """What an act says of its head, and which posts are on record. Stands before the facts of the record among the bases."""

    HELD: ClassVar[str]
    """By which name the facts hold the record."""
    look: Any
    asked: bool
    """Whether an act is asked for; else those are listed that are open."""

    def signer(self) -> str:
        """Who calls, where the acts are listed that are open."""
        return super().signer() if self.asked else str(self.look.caller.subject)  # type: ignore[safe-super]

    def rank(self, person: str) -> int:
        return rank_in(self.look, getattr(self, self.HELD), person, self.at())
