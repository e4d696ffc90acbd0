"""The stages of a case as its record gives them: which acts were done, when, and with which parts of the record."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.law.moment import moment_at, moment_of
from services.law.procedures.penalty import ORDINARY, SUMMARY, reportable, table_of
from services.law.procedures.penalty.acts import ACTS, Entry
from services.law.procedures.penalty.decision import review_passed
from services.law.procedures.penalty.outcome import SETS_ASIDE, UNDOES, hold, outcomes_of, undone
from services.law.procedures.penalty.recorded import report_of
from services.law.process import Move, Process
from services.law.rule import Broken

Done = list[tuple[Entry, datetime]]
# Acts that a record may pass over: rules of those that follow speak of it where the law asks for them.
SILENT = ("REGISTER_CLUE", "SUBMIT_FOR_REVIEW", "PASS_REVIEW")
# A part that is given must say when it was done: its time, by the part that an act enters whole.
REQUIRED: Mapping[str, str] = {
    each.enters: each.done.removeprefix(f"{each.enters}.")
    for table in (ORDINARY, SUMMARY)
    for each in reportable(table)
    if each.done.startswith(f"{each.enters}.")
}


def event_of(stage: Entry) -> type[Message]:
    """The event by which a stage is announced."""
    found: type[Message] = getattr(events, stage.event.split()[0])
    return found


def holder(case: cases.Case, path: str) -> tuple[Any, str]:
    """The message that a dotted path ends in, and the field there."""
    *way, field = path.split(".")
    message: Any = case
    for name in way:
        message = getattr(message, name)
    return message, field


def given(case: cases.Case, path: str) -> bool:
    """Whether a part is in the case."""
    message, name = holder(case, path)
    field = message.DESCRIPTOR.fields_by_name[name]
    if field.is_repeated or not field.has_presence:
        return bool(getattr(message, name))
    return bool(message.HasField(name))


def take_over(source: cases.Case, target: cases.Case, path: str) -> None:
    """Copy one part of a case into another."""
    if not given(source, path):
        return
    have, name = holder(source, path)
    want, _ = holder(target, path)
    field = have.DESCRIPTOR.fields_by_name[name]
    if field.is_repeated:
        del getattr(want, name)[:]
        getattr(want, name).extend(getattr(have, name))
    elif field.type == FieldDescriptor.TYPE_MESSAGE:
        getattr(want, name).CopyFrom(getattr(have, name))
    else:
        setattr(want, name, getattr(have, name))


def clear(case: cases.Case, path: str) -> None:
    """Take one part out of a case; a message that is left with nothing goes with it."""
    way = path.split(".")
    for n in range(1, len(way)):
        if not given(case, ".".join(way[:n])):
            return
    message, field = holder(case, path)
    message.ClearField(field)
    if len(way) > 1 and not message.ListFields():
        clear(case, ".".join(way[:-1]))


class Gone(NamedTuple):
    """An act that a record shows: the record before it, and with it."""

    act: str
    before: cases.Case
    after: cases.Case
    at: datetime
    entry: Entry


def gone_through(record: cases.Case) -> Iterator[Gone]:
    """The acts that a record shows, in the order of their times, each on the record as it stood then."""
    table = table_of(record)
    shown = [
        (at, n, entry, act) for n, entry in enumerate(reportable(table)) for at, act in _done(record, entry)
    ]
    grown = cases.Case.FromString(record.SerializeToString())
    grown.state = cases.CASE_STATE_UNSPECIFIED
    del grown.outcomes[:]
    for _, _, entry, _ in shown:
        for part in entry.enters.split():
            clear(grown, part)
    for at, _, entry, act in sorted(shown, key=lambda each: each[:2]):
        before = cases.Case.FromString(grown.SerializeToString())
        for part in entry.enters.split():
            take_over(record, grown, part)
        if record.outcomes:
            hold(grown, (each for each in record.outcomes if moment_of(each.outcome_time) <= at))
        state = cases.CaseState.Name(before.state).removeprefix("CASE_STATE_") if before.state else ""
        move, not_open = move_at(table, act, state)
        if move.target != move.source and (not_open is None or ahead(table, act, state)):
            grown.state = cases.CaseState.Value(f"CASE_STATE_{move.target}")
        yield Gone(act, before, cases.Case.FromString(grown.SerializeToString()), at, ACTS[act])


def _done(record: cases.Case, entry: Entry) -> Iterator[tuple[datetime, str]]:
    """When a record shows that something was done, and as which act; a decision may be set aside more than once."""
    at, act = moment_at(record, entry.done), entry.act
    ended = [each for each in outcomes_of(record) if each.kind in SETS_ASIDE]
    if act == "RECORD_SET_ASIDE" and ended:
        for each in ended:
            yield moment_of(each.outcome_time), "RECORD_UNDONE" if each.kind in UNDOES else act
    elif at is not None:
        told = {
            "PASS_REVIEW": act if record.review.passed else "RETURN_REVIEW",
            "SUBMIT_REPORT": report_of(record),
            "RECORD_SET_ASIDE": "RECORD_UNDONE" if undone(record) else act,
        }
        yield at, told.get(act, act)


def move_at(table: Process, act: str, state: str) -> tuple[Move, Broken | None]:
    """The move of an act from a state, and what is said of it where it is not open there: acts before it are missing."""
    at = state
    for between in ("", *SILENT):
        step = table.move(between, at)
        at = step.target if step else at
        if (move := table.move(act, at)) is not None:
            return move, None
    return table.named(act), table.not_open(act, state) if act in table.acts else None


@cache
def ahead(table: Process, act: str, state: str) -> bool:
    """Whether acts that are missing may still lead from a state to where an act is open; else the case is past it."""
    wanted = {m.source for m in table.moves if m.act == act}
    reached, found = {state}, [state]
    while found:
        onward = {m.target for m in table.open(found.pop())} - reached
        reached |= onward
        found += onward
    return not wanted.isdisjoint(reached)


def left_out(case: cases.Case) -> list[Entry]:
    """The acts that the procedure has before the last one that a record shows, and that it does not show."""
    line = [
        each for each in reportable(table_of(case)) if each.order == "line" and _asked_for(case, each.act)
    ]
    shown = [given(case, each.done) for each in line]
    last = max((n for n, there in enumerate(shown) if there), default=-1)
    return [each for each, there in zip(line[:last], shown, strict=False) if not there]


def _asked_for(case: cases.Case, act: str) -> bool:
    """Whether a case that ends as this one does goes through an act. Nobody misses a review that the law does not ask for."""
    if act in ("SUBMIT_FOR_REVIEW", "PASS_REVIEW"):
        return case.HasField("review") or review_passed.reason in {breach.reason for breach in case.breaches}
    if moment_at(case, "no_penalty.decide_time") is not None:
        return act not in ("SERVE_PRIOR_NOTICE", "MAKE_DECISION", "COMPLETE_PAYMENT")
    return act != "DECIDE_NO_PENALTY" and (act != "COMPLETE_PAYMENT" or case.decision.penalty.fine.fen > 0)


def builds_on(stage: Entry, done: Done) -> Iterator[datetime]:
    """The times of the acts that one may not precede, among those that stand before it in the table."""
    for earlier, at in done:
        if (
            earlier.order == "line"
            or earlier.done in stage.after.split()
            or (stage.order == "line" and earlier.order == "said")
        ):
            yield at
