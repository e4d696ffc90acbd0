"""Where the act happened: officers act only where their certificates hold (APL 42)."""

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as registry

from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, HEAD, START, UNIT, Dossier, stamp

CITY_AREA, DISTRICT, NEIGHBOUR = "440700", "440703", "440704"


async def filed_at(d: Department, place: str) -> Dossier:
    """A case of a body of the city about an act at a place."""
    dossier = await d.clue(body_id=await d.body(area=CITY_AREA), area=place)
    await d.do("FileCase", HEAD, case_id=dossier.case_id)
    return dossier


async def test_where_no_place_is_said_the_area_of_the_body_stands(department: Department) -> None:
    body_id = await department.body(area=CITY_AREA)

    said = await department.clue(body_id=body_id, area=DISTRICT)
    unsaid = await department.clue(body_id=body_id)

    assert (await department.case(said.case_id)).area_code == DISTRICT
    assert (await department.case(unsaid.case_id)).area_code == CITY_AREA
    told = events.ClueRegistered.FromString(department.events(unsaid.case_id)[-1].data)
    assert told.case.area_code == CITY_AREA


async def test_the_check_may_find_another_place(department: Department) -> None:
    dossier = await department.clue(body_id=await department.body(area=CITY_AREA))

    filed = await department.do("FileCase", HEAD, case_id=dossier.case_id, area_code=NEIGHBOUR)

    assert filed.case.area_code == NEIGHBOUR


@pytest.mark.parametrize("wrong", ["44070", "4407030", "44070A", "44 070"])
async def test_a_place_is_a_code_of_six_digits(department: Department, wrong: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await department.clue(area=wrong)

    told = read_refusal(caught.value)
    assert told.code is grpc.StatusCode.INVALID_ARGUMENT
    assert told.fields == ["area_code"] and told.zh


async def test_who_is_certified_for_another_area_is_not_put_on_the_case(department: Department) -> None:
    dossier = await filed_at(department, DISTRICT)
    here = [await department.officer(dossier.body_id, area=area) for area in (DISTRICT, CITY_AREA)]
    there = await department.officer(dossier.body_id, area=NEIGHBOUR)
    ids = [here[0].officer_id, there.officer_id]

    async with department.refused("CERTIFICATE_OUT_OF_AREA", law="APL-2021:42(1);ASR-2025:11(2)[4]") as told:
        await department.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=ids)

    assert told.metadata["officers"] == there.officer_id
    assert told.metadata["area_code"] == DISTRICT
    both = [o.officer_id for o in here]
    case = (await department.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=both)).case
    assert case.state == cases.CASE_STATE_INVESTIGATING


async def test_evidence_is_collected_where_the_certificates_hold(department: Department) -> None:
    dossier = await filed_at(department, DISTRICT)
    dossier.officers = [await department.officer(dossier.body_id, area=DISTRICT) for _ in range(2)]
    await department.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=dossier.ids)

    async with department.refused("CERTIFICATE_OUT_OF_AREA") as told:
        await department.evidence(dossier, area_code=NEIGHBOUR)
    kept = await department.evidence(dossier)

    assert told.metadata["area_code"] == NEIGHBOUR
    assert kept.evidence.area_code == DISTRICT
    listed = await department.do("ListEvidence", HEAD, case_id=dossier.case_id)
    assert [e.area_code for e in listed.evidence] == [DISTRICT]


async def test_on_the_spot_too(department: Department) -> None:
    body_id = await department.body(area=CITY_AREA)
    officers = [await department.officer(body_id, area=DISTRICT) for _ in range(2)]

    async with department.refused("CERTIFICATE_OUT_OF_AREA"):
        await department.spot(officers=officers, body_id=body_id, area_code=NEIGHBOUR)
    async with department.refused("CERTIFICATE_OUT_OF_AREA"):
        await department.spot(officers=officers, body_id=body_id)
    done = await department.spot(officers=officers, body_id=body_id, area_code=DISTRICT)

    assert done.case.area_code == DISTRICT


async def test_the_area_that_counts_is_that_of_the_moment_of_the_act(department: Department) -> None:
    dossier = await filed_at(department, DISTRICT)
    dossier.officers = [await department.officer(dossier.body_id, area=DISTRICT) for _ in range(2)]
    await department.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=dossier.ids)
    replaced = dossier.officers[1].certificate
    replaced.version, replaced.expire_time.seconds = 2, stamp(START + DAY).seconds
    await department.hear(registry.CertificateCancelled(certificate=replaced))
    elsewhere = certificate_pb2.Certificate()
    elsewhere.CopyFrom(replaced)
    elsewhere.certificate_number, elsewhere.area_code = f"{replaced.certificate_number}2", NEIGHBOUR
    elsewhere.issue_time.CopyFrom(stamp(START + DAY))
    elsewhere.expire_time.CopyFrom(stamp(START + 100 * DAY))
    await department.hear(registry.CertificateIssued(certificate=elsewhere))
    department.now = START + 2 * DAY

    await department.evidence(dossier, collect_time=stamp(START + DAY / 2))
    async with department.refused("CERTIFICATE_OUT_OF_AREA"):
        await department.evidence(dossier)


async def test_a_report_from_outside_names_its_place(department: Department) -> None:
    body_id = await department.body(area=CITY_AREA)
    told = cases.Case(
        body_id=body_id,
        party=parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name="示例企业"),
        violation=penalties.Violation(title="示例违法行为"),
    )
    told.clue.receive_time.CopyFrom(stamp(START - DAY))
    clerk = ("clerk-1", "CLERK")

    unsaid = await department.do("ReportOutsideCase", clerk, case=told)
    told.area_code = DISTRICT
    said = await department.do("ReportOutsideCase", clerk, case=told)

    assert (unsaid.case.area_code, said.case.area_code) == (CITY_AREA, DISTRICT)
