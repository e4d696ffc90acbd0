"""The violations that the demonstration's cases are about, and the discretion benchmarks made of them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

from google.type.date_pb2 import Date
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.law.v1 import law_pb2 as law

from services.law.calendar import SHANGHAI
from services.law.discretion.grammar import fines_of

FILE = Path(__file__).with_name("violations.toml")
CITIZEN, ORGANISATION, SOLE_TRADER = "CITIZEN", "ORGANISATION", "SOLE_TRADER"

# Where a range is cut into bands, in per cent of its width: made up, as every city decides it for itself.
CUTS = {1: (0, 100), 2: (0, 50, 100), 3: (0, 30, 70, 100)}
LEVELS = {1: ("一般",), 2: ("较轻", "较重"), 3: ("较轻", "一般", "较重")}
DOCUMENT_TITLE, DOCUMENT_NUMBER = "示例市行政处罚裁量基准", "示府规〔2024〕1号"
DOCUMENT, DOCUMENT_SINCE = f"《{DOCUMENT_TITLE}》（{DOCUMENT_NUMBER}）", date(2024, 1, 1)
# Acts are found after some weeks; two years is what 行政处罚法 36 leaves.
LIMITATION = timedelta(days=700)
# No case of a history goes on for longer.
LONGEST = timedelta(days=120)


class BadViolations(ValueError):
    """The file of violations is wrong; the message names the entry and what."""


@dataclass(frozen=True)
class Violation:
    """One article of real law that punishes something, with made-up circumstances."""

    id: str
    node: str
    statute: str
    article: str
    breach: str
    title: str
    kinds: tuple[str, ...]
    parties: tuple[str, ...]
    correction: str
    bands: tuple[str, ...]
    clues: tuple[str, ...]
    fine: tuple[int, int] | None = None
    rate: tuple[int, int] | None = None
    base_name: str = ""
    bases: tuple[int, ...] = ()
    spot: bool = False
    # A later statute applies to acts done from this day on; it is lighter, so that it would hold for older acts too.
    until: date | None = None
    lighter: bool = False
    # It applies to acts done from this day on.
    since: date | None = None

    @property
    def law(self) -> str:
        return f"《中华人民共和国{self.statute}》{self.breach}" if self.national else self._own(self.breach)

    @property
    def basis(self) -> str:
        return f"《中华人民共和国{self.statute}》{self.article}" if self.national else self._own(self.article)

    @property
    def national(self) -> bool:
        """Whether it is a law, which carries the name of the country in its title."""
        return self.statute.endswith(("法", "法典"))

    def open_on(self, found: date) -> bool:
        """Whether a case that begins on a day can be about it."""
        if self.until is not None and self.until <= found + (LONGEST if self.lighter else timedelta()):
            return False
        return self.since is None or self.since <= found

    def _own(self, article: str) -> str:
        return f"《{self.statute}》{article}"


@dataclass(frozen=True)
class Choice:
    """A violation, the band of it that applies, the kind of party, and the fine in yuan that is meant."""

    violation: Violation
    band: int
    party: str
    fine: int
    base: int = 0

    def penalty(self) -> penalties.Penalty:
        violation = self.violation
        return penalties.Penalty(
            kinds=[penalties.PenaltyKind.Value(f"PENALTY_KIND_{kind}") for kind in violation.kinds],
            fine=yuan(self.fine),
            benchmark_id=violation.id,
            band_code=str(self.band + 1),
            base=yuan(self.base) if self.base else None,
            correction_order=violation.correction,
            gains=penalties.IllegalGains(finding=penalties.GAINS_FINDING_NONE),
        )


@cache
def violations() -> Mapping[str, Violation]:
    """Every violation by id. Raises BadViolations."""
    return MappingProxyType(read(FILE))


def read(path: Path) -> dict[str, Violation]:
    """The violations of a file. Raises BadViolations for one that cannot be."""
    table = tomllib.loads(path.read_text("utf-8"))
    taken = table.get("taken_up", {})
    found: dict[str, Violation] = {}
    for entry in table["violation"]:
        violation = _violation(dict(entry), taken)
        _check(violation)
        if violation.id in found:
            raise BadViolations(f"{violation.id}: stands twice")
        found[violation.id] = violation
    return found


def _violation(entry: dict[str, Any], taken: Mapping[str, Any]) -> Violation:
    base = entry.pop("base", {})
    lists = {name: tuple(value) for name, value in entry.items() if isinstance(value, list)}
    later = entry.get("statute") == taken.get("by")
    try:
        return Violation(
            **(entry | lists),
            base_name=base.get("name", ""),
            bases=tuple(base.get("yuan", ())),
            until=taken["on"] if entry.get("statute") in taken.get("statutes", ()) else None,
            since=taken["on"] if later else None,
        )
    except TypeError as wrong:
        raise BadViolations(f"{entry.get('id', '?')}: {wrong}") from None


def _check(violation: Violation) -> None:
    v = violation
    span = v.fine or v.rate
    faults = {
        "has both a fine and a rate": v.fine and v.rate,
        "has a range that does not go up": span and not 0 <= span[0] < span[1],
        "takes a rate of no base": v.rate and not (v.bases and v.base_name),
        "says FINE without a range, or a range without FINE": bool(span) != ("FINE" in v.kinds),
        "has no band, or more than three": len(v.bands) not in CUTS,
        "names no party, correction or clue": not (v.parties and v.correction and v.clues),
    }
    if wrong := [said for said, holds in faults.items() if holds]:
        raise BadViolations(f"{v.id}: {'; '.join(wrong)}")


def band_ranges(violation: Violation) -> list[tuple[int, int]]:
    """The range of each band: yuan, or hundredths of a per cent; (0, 0) for a warning."""
    low, high = violation.fine or violation.rate or (0, 0)
    unit = 100 if violation.rate else 1
    cuts = [unit * low + unit * (high - low) * cut // 100 for cut in CUTS[len(violation.bands)]]
    return list(pairwise(cuts))


def benchmark(violation: Violation) -> benchmarks.Benchmark:
    """The published benchmark item of a violation: its numbers are read from its words, as those of an imported table are."""
    levels = LEVELS[len(violation.bands)]
    bands = [
        _band(n, level, _wording(violation, *span), circumstances)
        for n, (level, span, circumstances) in enumerate(
            zip(levels, band_ranges(violation), violation.bands, strict=True), 1
        )
    ]
    unit = 100 if violation.rate else 1
    low, high = violation.fine or violation.rate or (0, 0)
    since = max(DOCUMENT_SINCE, violation.since or DOCUMENT_SINCE)
    return benchmarks.Benchmark(
        benchmark_id=violation.id,
        code=violation.id,
        statute=violation.statute,
        violation=violation.title,
        basis=f"{violation.basis}（裁量档次为示例）",
        bands=bands,
        document=DOCUMENT,
        since=Date(year=since.year, month=since.month, day=since.day),
        statute_fines=fines_of(_wording(violation, unit * low, unit * high), alternatives=True),
    )


def _band(number: int, level: str, standard: str, circumstances: str) -> benchmarks.Band:
    return benchmarks.Band(
        code=str(number),
        level=level,
        circumstances=f"示例：{circumstances}",
        standard=standard,
        fines=fines_of(standard),
    )


def _wording(violation: Violation, low: int, high: int) -> str:
    """What may be imposed, in the words of a benchmark: yuan, or hundredths of a per cent of the base."""
    if violation.fine:
        bounds = f"{low}元以上{high}元以下" if low else f"{high}元以下"
        return f"处{bounds}的罚款（示例档次）"
    if violation.rate:
        bounds = f"百分之{low / 100:g}以上百分之{high / 100:g}以下" if low else f"百分之{high / 100:g}以下"
        return f"处{violation.base_name}{bounds}的罚款（示例档次）"
    return "警告（示例档次）"


def choices(node: str, *, spot: bool = False) -> Iterator[Choice]:
    """Everything that a case of a node can be about, with the lowest sensible fine of each band."""
    for violation in violations().values():
        if violation.node != node or (spot and not violation.spot):
            continue
        for kind in violation.parties:
            for number, (low, high) in enumerate(band_ranges(violation)):
                for base in violation.bases or (0,):
                    fine = round_fine(low, high, base)
                    yield Choice(violation, number, kind, fine, base)


def round_fine(low: int, high: int, base: int) -> int:
    """A round fine in yuan in the lower half of a band; of a base amount when there is one."""
    if base:
        low, high = -(-base * low // 10_000), base * high // 10_000
    if high == 0:
        return 0
    wanted = max(low + (high - low) // 5, 50)
    step = next(s for s in (10_000, 1_000, 100, 10, 1) if s <= max(wanted // 10, 1))
    return min(max(wanted // step * step, low), high)


def occurred(rng: Random, violation: Violation, found: datetime) -> datetime:
    """When the act was done: some days before it was found, and while its statute applied."""
    at = found - timedelta(days=rng.randint(1, 25), hours=rng.randint(0, 10))
    if violation.until is not None:
        last = datetime.combine(violation.until, datetime.min.time(), SHANGHAI)
        at = min(at, last - timedelta(days=rng.randint(1, 20), hours=rng.randint(0, 10)))
    if violation.since is not None:
        at = max(at, datetime.combine(violation.since, datetime.min.time(), SHANGHAI))
    return max(at, found - LIMITATION)


def yuan(amount: int) -> law.Money:
    return law.Money(fen=100 * amount)
