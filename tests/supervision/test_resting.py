"""An act that the record goes on to show is judged again when anything changed that it was judged from, and only then."""

import dis
import inspect
import types
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from yifa.enforcement.v1.case_pb2 import Case

from services.kit.tx import Tx
from services.law.calendar import china
from services.law.parameters import Layers, national
from services.law.procedures.penalty import PENALTY
from services.law.rule import Rule
from services.supervision.case.facts import SeenFacts
from services.supervision.case.model import CaseView
from services.supervision.head.model import Heads
from services.supervision.warning import resting
from services.supervision.warning.mirror import SHOWN
from services.supervision.warning.resting import PASSED_OVER, RESTED, judged_shown
from tests.supervision.office import Office, lawful, new_case

# Names that are those of parts of a record and of other things, and what they are names of in what these rules read.
OTHERWISE = {
    "state": "of a request for recusal, or of a correction by the agency itself",
    "last_act": "of the record in an event, and what a record shows comes without one",
    "service": "of papers that are served, which these acts are not",
}
FACTS = ("f", "self")


def reads(function: Callable[..., Any], seen: set[Any]) -> Iterator[str]:
    """The words by which a rule, and all that it calls, may reach for a part of a record."""
    function = inspect.unwrap(function)
    if function in seen or not inspect.isfunction(function):
        return
    seen.add(function)
    codes = [function.__code__]
    for code in codes:
        codes += [each for each in code.co_consts if isinstance(each, types.CodeType)]
        before: Any = None
        for at in dis.get_instructions(code):
            known = function.__globals__.get(at.argval) if at.opname == "LOAD_GLOBAL" else None
            if at.opname in ("LOAD_ATTR", "LOAD_METHOD"):
                yield at.argval
                if before is not None and before.argval in FACTS:
                    known = getattr(SeenFacts, at.argval, None)
                elif before is not None and before.opname == "LOAD_GLOBAL":
                    owner = function.__globals__.get(before.argval)
                    known = (
                        getattr(owner, at.argval, None)
                        if isinstance(owner, types.ModuleType | type)
                        else None
                    )
            for text in at.argval if isinstance(at.argval, tuple | frozenset) else (at.argval,):
                yield from (
                    text.replace(".", " ").split()
                    if isinstance(text, str) and at.opname == "LOAD_CONST"
                    else ()
                )
            known = known.holds if isinstance(known, Rule) else known
            if inspect.isfunction(known) and known.__module__.startswith("services."):
                yield from reads(known, seen)
            before = at


def of_shown() -> set[str]:
    rules = {
        id(rule): rule
        for table in PENALTY.tables
        for move in table.moves
        for rule in move.rules
        if move.act in SHOWN and rule.warning
    }
    seen: set[Any] = set()
    return {word for rule in rules.values() for word in reads(rule.holds, seen)}


def test_no_rule_of_these_acts_asks_for_what_is_passed_over() -> None:
    words = of_shown()

    assert words >= {"notice", "decision", "review", "officers", "penalty", "window_end"}, "the walk goes far"
    assert words & set(PASSED_OVER) <= OTHERWISE.keys()
    assert not words & {"now", "standing_at"}, "what they say does not change by itself"


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The acts that were judged, not told again."""
    done: list[str] = []
    judge = resting.judge

    def counted(look: Any, act: Any) -> Any:
        done.append(act.act)
        return judge(look, act)

    monkeypatch.setattr(resting, "judge", counted)
    RESTED.clear()
    return done


def other_record(tx: Tx, case: Case) -> None:
    case.notice.facts = "另一事实"


def later_record(tx: Tx, case: Case) -> None:
    case.version, case.publish_address = case.version + 1, "公示地址"


def other_heads(tx: Tx, case: Case) -> None:
    tx.add(Heads.new(body_id=case.body_id, node=case.node))


def something_beside(tx: Tx, case: Case) -> None:
    tx.get(CaseView, case.case_id).beside = 1


def other_calendar(tx: Tx, case: Case) -> None:
    tx.batch.around.calendar = type(china())()


def other_law(tx: Tx, case: Case) -> None:
    tx.batch.around.parameters = Layers(national())


def restarted(tx: Tx, case: Case) -> None:
    RESTED.clear()


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (later_record, set[str]()),
        (other_record, {"PASS_REVIEW", "MAKE_DECISION"}),
        (other_heads, {"MAKE_DECISION"}),
        (something_beside, {"MAKE_DECISION"}),
        (other_calendar, {"PASS_REVIEW", "MAKE_DECISION"}),
        (other_law, {"PASS_REVIEW", "MAKE_DECISION"}),
        (restarted, {"PASS_REVIEW", "MAKE_DECISION"}),
    ],
)
async def test_what_was_judged_rests_until_something_of_it_changes(
    office: Office, times: list[str], change: Callable[[Tx, Case], None], again: set[str]
) -> None:
    case = lawful(new_case("C-rests"))
    case.body_id = "B-rests"
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")

    def look(tx: Tx) -> list[list[str]]:
        around, told = tx.batch.around, []
        stood = around.calendar, around.parameters
        try:
            for then in (lambda *_: None, change):
                times.clear()
                then(tx, case)
                assert [*judged_shown(tx, case)]
                told.append([*times])
        finally:
            around.calendar, around.parameters = stood
        return told

    rested, judged = await office.running.do(look)

    assert rested == [] and set(judged) == again


async def test_what_nobody_knew_is_judged_with_the_next_act_once_it_is_known(office: Office) -> None:
    office.clock("2026-03-25 09:00")
    case = lawful(new_case("C-heads"))
    case.body_id = "B-heads"
    await office.tell(case, "DecisionMade", "2026-03-20 10:00")
    assert "HEAD_NOT_IN_OFFICE" in {each.reason for each in (await office.case("C-heads")).not_judged}
    await office.appoint("B-heads", "H-1", "H-2")

    case.service.serve_time.FromDatetime(case.decision.decide_time.ToDatetime())
    await office.tell(case, "DecisionServed", "2026-03-21 10:00")

    assert "HEAD_NOT_IN_OFFICE" not in {each.reason for each in (await office.case("C-heads")).not_judged}
