"""The exact range on the facts of a case; what is missing is said; levels against each other and the statute; versions."""

from datetime import date
from fractions import Fraction

import pytest
from google.type.date_pb2 import Date
from hypothesis import given
from hypothesis import strategies as st
from yifa.enforcement.v1.benchmark_pb2 import Band, Benchmark, End, Fine
from yifa.enforcement.v1.penalty_pb2 import Penalty, Reckoned

from services.law.discretion.grammar import fines_of
from services.law.discretion.measure import Measured, Party, measured, measured_band
from services.law.discretion.table import between_levels, beyond_statute
from services.law.discretion.version import holding

FEN, MILLION = 100, 10**6
FIRM, PERSON, TRADER = Party(False), Party(True), Party(True, trader=True)
RESPONSIBLE = Party(True, responsible=True)
TWO = "价值不足二万元的，处三万元以上八万元以下罚款；价值二万元以上的，处价值五倍以上十倍以下罚款"
GAINS = "有违法所得的处2倍以上4倍以下罚款；没有违法所得的，处8万元以上16万元以下罚款"
CAPPED = "处违法所得二至四倍的罚款，总额最高不得超过二万元"
PARTIES = "对单位处二万元以上十万元以下罚款，对个人处五百元以上二千元以下罚款；对责任人员处一万元罚款"


def of(wording: str, party: Party = FIRM, base: float | None = None, **measures: float) -> Measured:
    """The ranges of a wording; `base` in yuan, measures in units."""
    penalty = Penalty(
        measures=[Reckoned(of=name, value=round(value * MILLION)) for name, value in measures.items()]
    )
    if base is not None:
        penalty.base.fen = round(base * FEN)
    return measured(fines_of(wording), penalty, party)


def yuan(found: Measured) -> list[tuple[float, float | None]]:
    return [
        (span.lowest() / FEN, None if span.highest() is None else span.highest() / FEN)
        for span in found.spans
    ]


@pytest.mark.parametrize(
    ("found", "ranges"),
    [
        (of("处二万元以上五万元以下罚款"), [(20_000, 50_000)]),
        (of("处五万元以上罚款"), [(50_000, None)]),
        (of("处超过2万元不足5万元的罚款"), [(20_000.01, 49_999.99)]),
        (of("处货值金额一倍以上三倍以下罚款", base=10_000.01), [(10_000.01, 30_000.03)]),
        (of("处货值金额百分之三以上百分之七以下罚款", base=33.33), [(1, 2.33)]),
        (of(TWO, base=10_000), [(30_000, 80_000)]),
        (of(TWO, base=20_000), [(100_000, 200_000)]),
        (of(TWO, base=40_000), [(200_000, 400_000)]),
        (of(GAINS, base=0), [(80_000, 160_000)]),
        (of(GAINS, base=50_000), [(100_000, 200_000)]),
        (of(CAPPED, base=8_000), [(16_000, 20_000)]),
        (of(CAPPED, base=80_000), [(20_000, 20_000)]),
        (of("处货值金额5倍以上10倍以下罚款；货值金额不足一万元的，按一万元计", base=200), [(50_000, 100_000)]),
        (of("处工程款百分之二罚款，最低不少于五千元", base=100_000), [(5_000, 5_000)]),
        (of("处每平方米八百元以上二千元以下罚款", 平方米=20), [(16_000, 40_000)]),
        (of("处每平方米八百元以上二千元以下罚款", 平方米=12.5), [(10_000, 25_000)]),
        (of("处每吨500元罚款，不足1吨的按1吨计", 吨=0.3), [(500, 500)]),
        (of("处每吨500元罚款，不足1吨的按1吨计", 吨=1.5), [(750, 750)]),
        (of("处每吨500元罚款，不足1吨的部分按1吨计", 吨=1.5), [(1000, 1000)]),
        (of(PARTIES, FIRM), [(20_000, 100_000)]),
        (of(PARTIES, PERSON), [(500, 2_000)]),
        (of(PARTIES, RESPONSIBLE), [(10_000, 10_000)]),
        (of("对单位处一万元罚款", TRADER), [(10_000, 10_000)]),
        (of("对单位处一万元罚款", PERSON), []),
    ],
)  # fmt: skip
def test_the_range_is_exact(found: Measured, ranges: list[tuple[float, float | None]]) -> None:
    assert yuan(found) == ranges and not found.missing


@pytest.mark.parametrize(
    ("found", "missing"),
    [
        (of(TWO), ("价值",)),
        (of(GAINS), ("违法所得",)),
        (of("处每平方米八百元罚款"), ("平方米",)),
        (of("处每平方米八百元罚款", 吨=3), ("平方米",)),
        (of("处货值金额三倍罚款", base=0), ("货值金额",)),
        (
            of(
                "货值金额不足一万元的，处违法所得2倍罚款；货值金额一万元以上的，处违法所得3倍罚款", base=5_000
            ),
            ("货值金额",),
        ),
    ],
)
def test_what_is_not_stated_is_missing_and_gives_no_range(found: Measured, missing: tuple[str, ...]) -> None:
    assert found.missing == missing and not found.spans
    assert not found.holds(0) and not found.holds(10**9)


def test_a_fine_that_is_left_open_need_not_be_imposed() -> None:
    open_to, due = of("可以并处一千元以上三千元以下罚款"), of("并处一千元以上三千元以下罚款")

    assert open_to.holds(0) and not due.holds(0)
    assert not open_to.holds(999_99) and open_to.holds(1000_00)


def test_a_band_without_a_fine_allows_none_and_an_unread_one_nothing() -> None:
    warning, vague = Band(standard="给予警告"), Band(standard="按照有关规定处罚款")

    assert measured_band(warning, Penalty(), FIRM).holds(0) and not measured_band(
        warning, Penalty(), FIRM
    ).holds(1)
    assert not measured_band(vague, Penalty(), FIRM).holds(0)


@given(
    base=st.integers(1, 10**12),
    low=st.integers(0, 10**7),
    width=st.integers(0, 10**7),
    fine=st.integers(0, 10**14),
)
def test_a_rate_is_held_without_rounding(base: int, low: int, width: int, fine: int) -> None:
    rate = Fine(rated=True, of="货值", low=End(value=low), high=End(value=low + width))

    [span] = measured([rate], Penalty(base={"fen": base}), FIRM).spans

    assert span.holds(fine) == (base * low <= fine * MILLION <= base * (low + width))
    assert Fraction(base * low, MILLION) <= span.lowest() < Fraction(base * low, MILLION) + 1


def bands(*wordings: str) -> list[Band]:
    return [Band(code=str(n), fines=fines_of(wording)) for n, wording in enumerate(wordings, 1)]


@pytest.mark.parametrize(
    ("levels", "codes"),
    [
        (("处一万元以下罚款", "处一万元以上三万元以下罚款", "处三万元以上五万元以下罚款"), []),
        (("处一万元以下罚款", "处二万元以上三万元以下罚款"), ["GAP"]),
        (("处三万元以上五万元以下罚款", "处一万元以上四万元以下罚款"), ["OVERLAP"]),
        (("处一万元以上二万元以下罚款", "处一万元以上二万元以下罚款"), []),
        (("处货值1倍以上2倍以下罚款", "处货值3倍以上4倍以下罚款"), ["GAP"]),
        (("处一万元以下罚款", "处货值3倍以上4倍以下罚款"), []),
        (("处一万元罚款", "处二万元罚款"), []),
    ],
)
def test_levels_leave_nothing_out_and_say_nothing_twice(levels: tuple[str, ...], codes: list[str]) -> None:
    assert [finding.code for finding in between_levels(bands(*levels))] == codes


@pytest.mark.parametrize(
    ("statute", "level", "beyond"),
    [
        ("处二万元以上二十万元以下的罚款", "处五万元以上十万元以下罚款", False),
        ("处二万元以上二十万元以下的罚款", "处十万元以上三十万元以下罚款", True),
        ("处二万元以上二十万元以下的罚款", "处一万元以上三万元以下罚款", True),
        ("处二万元以上二十万元以下的罚款", "处三万元以下罚款", False),
        ("处二万元以上二十万元以下的罚款", "处五万元以上罚款", True),
        ("处五万元以上罚款", "处五百万元罚款", False),
        ("对单位处二万元以上罚款，对责任人员处一万元以下罚款", "对责任人员处三万元罚款", True),
        ("处货值金额一倍以上三倍以下罚款", "处货值金额四倍罚款", True),
        ("处货值金额一倍以上三倍以下罚款", "处五百万元罚款", False),
    ],
)
def test_no_band_lies_outside_the_statute(statute: str, level: str, beyond: bool) -> None:
    item = Benchmark(bands=bands(level), statute_fines=fines_of(statute, alternatives=True))

    assert bool(list(beyond_statute(item))) == beyond


def version(number: int, since: str, wording: str, until: str = "") -> Benchmark:
    def day(text: str) -> Date | None:
        year, month, number_of = map(int, text.split("-")) if text else (0, 0, 0)
        return Date(year=year, month=month, day=number_of) if text else None

    return Benchmark(version=number, since=day(since), until=day(until), bands=bands(wording))


OLD = version(1, "2024-01-01", "处五万元以上十万元以下罚款")
NEW = {
    "heavier": version(2, "2025-01-01", "处六万元以上二十万元以下罚款"),
    "lighter": version(2, "2025-01-01", "处一万元以上八万元以下罚款"),
    "less at least": version(2, "2025-01-01", "处一万元以上十万元以下罚款"),
}
ACTED, JUDGED = date(2024, 6, 1), date(2025, 6, 1)


@pytest.mark.parametrize(
    ("versions", "acted", "measures"),
    [
        ([OLD, NEW["heavier"]], ACTED, 1),
        ([OLD, NEW["lighter"]], ACTED, 2),
        ([OLD, NEW["less at least"]], ACTED, 2),
        ([OLD, NEW["heavier"]], date(2025, 1, 1), 2),
        ([OLD, NEW["lighter"]], date(2024, 12, 31), 2),
        ([OLD, NEW["heavier"]], date(2023, 1, 1), 1),
        ([OLD, NEW["heavier"]], None, 2),
        ([NEW["lighter"]], ACTED, 2),
        ([OLD, version(2, "2026-01-01", "处一万元以下罚款")], ACTED, 1),
        ([OLD, version(2, "2024-01-01", "处七万元以上八万元以下罚款")], ACTED, 2),
    ],
)
def test_an_act_is_measured_by_the_version_of_its_day_or_a_lighter_later_one(
    versions: list[Benchmark], acted: date | None, measures: int
) -> None:
    held = holding(versions, acted, JUDGED, Penalty(band_code="1"), FIRM)

    assert held.item.version == measures and held.zh and held.en


def test_without_a_version_there_is_nothing_to_measure_by() -> None:
    assert holding([], ACTED, JUDGED, Penalty(), FIRM).item == Benchmark()
