"""The acts in a case: bound to its procedure, its table, its clocks and its facts; and what their bodies share."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.enforcement.case.facts import CaseFacts
from services.enforcement.case.model import Assignment, Case
from services.enforcement.case.stamp import stamp
from services.enforcement.deadline.model import Clock
from services.kit.act import Acts
from services.kit.clocks import clock_on, mark_of, receipt
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import due
from services.law.moment import moment_of
from services.law.procedures.penalty import PENALTY, conditions
from services.law.procedures.penalty.body import plain
from services.law.procedures.penalty.law_then import act_day
from services.law.procedures.penalty.rows import thresholds_of
from services.law.standing import Person

_STATES = {number: name.removeprefix("CASE_STATE_") for name, number in cases.CaseState.items()}
# The terms of the party to answer a notice: statement and defence, request for a hearing.
WINDOW = ("PEN-10", "PEN-11")


def columns(case: cases.Case) -> dict[str, Any]:
    return {
        "case_number": case.case_number,
        "state": _STATES[case.state],
        "version": case.version,
        "matter": case.matter,
        "weighed": mark_of(case.decision.receipt),
        "decided_item": case.decision.penalty.benchmark_id,
        "party_name": plain(case.party.name),
        "act_day": day.isoformat() if (day := act_day(case)) is not None else "",
    }


act = Acts(
    row=Case,
    record=cases.Case,
    key="case_id",
    procedure=PENALTY,
    facts=CaseFacts,
    columns=columns,
    clocks=Clock,
    conditions=conditions,
    tags=("case_id", "case_number"),
    stamp=stamp,
)


def check_penalty(penalty: penalties.Penalty, field: str) -> None:
    """Raise Malformed for an amount below zero or beyond what counts as money, and for a measure that is stated twice."""
    gains = penalty.gains
    sums = {name: getattr(penalty, name) for name in ("fine", "confiscation", "base")}
    sums |= {"gains.amount": gains.amount, "gains.restitution": gains.restitution}
    for name, money in sums.items():
        if not 0 <= money.fen <= 10**16:
            raise Malformed({f"{field}.{name}.fen": ("is no amount of money", "不是有效的金额")})
    named = [measure.of for measure in penalty.measures]
    for n, of in enumerate(named):
        if of in named[:n]:
            raise Malformed({f"{field}.measures[{n}].of": ("is stated twice", "重复载明")})


def check_digest(evidence: Message, field: str) -> None:
    """Raise Malformed for a digest that is none."""
    if evidence.sha256 and len(evidence.sha256) != 32:  # type: ignore[attr-defined]
        raise Malformed({f"{field}sha256": ("is no SHA-256 digest of 32 bytes", "不是32字节的SHA-256摘要")})


def window_end(tx: Tx, at: datetime, sector: str) -> datetime:
    """The last moment for statement and hearing request after a notice served at `at`: the later of the two."""
    local = at.astimezone(SHANGHAI)
    clocks = (clock_on(tx.parameters, clock_id, local.date(), sector) for clock_id in WINDOW)
    return max(due(clock, local, tx.calendar).at for clock in clocks if clock is not None)


def name_officers(case: cases.Case, officers: Iterable[Person]) -> None:
    """Put those who handle a case into it."""
    del case.officers[:]
    for person in officers:
        case.officers.add(
            officer_id=person.officer_id, name=person.name, certificate_number=person.certificate_number
        )


def put_on_case(tx: Tx, case_id: str, officer_ids: Iterable[str]) -> None:
    """Remember for good who investigates a case."""
    for officer_id in dict.fromkeys(officer_ids):
        key = f"{case_id}/{officer_id}"
        if tx.find(Assignment, key) is None:
            tx.add(Assignment.new(assignment_id=key, case_id=case_id, officer_id=officer_id))


def put_receipt(case: cases.Case, tx: Tx) -> None:
    """Say in a decision by which law data it was weighed."""
    case.decision.receipt.CopyFrom(receipt(tx.edition.mark, thresholds_of(case)))


def put_surcharge(case: cases.Case, tx: Tx) -> None:
    """Say in a decision on a fine what is added when it is paid late, as the decision tells the party (ACL 45(1))."""
    if case.decision.penalty.fine.fen > 0:
        day = moment_of(case.decision.decide_time).astimezone(SHANGHAI).date()
        told, layers = case.decision.surcharge, tx.parameters
        told.daily_percent = layers.value("surcharge.rate", day, case.sector).value
        told.cap_percent = layers.value("surcharge.cap", day, case.sector).value
