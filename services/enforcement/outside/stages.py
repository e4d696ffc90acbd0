"""The stages of a case as a report from outside gives them: which acts were done, when, and with which parts of the record."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.law.procedures.penalty import ORDINARY, SUMMARY, reportable
from services.law.procedures.penalty.acts import Entry
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


def move_at(table: Process, act: str, state: str) -> tuple[Move, Broken | None]:
    """The move of an act from a state, and what is said of it where it is not open there: acts before it are missing."""
    at = state
    for between in ("", *SILENT):
        step = table.move(between, at)
        at = step.target if step else at
        if (move := table.move(act, at)) is not None:
            return move, None
    return table.named(act), table.not_open(act, state) if act in table.acts else None


def builds_on(stage: Entry, done: Done) -> Iterator[datetime]:
    """The times of the acts that one may not precede, among those that stand before it in the table."""
    for earlier, at in done:
        if (
            earlier.order == "line"
            or earlier.done in stage.after.split()
            or (stage.order == "line" and earlier.order == "said")
        ):
            yield at
