"""Exams of the city: announced, entered, graded; and the tests of leaders before an appointment."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import exam_pb2 as messages
from yifa.registry.v1 import exam_requests_pb2 as asked
from yifa.registry.v1 import registry_service_pb2 as pb

from services.kit.refusal import Malformed, Missing
from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.registry.entries import entry_facts, failures, moment, number
from services.registry.model import Exam, ExamEntry, Officer, Qualification
from services.registry.model.exam import exam_entry_proto, exam_values
from services.registry.process import EXAM, EXAM_ENTRY, step
from services.registry.rules import require
from services.registry.rules.exam import ExamFacts, registration_open
from services.registry.servicer.grading import grade
from services.registry.servicer.moments import moment_in
from services.registry.servicer.trainings import change

EXAMS = select(Exam.exam_id, Exam.record)
ENTRIES = select(*ExamEntry.__table__.columns)


class Exams:
    @write
    def AnnounceExam(self, request: asked.AnnounceExamRequest, tx: Tx) -> asked.AnnounceExamResponse:
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
            state=f"EXAM_STATE_{step(EXAM, 'ANNOUNCE', '', ExamFacts())}",
            version=1,
        )
        tx.add(Exam.new(exam_id=exam.exam_id, **exam_values(exam)))
        tx.emit(events.ExamAnnounced(exam=exam), subject=exam.exam_id, to="all")
        return asked.AnnounceExamResponse(exam=exam)

    @write(loads=(Exam, "exam_id"))
    def CancelExam(self, request: asked.CancelExamRequest, tx: Tx) -> asked.CancelExamResponse:
        """Call off an exam without results; whoever was entered is told (ASR 17)."""
        row, exam = exam_of(tx, request.exam_id)
        proceed(exam, row, "CANCEL", ExamFacts())
        exam.cancel_cause = request.cause
        end_entries(tx, exam, "CANCEL", ("REQUESTED", "REGISTERED"))
        announce(tx, row, exam, events.ExamCancelled)
        return asked.CancelExamResponse(exam=exam)

    @write(loads=((Exam, "exam_id"), (Officer, "officer_ids"), (Qualification, "officer_ids")))
    def RegisterForExam(self, request: asked.RegisterForExamRequest, tx: Tx) -> asked.RegisterForExamResponse:
        """Enter officers for an exam: at the city at once, from a department by asking the city (CBZ 2019 No. 7, 16)."""
        row, exam = exam_of(tx, request.exam_id)
        keys = {i: f"{exam.exam_id}/{i}" for i in request.officer_ids}
        tx.load(ExamEntry, keys.values())
        entered = register if tx.node == tx.city else ask_city
        entries = entered(tx, row, exam, keys)
        return asked.RegisterForExamResponse(entries=map(exam_entry_proto, entries))

    @write(loads=(Exam, "exam_id"))
    def RecordExamResults(
        self, request: asked.RecordExamResultsRequest, tx: Tx
    ) -> asked.RecordExamResultsResponse:
        """Record results; both papers must be passed, and the last failure that is borne removes (CBZ 2019 No. 7, 16)."""
        row, exam = exam_of(tx, request.exam_id)
        begun = exam.exam_time.ToDatetime(tzinfo=UTC) <= tx.now
        proceed(exam, row, "RECORD_RESULTS", ExamFacts(begun=begun))
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
        announce(tx, row, exam, None)
        return asked.RecordExamResultsResponse(exam=exam, entries=map(exam_entry_proto, entries))

    @write(loads=(Exam, "exam_id"))
    def CloseExam(self, request: asked.CloseExamRequest, tx: Tx) -> asked.CloseExamResponse:
        """Close an exam: all results are in, who has none was absent (ASR 17)."""
        row, exam = exam_of(tx, request.exam_id)
        proceed(exam, row, "CLOSE", ExamFacts())
        exam.absent = end_entries(tx, exam, "MISS", ("REGISTERED",))
        announce(tx, row, exam, events.ExamClosed)
        return asked.CloseExamResponse(exam=exam)

    @write(loads=((Officer, "officer_id"), (Qualification, "officer_id")))
    def RecordExam(self, request: pb.RecordExamRequest, tx: Tx) -> pb.RecordExamResponse:
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

    @read
    def GetExam(self, request: asked.GetExamRequest, view: View) -> asked.GetExamResponse:
        """One exam, and a page of the entries that this node knows."""
        wanted = request.exam_id
        row = view.get(EXAMS.where(Exam.exam_id == wanted), "Exam", wanted)
        entered = ENTRIES.where(ExamEntry.exam_id == wanted)
        rows, token = view.page(entered, (ExamEntry.officer_id,), request.page_size, request.page_token)
        return asked.GetExamResponse(
            exam=messages.Exam.FromString(row.record),
            entries=map(exam_entry_proto, rows),
            next_page_token=token,
        )

    @read
    def ListExams(self, request: asked.ListExamsRequest, view: View) -> asked.ListExamsResponse:
        state = messages.ExamState.Name(request.state).removeprefix("EXAM_STATE_")
        statement = EXAMS.where(Exam.state == state) if request.state else EXAMS
        rows, token = view.page(statement, (Exam.exam_id,), request.page_size, request.page_token)
        exams = [messages.Exam.FromString(row.record) for row in rows]
        return asked.ListExamsResponse(exams=exams, next_page_token=token)


def exam_of(tx: Tx, exam_id: str) -> tuple[Exam, messages.Exam]:
    row = tx.get(Exam, exam_id)
    return row, messages.Exam.FromString(row.record)


def proceed(exam: messages.Exam, row: Exam, act: str, facts: ExamFacts) -> None:
    """Put an exam into the state that an act leads to. Raises Unlawful."""
    state = step(EXAM, act, row.state, facts, exam_id=exam.exam_id)
    exam.state = messages.ExamState.Value(f"EXAM_STATE_{state}")


def announce(tx: Tx, row: Exam, exam: messages.Exam, event: type[Message] | None) -> None:
    """Keep an exam one version on, and tell all if there is something to tell."""
    exam.version += 1
    change(row, exam_values(exam))
    if event is not None:
        tx.emit(event(exam=exam), subject=exam.exam_id, to="all")


def register(tx: Tx, row: Exam, exam: messages.Exam, keys: dict[str, str]) -> list[ExamEntry]:
    """Enter officers at the city. Raises Unlawful with all that stands against the first who may not."""
    failed = failures(tx, keys)
    entries = []
    for officer_id, key in keys.items():
        entry = tx.find(ExamEntry, key) or new_entry(tx, exam, tx.get(Officer, officer_id))
        facts = entry_facts(tx, exam, officer_id, failed[officer_id], tx.now)
        entry.state = step(
            EXAM_ENTRY, "REGISTER", entry.state, facts, exam_id=exam.exam_id, officer_id=officer_id
        )
        entry.refusals = ()
        entry.update_time = tx.now
        entry.version += 1
        exam.registered += 1
        entries.append(entry)
    announce(tx, row, exam, None)
    tell(tx, exam, entries)
    return entries


def ask_city(tx: Tx, row: Exam, exam: messages.Exam, keys: dict[str, str]) -> list[ExamEntry]:
    """Ask the city to enter officers of this department. Raises Unlawful, Missing."""
    still = exam.state == messages.EXAM_STATE_ANNOUNCED and tx.now < moment(exam)
    require((registration_open,), ExamFacts(open=still), exam_id=exam.exam_id)
    entries = []
    for officer_id, key in keys.items():
        officer = tx.get(Officer, officer_id)
        if officer.node != tx.node:
            raise Missing("Officer", officer_id)
        entry = tx.find(ExamEntry, key) or new_entry(tx, exam, officer)
        entry.state = step(
            EXAM_ENTRY, "REQUEST", entry.state, None, exam_id=exam.exam_id, officer_id=officer_id
        )
        entry.update_time = tx.now
        entry.version += 1
        entries.append(entry)
    requested = events.ExamEntryRequested(entries=map(exam_entry_proto, entries))
    tx.emit(requested, subject=exam.exam_id)
    return entries


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


def graded(tx: Tx, exam: messages.Exam, result: asked.ExamResult, mark: int, failed: int) -> ExamEntry:
    """Put one result on record. Raises Missing for whoever was not entered, Unlawful."""
    officer = tx.get(Officer, result.officer_id)
    entry = tx.get(ExamEntry, f"{exam.exam_id}/{result.officer_id}")
    passed = min(result.general_score, result.special_score) >= mark
    about = {"exam_id": exam.exam_id, "officer_id": officer.officer_id}
    entry.state = step(EXAM_ENTRY, "PASS" if passed else "FAIL", entry.state, None, **about)
    entry.general_score, entry.special_score = result.general_score, result.special_score
    entry.update_time = tx.now
    entry.version += 1
    exam.passed += passed
    exam.failed += not passed
    grade(tx, officer, tx.get(Qualification, officer.officer_id), entry, passed, failed)
    return entry


def end_entries(tx: Tx, exam: messages.Exam, act: str, states: Iterable[str]) -> int:
    """End the entries of an exam that have no result, tell their departments, and say how many they were."""
    left = select(ExamEntry).where(ExamEntry.exam_id == exam.exam_id, ExamEntry.state.in_(tuple(states)))
    entries: list[ExamEntry] = tx.query(left)
    for entry in entries:
        entry.state = step(EXAM_ENTRY, act, entry.state, None)
        entry.update_time = tx.now
        entry.version += 1
    tell(tx, exam, entries)
    return len(entries)


def tell(tx: Tx, exam: messages.Exam, entries: Iterable[Any]) -> None:
    """Tell each department what became of its entries."""
    by_node = defaultdict(list)
    for entry in entries:
        by_node[entry.node].append(exam_entry_proto(entry))
    for node, theirs in by_node.items():
        for n in range(0, len(theirs), 500):
            decided = events.ExamEntryDecided(entries=theirs[n : n + 500])
            tx.emit(decided, subject=exam.exam_id, to=node)
