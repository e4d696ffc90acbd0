"""Whose case it is: the place of the act, the level of government, who filed first (APL 22–25)."""

import asyncio
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.registry.v1 import body_pb2, power_pb2

from tests.enforcement.department import Department, number_of
from tests.enforcement.samples import CLERK, DAY, HEAD, START, UNIT, Dossier, serial, stamp

CITY_AREA, DISTRICT, NEIGHBOUR, ABROAD = "440700", "440703", "440704", "450103"
CITY, COUNTY, BOTH, TOWN, UNSAID = (
    power_pb2.POWER_LEVEL_CITY,
    power_pb2.POWER_LEVEL_DISTRICT,
    power_pb2.POWER_LEVEL_SHARED,
    power_pb2.POWER_LEVEL_TOWNSHIP,
    power_pb2.POWER_LEVEL_UNSPECIFIED,
)
TOWNSHIP = body_pb2.BODY_KIND_TOWNSHIP


async def file(d: Department, dossier: Dossier, **more: Any) -> cases.Case:
    return (await d.do("FileCase", HEAD, case_id=dossier.case_id, **more)).case


async def filing(d: Department, dossier: Dossier) -> list[str]:
    """What stands against filing, as ListOpenActs tells it."""
    acts = (await d.do("ListOpenActs", HEAD, case_id=dossier.case_id)).acts
    return [o.reason for act in acts if act.act == "FILE_CASE" for o in act.obstacles]


# The place ---------------------------------------------------------------------------------------


async def test_a_case_belongs_to_the_agency_of_the_place(department: Department) -> None:
    body_id = await department.body(area=DISTRICT)
    here = await department.clue(body_id=body_id, area=DISTRICT)
    there = await department.clue(body_id=body_id, area=NEIGHBOUR)

    async with department.refused("PLACE_OUTSIDE_JURISDICTION", law="APL-2021:22") as told:
        await file(department, there)

    assert told.metadata["area_code"] == NEIGHBOUR and told.metadata["body_id"] == body_id
    assert await filing(department, there) == ["PLACE_OUTSIDE_JURISDICTION"]
    assert (await file(department, here)).state == cases.CASE_STATE_FILED


async def test_the_place_that_the_check_found_is_the_one_that_counts(department: Department) -> None:
    dossier = await department.clue(body_id=await department.body(area=CITY_AREA), area=DISTRICT)

    async with department.refused("PLACE_OUTSIDE_JURISDICTION"):
        await file(department, dossier, area_code=ABROAD)

    assert (await department.case(dossier.case_id)).area_code == DISTRICT


async def test_a_penalty_on_the_spot_is_for_the_agency_of_the_place(department: Department) -> None:
    body_id = await department.body(area=DISTRICT)

    async with department.refused("PLACE_OUTSIDE_JURISDICTION"):
        await department.spot(body_id=body_id, area_code=NEIGHBOUR)

    await department.spot(body_id=body_id, area_code=DISTRICT)


async def test_an_entrusted_body_has_the_area_of_its_agency(department: Department) -> None:
    agency = await department.body(area=DISTRICT)
    mandate = body_pb2.Entrustment(
        entrusting_body_id=agency,
        from_time=stamp(START - 10 * DAY),
        until_time=stamp(START + 10 * DAY),
    )
    body_id = await department.body(area=CITY_AREA, kind=body_pb2.BODY_KIND_ENTRUSTED, entrustment=mandate)
    there = await department.clue(body_id=body_id, area=NEIGHBOUR)
    here = await department.clue(body_id=body_id, area=DISTRICT)

    async with department.refused("PLACE_OUTSIDE_JURISDICTION"):
        await file(department, there)

    await file(department, here)


# The level ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "kind", "level", "competent"),
    [
        (CITY_AREA, 1, CITY, True),
        (CITY_AREA, 1, BOTH, True),
        (CITY_AREA, 1, UNSAID, True),
        (CITY_AREA, 1, COUNTY, False),
        (CITY_AREA, 1, TOWN, False),
        (DISTRICT, 1, COUNTY, True),
        (DISTRICT, 1, BOTH, True),
        (DISTRICT, 1, CITY, False),
        (DISTRICT, 1, TOWN, False),
        (DISTRICT, TOWNSHIP, TOWN, True),
        (DISTRICT, TOWNSHIP, UNSAID, True),
        (DISTRICT, TOWNSHIP, COUNTY, False),
        (DISTRICT, TOWNSHIP, BOTH, False),
        ("440000", 1, CITY, True),
        ("", 1, COUNTY, True),
    ],
)
async def test_the_list_says_which_level_exercises_an_item(
    department: Department, area: str, kind: int, level: int, competent: bool
) -> None:
    body_id = await department.body(area=area, kind=kind)
    item_id = await department.item(body_id, level)
    dossier = await department.clue(body_id=body_id)

    if competent:
        await file(department, dossier, item_id=item_id)
        await department.spot(body_id=body_id, item_id=item_id)
    else:
        async with department.refused("LEVEL_NOT_COMPETENT", law="APL-2021:23;APL-2021:24(2)") as told:
            await file(department, dossier, item_id=item_id)
        async with department.refused("LEVEL_NOT_COMPETENT"):
            await department.spot(body_id=body_id, item_id=item_id)
        assert told.metadata["item_id"] == item_id


async def test_a_township_has_only_what_was_handed_over_to_it(department: Department) -> None:
    dossier = await department.clue(body_id=await department.body(area=DISTRICT, kind=TOWNSHIP))

    async with department.refused("LEVEL_NOT_COMPETENT"):
        await file(department, dossier)

    assert await filing(department, dossier) == ["LEVEL_NOT_COMPETENT"]


# Who filed first ---------------------------------------------------------------------------------


async def twins(d: Department, number: str = "", **second: Any) -> tuple[Dossier, Dossier]:
    """Two clues about one act of one party, at two bodies of the department; `second` makes the other one differ."""
    fields: dict[str, Any] = {
        "party": f"示例企业{next(serial)}", "area": DISTRICT, "number": number or number_of(parties.PARTY_KIND_ORGANISATION)
    }  # fmt: skip
    one = await d.clue(body_id=await d.body(area=CITY_AREA), **fields)
    other = await d.clue(body_id=await d.body(area=CITY_AREA), **(fields | second))
    return one, other


async def test_who_files_first_handles_the_case(department: Department) -> None:
    first, second = await twins(department)
    filed = await file(department, first)

    async with department.refused("JURISDICTION_CONFLICT", law="APL-2021:25(1)") as told:
        await file(department, second)

    assert told.metadata["other_case_id"] == first.case_id
    assert told.metadata["other_case_number"] == filed.case_number
    assert await filing(department, second) == ["JURISDICTION_CONFLICT"]
    assert len(filed.matter) == 64


@pytest.mark.parametrize("number", ["９１４４０７００００００００００１６", "9 1440700 0000 0000 1 6"])
async def test_a_second_case_about_the_party_does_not_pass_in_another_spelling(
    department: Department, number: str
) -> None:
    first, second = await twins(department, number=number)
    filed = await file(department, first)

    async with department.refused("JURISDICTION_CONFLICT") as told:
        await file(department, second)

    assert told.metadata["other_case_id"] == filed.case_id


async def test_two_that_are_filed_at_once_are_not_both_filed(department: Department) -> None:
    first, second = await twins(department)

    done = await asyncio.gather(file(department, first), file(department, second), return_exceptions=True)

    assert sorted(isinstance(one, cases.Case) for one in done) == [False, True], done


async def test_the_city_and_the_district_may_be_the_same_place(department: Department) -> None:
    first, second = await twins(department, area="")
    await file(department, first)

    async with department.refused("JURISDICTION_CONFLICT"):
        await file(department, second)


@pytest.mark.parametrize(
    "second",
    [
        {"party": "另一示例企业"},
        {"area": NEIGHBOUR},
        {"title": "另一示例违法行为"},
        {"occur_time": stamp(START - 2 * DAY)},
    ],
)
async def test_another_act_is_another_case(department: Department, second: dict[str, Any]) -> None:
    first, other = await twins(department, **second)

    await file(department, first)

    assert (await file(department, other)).state == cases.CASE_STATE_FILED


async def test_what_ended_is_in_nobodys_way(department: Department) -> None:
    first, second = await twins(department)
    await file(department, first)
    await department.do("TerminateCase", HEAD, case_id=first.case_id, cause="示例事由")

    case = await file(department, second)

    assert case.state == cases.CASE_STATE_FILED


async def test_a_second_act_of_the_day_is_filed_for_a_stated_reason(department: Department) -> None:
    first, second = await twins(department)
    await file(department, first)

    async with department.refused("JURISDICTION_CONFLICT"):
        await file(department, second, distinct_reason=" ")
    case = await file(department, second, distinct_reason="当日另一时段再次实施的违法行为")

    assert case.distinct_case_id == first.case_id
    assert case.distinct_reason == "当日另一时段再次实施的违法行为"


async def test_a_case_reported_from_outside_is_recorded_whatever_was_filed(department: Department) -> None:
    number = number_of(parties.PARTY_KIND_ORGANISATION)
    first, _ = await twins(department, number)
    filed = await file(department, first)
    told = cases.Case(
        body_id=await department.body(area=CITY_AREA),
        area_code=DISTRICT,
        party=parties.Party(kind=filed.party.kind, name=filed.party.name, identity_number=number),
        violation=filed.violation,
        matter="0" * 64,
        file_time=stamp(START - DAY / 2),
    )

    reported = (await department.do("ReportOutsideCase", CLERK, case=told)).case

    assert reported.matter == filed.matter


async def test_a_clue_of_any_place_is_taken(department: Department) -> None:
    reply = await department.do(
        "RegisterClue",
        UNIT,
        body_id=await department.body(area=DISTRICT),
        source=cases.CLUE_SOURCE_COMPLAINT,
        summary="群众举报",
        party=parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name="示例企业"),
        violation=penalties.Violation(title="示例违法行为"),
        area_code=ABROAD,
    )

    assert reply.case.state == cases.CASE_STATE_CLUE and reply.case.matter == ""
