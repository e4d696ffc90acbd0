"""What the city knows of every yearly assessment, of a body and of a person: its scheme, and who took part in the meeting."""

from datetime import datetime
from functools import cached_property
from typing import Any

from sqlmodel import select

from services.law.assessment import By, Weighed
from services.law.figure import FIGURES
from services.law.figures.oversight import DATA
from services.law.heads import rank_at
from services.law.rule import fact
from services.supervision.assessment.scheme import ends_of, weighed
from services.supervision.certificate.model import Certificate
from services.supervision.head.model import Heads
from services.supervision.warning.catalogue import kinds, looks_of

OF_RECORDS = frozenset({"", "case", "clock", "matter", "inspection"})
"""What a warning looks at that names its body; one that only mirrors rules looks at nothing itself."""


def of_bodies(rule_id: str) -> bool:
    """Whether there is such a warning, and it names the body that it is about: one of a record does, one of an officer or of a
    whole department does not, and would never be counted for anybody. What says that a record is faulty counts for nobody.
    """
    if rule_id not in kinds() or rule_id == DATA:
        return False
    looks = {kind.watches for kind in looks_of(rule_id)} or {kinds()[rule_id].watches}
    return bool(looks & OF_RECORDS)


class Graded:
    """The facts of both. `assessment` is the record, `record` what the rules ask of it, `look` a transaction or a view."""

    assessment: Any
    record: Any
    look: Any

    def weights(self) -> tuple[Weighed, ...]:
        return weighed(self.assessment.scheme)

    def by_people(self) -> tuple[Weighed, ...]:
        return weighed(self.assessment.scheme, By.PERSON)

    def countable(self) -> bool:
        named = (each for each in ends_of(self.assessment.scheme) if each.counts)
        words = {word for each in named if FIGURES[each.counts].by == "rule_id" for word in each.only}
        return all(of_bodies(word) for word in words)

    @cached_property
    def heads(self) -> list[Heads]:
        return list(self.look.query(select(Heads)))

    @fact
    def members_known(self) -> bool:
        """A head of any body, or a holder of a certificate, on the day of the meeting."""
        when = self.record.meet_time
        return when is not None and all(self._known(member, when) for member in self.record.members)

    def _known(self, person: str, when: datetime) -> bool:
        if any(rank_at(row.terms, person, when) for row in self.heads):
            return True
        held = self.look.query(select(Certificate).where(Certificate.officer_id == person))
        return any(row.issue_time <= when < row.expire_time for row in held)
