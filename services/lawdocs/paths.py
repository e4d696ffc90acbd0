"""On which ways a guard is held: by refusal in each procedure and of a row of a list, by finding in a report and at the city.

A rule stands on the same acts on every way; where nobody is asked, it is judged from the record, as far as the record shows what
the rule asks. What a rule asks is read from its own code.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from services.enforcement.outside.judging import NOT_SAID, REFUSED, OutsideFacts
from services.enforcement.outside.stage import KIND_OF, field_of
from services.law.procedures.body import PROPOSAL
from services.law.procedures.elsewhere import KEPT
from services.law.procedures.officer import ROSTER
from services.law.procedures.penalty import NOTICE_FIRST, ORDINARY, SUMMARY, reportable
from services.law.procedures.penalty.acts import ACTS, TRANSFER
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.penalty.own_correction import OWN_ACTS
from services.law.procedures.penalty.recorded import CORRECTORS, RECUSERS, TOLD_BY_EVENT, RecordedFacts
from services.law.process import Move
from services.law.rule import Rule
from services.supervision.case.facts import SeenFacts

TRANSFERS = frozenset(each.act for each in TRANSFER)
_ORDINARY = (*ORDINARY.moves, *NOTICE_FIRST.moves)
WAYS: dict[str, tuple[Move, ...]] = {
    "普通程序 ordinary": tuple(m for m in _ORDINARY if m.act not in TRANSFERS),
    "简易程序 summary": SUMMARY.moves,
    "移送 transfer": tuple(m for m in (*_ORDINARY, *SUMMARY.moves) if m.act in TRANSFERS),
}
# The single acts that a list does for each of its rows, all of whose rules it asks.
IMPORTED: tuple[Rule, ...] = (
    *ROSTER.named("REGISTER_OFFICER").rules,
    *ROSTER.named("DEFINE_UNIT").rules,
    *ROSTER.named("RECORD_TRAINING").rules,
    *PROPOSAL,
)
BESIDE = "检查、强制措施、移送犯罪 inspections, measures, crimes"
FROM_LIST = "清单导入 lists"
FROM_OUTSIDE = "外部报告 outside"
AT_CITY = "市级 at the city"
# What a certificate covers is told to the city by no event yet, so this is listed as not judged on every act.
NOT_AT_CITY = ("CERTIFICATE_OUT_OF_SCOPE",)
OUTSIDE = frozenset(each.act for table in (ORDINARY, SUMMARY) for each in reportable(table)) | {
    "RETURN_REVIEW",
    "PROPOSE_NO_PENALTY",
}
Judged = Callable[[Rule, str], bool]


class Held(NamedTuple):
    """Of the rules of a guard, each on each act that it is asked of on a way: how many hold there, of how many."""

    here: int
    all: int


def moves() -> Iterator[Move]:
    for table in (ORDINARY, NOTICE_FIRST, SUMMARY):
        yield from table.moves


def moves_beside() -> Iterator[Move]:
    """The moves of inspections, measures and referrals, which other systems report as they do those of cases."""
    for kept in KEPT.values():
        yield from kept.table.moves


def held(guard: str) -> dict[str, Held]:
    """How far a guard holds on each way."""
    found = {name: _count(guard, here) for name, here in WAYS.items()}
    found[BESIDE] = _count(guard, moves_beside())
    listed = len({id(r) for r in IMPORTED if guard in r.guard.split()})
    found[FROM_LIST] = Held(listed, listed)
    of_cases = _count(guard, (m for m in moves() if m.act in OUTSIDE), judged_outside)
    # of what runs beside a case the facts of a report are looked up as those of an act here
    of_records = _count(guard, (m for m in moves_beside() if field_of(m.method) in KIND_OF))
    found[FROM_OUTSIDE] = Held(of_cases.here + of_records.here, of_cases.all + of_records.all)
    found[AT_CITY] = _count(guard, moves(), judged_at_city)
    return found


def _count(guard: str, among: Iterable[Move], judged: Judged = lambda rule, act: True) -> Held:
    asked = {(m.act, id(r)): r for m in among for r in m.rules if guard in r.guard.split()}
    return Held(sum(judged(rule, act) for (act, _), rule in asked.items()), len(asked))


def judged_outside(rule: Rule, act: str) -> bool:
    """Whether a report from outside shows all that a rule asks of an act, or is refused for it."""
    return rule in REFUSED or not (rule in NOT_SAID or unknown(rule, act))


def judged_at_city(rule: Rule, act: str) -> bool:
    """Whether the city judges a rule again, by which it warns, and knows all that the rule asks of an act."""
    return bool(rule.warning) and rule.reason not in NOT_AT_CITY and not unknown(rule, act, SeenFacts)


def unknown(rule: Rule, act: str, facts: type[RecordedFacts] = OutsideFacts) -> frozenset[str]:
    """The facts that a rule asks of an act and that the record does not show."""
    asked = asks(rule, facts)
    missing = {name for name in asked if _only_raises(getattr(facts, name))}
    missing |= {name for name in asked & TOLD_BY_EVENT.keys() if act not in facts.by_event.get(name, ())}
    told = (act in RECUSERS and "recusal" in facts.by_event) or (
        act in CORRECTORS and "correction" in facts.by_event
    )
    told = told or act in OWN_ACTS
    if "caller" in asked and not ACTS[act].by and not told:
        missing.add("caller")
    return frozenset(missing)


@cache
def _only_raises(method: Callable[..., Any]) -> bool:
    body = _function(method).body
    return isinstance(body[-1], ast.Raise) and all(isinstance(part, ast.Raise | ast.Expr) for part in body)


@cache
def asks(rule: Rule, facts: type[PenaltyFacts] = PenaltyFacts) -> frozenset[str]:
    """The abstract facts that a rule asks, itself or through what it calls, where the facts are of this class."""
    return frozenset(_asked(rule.holds, set(), facts))


def _asked(function: Callable[..., Any], seen: set[Any], kind: type[PenaltyFacts]) -> Iterator[str]:
    """Walk what a function does with its first parameter, the facts."""
    function = inspect.unwrap(function)
    if function in seen:
        return
    seen.add(function)
    tree = _function(function)
    facts = tree.args.args[0].arg
    for node in (found for part in tree.body for found in ast.walk(part)):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=fact) if name == facts:
                if getattr(getattr(PenaltyFacts, fact, None), "__isabstractmethod__", False):
                    yield fact
                elif inspect.isfunction(told := getattr(kind, fact, None)):
                    yield from _asked(told, seen, kind)
            case ast.Call(func=ast.Name(id=called), args=[ast.Name(id=name)]) if name == facts:
                if inspect.isfunction(helper := function.__globals__.get(called)):
                    yield from _asked(helper, seen, kind)
            case ast.Attribute(value=ast.Name(id=called), attr="holds"):
                if isinstance(other := function.__globals__.get(called), Rule):
                    yield from _asked(other.holds, seen, kind)


def _function(function: Callable[..., Any]) -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function)))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    return tree
