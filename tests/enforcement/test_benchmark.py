"""Publishing the discretion benchmark: item by item, version by version."""

import pytest
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks

from tests.enforcement.department import Department
from tests.enforcement.listed import told
from tests.enforcement.samples import HEAD, yuan

COLUMNS = ["sheet", "law_heading", "序号", "违法行为", "法律依据", "类别", "裁量情节", "裁量标准", "备注"]


def item(code: str, maximum: float = 50000, **fields: object) -> benchmarks.Benchmark:
    band = benchmarks.Band(code="1", standard="罚款", min_fine=yuan(20000), max_fine=yuan(maximum))
    values = {"code": code, "statute": "公布测试法", "violation": "示例", "bands": [band]}
    return benchmarks.Benchmark(**(values | fields))


async def test_the_same_item_again_is_a_no_op(department: Department) -> None:
    first = await department.do("PublishBenchmark", HEAD, benchmark=item("1-1"))
    before = department.traces()

    again = await department.do("PublishBenchmark", HEAD, benchmark=item("1-1"))

    assert first.benchmark == again.benchmark
    assert first.benchmark.benchmark_id == "公布测试法:1-1" and first.benchmark.version == 1
    after = department.traces()
    assert after["journal"] == before["journal"] and after["benchmark"] == before["benchmark"]


async def test_other_content_needs_a_higher_version(department: Department) -> None:
    await department.do("PublishBenchmark", HEAD, benchmark=item("1-2"))

    async with department.refused("ALREADY_PUBLISHED") as told:
        await department.do("PublishBenchmark", HEAD, benchmark=item("1-2", 60000))
    amended = await department.do("PublishBenchmark", HEAD, benchmark=item("1-2", 60000, version=2))
    async with department.refused("ALREADY_PUBLISHED"):
        await department.do("PublishBenchmark", HEAD, benchmark=item("1-2", version=1))

    assert told.metadata == {"benchmark_id": "公布测试法:1-2", "version": "1"}
    assert amended.benchmark.bands[0].max_fine == yuan(60000)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (item("", 1), "benchmark.code"),
        (item("1-3", bands=[]), "benchmark.bands"),
        (item("1-3", basis="据" * 300_000), "benchmark"),
        (item("1-3", 1), "benchmark.bands[0].max_fine"),
        (
            item("1-3", bands=[benchmarks.Band(code="1"), benchmarks.Band(code="1")]),
            "benchmark.bands[1].code",
        ),
        (
            item("1-3", bands=[benchmarks.Band(code="1", min_rate=2, max_rate=1)]),
            "benchmark.bands[0].max_rate",
        ),
    ],
)
async def test_items_that_cannot_be_applied_are_malformed(
    department: Department, wrong: benchmarks.Benchmark, field: str
) -> None:
    async with department.refused("MALFORMED") as told:
        await department.do("PublishBenchmark", HEAD, benchmark=wrong)

    assert field in told.fields


async def test_items_are_listed_by_statute(department: Department) -> None:
    for n in range(3):
        await department.do("PublishBenchmark", HEAD, benchmark=item(f"2-{n}", statute="列表测试法"))

    first = await department.do("ListBenchmarks", HEAD, statute="列表测试法", page_size=2)
    rest = await department.do(
        "ListBenchmarks", HEAD, statute="列表测试法", page_size=2, page_token=first.next_page_token
    )

    assert [b.code for b in (*first.benchmarks, *rest.benchmarks)] == ["2-0", "2-1", "2-2"]


@pytest.mark.parametrize(
    ("fine", "field"),
    [
        ({"low": {"value": 2}, "high": {"value": 1}}, "high"),
        ({"low": {"value": -1}}, "high"),
        ({"rated": True, "high": {"value": 1}}, "of"),
        ({"of": "违法所得"}, "of"),
        ({"of": "违法所得", "rated": True, "per": "吨"}, "of"),
        ({"counts_as": 5}, "counts_as"),
        ({"when": [{"of": " "}]}, "when[0]"),
        ({"when": [{"of": "违法所得"}]}, "when[0]"),
        ({"most": {"fen": 1}, "least": {"fen": 2}}, "most"),
        ({"whom": 9}, "whom"),
    ],
)
async def test_a_fine_that_cannot_be_reckoned_is_malformed(
    department: Department, fine: dict[str, object], field: str
) -> None:
    band = benchmarks.Band(code="1", standard="罚款", fines=[benchmarks.Fine(**fine)])

    async with department.refused("MALFORMED") as told:
        await department.do("PublishBenchmark", HEAD, benchmark=item("1-4", bands=[band]))

    assert f"benchmark.bands[0].fines[0].{field}" in told.fields


async def test_a_band_outside_the_statute_is_not_published(department: Department) -> None:
    statute = [benchmarks.Fine(low={"value": yuan(20000).fen}, high={"value": yuan(40000).fen})]

    async with department.refused("BENCHMARK_BEYOND_STATUTE", law="GBF-2022-27:5;APL-2021:34") as told:
        await department.do("PublishBenchmark", HEAD, benchmark=item("1-5", statute_fines=statute))
    inside = item("1-5", 40000, statute_fines=statute)
    await department.do("PublishBenchmark", HEAD, benchmark=inside)

    assert told.metadata["bands"] == "1" and "40000" in told.metadata["statute"]


async def test_a_document_that_has_ended_sets_no_benchmark(department: Department) -> None:
    await department.hear(told(department, 3, title="示例裁量规定"))
    ended = item(
        "1-6",
        document="示例裁量规定",
        since={"year": 2020, "month": 3, "day": 1},
        until={"year": 2023, "month": 2, "day": 28},
    )

    async with department.refused("BASIS_NOT_IN_FORCE") as no:
        await department.do("PublishBenchmark", HEAD, benchmark=ended)

    assert (no.metadata["document"], no.metadata["until"]) == ("示例裁量规定", "2023-02-28")


async def test_a_version_does_not_begin_before_the_one_it_follows(department: Department) -> None:
    first, before = ({"year": 2026, "month": month, "day": 1} for month in (3, 2))
    await department.do("PublishBenchmark", HEAD, benchmark=item("1-7", since=first))

    async with department.refused("MALFORMED") as told:
        await department.do("PublishBenchmark", HEAD, benchmark=item("1-7", version=2, since=before))

    assert told.fields == ["benchmark.since"]
