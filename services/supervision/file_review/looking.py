"""What the city holds of one file: the acts held against the rules again, the terms, and the record."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from yifa.law.v1.law_pb2 import CLOCK_STATE_EXPIRED
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.clocks import EXPIRED
from services.kit.clocks.show import citation
from services.law import rubric_parts
from services.law.clock import catalogue
from services.law.moment import moment_at, moment_of, put_moment
from services.law.procedures.penalty.stages import given
from services.law.rubric import Item
from services.law.rubric_parts import Family
from services.supervision.beside.model import MEASURE, courts_of, enforcements_of, measures_of
from services.supervision.case.messages import UNKNOWN_ZH
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock
from services.supervision.file_review.source import File, family_of
from services.supervision.file_review.verdict import MET, NOT_MET, UNKNOWN
from services.supervision.warning.judging import history
from services.supervision.warning.mirror import Done, Held, finding, held, shown

Shown = pb.FileItemShown


class Term(NamedTuple):
    """A term of a file: when it ends, when what it is for was done, whether it is over, and its article."""

    clock_id: str
    due: datetime
    stopped: datetime | None
    over: bool
    law: str


def _of_case(look: Any, file: File) -> Iterator[Done]:
    view = look.get(CaseView, file.case_id)
    return iter((*history(look, view), *shown(file.record)))


def _of_measure(look: Any, file: File) -> Iterator[Done]:
    """What was done to the measure itself; of one that serves no case the city holds no rule again."""
    view = look.find(CaseView, file.case_id) if file.case_id else None
    for done in history(look, view) if view is not None else ():
        if done.kind is not None and done.kind.name == MEASURE and done.after.measure_id == file.record_id:
            yield done


ACTS: Mapping[Family, Callable[[Any, File], Iterator[Done]]] = MappingProxyType(
    {Family.PENALTY: _of_case, Family.PERMIT: lambda look, file: iter(()), Family.MEASURE: _of_measure}
)
"""The acts that are held against the rules again. Of a permit the record tells which rules were found to be broken."""


class Looking:
    """What the city holds of one file, looked up once for all the items."""

    def __init__(self, look: Any, file: File) -> None:
        self.look, self.file, self.record, self.family = look, file, file.record, family_of(file.kind)
        self.by_rule: dict[str, list[Shown]] = defaultdict(list)
        for done in ACTS[self.family](look, file):
            for each in held(look, done):
                self._take(each, done.act)
        for breach in file.record.breaches:
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
            return any(found for read in beside for found in read(self.look, self.record.case_id))
        return given(self.record, path)

    def at(self, item: Item) -> Iterator[list[Shown]]:
        """What each test of an item comes to; nothing at all where it was not looked at."""
        for name in item.rules:
            yield self.by_rule.get(name, [])
        for name in item.also:
            if name in self.by_rule:
                yield self.by_rule[name]
        for clock_id in item.clocks:
            yield self._clocks((clock_id,))
        if item.either:
            yield self._clocks(item.either)
        for path in item.has:
            yield [field_shown(self.record, self.family, path)]

    def _clocks(self, ids: tuple[str, ...]) -> list[Shown]:
        return [clock_shown(term) for term in _terms(self.look, self.file, self.family, ids)]


BESIDE: Mapping[str, tuple[Any, ...]] = {
    "measures": (measures_of,),
    "enforcements": (courts_of, enforcements_of),
}
"""What runs beside a case, as an item of a standard names it."""
if BESIDE.keys() != rubric_parts.BESIDE[Family.PENALTY]:
    raise TypeError("what may run beside a case is read here")


def _terms(look: Any, file: File, family: Family, clock_ids: tuple[str, ...]) -> Iterator[Term]:
    """Those that the city runs itself; of a permit, as its department tells them."""
    if family is Family.PERMIT:
        for each in file.record.deadlines:
            if each.clock_id in clock_ids:
                over, stopped = each.state == CLOCK_STATE_EXPIRED, moment_at(each, "stop_time")
                yield Term(each.clock_id, moment_of(each.due_time), stopped, over, each.citation.code)
        return
    beside = measures_of(look, file.case_id) if family is Family.PENALTY else ()
    subjects = (file.record_id or file.case_id, *(measure.measure_id for measure in beside))
    for row in (look.find(Clock, f"{subject}/{name}") for name in clock_ids for subject in subjects):
        if row is not None:
            over = row.state == EXPIRED or (row.state == "RUNNING" and look.now > row.due_time)
            yield Term(row.clock_id, row.due_time, row.stop_time, over, row.law)


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


def clock_shown(term: Term) -> Shown:
    """A term of the file: kept, passed, or still running."""
    clock, stopped = catalogue()[term.clock_id], term.stopped
    result = UNKNOWN
    if stopped is not None:
        result = MET if stopped <= term.due else NOT_MET
    elif term.over:
        result = NOT_MET
    zh = {MET: "期限内办理", NOT_MET: "超过期限", UNKNOWN: "期限未届满，无法判断"}[result]
    en = {MET: "done in the term", NOT_MET: "not done in the term", UNKNOWN: "the term still runs"}[result]
    told = Shown(
        result=result,  # type: ignore[arg-type]
        clock_id=term.clock_id,
        law=citation((term.law or clock.law).partition(";")[0]),
        says_zh=f"“{clock.title_zh}”{zh}",
        says_en=f"“{clock.title_en}”: {en}",
    )
    put_moment(told.act_time, stopped or term.due)
    return told


def field_shown(record: Any, family: Family, path: str) -> Shown:
    """A part of the record: there or not."""
    there, (zh, en) = given(record, path), rubric_parts.PARTS[family][path]
    return Shown(
        result=MET if there else NOT_MET,
        field=path,
        says_zh=f"案卷记录{'载有' if there else '没有'}{zh}",
        says_en=f"the record {'has' if there else 'lacks'} {en}",
    )
