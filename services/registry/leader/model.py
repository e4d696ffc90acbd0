"""Tests of leaders, as they are kept."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import leader_test_pb2 as messages

from services.registry.row import Row


class LeaderTest(Row, table=True):
    test_id: str = Field(primary_key=True)
    state: str
    version: int
    record: bytes


def leader_test_values(test: messages.LeaderTest) -> dict[str, Any]:
    return {
        "state": messages.LeaderTestState.Name(test.state).removeprefix("LEADER_TEST_STATE_"),
        "version": test.version,
        "record": test.SerializeToString(),
    }


TESTS = select(LeaderTest.test_id, LeaderTest.record)
