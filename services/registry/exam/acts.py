"""Exams of the city: announced, entered, graded, closed."""

from collections.abc import Iterable

from sqlalchemy import select
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import exam_pb2 as messages
from yifa.registry.v1 import qualification_pb2 as pb

from services.kit.refusal import Malformed, Missing
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedure import Act
from services.law.procedures.exam import EXAM, EXAM_ENTRY
from services.registry.exam.facts import EntryFacts, ExamFacts
from services.registry.exam.failures import failures
from services.registry.exam.grading import grade
from services.registry.exam.model import Exam, ExamEntry, exam_entry_proto, exam_values
from services.registry.exam.record import exam_of, new_entry, proceed, save_exam, tell_departments
from services.registry.lawful import step
from services.registry.officer.model import Officer
from services.registry.qualification.model import Qualification
from services.registry.request import moment_in, number


@write
def announce_exam(request: messages.AnnounceExamRequest, tx: Tx) -> messages.AnnounceExamResponse:
    """Announce an exam to all departments (ASR 17)."""
    until = moment_in(request, "register_until", tx.now)
    at = moment_in(request, "exam_time", tx.now)
    if not tx.now < until <= at:
        said = ("must lie ahead and not after the exam", "应当晚于当前时间且不晚于考试时间")
        raise Malformed({"register_until": said})
    exam = messages.Exam(
        exam_id=tx.new_id("X-"),
        kind=request.kind,
        title=request.title,
        announce_time=tx.now,
        register_until=until,
        exam_time=at,
        place=request.place,
        seats=request.seats,
        version=1,
    )
    exam.state = messages.ExamState.Value(f"EXAM_STATE_{step(EXAM.ANNOUNCE_EXAM, '', ExamFacts(tx, exam))}")
    tx.add(Exam.new(exam_id=exam.exam_id, **exam_values(exam)))
    tx.emit(events.ExamAnnounced(exam=exam), subject=exam.exam_id, to="all")
    return messages.AnnounceExamResponse(exam=exam)


@write(loads=(Exam, "exam_id"))
def cancel_exam(request: messages.CancelExamRequest, tx: Tx) -> messages.CancelExamResponse:
    """Call off an exam without results; whoever was entered is told (ASR 17)."""
    row, exam = exam_of(tx, request.exam_id)
    proceed(exam, row, EXAM.CANCEL_EXAM, ExamFacts(tx, exam))
    exam.cancel_cause = request.cause
    end_entries(tx, exam, EXAM_ENTRY.CANCEL, ("REQUESTED", "REGISTERED"))
    save_exam(tx, row, exam, events.ExamCancelled)
    return messages.CancelExamResponse(exam=exam)


@write(loads=((Exam, "exam_id"), (Officer, "officer_ids"), (Qualification, "officer_ids")))
def register_for_exam(request: messages.RegisterForExamRequest, tx: Tx) -> messages.RegisterForExamResponse:
    """Enter officers for an exam: at the city at once, from a department by asking the city (CBZ 2019 No. 7, 16)."""
    row, exam = exam_of(tx, request.exam_id)
    keys = {i: f"{exam.exam_id}/{i}" for i in request.officer_ids}
    tx.load(ExamEntry, keys.values())
    entered = register if tx.node == tx.city else ask_city
    entries = entered(tx, row, exam, keys)
    return messages.RegisterForExamResponse(entries=map(exam_entry_proto, entries))


@write(loads=(Exam, "exam_id"))
def record_exam_results(
    request: messages.RecordExamResultsRequest, tx: Tx
) -> messages.RecordExamResultsResponse:
    """Record results; both papers must be passed, and the last failure that is borne removes (CBZ 2019 No. 7, 16)."""
    row, exam = exam_of(tx, request.exam_id)
    proceed(exam, row, EXAM.RECORD_EXAM_RESULTS, ExamFacts(tx, exam))
    ids = [r.officer_id for r in request.results]
    if len(set(ids)) < len(ids):
        raise Malformed({"results": ("names an officer twice", "同一人员重复登记")})
    for kind, keys in (
        (Officer, ids),
        (Qualification, ids),
        (ExamEntry, [f"{exam.exam_id}/{i}" for i in ids]),
    ):
        tx.load(kind, keys)
    failed, mark = failures(tx, ids), number(tx, "officer.exam.pass")
    entries = [graded(tx, exam, result, mark, failed[result.officer_id]) for result in request.results]
    save_exam(tx, row, exam, None)
    return messages.RecordExamResultsResponse(exam=exam, entries=map(exam_entry_proto, entries))


@write(loads=(Exam, "exam_id"))
def close_exam(request: messages.CloseExamRequest, tx: Tx) -> messages.CloseExamResponse:
    """Close an exam: all results are in, who has none was absent (ASR 17)."""
    row, exam = exam_of(tx, request.exam_id)
    proceed(exam, row, EXAM.CLOSE_EXAM, ExamFacts(tx, exam))
    exam.absent = end_entries(tx, exam, EXAM_ENTRY.MISS, ("REGISTERED",))
    save_exam(tx, row, exam, events.ExamClosed)
    return messages.CloseExamResponse(exam=exam)


@write(loads=((Officer, "officer_id"), (Qualification, "officer_id")))
def record_exam(request: pb.RecordExamRequest, tx: Tx) -> pb.RecordExamResponse:
    """Grade an exam without a session. The second failure removes the person (CBZ 2019 No. 7, 16)."""
    officer = tx.get(Officer, request.officer_id)
    qualification = tx.get(Qualification, request.officer_id)
    passed = request.score >= number(tx, "officer.exam.pass")
    failed = failures(tx, [officer.officer_id])[officer.officer_id]
    entry = ExamEntry.new(
        entry_id=tx.new_id("E-"),
        exam_id="",
        officer_id=officer.officer_id,
        node=officer.node,
        state="PASSED" if passed else "FAILED",
        general_score=request.score,
        special_score=request.score,
        update_time=tx.now,
    )
    result = grade(tx, officer, qualification, entry, passed, failed)
    tx.add(entry)
    return pb.RecordExamResponse(qualification=result)


def register(tx: Tx, row: Exam, exam: messages.Exam, keys: dict[str, str]) -> list[ExamEntry]:
    """Enter officers at the city. Raises Unlawful with all that stands against the first who may not."""
    failed = failures(tx, keys)
    entries = []
    for officer_id, key in keys.items():
        entry = tx.find(ExamEntry, key) or new_entry(tx, exam, tx.get(Officer, officer_id))
        facts = EntryFacts(tx, exam, officer_id, failed[officer_id])
        entry.state = step(
            EXAM_ENTRY.REGISTER, entry.state, facts, exam_id=exam.exam_id, officer_id=officer_id
        )
        entry.refusals = ()
        entry.update_time = tx.now
        entry.version += 1
        exam.registered += 1
        entries.append(entry)
    save_exam(tx, row, exam, None)
    tell_departments(tx, exam, entries)
    return entries


def ask_city(tx: Tx, row: Exam, exam: messages.Exam, keys: dict[str, str]) -> list[ExamEntry]:
    """Ask the city to enter officers of this department. Raises Unlawful, Missing."""
    failed = failures(tx, keys)
    entries = []
    for officer_id, key in keys.items():
        officer = tx.get(Officer, officer_id)
        if officer.node != tx.node:
            raise Missing("Officer", officer_id)
        entry = tx.find(ExamEntry, key) or new_entry(tx, exam, officer)
        facts = EntryFacts(tx, exam, officer_id, failed[officer_id])
        about = {"exam_id": exam.exam_id, "officer_id": officer_id}
        entry.state = step(EXAM_ENTRY.REQUEST, entry.state, facts, **about)
        entry.update_time = tx.now
        entry.version += 1
        entries.append(entry)
    requested = events.ExamEntryRequested(entries=map(exam_entry_proto, entries))
    tx.emit(requested, subject=exam.exam_id)
    return entries


def graded(tx: Tx, exam: messages.Exam, result: messages.ExamResult, mark: int, failed: int) -> ExamEntry:
    """Put one result on record. Raises Missing for whoever was not entered, Unlawful."""
    officer = tx.get(Officer, result.officer_id)
    entry = tx.get(ExamEntry, f"{exam.exam_id}/{result.officer_id}")
    passed = min(result.general_score, result.special_score) >= mark
    about = {"exam_id": exam.exam_id, "officer_id": officer.officer_id}
    act = EXAM_ENTRY.PASS if passed else EXAM_ENTRY.FAIL
    entry.state = step(act, entry.state, EntryFacts(tx, exam, officer.officer_id, failed), **about)
    entry.general_score, entry.special_score = result.general_score, result.special_score
    entry.update_time = tx.now
    entry.version += 1
    exam.passed += passed
    exam.failed += not passed
    grade(tx, officer, tx.get(Qualification, officer.officer_id), entry, passed, failed)
    return entry


def end_entries(tx: Tx, exam: messages.Exam, act: Act, states: Iterable[str]) -> int:
    """End the entries of an exam that have no result, tell their departments, and say how many they were."""
    left = select(ExamEntry).where(ExamEntry.exam_id == exam.exam_id, ExamEntry.state.in_(tuple(states)))
    entries: list[ExamEntry] = tx.query(left)
    for entry in entries:
        entry.state = step(act, entry.state, ExamFacts(tx, exam))
        entry.update_time = tx.now
        entry.version += 1
    tell_departments(tx, exam, entries)
    return len(entries)
