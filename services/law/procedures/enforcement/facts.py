"""What the rules on an enforcement by the agency itself may ask."""

from abc import abstractmethod
from datetime import datetime

from services.law.procedures.enforcement.record import EnforcementRecord, Wrong
from services.law.procedures.papers import Demand, Statement, local_midnight, of_money
from services.law.procedures.shared import HeadFacts


class EnforcementFacts(HeadFacts):
    """The record of an enforcement with what the act hands in (`record`), and the node's own time."""

    record: EnforcementRecord
    now: datetime

    @abstractmethod
    def own_power(self) -> bool:
        """Whether a law gives the agency the power to enforce by itself."""

    @abstractmethod
    def begun_already(self) -> bool:
        """Whether another enforcement of the same is not at an end, by the agency or by the court."""

    @abstractmethod
    def ended_for_good(self) -> bool:
        """Whether another enforcement of the decision was terminated or given up."""

    @abstractmethod
    def after(self) -> datetime | None:
        """When what the act builds on was done, None where that is not known."""

    @abstractmethod
    def overdue(self) -> bool:
        """Whether the time is over to pay, by the law or the instalment that falls due next, or to do what was ordered."""

    @abstractmethod
    def left(self) -> bool:
        """Whether what is enforced is still owed, or still to be done, at the time of the act."""

    @abstractmethod
    def left_fen(self) -> int:
        """What is owed of fine and surcharge by the time of the act; nothing of a decision that was taken away."""

    @abstractmethod
    def surcharge_left_fen(self) -> int:
        """What of the surcharge is neither paid nor waived by the time of the act."""

    @abstractmethod
    def brought_in_fen(self) -> int:
        """What this enforcement brought in, to the designated bank."""

    @abstractmethod
    def stage_missed(self) -> bool:
        """Whether less was paid under the agreement than was due before the act, or a duty not done by its last day."""

    @abstractmethod
    def wrong(self) -> frozenset[Wrong]:
        """What the case shows to have become of the decision since it was made."""

    @abstractmethod
    def surcharge_days(self) -> int:
        """The days of surcharge by the time of the act; those of remedies and of a deferral do not count."""

    @abstractmethod
    def remedy_end(self) -> datetime | None:
        """When the periods of reconsideration and suit against the decision end."""

    @abstractmethod
    def remedy_used(self) -> bool:
        """Whether the party asked for reconsideration or sued."""

    @abstractmethod
    def stayed_by(self) -> tuple[str, ...]:
        """The orders by which execution of the decision was stayed at the time of the act."""

    @abstractmethod
    def night_or_holiday(self) -> bool:
        """Whether the time of the act is night or a public holiday."""

    @abstractmethod
    def substitute_demand_by(self) -> datetime | None:
        """Until when the party has to be told once more: three working days before the substitute performs."""

    @abstractmethod
    def handling(self) -> frozenset[str]:
        """The officers of the case."""

    @abstractmethod
    def case_open(self) -> bool:
        """Whether the case was filed and not closed at the time of the act."""

    @abstractmethod
    def told_before(self) -> bool:
        """Whether the party was told before of what was cleared."""

    @abstractmethod
    def claimed_before(self) -> bool:
        """Whether the costs were claimed before."""

    @abstractmethod
    def costs_left_fen(self) -> int:
        """What of the costs was claimed and not paid before the act."""

    def demand(self) -> Demand:
        return self.record.demand

    def statement(self) -> Statement:
        return self.record.statement

    def money_duty(self) -> bool:
        return of_money(self.record.duty)

    def served_time(self) -> datetime | None:
        return self.record.decision_serve_time

    def receipt(self) -> str:
        return self.record.decision_receipt

    def years_suspended(self) -> int:
        """Whole years since enforcement was suspended."""
        if self.record.suspend_time is None:
            return 0
        begin, at = local_midnight(self.record.suspend_time), local_midnight(self.at())
        return at.year - begin.year - ((at.month, at.day) < (begin.month, begin.day))
