"""Tests in law before leaders are appointed."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import leader_test_pb2 as messages

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.exam import LEADER_TEST
from services.registry.lawful import step
from services.registry.leader.facts import LeaderFacts
from services.registry.leader.model import LeaderTest, leader_test_values
from services.registry.request import change, moment_in, number


@write
def record_leader_test(
    request: messages.RecordLeaderTestRequest, tx: Tx
) -> messages.RecordLeaderTestResponse:
    """Put on record how somebody did in the test before an appointment (CITY-ERS 3(10))."""
    at = moment_in(request, "test_time", tx.now)
    passed = request.score >= number(tx, "leader.test.pass")
    act = LEADER_TEST.PASS_TEST if passed else LEADER_TEST.FAIL_TEST
    test = messages.LeaderTest(
        test_id=tx.new_id("LT-"),
        name=request.name,
        position=request.position,
        test_time=at,
        score=request.score,
        version=1,
    )
    test.state = state_of(step(act, "", LeaderFacts(tx, test)))
    tx.add(LeaderTest.new(test_id=test.test_id, **leader_test_values(test)))
    tx.emit(events.LeaderTested(test=test), subject=test.test_id)
    return messages.RecordLeaderTestResponse(test=test)


@write(loads=(LeaderTest, "test_id"))
def record_leader_appointment(
    request: messages.RecordLeaderAppointmentRequest, tx: Tx
) -> messages.RecordLeaderAppointmentResponse:
    """Record an appointment on the basis of a test that was passed (CBZ 2019 No. 7, 1; CITY-ERS 3(10))."""
    row = tx.get(LeaderTest, request.test_id)
    test = messages.LeaderTest.FromString(row.record)
    act = LEADER_TEST.RECORD_LEADER_APPOINTMENT
    test.state = state_of(step(act, row.state, LeaderFacts(tx, test), test_id=test.test_id))
    test.appoint_time.FromDatetime(tx.now)
    test.document = request.document
    test.version += 1
    change(row, leader_test_values(test))
    tx.emit(events.LeaderAppointed(test=test), subject=test.test_id)
    return messages.RecordLeaderAppointmentResponse(test=test)


def state_of(name: str) -> messages.LeaderTestState:
    return messages.LeaderTestState.Value(f"LEADER_TEST_STATE_{name}")
