"""The procedures of the law: every table can be walked, and speaks of the same events as the clocks."""

import typing
from dataclasses import fields, replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.law.citation import cite
from services.law.clock import catalogue
from services.law.procedures import (
    LITIGATION,
    OUTCOMES,
    RECONSIDERATION,
    agree,
    announced,
    check_outcomes,
    clocks_of,
    procedures,
    read_undriven,
    undriven,
)
from services.law.process import Process, Rule, Unlawful, table
from services.law.words import PEOPLE
from services.lawdocs import code

LAW = {name: p.process for name, p in procedures().items()}
RUNNING = {f"{service}/{p.name}": p for service, ps in code.processes().items() for p in ps}
ALL = {**LAW, **RUNNING}
# An officer stays certified and a body confirmed: only matters that are handled come to an end.
ENDING = {name: p for name, p in ALL.items() if not name.startswith("registry/")}
VALUES = {
    bool: (False, True),
    int: (0, 1, 2, 15, 16, 24, 25, 30, 31),
    frozenset[str]: (frozenset(), frozenset({"CRITICISM"})),
    str: ("person",),
}
EVERY = pytest.mark.parametrize("process", ALL.values(), ids=ALL)
EVERY_OF_LAW = pytest.mark.parametrize("process", LAW.values(), ids=LAW)


def reached(process: Process, start: str) -> set[str]:
    """All states that acts lead to from one."""
    seen, todo = {start}, [start]
    while todo:
        for move in process.open(todo.pop()):
            if move.target not in seen:
                seen.add(move.target)
                todo.append(move.target)
    return seen


@EVERY
def test_every_state_is_reached(process):
    found = set().union(*(reached(process, start) for start in process.begins))

    assert found == set(process.states)


@pytest.mark.parametrize("process", ENDING.values(), ids=ENDING)
def test_every_open_state_has_a_way_to_an_end(process):
    for state in process.states:
        assert reached(process, state) & set(process.ends), state


@EVERY
def test_nothing_leads_out_of_an_end(process):
    for state in process.ends:
        assert {move.target for move in process.open(state)} <= {state}


@EVERY_OF_LAW
def test_every_procedure_of_the_law_is_opened_by_an_act(process):
    assert process.begins == ("",)


@EVERY
def test_every_move_has_an_article_and_is_said_in_both_languages(process):
    for move in process.moves:
        cited = cite(move.law)
        assert cited.text_zh and cited.text_en
        assert any("\u4e00" <= c <= "\u9fff" for c in move.title_zh), move.act
        assert move.title_en.isascii() and move.title_en, move.act
        assert not set(move.title_zh + move.title_en) & set(':;#"{}'), f"{move.act}: a diagram cannot show it"


@EVERY
def test_every_process_is_called_something_in_both_languages(process):
    assert process.title_zh and process.title_en


@EVERY_OF_LAW
def test_every_move_of_the_law_says_who(process):
    for move in process.moves:
        assert move.roles, move.act
        assert all(role.lower() in PEOPLE for role in move.roles), move


@pytest.mark.parametrize("name", LAW)
def test_the_rules_ask_for_facts_that_are_declared(name):
    declared = {f.name for f in fields(procedures()[name].facts)}

    for rule in (r for m in LAW[name].moves for r in m.rules):
        asked = set(rule.holds.__code__.co_names) - rule.holds.__globals__.keys() - {"bool"}
        assert asked and asked <= declared, rule.reason


def any_facts(kind, pick):
    """Any facts at all of a procedure; numbers stay near the limits of the law."""
    hints = typing.get_type_hints(kind)
    return kind(**{name: pick.choice(VALUES[hint]) for name, hint in hints.items()})


@given(st.sampled_from(sorted(LAW)), st.randoms(use_true_random=False))
def test_no_walk_leaves_the_listed_states_and_a_refusal_says_what_is_open(name, pick):
    process, kind, state = LAW[name], procedures()[name].facts, ""
    for _ in range(25):
        act = pick.choice(process.acts)
        open_acts = [move.act for move in process.open(state)]
        facts = any_facts(kind, pick)
        if pick.random() < 0.7 and open_acts:
            move = pick.choice(process.open(state))
            act, facts = move.act, lawful_facts(name, move)
        refused = process.why_not(act, state, facts)
        try:
            state = process.step(act, state, facts).target
        except Unlawful as no:
            assert no.broken == refused
            assert no.about["open_acts"] == ",".join(dict.fromkeys(m.method for m in process.open(state)))
            assert (no.broken[0].reason == "ACT_NOT_OPEN") == (act not in open_acts)
            assert all(b.says and b.says_zh and cite(b.law) for b in no.broken)
        else:
            assert act in open_acts and not refused

        assert state in process.states


@given(st.sampled_from(sorted(ALL)), st.randoms(use_true_random=False))
def test_no_walk_over_any_table_leaves_its_states(name, pick):
    """The tables that services run walk by their moves alone: their rules are tested where they act."""
    process = ALL[name]
    bare = Process(name, *(replace(move, rules=()) for move in process.moves))
    state = pick.choice(process.begins)
    for _ in range(25):
        act = pick.choice(bare.acts)
        try:
            state = bare.step(act, state, None).target
        except Unlawful as no:
            assert no.broken[0].reason == "ACT_NOT_OPEN"
            assert no.about["open_acts"] == ",".join(dict.fromkeys(m.method for m in process.open(state)))

        assert state in process.states


def test_the_registry_runs_the_whole_way_of_an_officer():
    """Nothing of it is left to a table that nobody runs: from the nomination to the end of a certificate."""
    names = ("qualification", "certificate", "points", "annual_review")
    way = {state for name in names for state in RUNNING[f"registry/{name}"].states}

    assert way >= {
        "CANDIDATE", "ELIGIBLE", "REJECTED", "TRAINING", "EXAM_READY", "EXAM_PASSED", "EXAM_FAILED", "REMOVED",
        "PUBLICISED", "CERTIFIED", "ACTIVE", "SUSPENDED", "REVOKED", "EXPIRING", "EXPIRED", "CANCELLED", "LOST",
        "SCORED",
    }  # fmt: skip


@pytest.mark.parametrize("name", LAW)
def test_every_rule_can_be_kept_and_can_be_broken(name):
    """No rule is always or never true: some facts keep it, and changing a fact breaks it."""
    rules = {id(r): r for m in LAW[name].moves for r in m.rules}.values()
    kind = procedures()[name].facts

    for rule in rules:
        outcomes = {bool(rule.holds(facts)) for facts in corners(kind, rule)}
        assert outcomes == {True, False}, rule.reason


def plain(kind):
    """Facts in which nothing was done yet."""
    return kind(**{name: VALUES[hint][0] for name, hint in typing.get_type_hints(kind).items()})


def corners(kind, rule: Rule, begin=None):
    """Facts with every value that matters of what one rule asks for; the rest as in those to begin with."""
    hints = typing.get_type_hints(kind)
    found = begin or [plain(kind)]
    for name in (n for n in rule.holds.__code__.co_names if n in hints):
        found = [replace(f, **{name: v}) for f in found for v in VALUES[hints[name]]]
    return found


def lawful(kind, move):
    """Facts that keep every rule of a move, or None if its rules contradict each other."""
    found = [plain(kind)]
    for rule in move.rules:
        found = [f for f in corners(kind, rule, found) if all(r.holds(f) for r in _upto(move, rule))][:50]
    return found[0] if found else None


@cache
def lawful_facts(name, move):
    return lawful(procedures()[name].facts, move)


def _upto(move, rule):
    return move.rules[: move.rules.index(rule) + 1]


@pytest.mark.parametrize("name", LAW)
def test_every_state_is_reached_by_lawful_steps(name):
    """From the beginning, each act with facts that keep its rules, by the same step that services take."""
    process, kind = LAW[name], procedures()[name].facts
    seen, todo = {""}, [""]
    while todo:
        for move in process.open(todo.pop()):
            facts = lawful(kind, move)
            assert facts is not None, f"nobody can do {move.act} from {move.source!r}"
            target = process.step(move.act, move.source, facts).target
            if target not in seen:
                seen.add(target)
                todo.append(target)

    assert seen == set(process.states)


@pytest.mark.parametrize("name", LAW)
def test_an_act_with_rules_is_refused_when_nothing_was_done(name):
    process, nothing = LAW[name], plain(procedures()[name].facts)

    for move in (m for m in process.moves if any(r.severity == "block" for r in m.rules)):
        against = process.why_not(move.act, move.source, nothing)
        expected = [r.reason for r in move.rules if r.severity == "block" and not r.holds(nothing)]
        assert [b.reason for b in against] == expected


def test_every_event_of_a_clock_is_accounted_for():
    acts = announced(LAW.values())
    listed = {event for group in undriven() for event in group.events}

    for clock in catalogue().values():
        for event in (*clock.trigger, *clock.stop_trigger):
            assert (event in acts) + (event in listed) == 1, f"{clock.id}: {event}"


def test_the_clocks_of_a_seizure_follow_its_acts():
    starts = {c.id for e in ("measure.seized", "measure.executed_urgently") for c in clocks_of(e)[0]}

    assert starts == {"ENF-01", "ENF-02"}
    assert {c.id for c in clocks_of("measure.released")[1]} == {f"ENF-0{n}" for n in (1, 2, 3, 4)}


@pytest.mark.parametrize(
    ("tables", "listed", "says"),
    [
        ([], "", "PEN-24: no act announces 'decision.changed'"),
        ([RECONSIDERATION], "decision.changed", "'decision.changed' is listed as undriven, but an act"),
        (
            [],
            "*decision.changed decision.changed",
            "'decision.changed' is listed in undriven.toml, but no clock",
        ),
        ([], "*nobody.waits", "'nobody.waits' is listed in undriven.toml, but no clock waits"),
    ],
)
def test_clocks_and_tables_that_disagree_are_refused(tables, listed, says, tmp_path):
    clock = catalogue()["PEN-24"]
    rest = " ".join((*clock.trigger, *clock.stop_trigger)) if "*" in listed else ""
    events = [e for e in f"{listed.removeprefix('*')} {rest}".split()]
    file = tmp_path / "undriven.toml"
    file.write_text(f'[some]\nzh = "无"\nen = "none"\nevents = {events}\n' if events else "")

    clocks = [clock] if not tables else [replace(clock, stop_trigger=())]
    with pytest.raises(ValueError, match=says):
        agree(tables, clocks, read_undriven(file))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[some]\nzh = "无"\nen = "none"\n', "undriven.toml: some: 'events'"),
        ('[some]\nzh = "无"\nen = ""\nevents = ["a.b"]\n', "why in Chinese and English"),
        ('[some]\nzh = "无"\nen = "none"\nevents = ["a.b"]\nwho = "?"\n', "who"),
    ],
)
def test_a_bad_list_of_undriven_events_is_refused(text, says, tmp_path):
    file = tmp_path / "undriven.toml"
    file.write_text(text)

    with pytest.raises(ValueError, match=says):
        read_undriven(file)


def test_an_end_that_is_said_wrongly_is_refused():
    line = ("ACT", "", "DONE", "APL-2021:54(2)", (), "CLERK", ("办", "Do"))

    assert table("right", line, ends="DONE").ends == ("DONE",)
    with pytest.raises(ValueError, match="wrong: DONE is either no end"):
        table("wrong", line, ends="")


def test_the_outcomes_say_what_becomes_of_the_case():
    effects = {o.code: o for o in OUTCOMES}

    assert effects["UPHELD"].decision == "stands" and effects["UPHELD"].surcharge == "resumes"
    assert effects["ANNULLED"].not_the_same and effects["ANNULLED"].refund
    assert [o.code for o in OUTCOMES if o.accountability] == ["UNANSWERED", "UNLAWFUL", "VOID", "OPINION"]
    assert all(o.publication_withdrawn == ("PEN-24" in o.starts) for o in OUTCOMES)
    assert {o.reconsideration for o in OUTCOMES} - {""} <= set(RECONSIDERATION.acts)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"suit": "PARDON"}, "litigation has no act PARDON"),
        ({"publication_withdrawn": True}, "differ on withdrawing the publication"),
        ({"starts": ("REC-99",)}, "no clock REC-99"),
    ],
)
def test_an_outcome_that_its_acts_do_not_lead_to_is_refused(change, says):
    wrong = replace(OUTCOMES[0], **change)

    with pytest.raises(ValueError, match=f"UPHELD: .*{says}"):
        check_outcomes([wrong], RECONSIDERATION, LITIGATION, catalogue())


def test_an_outcome_has_effects_that_are_known():
    with pytest.raises(ValueError, match="unknown effect 'forgotten'"):
        replace(OUTCOMES[0], decision="forgotten")
