"""The city's early warnings held against what was injected."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from yifa.supervision.v1 import warning_pb2 as pb

from services.given.people import OVERSIGHT
from services.given.say import Say
from services.simulate.scene import Book, Expected

# What becomes known has to be found within a day; what is found of a month, by the day after it.
PERIOD = timedelta(days=1)


@dataclass
class Line:
    """One warning in the confusion table."""

    injected: int = 0
    found: int = 0
    late: int = 0
    near: int = 0
    false: int = 0
    longest: timedelta = timedelta()

    @property
    def missed(self) -> int:
        return self.injected - self.found

    @property
    def good(self) -> bool:
        return not (self.missed or self.late or self.false)


@dataclass
class Verdict:
    """What was found and what was not."""

    lines: dict[str, Line] = field(default_factory=lambda: defaultdict(Line))
    missed: list[Expected] = field(default_factory=list)
    unsettled: list[Expected] = field(default_factory=list)
    late: list[tuple[Expected, timedelta]] = field(default_factory=list)
    false: list[pb.Warning] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.unsettled and all(line.good for line in self.lines.values())

    @property
    def recall(self) -> float:
        injected = sum(line.injected for line in self.lines.values())
        return sum(line.found for line in self.lines.values()) / injected if injected else 1.0

    @property
    def precision(self) -> float:
        found = sum(line.found for line in self.lines.values())
        return found / (found + len(self.false)) if found + len(self.false) else 1.0


async def all_warnings(say: Say) -> list[pb.Warning]:
    """Every warning that the city ever raised, ended ones too."""
    found: list[pb.Warning] = []
    token = ""
    while True:
        reply = await say("city", "supervision", "ListWarnings", OVERSIGHT, page_size=500, page_token=token)
        found += reply.warnings
        token = reply.next_page_token
        if not token:
            return found


def judge(book: Book, warnings: Iterable[pb.Warning]) -> Verdict:
    """Hold the warnings against the book: each that was expected is there in time, and each that is there was expected."""
    verdict, by_rule = Verdict(), defaultdict(list)
    for warning in warnings:
        by_rule[warning.rule_id].append(warning)
    for kind, many in Counter(book.near).items():
        verdict.lines[kind].near += many
    explained: set[str] = set()
    for expected in book.expected:
        line = verdict.lines[expected.rule_id]
        line.injected += 1
        its = [w for w in by_rule[expected.rule_id] if about(w, expected)]
        explained.update(w.warning_id for w in its)
        if not its:
            verdict.missed.append(expected)
            continue
        line.found += 1
        if expected.settled and all(w.state != pb.WARNING_STATE_SETTLED for w in its):
            verdict.unsettled.append(expected)
        delay = min(moment(w.raise_time) - max(moment(w.occur_time), expected.since) for w in its)
        line.longest = max(line.longest, delay)
        if delay > PERIOD:
            line.late += 1
            verdict.late.append((expected, delay))
    for rule_id, its in by_rule.items():
        for warning in its:
            taken_back = warning.state == pb.WARNING_STATE_WITHDRAWN and warning.case_id in book.told_late
            if warning.warning_id not in explained and not taken_back:
                verdict.lines[rule_id].false += 1
                verdict.false.append(warning)
    return verdict


def about(warning: pb.Warning, expected: Expected) -> bool:
    """Whether a warning is the one that was expected."""
    ids = (warning.case_id, warning.inspection_id, warning.order_id, warning.body_id, warning.node)
    told = f"{warning.detail_zh} {warning.detail_en}"
    named = expected.subject in ids or expected.subject in told
    return named and expected.words in told


def moment(stamp: object) -> datetime:
    return stamp.ToDatetime(UTC)  # type: ignore[attr-defined,no-any-return]
