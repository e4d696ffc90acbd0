"""What the rules are told when a paper is issued."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.case.facts import role_names
from services.law.paper import Paper
from services.law.procedure import whole
from services.law.procedures.case_paper import CasePaperFacts


@whole
class IssueFacts(CasePaperFacts):
    """A paper that is asked for now. `look` is a Tx or a View."""

    def __init__(self, case: cases.Case, paper: Paper, look: Any) -> None:
        self.case, self.paper, self.look = case, paper, look

    def at(self) -> datetime:
        now: datetime = self.look.now
        return now

    def caller(self) -> str:
        return str(self.look.caller.subject)

    def roles(self) -> frozenset[str]:
        return role_names(self.look.caller.roles)
