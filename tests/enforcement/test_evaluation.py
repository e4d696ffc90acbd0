"""What the benchmark says of a penalty in a case: range, why, departures, spread, recidivism, the version that measures."""

from datetime import timedelta
from typing import Any

import pytest
from google.type.date_pb2 import Date
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.discretion.grammar import fines_of
from tests.enforcement.department import Department
from tests.enforcement.listed import told
from tests.enforcement.samples import DAY, HEAD, START, fine, stamp, yuan
from tests.registry.lists import number_of

CITIZEN = parties.PARTY_KIND_CITIZEN
GAINS = (
    "违法所得不足一万元的，处一万元以上五万元以下罚款；违法所得一万元以上的，处违法所得二倍以上五倍以下罚款"
)
UNRECKONED = penalties.IllegalGains(
    finding=penalties.GAINS_FINDING_NOT_RECKONABLE, reasons="账册灭失，无法查清"
)
AREA = "处每平方米八百元以上二千元以下罚款，总额最高不得超过三万元"
DOCUMENT = "示例裁量基准〔2026〕1号"
STATUTE = "处十万元以下罚款"


async def publish(department: Department, code: str, *wordings: str, statute: str = "", **more: Any) -> str:
    """An item with a level for each wording; returns its id."""
    await department.hear(told(department, 2, number=DOCUMENT))
    bands = [
        benchmarks.Band(
            code=str(n), level=f"档次{n}", circumstances=f"情节{n}", standard=wording, fines=fines_of(wording)
        )
        for n, wording in enumerate(wordings, 1)
    ]
    item = benchmarks.Benchmark(
        code=code, statute="评估测试法", violation="示例违法行为", basis="第一条", bands=bands, document=DOCUMENT,
        statute_fines=fines_of(statute, alternatives=True) if statute else (), **more,
    )  # fmt: skip
    return (await department.do("PublishBenchmark", HEAD, benchmark=item)).benchmark.benchmark_id


async def ask(department: Department, case_id: str, item: str = "", band: str = "1", **more: Any) -> Any:
    """The evaluation of a penalty, or of the one that the case shows where no item is named."""
    penalty = penalties.Penalty(benchmark_id=item, band_code=band, **more) if item else None
    return (await department.do("EvaluatePenalty", HEAD, case_id=case_id, penalty=penalty)).evaluation


def ends(found: Any) -> list[tuple[float, float]]:
    return [(each.low.fen / 100, each.high.fen / 100) for each in found.ranges]


async def test_the_range_is_told_with_why(department: Department) -> None:
    item = await publish(department, "1", GAINS, AREA)
    dossier = await department.clue()

    small = await ask(department, dossier.case_id, item, base=yuan(8_000), fine=yuan(20_000))
    large = await ask(department, dossier.case_id, item, base=yuan(12_345.67), fine=yuan(20_000))
    by_area = await ask(
        department,
        dossier.case_id,
        item,
        "2",
        measures=[{"of": "平方米", "value": 12_500_000}],
        fine=yuan(20_000),
    )

    assert ends(small) == [(10_000, 50_000)] and not small.departure_zh
    assert ends(large) == [(24_691.34, 61_728.35)] and "须说明理由并经批准" in large.departure_zh
    assert ends(by_area) == [(10_000, 25_000)] and not by_area.departure_zh
    assert (small.level, small.circumstances, small.document) == ("档次1", "情节1", DOCUMENT)
    assert "违法所得不足10000元" in small.ranges[0].why_zh and "违法所得" in small.ranges[0].why_en
    assert small.version == 1 and small.version_reason_zh and small.version_reason_en
    assert small.spread.place == 250_000 and not large.spread.HasField("place")


async def test_a_missing_fact_is_said_and_refuses_the_act(department: Department) -> None:
    item = await publish(department, "2", GAINS)
    dossier = await department.investigating()
    await department.evidence(dossier)

    found = await ask(department, dossier.case_id, item, fine=yuan(20_000))
    async with department.refused("DISCRETION_NOT_STATED", more=True) as told:
        await department.report(dossier, fine(20_000, benchmark_id=item, gains=UNRECKONED))
    stated = fine(20_000, benchmark_id=item)
    reply = await department.report(dossier, stated)

    assert list(found.missing) == ["违法所得"] and not found.ranges and "缺少" in found.departure_zh
    assert told.metadata["missing"] == "违法所得"
    assert reply.case.proposal == stated


async def test_a_measure_is_stated_once(department: Department) -> None:
    item = await publish(department, "9", AREA)
    dossier = await department.investigating()
    await department.evidence(dossier)
    twice = [{"of": "平方米", "value": value} for value in (10_000_000, 20_000_000)]

    async with department.refused("MALFORMED") as told:
        await department.report(dossier, fine(10_000, benchmark_id=item, measures=twice))
    await department.report(dossier, fine(10_000, benchmark_id=item, measures=twice[:1]))

    assert told.fields == ["proposal.measures[1].of"]


@pytest.mark.parametrize(
    ("amount", "said"),
    [(30_000, ""), (60_000, "须说明理由"), (100_000.01, "超过法定最高限额"), (1, "须说明理由")],
)
async def test_what_would_leave_the_band(department: Department, amount: float, said: str) -> None:
    item = await publish(department, f"3-{amount}", "处二万元以上五万元以下罚款", statute=STATUTE)
    dossier = await department.clue()

    found = await ask(department, dossier.case_id, item, fine=yuan(amount))

    assert said in found.departure_zh and bool(said) == bool(found.departure_zh) == bool(found.departure_en)
    assert found.statute_ranges[0].high == yuan(100_000)


async def test_less_than_the_statute_is_a_mitigation(department: Department) -> None:
    item = await publish(department, "4", "处二万元以上五万元以下罚款", statute="处二万元以上十万元以下罚款")
    dossier = await department.clue()

    found = await ask(department, dossier.case_id, item, fine=yuan(19_999.99))

    assert "减轻处罚" in found.departure_zh


async def test_how_others_were_decided_and_whether_the_party_was(department: Department) -> None:
    item = await publish(department, "5", "处二万元以上十二万元以下罚款")
    number, of_another = number_of(1), number_of(2)
    for amount in (22_000, 32_000, 52_000, 72_000):
        department.now = START
        await department.decided(fine(amount, benchmark_id=item), benchmark_id=item)
    department.now = START
    mine = await department.decided(
        fine(112_000, benchmark_id=item), kind=CITIZEN, number=number, benchmark_id=item
    )
    department.now += timedelta(days=30)
    again = await department.clue(kind=CITIZEN, number=number, benchmark_id=item)
    other = await department.clue(kind=CITIZEN, number=of_another, benchmark_id=item)

    found = await ask(department, again.case_id, item, fine=yuan(42_000))
    fresh = await ask(department, other.case_id, item)
    late = await later(department, number, item)

    assert (found.spread.count, found.spread.departures, found.spread.not_placed) == (5, 0, 0)
    places = found.spread.lower_quartile, found.spread.median, found.spread.upper_quartile
    assert found.body_spread.count == 0
    assert places == (120_000, 320_000, 520_000) and found.spread.place == 220_000
    assert list(found.recidivism.case_ids) == [mine.case_id] and found.recidivism.known
    assert found.recidivism.months == 24
    assert not fresh.recidivism.case_ids and not fresh.spread.HasField("place")
    assert not late.recidivism.case_ids


async def later(department: Department, number: str, item: str) -> Any:
    """The same party again, more than two years on."""
    department.now += timedelta(days=800)
    dossier = await department.clue(kind=CITIZEN, number=number, benchmark_id=item)
    return await ask(department, dossier.case_id, item)


async def test_an_act_is_measured_by_the_version_of_its_day_unless_a_later_one_is_lighter(
    department: Department,
) -> None:
    def day(month: int) -> Date:
        return Date(year=2026, month=month, day=1)

    heavier = await publish(department, "6", "处二万元以上五万元以下罚款", since=day(1))
    await publish(department, "6", "处六万元以上九万元以下罚款", since=day(3), version=2)
    lighter = await publish(department, "7", "处六万元以上九万元以下罚款", since=day(1))
    await publish(department, "7", "处二万元以上五万元以下罚款", since=day(3), version=2)
    department.now = START
    before = await department.investigating(occur_time=stamp(START - 10 * DAY))
    await department.evidence(before)
    after = await department.clue()

    old = await ask(department, before.case_id, heavier, fine=yuan(30_000))
    mild = await ask(department, before.case_id, lighter, fine=yuan(30_000))
    new = await ask(department, after.case_id, heavier, fine=yuan(30_000))

    assert [(each.version, bool(each.departure_zh)) for each in (old, mild, new)] == [
        (1, False),
        (2, False),
        (2, True),
    ]
    assert "较" in mild.version_reason_zh
    async with department.refused("DISCRETION_OUT_OF_BAND"):
        await department.report(before, fine(70_000, benchmark_id=heavier))
    await department.report(before, fine(30_000, benchmark_id=heavier))


async def test_a_benchmark_that_has_ended_measures_no_later_act(department: Department) -> None:
    item = await publish(
        department, "8", "处二万元以上五万元以下罚款", until=Date(year=2026, month=3, day=31)
    )
    department.now = START + 60 * DAY
    late = await department.investigating()
    await department.evidence(late)
    early = await department.investigating(occur_time=stamp(START + 20 * DAY))
    await department.evidence(early)

    found = await ask(department, late.case_id, item, fine=yuan(30_000))
    async with department.refused("BASIS_NOT_IN_FORCE"):
        await department.report(late, fine(30_000, benchmark_id=item))
    await department.report(early, fine(30_000, benchmark_id=item))

    assert "失效" in found.version_reason_zh


async def test_a_case_that_is_not_there_is_said(department: Department) -> None:
    async with department.refused("NOT_FOUND"):
        await ask(department, "C-none", "x:1")
