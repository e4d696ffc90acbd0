"""The stages of a case as a report from outside gives them: which event, which time, which parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.law.procedures.penalty import EVENTS
from services.law.process import Broken, Move, Process


@dataclass(frozen=True)
class Stage:
    """One act. `line` acts follow all before them; `say` acts (the party's) follow the line and `after`; `free` acts
    only the line. `marks` are the parts that say it was done, when its own time is not required.
    """

    act: str
    state: str
    time: str
    parts: tuple[str, ...]
    order: str = "line"
    after: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def event(self) -> type[Message]:
        found: type[Message] = getattr(events, EVENTS[self.act][0].rpartition(".")[2])
        return found


# fmt: off
ORDINARY = (
    Stage("REGISTER_CLUE", "CLUE",          "clue.receive_time",     ("clue",)),
    Stage("FILE_CASE", "FILED",         "file_time",
          ("case_number", "file_time", "matter", "distinct_case_id", "distinct_reason")),
    Stage("ASSIGN_OFFICERS", "INVESTIGATING", "assign_time",
          ("officers", "assign_time", "evidence_count"), marks=("officers",)),
    Stage("SUBMIT_REPORT", "INVESTIGATED",  "inquiry_end_time",
          ("proposal", "report", "inquiry_end_time"), marks=("proposal",)),
    Stage("SUBMIT_FOR_REVIEW", "REVIEWING",     "review.submit_time",    ("review.submit_time",)),
    Stage("PASS_REVIEW", "REVIEWED",      "review.conclude_time",  ("review",)),
    Stage("SERVE_PRIOR_NOTICE", "NOTICED",       "notice.serve_time",     ("notice",)),
    Stage("RECORD_STATEMENT", "DEFENCE",       "defence.statement_time",
          ("defence.statement", "defence.statement_time"), "say"),
    Stage("WAIVE_DEFENCE", "=",             "defence.waive_time",
          ("defence.waive_time", "defence.waive_proof"), "say"),
    Stage("REQUEST_HEARING", "HEARING_SET",   "defence.hearing_request_time",
          ("defence.hearing_request_time",), "say"),
    Stage("HOLD_HEARING", "HEARD",         "defence.hearing_time",
          ("defence.hearing_time", "defence.hearing_host", "defence.hearing_record"), "say",
          ("defence.hearing_request_time",)),
    Stage("RECHECK_DEFENCE", "RECHECKED",     "defence.recheck_time",
          ("defence.recheck_time", "defence.recheck_opinion", "defence.recheck_adopted"), "say",
          ("defence.statement_time", "defence.hearing_time")),
    Stage("MAKE_DECISION", "DECIDED",       "decision.decide_time",  ("decision",)),
    Stage("PUBLISH_DECISION", "=",             "publish_time",  ("publish_time", "publish_address"), "free"),
    Stage("RECORD_SET_ASIDE", "=",             "set_aside.set_aside_time", ("set_aside",), "free"),
    Stage("WITHDRAW_PUBLICATION", "=",         "withdrawal.withdraw_time", ("withdrawal",), "free"),
    Stage("FILE_MAJOR_PENALTY", "=",             "report_time",           ("report_time",), "free"),
    Stage("SERVE_DECISION", "SERVED",        "service.serve_time",    ("service",)),
    Stage("COMPLETE_PAYMENT", "PERFORMED",     "perform_time",  ("perform_time", "paid", "payments")),
    Stage("CLOSE_CASE", "CLOSED",        "close_time",            ("close_time", "close_report")),
)
# The same acts where the sector reviews after the defence: the two stages of the review come before the decision.
NOTICE_FIRST = (*ORDINARY[:4], *ORDINARY[6:12], *ORDINARY[4:6], *ORDINARY[12:])
SUMMARY = (
    Stage("MAKE_SPOT_DECISION", "SERVED",     "decision.decide_time",  ("officers", "decision")),
    Stage("PUBLISH_DECISION", "=",           "publish_time",  ("publish_time", "publish_address"), "free"),
    Stage("RECORD_SET_ASIDE", "=",           "set_aside.set_aside_time", ("set_aside",), "free"),
    Stage("WITHDRAW_PUBLICATION", "=",       "withdrawal.withdraw_time", ("withdrawal",), "free"),
    Stage("REPORT_SPOT_DECISION", "=",          "spot_report_time",      ("spot_report_time",), "free"),
    Stage("SERVE_DECISION", "=",      "service.serve_time",    ("service",)),
    Stage("COMPLETE_PAYMENT", "PERFORMED",   "perform_time",  ("perform_time", "paid", "payments")),
    Stage("CLOSE_CASE", "CLOSED",      "close_time",            ("close_time", "close_report")),
)
# fmt: on

# Acts that a record may pass over: rules of those that follow speak of it where the law asks for them.
SILENT = ("REGISTER_CLUE", "SUBMIT_FOR_REVIEW", "PASS_REVIEW")
# A part that is given must say when it was done.
REQUIRED = {
    "review": "conclude_time",
    "notice": "serve_time",
    "decision": "decide_time",
    "service": "serve_time",
}


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


def builds_on(stage: Stage, done: list[tuple[Stage, datetime]]) -> Iterator[datetime]:
    """The times of the acts that one may not precede, among those that stand before it in the table."""
    for earlier, at in done:
        if (
            earlier.order == "line"
            or earlier.time in stage.after
            or (stage.order == "line" and earlier.order == "say")
        ):
            yield at
