"""Tests of leaders, as they are read."""

from yifa.registry.v1 import leader_test_pb2 as messages

from services.kit.rpc import read
from services.kit.view import View
from services.registry.leader.model import TESTS, LeaderTest


@read
def list_leader_tests(
    request: messages.ListLeaderTestsRequest, view: View
) -> messages.ListLeaderTestsResponse:
    state = messages.LeaderTestState.Name(request.state).removeprefix("LEADER_TEST_STATE_")
    statement = TESTS.where(LeaderTest.state == state) if request.state else TESTS
    rows, token = view.page(statement, (LeaderTest.test_id,), request.page_size, request.page_token)
    tests = [messages.LeaderTest.FromString(row.record) for row in rows]
    return messages.ListLeaderTestsResponse(tests=tests, next_page_token=token)
