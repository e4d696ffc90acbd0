"""A certificate suspended at the city stops the officer's next act in the department."""

from yifa.registry.v1 import measure_pb2 as measures

from tests.city import City, rid
from tests.story import Story


async def suspend(city: City, number: str) -> None:
    request = measures.SuspendCertificateRequest(
        request_id=rid(), certificate_number=number, cause="年度考核不合格", law="ASR-2025:32"
    )
    stub = city.stub("city", "registry")
    await stub.SuspendCertificate(request, metadata=city.as_("city", "registrar-1", "REGISTRAR"))


async def last_read(city: City, node: str, service: str) -> int:
    status = await city.status(node)
    [found] = [s for s in status.services if s.service == service]
    return max((r.position for r in found.readings if not r.source.startswith("local")), default=0)


async def test_a_suspension_stops_the_next_act(city: City) -> None:
    story = await (await Story(city).cast()).investigating()
    await story.evidence()
    before = await last_read(city, "huanbao", "enforcement")

    await suspend(city, story.certificates[1])

    await city.eventually(lambda: last_read(city, "huanbao", "enforcement"), lambda now: now > before)
    with city.refused("CERTIFICATE_SUSPENDED", law="APL-2021:42(1)"):
        await story.evidence()


async def test_a_suspension_reaches_a_department_that_was_cut_off(city: City) -> None:
    story = await (await Story(city, "chengguan").cast()).investigating()
    before = await last_read(city, "chengguan", "enforcement")
    await city.cables["chengguan"].cut()

    await suspend(city, story.certificates[0])
    during = await story.evidence()
    await city.cables["chengguan"].mend()

    assert during.case.evidence_count == 1, "a cut link stops nothing in a department"
    await city.eventually(lambda: last_read(city, "chengguan", "enforcement"), lambda now: now > before)
    with city.refused("CERTIFICATE_SUSPENDED"):
        await story.evidence()
