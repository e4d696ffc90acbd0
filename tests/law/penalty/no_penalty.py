"""The rules of services/law/procedures/penalty/no_penalty.py broken, and the record before its acts."""

from collections.abc import Callable
from datetime import date

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1.evidence_mark_pb2 import RESPONSIBILITY_NONE

from tests.law.penalty.change import Before, Breaks, facts, put
from tests.law.penalty.known import NO_PENALTY, Known


def _person(f: Known, born: date | None) -> None:
    f.case.party.kind = parties.PARTY_KIND_CITIZEN
    f.known["birth_date"] = born


def unable(f: Known, responsibility: int = RESPONSIBILITY_NONE) -> None:
    """An expert found that the party could not know or control what it did."""
    f.case.evidence_marks.add(evidence_id="E-9", responsibility=responsibility)


def _ground(name: str, **more: object) -> Callable[[Known], None]:
    def change(f: Known) -> None:
        made = penalties.NoPenalty.FromString(NO_PENALTY.SerializeToString())
        made.ground = penalties.NoPenaltyGround.Value(f"NO_PENALTY_GROUND_{name}")
        f.known.update({"no_penalty": made, **more})

    return change


BEFORE: Before = {
    "DECIDE_NO_PENALTY": lambda c: c.ClearField("decision"),
    "SERVE_DECISION": lambda c: c.ClearField("service"),
}
BREAKS: Breaks = {
    "age_known": lambda f: _person(f, None),
    "answerable": lambda f: (_person(f, date(1980, 1, 1)), unable(f)),
    "old_enough": lambda f: _person(f, date(2015, 1, 1)),
    "grounded": facts(no_penalty=penalties.NoPenalty(evidence_ids=["E-1"], reasons="理由")),
    "ground_proved": facts(proofs=(0,)),
    "child": _ground("UNDER_FOURTEEN"),
    "found_not_responsible": _ground("NOT_RESPONSIBLE"),
    "first_offence": _ground("FIRST_OFFENCE", penalised_before=True),
    "limitation_over": _ground("LIMITATION"),
    "taught": facts(
        no_penalty=penalties.NoPenalty(
            ground=NO_PENALTY.ground, reasons="理由", evidence_ids=["E-1"], education=" "
        )
    ),
    "guardian_told": _ground("UNDER_FOURTEEN"),
    "not_served_yet": lambda f: put(f.case, "service.serve_time"),
    "told_of_no_penalty": lambda f: f.case.ClearField("service"),
}


def let_go(case: cases.Case) -> None:
    """A record in which no penalty was imposed, and the party was told."""
    case.ClearField("decision")
    case.no_penalty.outcome.CopyFrom(NO_PENALTY)
    put(case, "no_penalty.decide_time", 10)
