"""What every act shares: opening the case, writing down what was done, document numbers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.law.v1.options_pb2 import Role

from services.enforcement.facts import moment_of, put_moment
from services.enforcement.model import Assignment, Body, Case, Clock, Number
from services.enforcement.process import NAMES
from services.kit.clocks import clock_on, deadline_proto, named_by, observe
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.citation import statutes
from services.law.clock import due

# The procedure that this service knows is that of the Act of 2021; no act of a case lies before it.
IN_FORCE = datetime.combine(statutes()["APL-2021"].in_force, datetime.min.time(), SHANGHAI)

# The terms of the party to answer a notice: statement and defence, request for a hearing.
WINDOW = ("PEN-10", "PEN-11")

# Every event carries the whole case, and the bus takes a megabyte.
LARGEST = 700_000


def open_case(tx: Tx, case_id: str) -> tuple[Case, cases.Case]:
    """The row of a case and the case in it. Raises Missing."""
    row = tx.get(Case, case_id)
    return row, cases.Case.FromString(row.record)


def when(message: Message, field: str, now: datetime, path: str = "") -> datetime:
    """When an act was done: a time in a request, or now. Raises Malformed for one that cannot be."""
    if not message.HasField(field):
        return now
    at = legible(message, field, path)
    if at < IN_FORCE:
        said = f"lies before {IN_FORCE.date()}, when the Administrative Penalty Law (2021) came into force"
        raise Malformed({path or field: (said, f"早于《行政处罚法》（2021年修订）施行之日{IN_FORCE.date()}")})
    return at


def legible(message: Message, field: str, path: str = "") -> datetime:
    """A time in a message. Raises Malformed for one beyond the calendar."""
    stamp = getattr(message, field)
    try:
        at = moment_of(stamp)
        at.astimezone(SHANGHAI)
        if not 0 <= stamp.nanos < 1_000_000_000:
            raise ValueError(stamp.nanos)
    except (ValueError, OverflowError):
        said = ("is no moment between the years 1 and 9999", "不是公元1年至9999年之间的时间")
        raise Malformed({path or field: said}) from None
    return at


def check_penalty(penalty: cases.Penalty, field: str) -> None:
    """Raise Malformed for an amount below zero or beyond what counts as money."""
    for name in ("fine", "confiscation", "base"):
        if not 0 <= getattr(penalty, name).fen <= 10**16:
            raise Malformed({f"{field}.{name}.fen": ("is no amount of money", "不是有效的金额")})


def masked(number: str) -> str:
    """An identity number as others see it, 440***********1234."""
    if len(number) < 10:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def act(
    tx: Tx, row: Case, case: cases.Case, event: Any, at: datetime | None = None, to: str | None = None
) -> cases.Case:
    """Write an act down: the case as it stands after it, the clocks it starts and stops, and its event.

    The city reads every event; `to` is another node that it is for.

    Raises Malformed for a case that has grown beyond what an event can carry.
    """
    if case.ByteSize() > LARGEST:
        said = (f"would hold more than {LARGEST} bytes", f"案件记录将超过{LARGEST}字节")
        raise Malformed({"case": said})
    case.version += 1
    put_moment(case.update_time, tx.now)
    keep_clocks(tx, case, event.DESCRIPTOR.full_name, at or tx.now)
    keep(tx, row, case)
    announce(tx, case, event, at, to)
    return case


def keep(tx: Tx, row: Case, case: cases.Case) -> None:
    row.case_number, row.state, row.version = case.case_number, NAMES[case.state], case.version
    row.matter = case.matter
    row.record = case.SerializeToString()
    tx.tag("yifa.case_id", case.case_id)
    tx.tag("yifa.case_number", case.case_number)


def announce(tx: Tx, case: cases.Case, event: Any, at: datetime | None, to: str | None = None) -> None:
    event.case.CopyFrom(case)
    tx.emit(event, subject=case.case_id, at=at, to=to)


def keep_clocks(tx: Tx, case: cases.Case, event: str, at: datetime) -> None:
    """Start and stop the clocks that name the event, and show them in the case."""
    named = named_by(event, case.sector)
    if not named:
        return
    decided = {"major": case.decision.major, "fine": case.decision.penalty.fine.fen > 0}
    conditions = frozenset(name for name, holds in decided.items() if holds)
    observe(tx, Clock, event, case.case_id, at, conditions, case.sector)
    rows = (tx.find(Clock, f"{case.case_id}/{clock_id}") for clock_id in named)
    show_deadlines(case, (row for row in rows if row is not None))


def show_deadlines(case: cases.Case, rows: Iterable[Clock]) -> None:
    """Put clocks into the case's deadlines, in the order in which they fall due."""
    shown = {d.clock_id: d for d in case.deadlines} | {row.clock_id: deadline_proto(row) for row in rows}
    ordered = sorted(shown.values(), key=lambda d: (d.due_time.seconds, d.clock_id))
    copies = [type(d).FromString(d.SerializeToString()) for d in ordered]
    del case.deadlines[:]
    case.deadlines.extend(copies)


def window_end(tx: Tx, at: datetime, sector: str) -> datetime:
    """The last moment for statement and hearing request after a notice served at `at`: the later of the two."""
    local = at.astimezone(SHANGHAI)
    clocks = (clock_on(tx.parameters, clock_id, local.date(), sector) for clock_id in WINDOW)
    return max(due(clock, local, tx.calendar).at for clock in clocks)


def next_number(tx: Tx, body: Body, kind: str, at: datetime) -> str:
    """The body's next document number of a kind in the year of `at`, as 环罚立〔2026〕12号: without gaps."""
    year = at.astimezone(SHANGHAI).year
    series = f"{body.body_id}/{kind}/{year}"
    number = tx.find(Number, series) or tx.add(Number.new(series=series, last=0))
    number.last += 1
    return f"{body.document_prefix}{kind}〔{year}〕{number.last}号"


def put_on_case(tx: Tx, case_id: str, officer_ids: Iterable[str]) -> None:
    """Remember for good who investigates a case."""
    for officer_id in dict.fromkeys(officer_ids):
        key = f"{case_id}/{officer_id}"
        if tx.find(Assignment, key) is None:
            tx.add(Assignment.new(assignment_id=key, case_id=case_id, officer_id=officer_id))


def handles(tx: Tx, case: cases.Case, *others: int) -> bool:
    """Whether the caller may act for the case: as a handling officer of it, or in another role that may."""
    return any(tx.caller.has(role) for role in others) or any(
        o.officer_id == tx.caller.subject for o in case.officers
    )


CLERK, UNIT_HEAD = Role.ROLE_CLERK, Role.ROLE_UNIT_HEAD
