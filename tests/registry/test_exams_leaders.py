"""Tests in law before leaders are appointed."""

from datetime import UTC, datetime

from yifa.registry.v1 import leader_test_pb2 as messages

from tests.registry.school import HOUR, School
from tests.registry.town import CITY


async def test_an_appointment_rests_on_a_test_in_law(school: School) -> None:
    failed, passed = await lead(school, 59), await lead(school, 60)

    with school.refused("LEADER_NOT_TESTED", law="EX-ERS", test_id=failed.test_id):
        await appoint(school, failed)
    appointed = await appoint(school, passed)

    assert (appointed.state, appointed.document) == (messages.LEADER_TEST_STATE_APPOINTED, "示任〔2026〕1号")
    with school.refused("ACT_NOT_OPEN", act="RecordLeaderAppointment", state="APPOINTED", open_acts=""):
        await appoint(school, passed)
    request = messages.ListLeaderTestsRequest(state=messages.LEADER_TEST_STATE_FAILED, page_size=50)
    assert failed in await school.pages(CITY, "ListLeaderTests", request)


async def test_a_test_to_come_has_no_result(school: School) -> None:
    with school.refused("EXAM_NOT_HELD"):
        await lead(school, 90, datetime.now(UTC) + HOUR)


async def lead(school: School, score: int, at: datetime | None = None) -> messages.LeaderTest:
    request = messages.RecordLeaderTestRequest(
        name="拟任人员一号", position="市某局副局长", test_time=at or datetime.now(UTC) - HOUR, score=score
    )
    return (await school.ask(CITY, "RecordLeaderTest", request)).test


async def appoint(school: School, test: messages.LeaderTest) -> messages.LeaderTest:
    request = messages.RecordLeaderAppointmentRequest(test_id=test.test_id, document="示任〔2026〕1号")
    return (await school.ask(CITY, "RecordLeaderAppointment", request)).test
