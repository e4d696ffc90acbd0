"""Exams: what departments ask of the city, and what they keep of its answers."""

from datetime import datetime

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import exam_pb2

from services.kit.fit import asked
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.procedures.exam import EXAM_ENTRY
from services.registry.exam.facts import EntryFacts
from services.registry.exam.failures import failures
from services.registry.exam.model import Exam, ExamEntry, exam_entry_proto, exam_values
from services.registry.lawful import why_not
from services.registry.officer.model import Officer
from services.registry.qualification.model import Qualification
from services.registry.qualification.reactions import keep_qualification
from services.registry.replica import NotItsHome, Reaction, keep, of_city, utc

ExamEvent = events.ExamAnnounced | events.ExamCancelled | events.ExamClosed


def keep_exam(event: ExamEvent, tx: Tx) -> None:
    keep(tx, Exam, {"exam_id": event.exam.exam_id}, exam_values(event.exam))


def keep_entry(entry: exam_pb2.ExamEntry, tx: Tx) -> None:
    state = exam_pb2.ExamEntryState.Name(entry.state).removeprefix("EXAM_ENTRY_STATE_")
    values = {
        "exam_id": entry.exam_id,
        "officer_id": entry.officer_id,
        "node": entry.node,
        "state": state,
        "general_score": entry.general_score,
        "special_score": entry.special_score,
        "refusals": tuple(entry.refusals),
        "update_time": utc(entry.update_time),
        "version": entry.version,
    }
    keep(tx, ExamEntry, {"entry_id": entry.entry_id}, values)


def on_decided(event: events.ExamEntryDecided, tx: Tx) -> None:
    for entry in event.entries:
        keep_entry(entry, tx)


def on_recorded(event: events.ExamRecorded, tx: Tx) -> None:
    keep_qualification(event, tx)
    if event.HasField("entry"):
        keep_entry(event.entry, tx)


def on_requested(event: events.ExamEntryRequested, tx: Tx, about: Envelope) -> None:
    """At the city: register the officers of a department, or refuse, and answer."""
    if tx.node != tx.city:
        return
    asked(event, "entries")
    if any(entry.node != about.node for entry in event.entries):
        raise NotItsHome(f"{about.type} about officers of another department came from {about.node}")
    ids = [entry.officer_id for entry in event.entries]
    for kind, keys in (
        (Officer, ids),
        (Qualification, ids),
        (ExamEntry, [e.entry_id for e in event.entries]),
    ):
        tx.load(kind, keys)
    failed = failures(tx, ids)
    answers = [asked_for(tx, entry, failed[entry.officer_id]) for entry in event.entries]
    decided = events.ExamEntryDecided(entries=map(exam_entry_proto, answers))
    tx.emit(decided, subject=event.entries[0].exam_id, to=about.node)


def asked_for(tx: Tx, entry: exam_pb2.ExamEntry, failed: int) -> ExamEntry:
    """The answer to one request; whoever is entered already, or has a result, stays so."""
    row = tx.find(ExamEntry, entry.entry_id)
    if row is not None and row.state != "REFUSED":
        row.version = max(row.version, entry.version) + 1
        return row
    keep_entry(entry, tx)
    row = tx.get(ExamEntry, entry.entry_id)
    exam_row = tx.get(Exam, entry.exam_id)
    exam = exam_pb2.Exam.FromString(exam_row.record)
    answer(tx, exam, row, failed, min(utc(entry.update_time), tx.now))
    exam.version += 1
    for name, value in exam_values(exam).items():
        setattr(exam_row, name, value)
    return row


def answer(tx: Tx, exam: exam_pb2.Exam, row: ExamEntry, failed: int, asked: datetime) -> None:
    """Register an entry that was asked for, or refuse it with every reason; counts the seat."""
    facts = EntryFacts(tx, exam, row.officer_id, failed, asked)
    officer = tx.find(Officer, row.officer_id)
    broken = why_not(EXAM_ENTRY.REGISTER, row.state, facts)
    known = officer is not None and officer.node == row.node
    row.state = "REGISTERED" if known and not broken else "REFUSED"
    row.refusals = tuple(b.reason for b in broken) if known else ("NOT_FOUND",)
    row.update_time = tx.now
    row.version += 1
    exam.registered += row.state == "REGISTERED"


REACTIONS: dict[type[Message], Reaction] = {
    events.ExamAnnounced: of_city(keep_exam),
    events.ExamCancelled: of_city(keep_exam),
    events.ExamClosed: of_city(keep_exam),
    events.ExamEntryRequested: on_requested,
    events.ExamEntryDecided: of_city(on_decided),
    events.ExamRecorded: of_city(on_recorded),
}
