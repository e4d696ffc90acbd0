"""What the city may not do when it designates who handles a disputed matter (APL 25)."""

from abc import abstractmethod

from services.law.process import Facts, rule


class DesignationFacts(Facts):
    """What a designation of jurisdiction asks."""

    @abstractmethod
    def other_decided(self) -> bool:
        """Whether the case that would not go on has a decision."""


@rule(
    "CASE_DECIDED",
    law="APL-2021:25",
    zh="另一方已作出处罚决定，不得再指定其案件移送。",
    en="The other department has decided its case already. Designate that one, or leave both as they are.",
)
def may_yield(f: DesignationFacts) -> bool:
    """A case that was decided already is not taken from the department that decided it."""
    return not f.other_decided()
