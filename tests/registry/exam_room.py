"""Verbs of exams for a running city."""

from datetime import UTC, datetime, timedelta
from typing import Any

from yifa.registry.v1 import exam_pb2 as messages

from services.registry.exam.model import Exam, exam_values
from tests.registry.school import HOUR, School
from tests.registry.town import CITY

RENEWAL = messages.EXAM_KIND_RENEWAL


async def announce(
    school: School, kind: int = messages.EXAM_KIND_QUALIFICATION, seats: int = 30, until: timedelta = HOUR
) -> messages.Exam:
    now = datetime.now(UTC)
    request = messages.AnnounceExamRequest(
        kind=kind,
        title="行政执法资格考试",
        register_until=now + until,
        exam_time=now + 2 * HOUR,
        place="市委党校",
        seats=seats,
    )
    return (await school.ask(CITY, "AnnounceExam", request)).exam


async def known_exam(school: School, **more: Any) -> messages.Exam:
    """An announced exam, known at the department."""
    exam = await announce(school, **more)
    await school.seen(lambda: get(school, "huanbao", exam), lambda reply: True)
    return exam


async def get(school: School, node: str, exam: messages.Exam) -> Any:
    return await school.ask(node, "GetExam", messages.GetExamRequest(exam_id=exam.exam_id))


async def enter(school: School, node: str, exam: messages.Exam, *officers: Any) -> list[messages.ExamEntry]:
    request = messages.RegisterForExamRequest(
        exam_id=exam.exam_id, officer_ids=[o.officer_id for o in officers]
    )
    return list((await school.ask(node, "RegisterForExam", request)).entries)


async def entered(school: School, node: str, exam: messages.Exam, officer: Any, state: int) -> Any:
    """An officer's entry, once a node knows it in a state."""

    async def look() -> list[messages.ExamEntry]:
        found = (await get(school, node, exam)).entries
        return [e for e in found if e.officer_id == officer.officer_id and e.state == state]

    return (await school.seen(look))[0]


async def begin(school: School, exam: messages.Exam, node: str = CITY) -> None:
    """Let the moment of an exam come."""

    def work(tx: Any) -> None:
        row = tx.get(Exam, exam.exam_id)
        kept = messages.Exam.FromString(row.record)
        kept.register_until.FromDatetime(tx.now)
        kept.exam_time.FromDatetime(tx.now)
        for name, value in exam_values(kept).items():
            setattr(row, name, value)

    await school.city.nodes[node].running("registry").do(work)


async def results(school: School, exam: messages.Exam, *graded: tuple[Any, int, int]) -> Any:
    request = messages.RecordExamResultsRequest(exam_id=exam.exam_id)
    for officer, general, special in graded:
        request.results.add(officer_id=officer.officer_id, general_score=general, special_score=special)
    return await school.ask(CITY, "RecordExamResults", request)


async def close(school: School, exam: messages.Exam) -> messages.Exam:
    return (await school.ask(CITY, "CloseExam", messages.CloseExamRequest(exam_id=exam.exam_id))).exam


async def fail_renewal(school: School, officer: Any, state: str = "CERTIFIED") -> Any:
    """A certified officer fails the exam for renewal; what the city knows then."""
    exam = await announce(school, kind=RENEWAL)
    await enter(school, CITY, exam, officer)
    await begin(school, exam)
    await results(school, exam, (officer, 10, 10))
    return await school.known(CITY, officer, state)
