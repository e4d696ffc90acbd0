"""Training, exam, certificate: an officer's way to act, and what stands against it."""

import uuid
from datetime import UTC, datetime, timedelta

import grpc
from yifa.registry.v1 import body_pb2 as bodies
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import qualification_pb2 as qualifications

from tests.registry.town import CITY

INVALID = grpc.StatusCode.INVALID_ARGUMENT
SECOND = timedelta(seconds=1)


async def test_an_officer_is_trained_examined_and_certified(town):
    officer = await town.register(await town.body())
    await town.train(officer, 40)
    await town.known(CITY, officer, "TRAINING")
    await town.train(officer, 20)
    await town.known(CITY, officer, "EXAM_READY")

    await town.examine(officer, 60)
    certificate = await town.issue(officer)

    at_department = await town.known("huanbao", officer, "CERTIFIED")
    assert list(at_department.certificates) == [certificate]
    assert at_department.qualification.training_hours == 60
    assert certificate.state == certificate_pb2.CERTIFICATE_STATE_ACTIVE
    assert (await town.verify(certificate)).valid
    assert (await town.verify(certificate, "huanbao")).valid


async def test_a_certificate_is_valid_for_five_years_from_its_day(town):
    _, certificate = await town.certified()

    issued = certificate.issue_time.ToDatetime(tzinfo=UTC).astimezone()
    expires = certificate.expire_time.ToDatetime(tzinfo=UTC)

    china = timedelta(hours=8)
    day = (issued.astimezone(UTC) + china).date()
    assert (expires + china).date() == day.replace(year=day.year + 5)
    assert (expires + china).time() == datetime.min.time()
    last, first = expires - timedelta(microseconds=1), expires
    assert (await town.verify(certificate, at_time=last)).valid
    late = await town.verify(certificate, at_time=first)
    assert not late.valid
    assert (late.why_not_en, late.why_not_zh) == ("the certificate has expired", "该证件已过有效期")


async def test_numbers_name_area_body_and_a_serial(town):
    body = await town.body()
    numbers = []
    for _ in range(2):
        officer = await town.train(await town.register(body))
        await town.known(CITY, officer, "EXAM_READY")
        await town.examine(officer, 61)
        numbers.append((await town.issue(officer)).certificate_number)

    assert [n[:6] for n in numbers] == ["440700", "440700"]
    assert numbers[0][:10] == numbers[1][:10]
    assert [n[10:] for n in numbers] == ["00001", "00002"]


async def test_no_exam_before_the_hours_are_reached(town):
    officer = await town.train(await town.register(await town.body()), 59)
    await town.known(CITY, officer, "TRAINING")

    with town.refused("ACT_NOT_OPEN", act="RecordExam", state="TRAINING", officer_id=officer.officer_id):
        await town.examine(officer, 100)


async def test_a_failed_exam_may_be_sat_once_more(town):
    officer = await town.examinee()

    failed = await town.examine(officer, 59)

    assert failed.state == qualifications.QUALIFICATION_STATE_EXAM_FAILED
    passed = await town.examine(officer, 60)
    assert (passed.state, passed.failures) == (qualifications.QUALIFICATION_STATE_EXAM_PASSED, 1)


async def test_the_second_failure_removes_the_officer(town):
    officer = await town.examinee()
    await town.examine(officer, 10)

    removed = await town.examine(officer, 20)

    assert removed.state == qualifications.QUALIFICATION_STATE_REMOVED
    assert (await town.events(CITY, "registry", officer.officer_id))[-1] == "OfficerRemoved"
    await town.known("huanbao", officer, "REMOVED")
    with town.refused("EXAM_ATTEMPTS_EXHAUSTED", law="EX-ERS", officer_id=officer.officer_id):
        await town.examine(officer, 100)
    with town.refused("ACT_NOT_OPEN", act="RecordTraining", state="REMOVED"):
        await town.train(officer)
    with town.refused("OFFICER_NOT_CERTIFIED"):
        await town.issue(officer)


async def test_no_certificate_without_an_exam(town):
    officer = await town.examinee()

    with town.refused("OFFICER_NOT_CERTIFIED", law="APL-2021:42(1);ASR-2025:17(2)"):
        await town.issue(officer)


async def test_no_second_certificate_in_a_cycle(town):
    officer, _ = await town.certified()

    with town.refused("ACT_NOT_OPEN", act="IssueCertificate", state="CERTIFIED"):
        await town.issue(officer)


async def test_no_certificate_from_a_withdrawn_body(town):
    officer = await town.examinee()
    await town.examine(officer, 80)
    withdraw = bodies.WithdrawBodyRequest(body_id=officer.body_id, cause="机构撤销")
    await town.call(CITY, "registry", "WithdrawBody", withdraw, "REGISTRAR")

    with town.refused("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)", body_id=officer.body_id):
        await town.issue(officer)


async def test_a_certificate_nobody_issued_is_not_found(town):
    with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND, kind="Certificate"):
        await town.verify(certificate_pb2.Certificate(certificate_number="440700999999999"))


async def test_before_its_issue_a_certificate_is_not_in_force(town):
    _, certificate = await town.certified()
    before = certificate.issue_time.ToDatetime(tzinfo=UTC) - timedelta(microseconds=1)

    asked = await town.verify(certificate, at_time=before)

    assert (asked.valid, asked.why_not_en) == (False, "the certificate was not yet issued")


async def test_a_refused_act_leaves_nothing_behind(town):
    officer = await town.examinee()
    known = await town.get_officer(CITY, officer)

    with town.refused("OFFICER_NOT_CERTIFIED"):
        await town.issue(officer)

    assert await town.get_officer(CITY, officer) == known
    told = [e for e in await town.journal(CITY, "registry") if e.type.endswith("CertificateIssued")]
    assert not [e for e in told if officer.officer_id.encode() in e.data]


async def test_a_repeated_request_issues_once(town):
    officer = await town.examinee()
    await town.examine(officer, 75)
    request = certificate_pb2.IssueCertificateRequest(
        request_id=str(uuid.uuid4()), officer_id=officer.officer_id, fields=["水务"], area_code="440700"
    )

    first = await town.call(CITY, "registry", "IssueCertificate", request, "REGISTRAR")
    again = await town.call(CITY, "registry", "IssueCertificate", request, "REGISTRAR")

    assert first == again
