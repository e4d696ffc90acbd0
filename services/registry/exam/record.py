"""An exam and its entries in the state that an act leads to, kept and told."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import exam_pb2 as messages

from services.kit.tx import Tx
from services.law.procedure import Act
from services.registry.exam.facts import ExamFacts
from services.registry.exam.model import Exam, ExamEntry, exam_entry_proto, exam_values
from services.registry.lawful import step
from services.registry.officer.model import Officer
from services.registry.request import change


def exam_of(tx: Tx, exam_id: str) -> tuple[Exam, messages.Exam]:
    row = tx.get(Exam, exam_id)
    return row, messages.Exam.FromString(row.record)


def proceed(exam: messages.Exam, row: Exam, act: Act, facts: ExamFacts) -> None:
    """Put an exam into the state that an act leads to. Raises Unlawful."""
    state = step(act, row.state, facts, exam_id=exam.exam_id)
    exam.state = messages.ExamState.Value(f"EXAM_STATE_{state}")


def save_exam(tx: Tx, row: Exam, exam: messages.Exam, event: type[Message] | None) -> None:
    """Keep an exam one version on, and tell all if there is something to tell."""
    exam.version += 1
    change(row, exam_values(exam))
    if event is not None:
        tx.emit(event(exam=exam), subject=exam.exam_id, to="all")


def new_entry(tx: Tx, exam: messages.Exam, officer: Officer) -> ExamEntry:
    return tx.add(
        ExamEntry.new(
            entry_id=f"{exam.exam_id}/{officer.officer_id}",
            exam_id=exam.exam_id,
            officer_id=officer.officer_id,
            node=officer.node,
            state="",
            update_time=tx.now,
            version=0,
        )
    )


def tell_departments(tx: Tx, exam: messages.Exam, entries: Iterable[Any]) -> None:
    """Tell each department what became of its entries."""
    by_node = defaultdict(list)
    for entry in entries:
        by_node[entry.node].append(exam_entry_proto(entry))
    for node, theirs in by_node.items():
        for n in range(0, len(theirs), 500):
            decided = events.ExamEntryDecided(entries=theirs[n : n + 500])
            tx.emit(decided, subject=exam.exam_id, to=node)
