"""Exams: announced to all, entered from departments, graded, failed for good; and the tests of leaders."""

import contextlib
from collections.abc import Iterator
from datetime import date

import grpc
from yifa.registry.v1 import exam_pb2 as messages
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.law.layer import Dated, Parameter
from tests.layers import also_set
from tests.registry.exam_room import (
    announce,
    begin,
    close,
    enter,
    entered,
    fail_renewal,
    get,
    known_exam,
    results,
)
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

    with school.refused("NOT_EXAM_READY", law="EX-ERS;EX-CERT", **about):
        await enter(school, CITY, exam, officer)


async def test_seats_are_not_given_twice(school: School) -> None:
    one, other = await school.examinee(), await school.examinee()
    exam = await known_exam(school, seats=1)
    await enter(school, CITY, exam, one)

    with school.refused("EXAM_FULL", law="INTERNAL"):
        await enter(school, CITY, exam, other)
    await enter(school, "huanbao", exam, other)

    refused = await entered(school, "huanbao", exam, other, REFUSED)
    assert list(refused.refusals) == ["EXAM_FULL"]
    with school.refused(
        "ACT_NOT_OPEN",
        act="RegisterForExam",
        state="REGISTERED",
        open_acts="RecordExamResults,CloseExam,CancelExam",
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
    with school.refused("ACT_NOT_OPEN", act="RecordExamResults", state="CLOSED", open_acts=""):
        await results(school, exam, (absent, 90, 90))


async def test_no_result_before_the_exam_nor_twice_nor_without_an_entry(school: School) -> None:
    officer, uninvited, exam = await school.examinee(), await school.examinee(), await known_exam(school)
    await enter(school, CITY, exam, officer)
    with school.refused("EXAM_NOT_HELD", law="INTERNAL", exam_id=exam.exam_id):
        await results(school, exam, (officer, 90, 90))
    await begin(school, exam)

    with school.refused("NOT_FOUND", MISSING, kind="ExamEntry"):
        await results(school, exam, (officer, 90, 90), (uninvited, 90, 90))
    with school.refused("MALFORMED", INVALID, field="results"):
        await results(school, exam, (officer, 90, 90), (officer, 10, 10))
    await results(school, exam, (officer, 90, 90))

    with school.refused("ACT_NOT_OPEN", act="RecordExamResults", state="PASSED", open_acts=""):
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
    with school.refused("EXAM_ATTEMPTS_EXHAUSTED", law="EX-ERS", officer_id=officer.officer_id):
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
    assert refused.certificate.suspensions[0].law == "EX-ERS"


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

    cancel = messages.CancelExamRequest(exam_id=exam.exam_id, cause="考场停电")
    await school.ask(CITY, "CancelExam", cancel)

    await entered(school, "huanbao", exam, officer, messages.EXAM_ENTRY_STATE_CANCELLED)
    state = messages.EXAM_STATE_CANCELLED
    await school.seen(lambda: get(school, "chengguan", exam), lambda reply: reply.exam.state == state)
    again = messages.CancelExamRequest(exam_id=exam.exam_id, cause="再次取消")
    with school.refused("ACT_NOT_OPEN", act="CancelExam", state="CANCELLED", open_acts=""):
        await school.ask(CITY, "CancelExam", again)
    listed = await school.pages(CITY, "ListExams", messages.ListExamsRequest(state=state, page_size=50))
    assert exam.exam_id in {e.exam_id for e in listed}


async def test_an_exam_lies_ahead_and_after_its_registration(school: School) -> None:
    with school.refused("MALFORMED", INVALID, field="register_until"):
        await announce(school, until=-HOUR)
    with school.refused("MALFORMED", INVALID, field="register_until"):
        await announce(school, until=3 * HOUR)


CERTIFIED = qualifications.QUALIFICATION_STATE_CERTIFIED


@contextlib.contextmanager
def set_number(school: School, key: str, value: int) -> Iterator[None]:
    """As if the city's layer set a number."""
    around = school.city.nodes[CITY].running("registry").around
    before = around.parameters
    number = Parameter(key, "count", (Dated(date(2000, 1, 1), value, "EX-ERS"),))
    around.parameters = also_set(before, {key: number})
    try:
        yield
    finally:
        around.parameters = before
