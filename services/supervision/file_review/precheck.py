"""What the machine says of the items of a file (预检), from what the city itself holds: the events of the case, held against the
rules again, its terms and its record. It explains each and decides none, and says of what it cannot judge that it cannot.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from yifa.enforcement.v1.case_pb2 import Case
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.clocks import EXPIRED
from services.kit.clocks.show import citation
from services.law import rubric
from services.law.clock import catalogue
from services.law.moment import put_moment
from services.law.parameters import Layers
from services.law.procedures.penalty.stages import given
from services.law.rubric import Item, Kind
from services.supervision.beside.model import courts_of, enforcements_of, measures_of
from services.supervision.case.messages import UNKNOWN_ZH
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock
from services.supervision.file_review.verdict import KINDS, MET, NOT_APPLICABLE, NOT_MET, UNKNOWN
from services.supervision.warning.judging import history
from services.supervision.warning.mirror import Held, finding, held, shown

MOST_SHOWN = 6
"""How many things an item shows: what speaks against it first."""
_NUMBERS = {kind: number for number, kind in KINDS.items()}
_FIRST = {NOT_MET: 0, UNKNOWN: 1, MET: 2}
Shown = pb.FileItemShown


def item_message(item: Item, parameters: Layers, sector: str) -> pb.FileItem:
    """An item of the standard, as it stands in a review before the machine looked; cited is the article that binds there."""
    return pb.FileItem(
        item_id=item.id,
        group=item.group,
        kind=_NUMBERS[Kind(item.kind)],  # type: ignore[arg-type]
        points=item.points,
        title_zh=item.zh,
        title_en=item.en,
        law=citation(parameters.cited(item.law, sector).partition(";")[0]),
    )


class Looking:
    """What the city holds of one case, looked up once for all the items."""

    def __init__(self, look: Any, view: CaseView) -> None:
        self.look, self.case = look, view.case()
        self.subjects = (view.case_id, *(m.measure_id for m in measures_of(look, view.case_id)))
        self.by_rule: dict[str, list[Shown]] = defaultdict(list)
        for done in (*history(look, view), *shown(self.case)):
            for each in held(look, done):
                self._take(each, done.act)
        for breach in self.case.breaches:
            told = Shown(
                result=NOT_MET,
                act=breach.act,
                reason=breach.reason,
                law=citation(breach.law.partition(";")[0]),
                says_zh=breach.text_zh,
                says_en=breach.text_en,
                act_time=breach.act_time,
            )
            self.by_rule[breach.reason].append(told)

    def _take(self, each: Held, act: str) -> None:
        """Under the rule, and under the rule of this act."""
        told = rule_shown(each)
        for name in (each.rule.reason, f"{act}:{each.rule.reason}"):
            known = self.by_rule[name]
            if not any((t.result, t.act, t.says_zh) == (told.result, told.act, told.says_zh) for t in known):
                known.append(told)

    def applies(self, item: Item) -> bool:
        """Whether the record, or what runs beside it, has anything that the item is about."""
        return not item.where or any(self._there(path) for path in item.where)

    def _there(self, path: str) -> bool:
        beside = BESIDE.get(path)
        if beside is not None:
            return any(found for read in beside for found in read(self.look, self.case.case_id))
        return given(self.case, path)

    def at(self, item: Item) -> Iterator[list[Shown]]:
        """What each test of an item comes to; nothing at all where it was not looked at."""
        for name in item.rules:
            yield self.by_rule.get(name, [])
        for name in item.also:
            if name in self.by_rule:
                yield self.by_rule[name]
        for clock_id in item.clocks:
            rows = (self.look.find(Clock, f"{subject}/{clock_id}") for subject in self.subjects)
            yield [clock_shown(row, self.look.now) for row in rows if row is not None]
        for path in item.has:
            yield [field_shown(self.case, path)]


BESIDE: Mapping[str, tuple[Any, ...]] = {
    "measures": (measures_of,),
    "enforcements": (courts_of, enforcements_of),
}
"""What runs beside a case, as an item of a standard names it."""
if BESIDE.keys() != rubric.BESIDE:
    raise TypeError("what may run beside a case is read here")


def rule_shown(each: Held) -> Shown:
    """A rule of an act as it stands: kept, broken, or not to be judged here."""
    rule, facts = each.rule, each.facts
    told = Shown(act=each.move.method, reason=rule.reason, law=citation(_article(each)))
    put_moment(told.act_time, facts.at())
    if each.why:
        told.result = UNKNOWN
        told.says_zh = (
            f"“{each.move.title_zh}”：{rule.says_zh}（无法判断：{UNKNOWN_ZH.get(each.why, each.why)}）"
        )
        told.says_en = f"“{each.move.title_en}”: cannot be judged here: {each.why}"
    elif each.kept:
        told.result = MET
        told.says_zh = f"“{each.move.title_zh}”：{rule.says_zh}（未见不符）"
        told.says_en = f"“{each.move.title_en}”: kept: {rule.states}"
    else:
        found = finding(rule, facts, each.about)
        told.result, told.says_zh, told.says_en = NOT_MET, found.zh, found.en
    return told


def _article(each: Held) -> str:
    cited: str = each.facts.parameters.cited(each.rule.law, each.facts.sector(), each.rule.name)
    return cited.partition(";")[0]


def clock_shown(row: Clock, now: Any) -> Shown:
    """A term of the case: kept, passed, or still running."""
    clock, stopped = catalogue()[row.clock_id], row.stop_time
    result = UNKNOWN
    if stopped is not None:
        result = MET if stopped <= row.due_time else NOT_MET
    elif row.state == EXPIRED or (row.state == "RUNNING" and now > row.due_time):
        result = NOT_MET
    zh = {MET: "期限内办理", NOT_MET: "超过期限", UNKNOWN: "期限未届满，无法判断"}[result]
    en = {MET: "done in the term", NOT_MET: "not done in the term", UNKNOWN: "the term still runs"}[result]
    told = Shown(
        result=result,  # type: ignore[arg-type]
        clock_id=row.clock_id,
        law=citation(row.law.partition(";")[0]),
        says_zh=f"“{clock.title_zh}”{zh}",
        says_en=f"“{clock.title_en}”: {en}",
    )
    put_moment(told.act_time, stopped or row.due_time)
    return told


def field_shown(case: Case, path: str) -> Shown:
    """A part of the record: there or not."""
    there, (zh, en) = given(case, path), rubric.PARTS[path]
    return Shown(
        result=MET if there else NOT_MET,
        field=path,
        says_zh=f"案件记录{'载有' if there else '没有'}{zh}",
        says_en=f"the record {'has' if there else 'lacks'} {en}",
    )


def prechecked(look: Any, view: CaseView, items: tuple[Item, ...]) -> list[pb.FileItem]:
    """What the machine says of each item."""
    seen, found = Looking(look, view), []
    for item in items:
        message = item_message(item, look.parameters, seen.case.sector)
        message.result = NOT_APPLICABLE
        if seen.applies(item):
            tests = [*seen.at(item)]
            told = sorted((each for test in tests for each in test), key=lambda each: _FIRST[each.result])
            message.result = concluded(tests, partly=item.partly)  # type: ignore[assignment]
            message.shown.extend(told[:MOST_SHOWN])
        found.append(message)
    return found


def concluded(tests: list[list[Shown]], *, partly: bool) -> int:
    """What several tests come to: one that is broken is enough, and each has to be known to be kept. Where one was not looked at,
    or the machine sees only a part, it is for a person to judge.
    """
    results = {each.result for test in tests for each in test}
    if NOT_MET in results:
        return NOT_MET
    if partly or not tests or UNKNOWN in results or not all(tests):
        return UNKNOWN
    return MET
