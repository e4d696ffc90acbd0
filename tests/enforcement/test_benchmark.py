"""Publishing the discretion benchmark, and reading it from a file."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks

from services.enforcement.benchmark.file import SAYINGS, number, read_benchmarks, set_amount
from tests.enforcement.department import Department
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


def table(folder: Path, *rows: str) -> Path:
    """A file of rows; cells are set apart by |, in the order 序号 违法行为 法律依据 类别 裁量情节 裁量标准."""
    path = folder / "benchmark.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            cells = [cell.strip() for cell in row.split("|")]
            writer.writerow(["示例法", "一、示例法", *cells, ""])
    return path


YUAN, PER_CENT, TIMES = 100, 10_000, 1_000_000


@pytest.mark.parametrize(
    ("standard", "fines", "rates"),
    [
        ("处十万元以上二十万元以下的罚款", (100_000, 200_000), None),
        ("责令改正，处二千元以上一万元以下罚款", (2_000, 10_000), None),
        ("处一万元以下罚款", (0, 10_000), None),
        ("处二十万元罚款", (200_000, 200_000), None),
        ("对责任人处十二万以上十五万元以下罚款", (120_000, 150_000), None),
        ("处300元以上1500元以下罚款", (300, 1_500), None),
        ("没收违法所得，处10万元以上20万元以下罚款", (100_000, 200_000), None),
        ("并处以五万元以上六万元以下罚款", (50_000, 60_000), None),
        ("处一百零五万元以上一千二百三十万元以下的罚款", (1_050_000, 12_300_000), None),
        ("处1.5万元以上2.25万元以下罚款", (15_000, 22_500), None),
        ("处总投资额百分之一以上百分之二以下的罚款", None, (1 * PER_CENT, 2 * PER_CENT)),
        ("处收入10％以上20％以下的罚款", None, (10 * PER_CENT, 20 * PER_CENT)),
        ("处收入10以上20％以下的罚款", None, (10 * PER_CENT, 20 * PER_CENT)),
        ("处货值金额一倍以上三倍以下的罚款", None, (1 * TIMES, 3 * TIMES)),
        ("处违法所得0.5倍以上2倍以下罚款", None, (TIMES // 2, 2 * TIMES)),
        ("处以直接经济损失2倍罚款", None, (2 * TIMES, 2 * TIMES)),
    ],
)
def test_standards_are_read(
    tmp_path: Path, standard: str, fines: tuple[int, int] | None, rates: tuple[int, int] | None
) -> None:
    [read], problems = read_benchmarks(table(tmp_path, f"1-1|违法|依据|1|情节|{standard}"))

    [band] = read.bands
    assert not problems
    assert band.standard == standard
    if fines:
        assert (band.min_fine.fen, band.max_fine.fen) == (fines[0] * YUAN, fines[1] * YUAN)
        assert (band.min_rate, band.max_rate) == (0, 0)
    if rates:
        assert (band.min_rate, band.max_rate) == rates
        assert not band.HasField("max_fine")


@pytest.mark.parametrize(
    ("standard", "problem"),
    [
        ("给予警告", "NO_AMOUNT"),
        ("依法处以罚款", "UNREADABLE"),
        ("处二万元以上罚款", "UNREADABLE"),
        ("处一万元以上百分之五以下罚款", "UNREADABLE"),
        ("处五万元以上二万元以下罚款", "REVERSED"),
        ("处九千亿亿元罚款", "UNREADABLE"),
        ("处二万元以上五万元以下罚款，并对责任人处一万元以下罚款", "MORE_AMOUNTS"),
    ],
)
def test_what_sets_no_clear_amount_is_reported(tmp_path: Path, standard: str, problem: str) -> None:
    [read], [found] = read_benchmarks(table(tmp_path, f"1-1|违法|依据|1|情节|{standard}"))

    assert (found.code, found.item, found.line) == (problem, "1-1 1", 2)
    assert found.en and found.zh
    assert read.bands[0].HasField("max_fine") == (problem == "MORE_AMOUNTS")


@given(st.text(alphabet="处以罚款上下的元万千百十亿一二零两倍％%.,0123百分之，；", max_size=40))
def test_no_wording_breaks_the_reading(standard: str) -> None:
    band = benchmarks.Band(standard=standard)

    problems = list(set_amount(band))

    read = band.HasField("max_fine") or band.max_rate > 0 or band.min_rate == band.max_rate == 0
    assert read and set(problems) <= SAYINGS.keys()


def test_a_problem_is_said_in_a_line(tmp_path: Path) -> None:
    _, [problem] = read_benchmarks(table(tmp_path, "1-1|违法|依据|1|情节|给予警告"))

    assert str(problem) == "2 (1-1 1): 裁量标准未设定金额 the standard sets no amount"


def test_blanks_are_carried_down(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "1-1 | 违法 | 依据 | 1 | 轻微 | 处一万元以下罚款",
        "    |     |     |   | 初次 |",
        "    |     |     | 2 | 一般 | 处一万元以上二万元以下罚款",
        "    |     |     | 3 | 严重 |",
        "1-2 | 另一违法 | 另一依据 | 1 | 一般 | 处二万元罚款",
    )

    [first, second], problems = read_benchmarks(path)

    assert [(b.code, b.circumstances) for b in first.bands] == [
        ("1", "轻微\n初次"),
        ("2", "一般"),
        ("3", "严重"),
    ]
    assert first.bands[2].max_fine == yuan(20000)
    assert (first.benchmark_id, first.violation, first.basis) == ("示例法:1-1", "违法", "依据")
    assert second.code == "1-2" and len(second.bands) == 1 and not problems


def test_parts_and_repeated_classes_get_codes_of_their_own(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "1-1 | 违法 | 依据一 | 1 | 甲 | 处一万元罚款",
        "    |     |       | 2 | 乙 | 处二万元罚款",
        "    |     | 依据二 | 1 | 丙 | 处三万元罚款",
        "    |     |       | 1 | 丁 | 处四万元罚款",
        "    |     |       |   | 戊 | 处五万元罚款",
    )

    [read], [problem] = read_benchmarks(path)

    assert [b.code for b in read.bands] == ["1", "2", "2-1", "2-1b", "2-1c"]
    assert read.basis == "依据一\n依据二"
    assert problem.code == "REPEATED_CLASS"


def test_a_row_before_the_first_item_is_reported(tmp_path: Path) -> None:
    items, [problem] = read_benchmarks(table(tmp_path, " | | | 1 | 情节 | 处一万元罚款"))

    assert not items and problem.code == "NO_ITEM"


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("a,b\n1,2\n", "utf-8")

    with pytest.raises(ValueError, match="columns are missing: sheet"):
        read_benchmarks(path)


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("两千", 2000), ("三千五百", 3500),
     ("十万", 100_000), ("一百二十万", 1_200_000), ("一亿二千万", 120_000_000), ("1,500", 1500), ("3千", 3000)],
)  # fmt: skip
def test_numerals(text: str, value: int) -> None:
    assert number(text) == value


def test_a_real_table_is_read_whole() -> None:
    folder = os.environ.get("YIFA_SAMPLE_DATA")
    files = sorted(Path(folder).glob("discretion_benchmarks_*.csv")) if folder else []
    if not files:
        pytest.skip("YIFA_SAMPLE_DATA names no folder with a benchmark table")

    items, problems = read_benchmarks(files[0])

    bands = [band for read in items for band in read.bands]
    assert len({read.benchmark_id for read in items}) == len(items) > 20
    assert len(bands) > 100
    unread = {"NO_AMOUNT", "UNREADABLE", "REVERSED"}
    assert len([p for p in problems if p.code in unread]) < len(bands) // 20
    for read in items:
        codes = [band.code for band in read.bands]
        assert len(set(codes)) == len(codes)
