"""The procedures of the law: every table can be walked, and speaks of the same events as the clocks."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.law.citation import cite
from services.law.clock import catalogue
from services.law.declared import Declared, Group, declared, read_declared
from services.law.event import announcers
from services.law.procedures import (
    LITIGATION,
    OUTCOMES,
    RECONSIDERATION,
    agree,
    announced,
    check_outcomes,
    clocks_of,
    every,
    names_of,
    procedures,
    tables,
)
from services.law.process import Process, table
from services.law.rule import Unlawful
from services.law.words import PEOPLE
from services.lawdocs import code
from tests.law.lawful import built
from tests.law.lawful_cases import LAWFUL, kept, on_record, others

LAW = tables()
PROCEDURE = {table.name: p for p in procedures().values() for table in p.tables}
RUNNING = {f"{service}/{p.name}": p for service, ps in code.processes().items() for p in ps}
ALL = {**LAW, **RUNNING}
# An officer stays certified, a body confirmed, a benchmark published, a paper issued: only matters that are handled end.
STAYING = ("registry/", "enforcement/benchmark", "enforcement/paper_issue", "enforcement/permit_paper")
ENDING = {name: p for name, p in ALL.items() if not name.startswith(STAYING)}
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


@cache
def records(name, act):
    """The lawful record of an act, and that with any one thing on it changed."""
    record = LAWFUL[name].of(act).record
    return [record, *(changed for _, _, changed in on_record(record))]


def any_facts(procedure, act, pick):
    """The lawful facts of an act with something on the record and any of what is told changed."""
    told = {n: pick.choice([v, *others(v, None)]) for n, v in LAWFUL[procedure.name].of(act).facts.items()}
    return built(procedure.facts, pick.choice(records(procedure.name, act)), told)


@settings(deadline=None)  # a busy machine is no finding
@given(st.sampled_from(sorted(LAW)), st.randoms(use_true_random=False))
def test_no_walk_leaves_the_listed_states_and_a_refusal_says_what_is_open(name, pick):
    process, procedure, state = LAW[name], PROCEDURE[name], ""
    for _ in range(25):
        act = pick.choice(process.acts)
        open_acts = [move.act for move in process.open(state)]
        facts = any_facts(procedure, act, pick)
        if pick.random() < 0.7 and open_acts:
            act = pick.choice(process.open(state)).act
            facts = kept(procedure, act)
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
def test_every_state_is_reached_by_lawful_steps(name):
    """From the beginning, each act with facts that keep its rules, by the same step that services take."""
    process, procedure = LAW[name], PROCEDURE[name]
    seen, todo = {""}, [""]
    while todo:
        for move in process.open(todo.pop()):
            facts = kept(procedure, move.act)
            target = procedure.step(move.act, facts.record, move.source, facts).target
            if target not in seen:
                seen.add(target)
                todo.append(target)

    assert seen == set(process.states)


def test_every_name_that_a_clock_waits_for_is_accounted_for():
    known = announced(LAW.values()) | announcers().keys()
    listed = {name for group in declared().names for name in group.ids}

    for clock in catalogue().values():
        for name in (*clock.starts, *clock.stops):
            assert (name in known) + (name in listed) == 1, f"{clock.id}: {name}"


REMEDIES = {"REC-01", "REC-02", "REC-03", "LIT-01", "LIT-02", "LIT-03"}
MADE, KNOWN = {"REC-03", "LIT-02"}, {"REC-01", "REC-02", "LIT-01", "LIT-03"}
# Which terms to seek a remedy each act begins; no other act of these procedures begins any.
CHALLENGED = {
    ("penalty", "MAKE_DECISION"): MADE,
    ("penalty", "SERVE_DECISION"): KNOWN,
    ("penalty", "SERVE_OWN_CORRECTION"): KNOWN,
    ("penalty", "MAKE_SPOT_DECISION"): REMEDIES,
    **{("measure", act): REMEDIES for act in ("SEAL", "SEIZE", "SEAL_URGENTLY", "SEIZE_URGENTLY", "EXTEND")},
    ("measure", "FREEZE"): MADE,
    ("measure", "DELIVER_FREEZING_DECISION"): KNOWN,
    **{("enforcement", act): MADE for act in ("DECIDE", "DECIDE_AT_ONCE")},
    ("enforcement", "SERVE"): KNOWN,
}


def test_the_time_to_seek_a_remedy_begins_with_any_act_that_may_be_challenged():
    """Whatever it decides: a penalty, a measure, its extension, enforcement (ARL 20, 21; ALIT 46)."""
    begun = {
        (procedure.name, move.act): found
        for procedure in every()
        for table in procedure.tables
        for move in table.moves
        if (found := {c.id for c in clocks_of(move)[0]} & REMEDIES)
    }

    assert begun == CHALLENGED


def test_the_clocks_of_a_seizure_follow_its_acts():
    moves = LAW["measure"].moves
    starts = {c.id for m in moves if m.act in ("SEIZE", "SEIZE_URGENTLY") for c in clocks_of(m)[0]}
    released = next(m for m in moves if "measure.released" in names_of(m))

    assert starts >= {"ENF-02"} and starts <= {"ENF-01", "ENF-02", "AVR-04", "PUB-01", *REMEDIES}
    assert {c.id for c in clocks_of(released)[1]} >= {f"ENF-0{n}" for n in (1, 2, 3, 4)}


FILED, WITHDRAWN = catalogue()["PEN-15"], catalogue()["PEN-24"]


@pytest.mark.parametrize(
    ("tables", "clocks", "names", "not_run", "says"),
    [
        ([], [WITHDRAWN], (), (), "PEN-24: nothing announces 'decision.changed'"),
        (
            [RECONSIDERATION.tables[0]],
            [replace(WITHDRAWN, stops=())],
            ("decision.changed",),
            (),
            "'decision.changed' is declared",
        ),
        (
            [],
            [FILED],
            ("case.filed",),
            (),
            "'case.filed' is declared in declared.toml, but an act or an event",
        ),
        (
            [],
            [FILED],
            ("nobody.waited",),
            (),
            "'nobody.waited' is declared in declared.toml, but no clock waits",
        ),
        (
            [],
            [replace(FILED, stops=("a.b",))],
            ("a.b", "a.b"),
            (),
            "'a.b' is declared in declared.toml, .* or twice",
        ),
        (
            [],
            [replace(FILED, stops=("a.b",))],
            ("a.b",),
            ("PEN-15",),
            "PEN-15 is declared .* no event would run it",
        ),
        ([], [FILED], (), ("PEN-99",), "PEN-99 is declared in declared.toml, but no event would run it"),
    ],
)
def test_clocks_and_tables_that_disagree_are_refused(tables, clocks, names, not_run, says):
    said = Declared(*(((Group("some", ids, "无", "none"),) if ids else ()) for ids in (names, not_run)))

    with pytest.raises(ValueError, match=says):
        agree(tables, clocks, said)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[names.some]\nzh = "无"\nen = "none"\n', "declared.toml: names.some: 'ids'"),
        ('[clocks.some]\nzh = "无"\nen = ""\nids = ["a.b"]\n', "why in Chinese and English"),
        ('[names.some]\nzh = "无"\nen = "none"\nids = ["a.b"]\nwho = "?"\n', "who"),
        ('[some]\nzh = "无"\nen = "none"\nids = ["a.b"]\n', "some: a group stands under names or clocks"),
    ],
)
def test_a_bad_list_of_what_is_declared_is_refused(text, says, tmp_path):
    file = tmp_path / "declared.toml"
    file.write_text(text)

    with pytest.raises(ValueError, match=says):
        read_declared(file)


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
    assert {o.reconsideration for o in OUTCOMES} - {""} <= set(RECONSIDERATION.tables[0].acts)


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
        check_outcomes([wrong], RECONSIDERATION.tables[0], LITIGATION.tables[0], catalogue())


def test_an_outcome_has_effects_that_are_known():
    with pytest.raises(ValueError, match="unknown effect 'forgotten'"):
        replace(OUTCOMES[0], decision="forgotten")
