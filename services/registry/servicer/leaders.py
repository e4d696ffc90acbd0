"""Tests in law before leaders are appointed."""

from sqlalchemy import select
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import exam_pb2 as messages
from yifa.registry.v1 import exam_requests_pb2 as asked

from services.kit.rpc import read, write
from services.kit.tx import Tx
from services.kit.view import View
from services.registry.entries import number
from services.registry.model import LeaderTest
from services.registry.model.exam import leader_test_values
from services.registry.process import LEADER_TEST, step
from services.registry.rules import require
from services.registry.rules.exam import ExamFacts, exam_held
from services.registry.servicer.moments import moment_in
from services.registry.servicer.trainings import change

TESTS = select(LeaderTest.test_id, LeaderTest.record)


class Leaders:
    @write
    def RecordLeaderTest(
        self, request: asked.RecordLeaderTestRequest, tx: Tx
    ) -> asked.RecordLeaderTestResponse:
        """Put on record how somebody did in the test before an appointment (CITY-ERS 3(10))."""
        at = moment_in(request, "test_time", tx.now)
        require((exam_held,), ExamFacts(begun=at <= tx.now))
        act = "PASS" if request.score >= number(tx, "leader.test.pass") else "FAIL"
        test = messages.LeaderTest(
            test_id=tx.new_id("LT-"),
            name=request.name,
            position=request.position,
            test_time=at,
            score=request.score,
            state=f"LEADER_TEST_STATE_{step(LEADER_TEST, act, '', ExamFacts())}",
            version=1,
        )
        tx.add(LeaderTest.new(test_id=test.test_id, **leader_test_values(test)))
        tx.emit(events.LeaderTested(test=test), subject=test.test_id)
        return asked.RecordLeaderTestResponse(test=test)

    @write(loads=(LeaderTest, "test_id"))
    def RecordLeaderAppointment(
        self, request: asked.RecordLeaderAppointmentRequest, tx: Tx
    ) -> asked.RecordLeaderAppointmentResponse:
        """Record an appointment on the basis of a test that was passed (CBZ 2019 No. 7, 1; CITY-ERS 3(10))."""
        row = tx.get(LeaderTest, request.test_id)
        test = messages.LeaderTest.FromString(row.record)
        state = step(
            LEADER_TEST, "APPOINT", row.state, ExamFacts(passed=row.state != "FAILED"), test_id=test.test_id
        )
        test.state = messages.LeaderTestState.Value(f"LEADER_TEST_STATE_{state}")
        test.appoint_time.FromDatetime(tx.now)
        test.document = request.document
        test.version += 1
        change(row, leader_test_values(test))
        tx.emit(events.LeaderAppointed(test=test), subject=test.test_id)
        return asked.RecordLeaderAppointmentResponse(test=test)

    @read
    def ListLeaderTests(
        self, request: asked.ListLeaderTestsRequest, view: View
    ) -> asked.ListLeaderTestsResponse:
        state = messages.LeaderTestState.Name(request.state).removeprefix("LEADER_TEST_STATE_")
        statement = TESTS.where(LeaderTest.state == state) if request.state else TESTS
        rows, token = view.page(statement, (LeaderTest.test_id,), request.page_size, request.page_token)
        tests = [messages.LeaderTest.FromString(row.record) for row in rows]
        return asked.ListLeaderTestsResponse(tests=tests, next_page_token=token)
