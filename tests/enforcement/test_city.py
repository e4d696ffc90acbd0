"""Enforcement in the running city: what the registry announces over NATS is what the officers may do."""

from datetime import timedelta
from typing import Any

import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as pb
from yifa.registry.v1 import measure_pb2 as measures

from services.given.case import Dossier, act, heads_known, register_clue
from services.kit.time import wall
from tests.city import City, rid
from tests.enforcement.samples import stamp


class Bureau:
    """The department huanbao of the city, with one body and two certified officers."""

    def __init__(self, city: City):
        self.city = city

    async def open(self) -> None:
        self.body, self.heads = await self.city.headed("huanbao")
        self.officers = [await self.city.certified(self.body) for _ in range(2)]
        self.ids = [officer.officer_id for officer, _ in self.officers]

    async def do(self, method: str, by: tuple[str, ...], /, **fields: Any) -> Any:
        return await self.city.work("huanbao")(method, by, **fields)

    async def investigating(self) -> str:
        case = await register_clue(self.do, self.body.body_id)
        self.dossier = Dossier(case.case_id, self.body.body_id, self.ids, heads=self.heads)
        await heads_known(self.do, case.case_id, self.heads[0])
        await act(self.do, "FileCase", self.dossier)
        await self.city.eventually(lambda: act(self.do, "AssignOfficers", self.dossier))
        return self.dossier.case_id

    async def evidence(self, case_id: str, **fields: Any) -> Any:
        return await act(self.do, "RecordEvidence", Dossier(case_id, "", self.ids), **fields)


@pytest_asyncio.fixture(loop_scope="session")
async def bureau(city: City) -> Bureau:
    bureau = Bureau(city)
    await bureau.open()
    return bureau


async def suspended(bureau: Bureau, case_id: str) -> Any:
    """A suspension by the city, known at the department; returns since when."""
    since = wall() - timedelta(milliseconds=1)
    request = measures.SuspendCertificateRequest(
        request_id=rid(),
        certificate_number=bureau.officers[1][1],
        from_time=stamp(since),
        cause="示例事由",
        law="ASR-2025:32",
    )
    registrar = bureau.city.as_("city", "registrar-1", "REGISTRAR")
    await bureau.city.stub("city", "registry").SuspendCertificate(request, metadata=registrar)
    officer = bureau.city.as_("huanbao", bureau.ids[0], "HANDLING_OFFICER")
    stub = bureau.city.stub("huanbao", "enforcement")
    ask = pb.ListOpenActsRequest(case_id=case_id)

    def evidence_closed(reply: pb.ListOpenActsResponse) -> bool:
        return any(a.act == "RECORD_EVIDENCE" and not a.open for a in reply.acts)

    await bureau.city.eventually(lambda: stub.ListOpenActs(ask, metadata=officer), evidence_closed)
    return since


async def test_certified_officers_of_a_confirmed_body_investigate(bureau: Bureau) -> None:
    case_id = await bureau.investigating()

    reply = await bureau.evidence(case_id)

    assert reply.case.evidence_count == 1
    assert {o.certificate_number for o in reply.case.officers} == {number for _, number in bureau.officers}


async def test_a_suspension_by_the_city_stops_the_officer(bureau: Bureau) -> None:
    case_id = await bureau.investigating()
    before = wall()
    since = await suspended(bureau, case_id)

    with bureau.city.refused("CERTIFICATE_SUSPENDED", law="APL-2021:42(1)"):
        await bureau.evidence(case_id)
    earlier = await bureau.evidence(
        case_id, collect_time=stamp(min(before, since) - timedelta(microseconds=1))
    )

    assert earlier.case.evidence_count == 1


async def test_what_is_open_is_listed_as_open_while_time_goes_on(bureau: Bureau) -> None:
    case_id = await bureau.investigating()
    officer = bureau.city.as_("huanbao", bureau.ids[0], "HANDLING_OFFICER")
    stub = bureau.city.stub("huanbao", "enforcement")

    reply = await stub.ListOpenActs(pb.ListOpenActsRequest(case_id=case_id), metadata=officer)

    assert {a.act for a in reply.acts if a.open} == {
        "ASSIGN_OFFICERS",
        "CORRECT_RECORD",
        "RECORD_EVIDENCE",
        "VERIFY_EVIDENCE",
        "EXCLUDE_EVIDENCE",
        "SUSPEND_INQUIRY",
        "TRANSFER_CASE",
        "TERMINATE_CASE",
        "REQUEST_RECUSAL",
    }


async def test_the_city_sees_what_the_department_announces(bureau: Bureau) -> None:
    case_id = await bureau.investigating()

    entries = await bureau.city.journal("huanbao", "enforcement")

    types = [e.type.rpartition(".")[2] for e in entries if e.subject_id == case_id]
    assert types == ["ClueRegistered", "CaseFiled", "OfficersAssigned"]
    assert {e.to for e in entries if e.subject_id == case_id} == {"city"}


async def test_certificates_hold_in_the_area_that_the_city_gave_them(bureau: Bureau) -> None:
    case_id = await bureau.investigating()

    kept = await bureau.evidence(case_id)
    with bureau.city.refused("CERTIFICATE_OUT_OF_AREA", law="APL-2021:42(1);ASR-2025:11(2)[4]"):
        await bureau.evidence(case_id, area_code="450103")

    assert kept.case.area_code == kept.evidence.area_code == "440700"
