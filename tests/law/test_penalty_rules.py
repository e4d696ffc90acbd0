"""Every rule of the penalty procedure, on every act of every table that it stands on: kept lawfully, broken once, refused."""

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


@pytest.mark.parametrize(("table", "move", "rule"), PAIRS, ids=named)
def test_a_broken_rule_refuses_the_act(table: Process, move: Move, rule: Rule) -> None:
    facts = lawful(table, move)
    BREAKS[rule.holds.__name__](facts)

    if rule.severity == "warn":
        assert rule.broken() in table.warnings(move.act, move.source, facts)
        return
    with pytest.raises(Unlawful) as no:
        table.step(move.act, move.source, facts)

    assert rule.broken() in no.value.broken
    assert rule in judge(move.rules, facts).broken


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


@pytest.mark.parametrize(("table", "move", "rule"), PAIRS, ids=named)
def test_no_rule_passes_on_a_fact_that_is_none(table: Process, move: Move, rule: Rule) -> None:
    """A rule that reads a fact and would pass with None there would pass for want of knowledge."""
    lawfully_none = {"filed_before", "birth_date", "referral", "sampling", "monitoring", "inquiry"}
    whole = lawful(table, move)
    for fact in whole.known.keys() - lawfully_none:
        read = Reading(whole, fact)
        try:
            held = rule.holds(read)
        except (TypeError, AttributeError):
            continue
        assert not (held and read.asked), (rule.holds.__name__, fact)


class Reading(Known):
    """The same facts with one of them None, and it is noted when a rule asks for it."""

    def __init__(self, whole: Known, none: str) -> None:
        self.__dict__ |= whole.__dict__
        self.none, self.asked = none, False
        known = self.known

        class Noted(dict):  # type: ignore[type-arg]
            def __getitem__(noted, name: str) -> object:
                if name == none:
                    self.asked = True
                    return None
                return known[name]

        self.known = Noted(known)
