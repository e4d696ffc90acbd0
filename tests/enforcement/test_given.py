"""The words that tests, demonstration and measurements share: each stage is reached by its name, over the public calls."""

import pytest
from yifa.enforcement.v1 import case_pb2 as cases

from services.given.case import LAW, PLAIN, WAY, case_up_to, violation
from services.given.say import CONTRACTS
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY


@pytest.mark.parametrize("state", WAY)
async def test_a_case_is_given_as_far_as_is_said(department: Department, state: str) -> None:
    await department.benchmark()
    body_id = await department.body()
    ids = [(await department.officer(body_id)).officer_id for _ in range(2)]

    act = violation(department.now - DAY, law=LAW)
    dossier = await case_up_to(department.do, state, body_id, ids, violation=act)

    assert cases.CaseState.Name((await department.case(dossier.case_id)).state) == f"CASE_STATE_{state}"


def test_every_plain_act_is_an_act_of_the_contract() -> None:
    assert PLAIN.keys() <= set(CONTRACTS["enforcement"].methods_by_name)
    assert {rpc for acts in WAY.values() for rpc in acts} <= PLAIN.keys()
