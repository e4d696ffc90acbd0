"""The facts of a credit repair as its record shows them with the act in it, and as its case stands: for the department that does
the act, and for the city that judges it again. What other repairs of the case say stays abstract.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import credit_repair_pb2 as pb
from yifa.enforcement.v1.case_pb2 import Case

from services.law.calendar import SHANGHAI
from services.law.clock import catalogue, due
from services.law.moment import moment_at, moment_of
from services.law.procedures.credit_repair.facts import CreditRepairFacts, RepairRecord
from services.law.procedures.penalty.performance import undone
from services.law.process import Move
from services.law.rule import Unknown, fact

# Where the record says when an act was done.
DONE: Mapping[str, str] = MappingProxyType(
    {
        "APPLY": "apply_time",
        "PUSH": "push_time",
        "TELL_SUPPLEMENT": "tell_time",
        "SUPPLEMENT": "supplement_time",
        "ACCEPT": "accept_time",
        "REFUSE": "decide_time",
        "EXTEND": "extend_time",
        "GRANT": "decide_time",
        "DECLINE": "decide_time",
        "ANSWER": "answer_time",
        "OBJECT": "objection.receive_time",
        "OBJECT_TO_DISPLAY": "objection.receive_time",
        "PUSH_OBJECTION": "objection.push_time",
        "ACCEPT_OBJECTION": "objection.accept_time",
        "EXTEND_OBJECTION": "objection.extend_time",
        "SUSTAIN_OBJECTION": "objection.decide_time",
        "CORRECT_DISPLAY": "objection.decide_time",
        "REJECT_OBJECTION": "objection.decide_time",
        "ASK_SHIELD": "apply_time",
        "SHIELD": "decide_time",
        "UNSHIELD": "unshield_time",
        "RECORD_DISHONESTY": "dishonesty.record_time",
        "WITHDRAW_DISHONESTY": "dishonesty.withdraw_time",
    }
)
REPAIR_DAYS = 10
"""The working days by which the term for the result is lengthened (art. 16(3))."""
WAITING = frozenset(
    {
        "APPLIED",
        "PUSHED",
        "SUPPLEMENTING",
        "SUPPLEMENTED",
        "ACCEPTED",
        "EXTENDED",
        "OBJECTED",
        "OBJECTION_PUSHED",
        "OBJECTION_ACCEPTED",
        "SHIELD_ASKED",
    }
)
"""The states in which the party waits for an answer, or the unit for the party."""
_OBJECTING = frozenset({"SUSTAIN_OBJECTION", "CORRECT_DISPLAY", "REJECT_OBJECTION"})


def state_of(repair: pb.CreditRepair) -> str:
    return str(pb.CreditRepairState.Name(repair.state)).removeprefix("CREDIT_REPAIR_STATE_")


def record_of(repair: pb.CreditRepair, act: str) -> RepairRecord:
    """What the rules on an act ask of a repair's record."""
    objection, by_objection = repair.objection, act in _OBJECTING
    extending = objection.extension_reason if act == "EXTEND_OBJECTION" else repair.extension_reason
    return RepairRecord(
        promise=repair.promise,
        proofs=tuple(repair.proofs),
        missing=tuple(repair.missing),
        reasons=objection.reasons if by_objection else repair.reasons,
        extension_reason=extending,
        objected_to="ANSWER" if repair.HasField("apply_time") else "DISPLAY",
        ruling=repair.ruling,
        falsehood=repair.dishonesty.facts,
    )


def shown_now(case: Case, at: datetime) -> bool:
    """Whether the credit websites show the penalty of a case at a moment; a shield hides it, but ends nothing."""
    credit = case.publication.decision.credit
    if not credit.shown or case.HasField("withdrawal") or case.HasField("set_aside"):
        return False
    ended = moment_at(case, "credit.end_time")
    return at <= moment_of(credit.until_time) and (ended is None or ended >= at)


def left_undone(case: Case, at: datetime) -> tuple[str, ...]:
    """What of a decision was not carried out by a moment: the fine, by the payments until then, and what else was ordered."""
    paid = sum(p.amount.fen for p in case.payments if p.HasField("pay_time") and moment_of(p.pay_time) <= at)
    return (*(("FINE",) if paid < case.decision.penalty.fine.fen else ()), *undone(case, at))


class RecordedRepair(CreditRepairFacts):
    """The facts that the record with the act in it shows. `at` is the time of the event, for what has none of its own; `look` has
    the law and the calendar of the node.
    """

    def __init__(self, repair: pb.CreditRepair, look: Any, move: Move, at: datetime | None = None) -> None:
        self.repair, self.look, self.move, self._at = repair, look, move, at
        self.now = look.now
        self.record = record_of(repair, move.act)

    @abstractmethod
    def case(self) -> Case:
        """The case of the penalty."""

    @abstractmethod
    def others(self) -> Iterable[pb.CreditRepair]:
        """What else was asked for about the same penalty."""

    def sector(self) -> str:
        return self.repair.sector

    def at(self) -> datetime:
        at = moment_at(self.repair, DONE[self.move.act]) or self._at
        if at is None:
            raise Unknown("when the act was done")
        return at

    def displayed(self) -> bool:
        return shown_now(self.case(), self.at())

    def shortest_end(self) -> datetime | None:
        return moment_at(self.case(), "publication.decision.credit.repair_from")

    @fact
    def undone(self) -> tuple[str, ...]:
        return left_undone(self.case(), self.at())

    def imposed_over(self) -> bool:
        """By the time that the decision names (CREDIT-2025 12(3))."""
        end = moment_at(self.case(), "decision.penalty.until_time")
        return end is None or self.at() > end

    def asked_already(self) -> bool:
        return any(state_of(other) in WAITING for other in self.others())

    def barred(self) -> bool:
        """By the records of false papers about the penalty: for three years from each (CREDIT-2025 25)."""
        times = (moment_at(other, "dishonesty.record_time") for other in self.others())
        ends = [self._end("CRD-13", at) for at in times if at is not None and at <= self.at()]
        return any(end is None or self.at() <= end for end in ends)

    def objection_end(self) -> datetime | None:
        return self._end("CRD-10", moment_at(self.repair, "objection.accept_time"))

    def record_end(self) -> datetime | None:
        return self._end("CRD-12", moment_at(self.repair, "dishonesty.record_time"))

    def _end(self, clock_id: str, since: datetime | None) -> datetime | None:
        if since is None:
            return None
        local = since.astimezone(SHANGHAI)
        clock = self.look.parameters.clock(catalogue()[clock_id], local.date(), self.repair.sector)
        return None if clock is None else due(clock, local, self.look.calendar).at
