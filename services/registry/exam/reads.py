"""Exams and their entries, as they are read."""

from yifa.registry.v1 import exam_pb2 as messages

from services.kit.rpc import read
from services.kit.view import View
from services.registry.exam.model import ENTRIES, EXAMS, Exam, ExamEntry, exam_entry_proto


@read
def get_exam(request: messages.GetExamRequest, view: View) -> messages.GetExamResponse:
    """One exam, and a page of the entries that this node knows."""
    wanted = request.exam_id
    row = view.get(EXAMS.where(Exam.exam_id == wanted), "Exam", wanted)
    entered = ENTRIES.where(ExamEntry.exam_id == wanted)
    rows, token = view.page(entered, (ExamEntry.officer_id,), request.page_size, request.page_token)
    return messages.GetExamResponse(
        exam=messages.Exam.FromString(row.record),
        entries=map(exam_entry_proto, rows),
        next_page_token=token,
    )


@read
def list_exams(request: messages.ListExamsRequest, view: View) -> messages.ListExamsResponse:
    state = messages.ExamState.Name(request.state).removeprefix("EXAM_STATE_")
    statement = EXAMS.where(Exam.state == state) if request.state else EXAMS
    rows, token = view.page(statement, (Exam.exam_id,), request.page_size, request.page_token)
    exams = [messages.Exam.FromString(row.record) for row in rows]
    return messages.ListExamsResponse(exams=exams, next_page_token=token)
