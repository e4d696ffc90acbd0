"""Exams: announced to all, entered from departments, graded, failed for good; and the tests of leaders."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import grpc
from yifa.registry.v1 import exam_pb2 as messages
from yifa.registry.v1 import exam_requests_pb2 as asked
from yifa.registry.v1 import officer_pb2

from services.law.parameters import Dated, Layer, Layers, Parameter
from services.registry.model import Exam
from services.registry.model.exam import exam_values
from tests.registry.school import HOUR, School
from tests.registry.town import CITY

INVALID = grpc.StatusCode.INVALID_ARGUMENT
MISSING = grpc.StatusCode.NOT_FOUND
RENEWAL = messages.EXAM_KIND_RENEWAL
REGISTERED = messages.EXAM_ENTRY_STATE_REGISTERED
REFUSED = messages.EXAM_ENTRY_STATE_REFUSED


async def test_an_exam_is_announced_to_all(school: School) -> None:
    exam = await announce(school)

    for node in ("huanbao", "chengguan"):
        known = await school.seen(lambda node=node: get(school, node, exam), lambda reply: True)
        assert known.exam == exam


async def test_a_department_enters_its_officers(school: School) -> None:
    officer, exam = await school.examinee(), await known_exam(school)

    [asked_for] = await enter(school, "huanbao", exam, officer)

    assert asked_for.state == messages.EXAM_ENTRY_STATE_REQUESTED
    await entered(school, "huanbao", exam, officer, REGISTERED)
    assert (await get(school, CITY, exam)).exam.registered == 1


async def test_the_city_refuses_who_is_not_trained_and_says_why(school: School) -> None:
    officer, exam = await school.register(await school.body()), await known_exam(school)
    await school.known(CITY, officer, "TRAINING")

    await enter(school, "huanbao", exam, officer)

    refused = await entered(school, "huanbao", exam, officer, REFUSED)
    assert list(refused.refusals) == ["NOT_EXAM_READY"]
    await school.train(officer)
    await school.known(CITY, officer, "EXAM_READY")
    await enter(school, "huanbao", exam, officer)
    again = await entered(school, "huanbao", exam, officer, REGISTERED)
    assert list(again.refusals) == []


async def test_at_the_city_who_may_not_sit_is_refused_at_once(school: School) -> None:
    officer, exam = await school.register(await school.body()), await announce(school)
    await school.known(CITY, officer, "TRAINING")
    about = {"exam_id": exam.exam_id, "officer_id": officer.officer_id}

    with school.refused("NOT_EXAM_READY", law="CBZ-2019-7:16;MOT-CERT:16", **about):
        await enter(school, CITY, exam, officer)


async def test_seats_are_not_given_twice(school: School) -> None:
    one, other = await school.examinee(), await school.examinee()
    exam = await known_exam(school, seats=1)
    await enter(school, CITY, exam, one)

    with school.refused("EXAM_FULL", law="ASR-2025:17"):
        await enter(school, CITY, exam, other)
    await enter(school, "huanbao", exam, other)

    refused = await entered(school, "huanbao", exam, other, REFUSED)
    assert list(refused.refusals) == ["EXAM_FULL"]
    with school.refused(
        "ACT_NOT_OPEN", act="REGISTER", state="REGISTERED", open_acts="PASS,FAIL,MISS,CANCEL"
    ):
        await enter(school, CITY, exam, one)


async def test_registration_closes(school: School) -> None:
    officer, exam = await school.examinee(), await known_exam(school)
    await begin(school, exam)
    await begin(school, exam, "huanbao")

    for node in (CITY, "huanbao"):
        with school.refused("EXAM_REGISTRATION_CLOSED", exam_id=exam.exam_id):
            await enter(school, node, exam, officer)


async def test_a_department_enters_nobody_else(school: School) -> None:
    stranger, exam = await school.examinee("chengguan"), await known_exam(school)

    with school.refused("NOT_FOUND", MISSING, kind="Officer"):
        await enter(school, "huanbao", exam, stranger)


async def test_both_papers_must_be_passed(school: School) -> None:
    passing, failing, absent = [await school.examinee() for _ in range(3)]
    exam = await known_exam(school)
    await enter(school, CITY, exam, passing, failing, absent)
    await begin(school, exam)

    reply = await results(school, exam, (passing, 60, 60), (failing, 100, 59))

    assert [e.state for e in reply.entries] == [
        messages.EXAM_ENTRY_STATE_PASSED,
        messages.EXAM_ENTRY_STATE_FAILED,
    ]
    await school.known("huanbao", passing, "EXAM_PASSED")
    await school.known("huanbao", failing, "EXAM_FAILED")
    closed = await close(school, exam)
    assert (closed.registered, closed.passed, closed.failed, closed.absent) == (3, 1, 1, 1)
    await entered(school, "huanbao", exam, absent, messages.EXAM_ENTRY_STATE_ABSENT)
    await school.known("huanbao", absent, "EXAM_READY")
    with school.refused("ACT_NOT_OPEN", act="RECORD_RESULTS", state="CLOSED", open_acts=""):
        await results(school, exam, (absent, 90, 90))


async def test_no_result_before_the_exam_nor_twice_nor_without_an_entry(school: School) -> None:
    officer, uninvited, exam = await school.examinee(), await school.examinee(), await known_exam(school)
    await enter(school, CITY, exam, officer)
    with school.refused("EXAM_NOT_HELD", law="ASR-2025:17", exam_id=exam.exam_id):
        await results(school, exam, (officer, 90, 90))
    await begin(school, exam)

    with school.refused("NOT_FOUND", MISSING, kind="ExamEntry"):
        await results(school, exam, (officer, 90, 90), (uninvited, 90, 90))
    with school.refused("MALFORMED", INVALID, field="results"):
        await results(school, exam, (officer, 90, 90), (officer, 10, 10))
    await results(school, exam, (officer, 90, 90))

    with school.refused("ACT_NOT_OPEN", act="FAIL", state="PASSED", open_acts=""):
        await results(school, exam, (officer, 10, 10))


async def test_two_failures_remove_from_the_register(school: School) -> None:
    officer = await school.examinee()
    for _ in range(2):
        exam = await known_exam(school)
        await enter(school, CITY, exam, officer)
        await begin(school, exam)
        await results(school, exam, (officer, 90, 10))

    reply = await school.known("huanbao", officer, "REMOVED")
    assert reply.qualification.failures == 2
    assert (await school.events(CITY, "registry", officer.officer_id))[-1] == "OfficerRemoved"
    last = await known_exam(school)
    with school.refused("EXAM_ATTEMPTS_EXHAUSTED", law="CBZ-2019-7:16", officer_id=officer.officer_id):
        await enter(school, CITY, last, officer)


async def test_a_new_term_begins_with_no_failures(school: School) -> None:
    officer = await school.examinee()
    await school.examine(officer, 10)
    await school.examine(officer, 90)
    certificate = await school.issue(officer)

    once = await fail_renewal(school, officer)
    assert (once.qualification.failures, once.qualification.state) == (1, CERTIFIED)
    assert (await school.verify(certificate)).valid

    await fail_renewal(school, officer, "REMOVED")
    refused = await school.verify(certificate, CITY, "REGISTRAR")
    assert not refused.valid
    assert refused.certificate.suspensions[0].law == "CBZ-2019-7:16"


async def test_where_failures_count_for_life_the_next_one_removes(school: School) -> None:
    officer = await school.examinee()
    await school.examine(officer, 10)
    await school.examine(officer, 90)
    await school.issue(officer)

    with set_number(school, "officer.exam.lifelong", 1):
        removed = await fail_renewal(school, officer, "REMOVED")

    assert removed.qualification.failures == 2


async def test_who_holds_no_certificate_sits_no_exam_for_renewal(school: School) -> None:
    officer, exam = await school.examinee(), await announce(school, kind=RENEWAL)

    with school.refused("NOT_EXAM_READY"):
        await enter(school, CITY, exam, officer)


async def test_a_cancelled_exam_is_told_to_those_entered(school: School) -> None:
    officer, exam = await school.examinee(), await known_exam(school)
    await enter(school, CITY, exam, officer)

    cancel = asked.CancelExamRequest(exam_id=exam.exam_id, cause="考场停电")
    await school.ask(CITY, "CancelExam", cancel)

    await entered(school, "huanbao", exam, officer, messages.EXAM_ENTRY_STATE_CANCELLED)
    state = messages.EXAM_STATE_CANCELLED
    await school.seen(lambda: get(school, "chengguan", exam), lambda reply: reply.exam.state == state)
    again = asked.CancelExamRequest(exam_id=exam.exam_id, cause="再次取消")
    with school.refused("ACT_NOT_OPEN", act="CANCEL", state="CANCELLED", open_acts=""):
        await school.ask(CITY, "CancelExam", again)
    listed = await school.pages(CITY, "ListExams", asked.ListExamsRequest(state=state, page_size=50))
    assert exam.exam_id in {e.exam_id for e in listed}


async def test_an_exam_lies_ahead_and_after_its_registration(school: School) -> None:
    with school.refused("MALFORMED", INVALID, field="register_until"):
        await announce(school, until=-HOUR)
    with school.refused("MALFORMED", INVALID, field="register_until"):
        await announce(school, until=3 * HOUR)


async def test_an_appointment_rests_on_a_test_in_law(school: School) -> None:
    failed, passed = await lead(school, 59), await lead(school, 60)

    with school.refused("LEADER_NOT_TESTED", law="CBZ-2019-7:1;CITY-ERS:3(10)", test_id=failed.test_id):
        await appoint(school, failed)
    appointed = await appoint(school, passed)

    assert (appointed.state, appointed.document) == (messages.LEADER_TEST_STATE_APPOINTED, "示任〔2026〕1号")
    with school.refused("ACT_NOT_OPEN", act="APPOINT", state="APPOINTED", open_acts=""):
        await appoint(school, passed)
    request = asked.ListLeaderTestsRequest(state=messages.LEADER_TEST_STATE_FAILED, page_size=50)
    assert failed in await school.pages(CITY, "ListLeaderTests", request)


async def test_a_test_to_come_has_no_result(school: School) -> None:
    with school.refused("EXAM_NOT_HELD"):
        await lead(school, 90, datetime.now(UTC) + HOUR)


CERTIFIED = officer_pb2.QUALIFICATION_STATE_CERTIFIED


async def announce(
    school: School, kind: int = messages.EXAM_KIND_QUALIFICATION, seats: int = 30, until: timedelta = HOUR
) -> messages.Exam:
    now = datetime.now(UTC)
    request = asked.AnnounceExamRequest(
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
    return await school.ask(node, "GetExam", asked.GetExamRequest(exam_id=exam.exam_id))


async def enter(school: School, node: str, exam: messages.Exam, *officers: Any) -> list[messages.ExamEntry]:
    request = asked.RegisterForExamRequest(exam_id=exam.exam_id, officer_ids=[o.officer_id for o in officers])
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
    request = asked.RecordExamResultsRequest(exam_id=exam.exam_id)
    for officer, general, special in graded:
        request.results.add(officer_id=officer.officer_id, general_score=general, special_score=special)
    return await school.ask(CITY, "RecordExamResults", request)


async def close(school: School, exam: messages.Exam) -> messages.Exam:
    return (await school.ask(CITY, "CloseExam", asked.CloseExamRequest(exam_id=exam.exam_id))).exam


async def fail_renewal(school: School, officer: Any, state: str = "CERTIFIED") -> Any:
    """A certified officer fails the exam for renewal; what the city knows then."""
    exam = await announce(school, kind=RENEWAL)
    await enter(school, CITY, exam, officer)
    await begin(school, exam)
    await results(school, exam, (officer, 10, 10))
    return await school.known(CITY, officer, state)


async def lead(school: School, score: int, at: datetime | None = None) -> messages.LeaderTest:
    request = asked.RecordLeaderTestRequest(
        name="拟任人员一号", position="市某局副局长", test_time=at or datetime.now(UTC) - HOUR, score=score
    )
    return (await school.ask(CITY, "RecordLeaderTest", request)).test


async def appoint(school: School, test: messages.LeaderTest) -> messages.LeaderTest:
    request = asked.RecordLeaderAppointmentRequest(test_id=test.test_id, document="示任〔2026〕1号")
    return (await school.ask(CITY, "RecordLeaderAppointment", request)).test


@contextlib.contextmanager
def set_number(school: School, key: str, value: int) -> Iterator[None]:
    """As if the city's layer set a number."""
    around = school.city.nodes[CITY].running("registry").around
    national = around.parameters
    number = Parameter(key, "count", (Dated(date(2000, 1, 1), value, "CBZ-2019-7:16"),))
    around.parameters = Layers(national.national, city=Layer("test", "city", "national", {key: number}))
    try:
        yield
    finally:
        around.parameters = national
