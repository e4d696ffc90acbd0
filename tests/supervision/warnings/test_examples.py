"""Every early warning is raised by what must raise it, and by nothing else; and every one has its examples."""

import importlib
import pkgutil
from types import MappingProxyType
from typing import Any

import pytest
from sqlalchemy import select
from yifa.supervision.v1 import events_pb2 as events

from services.kit.chain import ChainFault
from services.law.procedures.penalty import PENALTY
from services.supervision.case.model import CaseView
from services.supervision.warning.backtest import backtest
from services.supervision.warning.catalogue import kinds
from services.supervision.warning.runner import warning_id
from tests.supervision import warnings
from tests.supervision.office import OPEN, Office
from tests.supervision.test_beside import TRIED
from tests.supervision.test_credit_repair import TRIED as OF_CREDIT
from tests.supervision.test_paths import ONE_EACH
from tests.supervision.warnings.examples import Examples, NotJudged

MODULES: dict[str, Any] = {
    module.WARNING: module
    for found in pkgutil.iter_modules(warnings.__path__)
    if hasattr(module := importlib.import_module(f"{warnings.__name__}.{found.name}"), "WARNING")
}
ALL = MappingProxyType(
    {
        (rule_id, reason): examples
        for rule_id, module in MODULES.items()
        for reason, examples in module.EXAMPLES.items()
    }
)
RAISED = {"unlawful": True, "lawful": False, "last_lawful": False, "first_unlawful": True}
JUDGED = [key for key, found in ALL.items() if isinstance(found, Examples)]
# What looks at one event that is told once leaves nothing that could be looked at again.
AT_ONCE = frozenset(
    k for k in JUDGED if k[0] in ("CHAIN", "EW-31") or k[1] in ("FAILED_TWICE", "EMPTY_BENCHMARK")
)
CASES = CaseView.__table__
MIRRORED = [r for table in PENALTY.tables for move in table.moves for r in move.rules if r.warning]

BY_THE_WALL = {"SILENT"}
"""What no history of events shows: tests/supervision/test_silence.py."""


def test_every_warning_has_its_examples() -> None:
    """Each has one history that must raise it, a lawful one, and the two sides of its boundary; each way of it too.

    What mirrors a rule is tried on every act in test_paths.py besides, and some of it nowhere else.
    """
    everywhere = {(rule_id, reason) for rule_id, reason, _ in ONE_EACH} | TRIED | OF_CREDIT
    assert MODULES.keys() | {rule_id for rule_id, _ in everywhere} | BY_THE_WALL == set(kinds())
    assert {(r.warning, r.reason) for r in MIRRORED} <= set(ALL) | everywhere
    assert {("CHAIN", fault.name) for fault in ChainFault} <= set(ALL)
    for key in JUDGED:
        assert all(callable(getattr(ALL[key], side, None)) for side in RAISED), key


def ids(rule_id: str, reason: str, of: Examples) -> set[str]:
    """The ids that the warning may have: those that mirror a rule are told apart by its name."""
    rules = {r.name for r in MIRRORED if (r.warning, r.reason) == (rule_id, reason)}
    words = {f"{reason}/{rule_id}/{name}" for name in rules} or {reason}
    return {warning_id(word, of.subject, of.about) for word in words}


def told(office: Office, rule_id: str) -> int:
    """How often something was told of warnings of a kind. Others may still come: an act waits for word of people."""
    return sum(
        event.warning.rule_id == rule_id
        for kind in (events.WarningRaised, events.WarningEscalated, events.WarningEnded)
        for event in office.emitted(kind)
    )


@pytest.mark.parametrize("side", RAISED)
@pytest.mark.parametrize("key", JUDGED, ids="-".join)
async def test_it_is_raised_when_it_must_be_and_only_then(
    office: Office, key: tuple[str, str], side: str
) -> None:
    """And a back-test of the same history finds what was raised, and writes nothing."""
    rule_id, reason = key
    await getattr(ALL[key], side)(office)

    found = {w.warning_id for w in await office.warnings(state=OPEN, rule_id=rule_id)}
    faults = {events.ChainFault.Name(e.fault) for e in office.emitted(events.ChainBroken)}

    word = reason.partition(" ")[0]
    expected = bool(ids(rule_id, word, ALL[key]) & found)
    assert (f"CHAIN_FAULT_{word}" in faults if rule_id == "CHAIN" else expected) is RAISED[side]
    assert bool(found) >= RAISED[side]
    if key not in AT_ONCE:
        await office.ticked()
        written = told(office, rule_id)
        again = {(case, f.reason, f.about) for case, f in backtest(office.running.view(), rule_id)}
        assert ((ALL[key].subject, word, ALL[key].about) in again) is RAISED[side]
        assert told(office, rule_id) == written


@pytest.mark.parametrize("key", [k for k in ALL if isinstance(ALL[k], NotJudged)], ids="-".join)
async def test_what_cannot_be_judged_is_listed_and_not_raised(office: Office, key: tuple[str, str]) -> None:
    await ALL[key].history(office)

    [row] = office.running.rows(select(CASES.c.not_judged))
    assert (key[1], ALL[key].why) in {(each["reason"], each["why"]) for each in row.not_judged}
    assert await office.warnings() == []
    told = (await office.case("C-1")).not_judged
    assert (key[1], ALL[key].why) in {(each.reason, each.why_en) for each in told}
    assert all(each.act and each.title_zh and each.title_en and each.why_zh != each.why_en for each in told)
