"""Every rule of the penalty procedure, on every act of every table that it stands on: kept lawfully, broken once, refused."""

from contextlib import suppress

import pytest

from services.law.procedures.penalty import NOTICE_FIRST, ORDINARY, PENALTY, SUMMARY
from services.law.process import Move, Process
from services.law.rule import Rule, Unlawful, judge
from tests.law.penalty import BREAKS, Known, lawful, record

MOVES = [(table, move) for table in (ORDINARY, NOTICE_FIRST, SUMMARY) for move in table.moves]
PAIRS = [(table, move, rule) for table, move in MOVES for rule in move.rules]


def named(value: object) -> str | None:
    if isinstance(value, Process):
        return value.name
    if isinstance(value, Move):
        return f"{value.act}-{value.source}"
    return value.holds.__name__ if isinstance(value, Rule) else None


@pytest.mark.parametrize(("table", "move"), MOVES, ids=named)
def test_a_lawful_act_is_done(table: Process, move: Move) -> None:
    against = table.why_not(move.act, move.source, facts := lawful(table, move))

    assert not against, f"{move.act}: BEFORE in tests/law/penalty has to say how the record stands before it"
    assert table.step(move.act, move.source, facts) == move


@pytest.mark.parametrize(("table", "move"), MOVES, ids=named)
def test_a_broken_rule_refuses_the_act(table: Process, move: Move) -> None:
    held = [rule.holds.__name__ for rule in move.rules if not refused(table, move, rule)]

    assert held == []


def refused(table: Process, move: Move, rule: Rule) -> bool:
    """Whether the act is refused for this one rule, or, where it only warns, the warning said."""
    facts = lawful(table, move)
    BREAKS[rule.holds.__name__](facts)
    if rule.severity == "warn":
        return rule.broken() in table.warnings(move.act, move.source, facts)
    try:
        table.step(move.act, move.source, facts)
    except Unlawful as no:
        return rule.broken() in no.broken and rule in judge(move.rules, facts).broken
    return False


def test_every_rule_has_its_break_and_says_all_of_itself() -> None:
    rules = {id(rule): rule for _, _, rule in PAIRS}.values()
    files = {rule.holds.__name__: rule.holds.__module__.rpartition(".")[2] for rule in rules}
    unbroken = {
        f"{name}: give it a break in tests/law/penalty/{files[name]}.py"
        for name in files.keys() - BREAKS.keys()
    }

    assert not unbroken and not BREAKS.keys() - files.keys()
    for rule in rules:
        assert rule.states and rule.says != rule.states and not rule.says.startswith("Not met")


def test_no_fact_is_done_without() -> None:
    """Each fact taken away: the class cannot be built, and a service that has it does not start."""
    for fact in PENALTY.facts.__abstractmethods__:
        without = type("Without", (Known,), {fact: getattr(PENALTY.facts, fact)})

        with pytest.raises(TypeError, match=fact):
            without(MOVES[0][1], record(*MOVES[0]))


@pytest.mark.parametrize(("table", "move"), MOVES, ids=named)
def test_no_rule_passes_on_a_fact_that_is_none(table: Process, move: Move) -> None:
    """A rule that reads a fact and would pass with None there would pass for want of knowledge."""
    whole = lawful(table, move)
    passed = [
        (rule.holds.__name__, fact)
        for rule in move.rules
        for fact in asked(whole, rule) - LAWFULLY_NONE
        if held(whole, rule, fact)
    ]

    assert passed == []


LAWFULLY_NONE = {"filed_before", "birth_date", "referral", "sampling", "monitoring", "inquiry"}


def asked(whole: Known, rule: Rule) -> set[str]:
    """The facts that a rule asks for. What it does not ask for cannot change what it finds."""
    reading = Reading(whole)
    with suppress(TypeError, AttributeError):
        rule.holds(reading)
    return reading.asked


def held(whole: Known, rule: Rule, none: str) -> bool:
    """Whether a rule passes with one fact None."""
    try:
        return bool(rule.holds(Reading(whole, none)))
    except (TypeError, AttributeError):
        return False


class Noted(dict[str, object]):
    """Facts, of which it is noted which were asked for."""

    asked: set[str]

    def __getitem__(self, name: str) -> object:
        self.asked.add(name)
        return super().__getitem__(name)


class Reading(Known):
    """The same facts, one of them None where that is said."""

    def __init__(self, whole: Known, none: str = "") -> None:
        self.__dict__ |= whole.__dict__
        self.known = Noted(whole.known | ({none: None} if none else {}))
        self.known.asked = self.asked = set()
