"""Every rule of every procedure: kept by a lawful case, broken by one change of it, and never kept for want of knowing."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from services.law.procedure import Procedure, whole
from services.law.procedures import procedures
from services.law.procedures.penalty import PENALTY
from services.law.process import Move
from services.law.requirement import guards
from services.law.rule import Facts, Rule
from tests.law.lawful import Lawful, built, told
from tests.law.lawful_cases import LAWFUL, abstract, changed, kept, nothing, others

LAW = procedures()
ALL = {**LAW, "penalty": PENALTY}
# Where absence is the lawful case, as the article and the rule's own words say.
ABSENT = {
    ("nothing_asked_in_report", "proposal"),  # a report asks for nothing
    ("keeping_told", "broken"),  # the promise was kept in every matter
    ("keeping_told", "kept"),  # or in none
    ("leaders_by_registry", "found.leaders"),  # nobody is named, which `chief_weighed` asks about
    ("statement_rechecked", "statement.receive_time"),  # nothing was stated
    ("no_good_reason", "good_reason"),  # none was found
    ("waiver_earned", "waived_fen"),  # nothing is waived
    ("substitute_performed", "clearing.place"),  # nothing was cleared at once
    ("clearing_to_tell", "clearing.party_present"),  # it was not there
    ("reason_not_adopted", "good_reason"),  # the same
    ("reply_overdue", "reply_time"),  # no reply came
    ("not_corrected", "correct_time"),  # nobody verified it
    ("nothing_collected", "evidence"),  # no evidence at all
    ("not_heavier", "kinds"),  # nothing is laid on
    ("opinions_answered", "voices"),  # nobody said anything
    ("asked_once", "review_asked"),  # it was not asked for before
    ("review_decided", "review_open"),  # none is asked for
    ("not_rated", "rated"),  # nobody rated it
    ("agreement_complete", "agreement.agreed"),  # nothing was agreed
    ("as_agreed", "agreement.agreed"),  # the same
    ("nothing_agreed", "agreement.agreed"),  # the same
    ("none_waits", "rectification_waits"),  # none was handed in
    ("extended_once", "extension_count"),  # never extended before
    ("standard_not_reached", "standard"),  # none is reached
    ("not_stayed", "stay_time"),  # execution is not stayed
    ("document_dealt_with", "suspension"),  # no document is reviewed with it
    ("annulment_grounded", "reply_time"),  # no reply came, which is a ground of its own
    ("no_opinion_waits", "opinion_time"),  # none was issued
    ("opinion_waits", "opinion_report_time"),  # it was not reported on
    ("fee_lawful", "fee"),  # none is taken
    ("not_public_yet", "in_public"),  # it is not
    ("awarded_as_agreed", "indemnity.agreed"),  # nothing was agreed on
    ("fee_based", "fee"),  # the same
    ("time_runs", "excluding"),  # nothing is taken out
    ("compensation_said", "compensated"),  # it was not said before
    ("conditions_met", "unmet"),  # every condition is found to be met
    ("heard_first", "hearing.tell_time"),  # nobody has a right to a hearing
    ("heard_first", "hearing.request_time"),  # the same
    ("heard_first", "hearing.hold_at"),  # the same
    ("validity_right", "until_time"),  # it has no end
    ("commendable", "wrongs"),  # nothing calls for an order of correction
    ("not_withheld", "publishing.withheld"),  # nobody decided to keep it back
    ("voluntary", "meetings"),  # the sides did not meet yet
    ("remedy_told", "meetings"),  # they never did
    ("publicity_complete", "audience"),  # it is no item of a list of publicity
    ("publicity_complete", "laws"),  # the same
    ("admissible", "unmet"),  # all the conditions are found to be met, none not to be
    ("advisers_stand", "advisers"),  # nobody is named as one
    ("costs_evaluated", "costs"),  # none were analysed when it was drafted
}


def asked(procedure: Procedure) -> list[tuple[Move, Rule]]:
    """Every rule of every act, once: a line of a table makes one move from each source, and all of them ask the same."""
    pairs = [(move, rule) for table in procedure.tables for move in table.moves for rule in move.rules]
    return list({(move.act, id(rule)): (move, rule) for move, rule in reversed(pairs)}.values())[::-1]


def every() -> Iterator[Any]:
    for name in LAW:
        for move, rule in asked(LAW[name]):
            yield pytest.param(
                ALL[name], move, rule, id=f"{name}-{move.act}-{move.source}-{rule.holds.__name__}"
            )


EVERY = pytest.mark.parametrize(("procedure", "move", "rule"), list(every()))


@pytest.mark.parametrize("name", LAW)
def test_a_lawful_case_keeps_every_rule_of_every_act(name):
    procedure = LAW[name]

    for table in procedure.tables:
        for move in table.moves:
            for case in LAWFUL[name].all_of(move.act):
                facts = built(procedure.facts, case.record, case.facts)
                assert table.why_not(move.act, move.source, facts) == [], move.act
                assert table.warnings(move.act, move.source, facts) == [], move.act


@EVERY
def test_one_change_breaks_a_rule_and_the_act_is_refused(procedure: Procedure, move: Move, rule: Rule):
    [table] = procedure.tables
    breaking = [
        facts
        for _, changes in cases(procedure.name, move.act)
        for _, _, facts in changes
        if not rule.holds(facts)
    ]

    assert breaking, rule.reason
    for facts in breaking:
        said = table.why_not(move.act, move.source, facts) + table.warnings(move.act, move.source, facts)
        assert rule.broken() in said


@pytest.mark.parametrize("name", ALL)
def test_a_facts_class_that_lacks_one_cannot_be_built(name):
    kind = ALL[name].facts
    missing = sorted(kind.__abstractmethods__)

    assert "at" in missing
    for lacking in missing:
        rest = {fact: told(None) for fact in missing if fact != lacking}
        with pytest.raises(TypeError, match=rf"does not tell: {lacking}$"):
            whole(type("Short", (kind,), rest))


def passes(rule: Rule, facts: Facts) -> bool:
    """Whether a rule lets the act pass; one that cannot be held stops it."""
    try:
        return bool(rule.holds(facts))
    except Exception:
        return False


@cache
def cases(name: str, act: str) -> list[tuple[Lawful, list[tuple[str, Any, Any]]]]:
    """The lawful cases of an act, each with all single changes of it: what is changed, to what, and the facts after it."""
    return [(case, [*changed(LAW[name], case)]) for case in LAWFUL[name].all_of(act)]


def bearing(rule: Rule, changes: list[tuple[str, Any, Any]]) -> set[str]:
    """What bears on a rule: changed otherwise, it would be broken."""
    return {where for where, _, facts in changes if not passes(rule, facts)}


@EVERY
def test_no_rule_passes_on_a_fact_that_is_not_known(procedure: Procedure, move: Move, rule: Rule):
    for case, changes in cases(procedure.name, move.act):
        for name in bearing(rule, changes) & case.facts.keys():
            assert not passes(rule, built(procedure.facts, case.record, {**case.facts, name: None})), name


@EVERY
def test_no_rule_passes_on_what_does_not_stand_on_the_record(procedure: Procedure, move: Move, rule: Rule):
    """A blank never does what evidence would; where absence is the lawful case, it is listed here."""
    blank = type(LAWFUL[procedure.name].record)()
    for case, changes in cases(procedure.name, move.act):
        for where in (
            bearing(rule, changes) - case.facts.keys() - {w for r, w in ABSENT if r == rule.holds.__name__}
        ):
            assert not passes(
                rule, built(procedure.facts, put(case.record, where, at(blank, where)), case.facts)
            ), where


def at(record: Any, path: str) -> Any:
    for part in path.split("."):
        record = getattr(record, part)
    return record


def put(record: Any, path: str, value: Any) -> Any:
    first, _, rest = path.partition(".")
    return replace(record, **{first: put(getattr(record, first), rest, value) if rest else value})


@pytest.mark.parametrize("name", LAW)
def test_an_act_with_rules_is_refused_when_nothing_is_known(name):
    procedure, unknown = LAW[name], nothing(LAW[name])

    for table in procedure.tables:
        for move in table.moves:
            held = [r for r in move.rules if r.severity == "block" and r.holds.__name__ not in dict(ABSENT)]
            assert not held or not all(passes(r, unknown) for r in held), move.act


@pytest.mark.parametrize("name", LAW)
def test_every_fact_bears_on_a_rule(name):
    """What no rule asks is no fact of the procedure."""
    procedure = LAW[name]
    bears = {
        where
        for move, rule in asked(procedure)
        for _, changes in cases(name, move.act)
        for where in bearing(rule, changes)
    }

    assert set(abstract(procedure.facts)) <= bears


@pytest.mark.parametrize("name", LAW)
def test_a_rule_says_what_is_wrong_and_its_guard_is_known(name):
    rules = {id(r): r for t in LAW[name].tables for m in t.moves for r in m.rules}.values()

    for rule in rules:
        assert rule.states and rule.says != f"Not met: {rule.states}", rule.reason
        assert rule.says.isascii() and rule.says.endswith("."), rule.reason
        assert set(rule.guard.split()) <= guards().keys(), rule.reason


def test_what_is_listed_as_lawfully_absent_is_so():
    named = {rule.values[2].holds.__name__ for rule in every()}

    assert {r for r, _ in ABSENT} <= named
    assert others(True, None) == [False] and kept(LAW["credit_repair"], "GRANT").record.reasons
