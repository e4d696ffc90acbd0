"""The discretion benchmarks in force, and the guides of an item, as anybody reads them."""

import grpc
import pytest
from google.type import date_pb2
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import permit_guide_pb2 as guides
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import power_pb2
from yifa.supervision.v1 import benchmark_pb2 as pb
from yifa.supervision.v1 import permit_pb2 as permits

from services.given.permit import ADDRESS, terms
from services.law.moment import put_moment
from tests.supervision.office import ENVIRONMENT, MARKET, Office, at

TOLD = "2026-01-01 09:00"


async def publish(office: Office, key: str, basis: str, version: int = 1, **more: object) -> None:
    item = benchmarks.Benchmark(
        benchmark_id=f"BM-open-{key}", code=key, statute="公开目录示例法", basis=basis, violation=f"示例行为{key}",
        version=version, publish_time=at(TOLD), document="示规〔2025〕公开目录1号",
        bands=[benchmarks.Band(code="a", level="一般", standard="罚款", min_fine={"fen": 1}, max_fine={"fen": 2})], **more,
    )  # fmt: skip
    event = enforcement.BenchmarkPublished(benchmark=item)
    await office.take(office.journal(ENVIRONMENT, "enforcement").entry(event, at(TOLD), item.benchmark_id))


async def listed(
    office: Office, node: str = ENVIRONMENT, *bases: str, size: int = 0
) -> list[tuple[str, int]]:
    """What anybody finds, by code and version, page by page."""
    found, token = [], ""
    while True:
        asked = pb.ListPublishedBenchmarksRequest(node=node, bases=bases, page_size=size, page_token=token)
        reply = await office.open_call("ListPublishedBenchmarks", asked)
        found += [(each.code, each.version) for each in reply.benchmarks if each.statute == "公开目录示例法"]
        token = reply.next_page_token
        if not token:
            return found


async def test_a_benchmark_is_open_in_its_version_of_today_and_found_by_its_article(office: Office) -> None:
    """R-050."""
    office.clock("2026-06-01 09:00")
    await publish(office, "1", "第三十一条：违反本法规定的")
    await publish(
        office, "1", "第三十一条：违反本法规定的", 2, since=date_pb2.Date(year=2026, month=5, day=1)
    )
    await publish(
        office, "1", "第三十一条：违反本法规定的", 3, since=date_pb2.Date(year=2026, month=7, day=1)
    )
    await publish(office, "2", "第三十二条第一款：违反本法规定的")
    await publish(office, "3", "第三十三条", until=date_pb2.Date(year=2026, month=5, day=31))

    assert await listed(office) == [("1", 2), ("2", 1)], "what has ended, or is to come, is not"
    assert await listed(office, ENVIRONMENT, "《公开目录示例法》第三十二条", size=1) == [("2", 1)]
    assert await listed(office, ENVIRONMENT, "《公开目录示例法》第三十一条") == [("1", 2)]
    assert await listed(office, ENVIRONMENT, "《公开目录示例法》第三十四条") == []
    assert await listed(office, ENVIRONMENT, "《公开目录别法》第三十一条") == []
    assert await listed(office, MARKET) == []


async def test_the_guides_of_an_item_are_found_by_it(office: Office) -> None:
    for n in (1, 2):
        item = power_pb2.PowerItem(item_id=f"P-open-{n}", body_id="B-open", code=f"XK-{n}", version=1)
        await office.registry(registry.PowerItemChanged(item=item))
        guide = guides.PermitGuide(
            guide_id=f"PG-open-{n}", node=ENVIRONMENT, body_id="B-open", body_name="示例生态环境局", terms=terms(),
            item_id=item.item_id, state=guides.PERMIT_GUIDE_STATE_PUBLISHED, publish_address=ADDRESS,
        )  # fmt: skip
        put_moment(guide.publish_time, at(TOLD))
        await office.tell_beside(guide, "PermitGuidePublished", TOLD)

    async def of(item_id: str) -> list[tuple[str, str]]:
        asked = permits.ListPublishedPermitGuidesRequest(item_id=item_id)
        found = (await office.open_call("ListPublishedPermitGuides", asked)).guides
        return [(guide.guide_id, guide.item_id) for guide in found]

    assert await of("P-open-2") == [("PG-open-2", "P-open-2")]
    assert await of("P-open-3") == []


async def test_what_is_charged_for_is_listed_with_the_law_that_has_it(office: Office) -> None:
    """R-061."""
    for key, fen in (("free", 0), ("charged", 5_000)):
        said = terms()
        said.fee.amount.fen, said.fee.law = fen, "示例收费条例第三条" if fen else ""
        guide = guides.PermitGuide(
            guide_id=f"PG-fee-{key}", node=ENVIRONMENT, body_id="B-fee", body_name="示例生态环境局", terms=said,
            state=guides.PERMIT_GUIDE_STATE_PUBLISHED, publish_address=ADDRESS,
        )  # fmt: skip
        put_moment(guide.publish_time, at(TOLD))
        await office.tell_beside(guide, "PermitGuidePublished", TOLD)

    asked = permits.ListPublishedPermitGuidesRequest(body_id="B-fee", only_charged=True)
    [charged] = (await office.open_call("ListPublishedPermitGuides", asked)).guides

    assert (charged.guide_id, charged.terms.fee.law) == ("PG-fee-charged", "示例收费条例第三条")
    with pytest.raises(grpc.aio.AioRpcError):
        await office.open_call("ListPermits", permits.ListPermitsRequest())
