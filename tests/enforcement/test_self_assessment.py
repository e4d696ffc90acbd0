"""A department hands in how its bodies assess their own year: by the scheme, whole, once, by 25 December (CITY-ERS 2(6))."""

from datetime import timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import events_pb2 as events

from services.law.parameters import load_layers
from tests.enforcement.department import Department
from tests.enforcement.samples import HEAD, START

YEAR, SUBMIT = START.year, "SubmitSelfAssessment"
UNIT = ("unit-1", "UNIT_HEAD")


def full() -> list[dict[str, Any]]:
    """Every indicator with its whole weight."""
    scheme = load_layers([]).assessment(YEAR)
    assert scheme is not None
    return [{"indicator_id": each.id, "points": each.weight, "text": "已落实"} for each in scheme.ends]


def fields(own: str, **more: Any) -> dict[str, Any]:
    return {"body_id": own, "year": YEAR, "scores": full(), "summary": "自查自评材料", **more}


async def test_a_self_assessment_is_handed_in_once_and_told_to_the_city(department: Department) -> None:
    body_id = await department.body()

    made = (await department.do(SUBMIT, HEAD, **fields(body_id))).self_assessment

    assert (made.scheme, made.late, len(made.scores)) == ("responsibility", False, len(full()))
    [told] = department.events(made.self_assessment_id)
    assert events.SelfAssessmentSubmitted.FromString(told.data).self_assessment == made and told.to == "city"
    async with department.refused("SELF_ASSESSED_ALREADY"):
        await department.do(SUBMIT, HEAD, **fields(body_id))
    listed = await department.do("ListSelfAssessments", UNIT, year=YEAR, page_size=500)
    assert made in listed.self_assessments


async def test_after_its_day_it_is_late(department: Department) -> None:
    body_id = await department.body()
    department.now = START.replace(month=12, day=25, hour=23)
    assert not (await department.do(SUBMIT, HEAD, **fields(body_id))).self_assessment.late

    other = await department.body()
    department.now += timedelta(hours=2)
    assert (await department.do(SUBMIT, HEAD, **fields(other))).self_assessment.late


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an indicator left out": ({"scores": full()[1:]}, "SCORES_INCOMPLETE"),
    "one twice": ({"scores": [*full(), full()[0]]}, "SCORES_INCOMPLETE"),
    "one beyond its weight": (
        {"scores": [{**full()[0], "points": 10_000}, *full()[1:]]},
        "SCORES_INCOMPLETE",
    ),
    "one that there is not": (
        {"scores": [*full(), {"indicator_id": "9.9", "points": 1}]},
        "SCORES_INCOMPLETE",
    ),
    "no material": ({"summary": " "}, "SELF_CHECK_MISSING"),
    "a year to come": ({"year": YEAR + 1}, "YEAR_NOT_BEGUN"),
    "a year without a scheme": ({"year": 2024}, "NO_SCHEME"),
    "a year of before there was any": ({"year": 1998}, "NO_SCHEME"),
    "a body that there is not": ({"body_id": "B-none"}, "NOT_FOUND"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_not_whole_is_refused(department: Department, name: str) -> None:
    wrong, reason = WRONG[name]
    body_id = await department.body()

    more = reason == "NO_SCHEME"  # then nothing can be scored by it either
    async with department.refused(reason, more=more):
        await department.do(SUBMIT, HEAD, **fields(body_id, **wrong))


async def test_only_the_head_hands_it_in(department: Department) -> None:
    body_id = await department.body()

    async with department.refused("ROLE_REQUIRED"):
        await department.do(SUBMIT, UNIT, **fields(body_id))


async def test_a_body_of_another_department_is_assessed_there(department: Department) -> None:
    body_id = await department.body(node="chengguan")

    async with department.refused("BODY_NOT_ASSESSED"):
        await department.do(SUBMIT, HEAD, **fields(body_id))
