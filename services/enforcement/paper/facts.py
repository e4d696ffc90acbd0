"""What the rules are told when a paper is issued."""

from datetime import datetime
from typing import Any

from services.enforcement.case.facts import role_names
from services.enforcement.paper.about import About
from services.law.paper import Paper
from services.law.procedure import whole
from services.law.procedures.paper_issue import PaperFacts


@whole
class IssueFacts(PaperFacts):
    """A paper that is asked for now. `look` is a Tx or a View."""

    def __init__(self, about: About, paper: Paper, look: Any) -> None:
        self.record, self.case, self.paper, self.look = about.record, about.case, paper, look

    def at(self) -> datetime:
        now: datetime = self.look.now
        return now

    def made_here(self) -> bool:
        return self.record.node == self.look.node

    def caller(self) -> str:
        return str(self.look.caller.subject)

    def roles(self) -> frozenset[str]:
        return role_names(self.look.caller.roles)
