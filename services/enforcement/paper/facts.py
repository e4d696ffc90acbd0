"""What the rules are told when a paper is issued."""

from datetime import datetime
from typing import Any

from services.enforcement.case.facts import role_names
from services.enforcement.paper.about import About
from services.enforcement.paper.permit import there_is
from services.law.paper_form import Paper
from services.law.procedure import whole
from services.law.procedures.paper_issue import PaperFacts


@whole
class IssueFacts(PaperFacts):
    """A paper that is asked for now. `look` is a Tx or a View."""

    def __init__(self, about: About, paper: Paper, look: Any) -> None:
        self.noun, self.record, self.case = about.noun, about.record, about.case
        self.paper, self.look = paper, look

    def at(self) -> datetime:
        now: datetime = self.look.now
        return now

    def made_here(self) -> bool:
        return self.record.node == self.look.node

    def caller(self) -> str:
        return str(self.look.caller.subject)

    def roles(self) -> frozenset[str]:
        return role_names(self.look.caller.roles)

    def besides(self) -> frozenset[str]:
        """Only papers of permits say what they need."""
        return there_is(self.look, self.paper, self.record) if self.noun == "permit" else frozenset()
