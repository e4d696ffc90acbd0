"""On which ways a guard is held: by refusal in each procedure, by finding in a report from outside and at the city.

A rule stands on the same acts on every way; where nobody is asked, it is judged from the record, as far as the record shows what
the rule asks. What a rule asks is read from its own code.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from services.enforcement.outside.acts import REFUSED, OutsideFacts
from services.law.procedures.penalty import NOTICE_FIRST, ORDINARY, SUMMARY, reportable
from services.law.procedures.penalty.acts import ACTS, TRANSFER
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.process import Move
from services.law.rule import Rule
from services.supervision.case.facts import SeenFacts

TRANSFERS = frozenset(each.act for each in TRANSFER)
WAYS = {
    "普通程序 ordinary": lambda m: m in (*ORDINARY.moves, *NOTICE_FIRST.moves) and m.act not in TRANSFERS,
    "简易程序 summary": lambda m: m in SUMMARY.moves,
    "移送 transfer": lambda m: m.act in TRANSFERS,
}
FROM_OUTSIDE = "外部案件 outside"
AT_CITY = "市级 at the city"
# What a certificate covers is told to the city by no event yet, so this is listed as not judged on every act.
NOT_AT_CITY = ("CERTIFICATE_OUT_OF_SCOPE",)
OUTSIDE = frozenset(each.act for table in (ORDINARY, SUMMARY) for each in reportable(table)) | {
    "RETURN_REVIEW"
}


def moves() -> Iterator[Move]:
    for table in (ORDINARY, NOTICE_FIRST, SUMMARY):
        yield from table.moves


def held(guard: str) -> dict[str, bool]:
    """On which ways some rule of a guard stands."""
    found = {name: any(here(m) and _stands(guard, m) for m in moves()) for name, here in WAYS.items()}
    found[FROM_OUTSIDE] = any(m.act in OUTSIDE and _stands(guard, m, judged_outside) for m in moves())
    found[AT_CITY] = any(_stands(guard, m, judged_at_city) for m in moves())
    return found


def _stands(guard: str, move: Move, judged: Callable[[Rule, str], bool] = lambda rule, act: True) -> bool:
    return any(guard in rule.guard.split() and judged(rule, move.act) for rule in move.rules)


def judged_outside(rule: Rule, act: str) -> bool:
    """Whether a report from outside shows all that a rule asks of an act, or is refused for it."""
    return rule in REFUSED or not unknown(rule, act)


def judged_at_city(rule: Rule, act: str) -> bool:
    """Whether the city judges a rule again, by which it warns, and knows all that the rule asks of an act."""
    return bool(rule.warning) and rule.reason not in NOT_AT_CITY and not unknown(rule, act, SeenFacts)


def unknown(rule: Rule, act: str, facts: type[PenaltyFacts] = OutsideFacts) -> frozenset[str]:
    """The facts that a rule asks of an act and that the record does not show."""
    missing = {name for name in asks(rule) if _only_raises(getattr(facts, name))}
    if "caller" in asks(rule) and not ACTS[act].by:
        missing.add("caller")
    return frozenset(missing)


@cache
def _only_raises(method: Callable[..., Any]) -> bool:
    body = _function(method).body
    return isinstance(body[-1], ast.Raise) and all(isinstance(part, ast.Raise | ast.Expr) for part in body)


@cache
def asks(rule: Rule) -> frozenset[str]:
    """The abstract facts that a rule asks, itself or through what it calls."""
    return frozenset(_asked(rule.holds, set()))


def _asked(function: Callable[..., Any], seen: set[Any]) -> Iterator[str]:
    """Walk what a function does with its first parameter, the facts."""
    function = inspect.unwrap(function)
    if function in seen:
        return
    seen.add(function)
    tree = _function(function)
    facts = tree.args.args[0].arg
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=fact) if name == facts:
                told = getattr(PenaltyFacts, fact, None)
                if getattr(told, "__isabstractmethod__", False):
                    yield fact
                elif callable(told):
                    yield from _asked(told, seen)
            case ast.Call(func=ast.Name(id=called), args=[ast.Name(id=name)]) if name == facts:
                if inspect.isfunction(helper := function.__globals__.get(called)):
                    yield from _asked(helper, seen)
            case ast.Attribute(value=ast.Name(id=called), attr="holds"):
                if isinstance(other := function.__globals__.get(called), Rule):
                    yield from _asked(other.holds, seen)


def _function(function: Callable[..., Any]) -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function)))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    return tree
