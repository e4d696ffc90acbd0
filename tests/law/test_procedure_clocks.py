"""A clock that an act starts is stopped before the matter ends, or it is said why it runs on."""

import pytest

from services.law.clock import catalogue
from services.law.event import announced_by
from services.law.procedures import announced, clocks_of, names_of, tables
from services.lawdocs import code

LAW = tables()
BOTH_ORDERS = ("ordinary", "ordinary_notice_first")
PENALTY = {f"enforcement/{p.name}": p for p in code.processes()["enforcement"]}
# Stopped by an act of another procedure, which the matter goes over to.
ELSEWHERE = {
    ("reconsideration", "REC-22"): "litigation",
    ("reconsideration", "PEN-24"): "enforcement/ordinary",
    ("litigation", "PEN-24"): "enforcement/ordinary",
}
# Somebody's chance to act, or a time to wait: that it runs out is its meaning.
RUNS_OUT = {
    *(
        (name, clock_id)
        for name in ("court_enforcement", "enforcement/court_enforcement")
        for clock_id in ("ENF-05", "ENF-06", "ENF-12")
    ),
    ("reconsideration", "REC-06"),
    # then silence accepts
    *((name, "LIC-01") for name in ("permit", "enforcement/permit")),
    ("litigation", "LIT-08"),
    ("compensation", "CMP-05"),
    ("outside_decision", "SUP-15"),
    ("litigation", "LIT-09"),
    *((f"enforcement/{name}", clock_id) for name in BOTH_ORDERS for clock_id in ("PEN-10", "PEN-11")),
    # the party's time to seek a remedy
    *(
        (name, clock_id)
        for name in (
            "measure",
            "enforcement",
            *(f"enforcement/{name}" for name in ("measure", "enforcement", *BOTH_ORDERS, "summary")),
        )
        for clock_id in ("REC-01", "REC-02", "REC-03", "LIT-01", "LIT-02", "LIT-03")
    ),
    # how long a decision stands in the credit display at least, and bars its repair
    *((f"enforcement/{name}", f"CRD-0{n}") for name in (*BOTH_ORDERS, "summary") for n in (2, 4)),
    *((name, "CRD-13") for name in ("credit_repair", "enforcement/credit_repair")),
}
# An answer that stays owed when the matter itself has ended.
STAYS_OWED = {
    ("supervision_order", "SUP-05"),
    ("reconsideration", "REC-20"),
    # the recording of what was done
    *((f"enforcement/{name}", f"AVR-0{n}") for name in BOTH_ORDERS for n in (1, 2, 3)),
    *(("enforcement/summary", f"AVR-0{n}") for n in (2, 3)),
    *((name, "CRD-06") for name in ("credit_repair", "enforcement/credit_repair")),  # the website's
    ("measure", "AVR-04"),
    ("enforcement/measure", "AVR-04"),
    ("enforcement/inspection", "AVR-05"),
    *((name, "AVR-06") for name in ("enforcement", "enforcement/enforcement")),
    ("serving", "AVR-03"),
}
# A rule on an act that leads on asks for what the clock waits for: CLOSE_NOT_ALLOWED, COLLECTED_NOT_BANKED,
# HEARING_PANEL_MISSING, DOCUMENT_NOT_DEALT_WITH, REVIEW_PENDING;
# or keeps it from starting: no penalty on the spot is a major one, and nothing is
# public of a case that ends without a decision.
HELD_BY_RULE = {
    ("outside_decision", "SUP-16"),
    *(("reconsideration", f"REC-{n}") for n in (15, 16, 17, 18, 19)),
    ("enforcement/summary", "PEN-18"),
    *((f"enforcement/{name}", f"PEN-2{n}") for name in (*BOTH_ORDERS, "summary") for n in (1, 2)),
    *((f"enforcement/{name}", clock_id) for name in BOTH_ORDERS for clock_id in ("PEN-05", "PEN-06")),
    *((f"enforcement/{name}", "PEN-14") for name in BOTH_ORDERS),
}
RUN_ON = {*ELSEWHERE, *RUNS_OUT, *STAYS_OWED, *HELD_BY_RULE}


# What is decided anew begins anew: the matter had ended before.
AGAIN = {"REOPEN_CASE", "REOPEN_SPOT_DECISION", "REOPEN_OWN_DECISION", "REOPEN_OWN_SPOT_DECISION"}


def ends_of(process) -> set[str]:
    """The states that nothing leads on from, but for a matter that is taken up again."""
    leading_on = {m.source for m in process.moves if m.target != m.source and m.act not in AGAIN}
    return {m.target for m in process.moves if m.act not in AGAIN} - leading_on


def left_running(process, clock) -> set[str]:
    """The ends that can be reached with the clock running and no act left there that stops it."""
    starts, stops = set(clock.starts), set(clock.stops)
    seen, todo = set(), [(start, False) for start in process.begins]
    while todo:
        state, running = todo.pop()
        if (state, running) in seen:
            continue
        seen.add((state, running))
        for move in (m for m in process.open(state) if m.act not in AGAIN):
            after = running
            for event in move.events:
                names = announced_by(event) or (event,)
                after = (after and stops.isdisjoint(names)) or not starts.isdisjoint(names)
            todo.append((move.target, after))
    stopping = {m.source for m in process.moves if not stops.isdisjoint(names_of(m))}
    return {end for end in ends_of(process) if (end, True) in seen and end not in stopping}


@pytest.mark.parametrize("name", {**LAW, **PENALTY})
def test_no_clock_is_left_running_when_a_matter_ends(name):
    process = {**LAW, **PENALTY}[name]
    started = {c.id for move in process.moves for c in clocks_of(move)[0]}
    counted = {i for i in started if catalogue()[i].direction in ("after", "min_wait")}

    running = {i for i in counted if left_running(process, catalogue()[i])}

    assert running == {clock_id for where, clock_id in RUN_ON if where == name}


@pytest.mark.parametrize(("where", "clock_id"), ELSEWHERE)
def test_a_clock_that_runs_on_is_stopped_where_the_matter_goes(where, clock_id):
    stops = set(catalogue()[clock_id].stops)

    assert stops & announced([{**LAW, **PENALTY}[ELSEWHERE[where, clock_id]]])


def test_the_ways_in_which_a_clock_runs_on_are_apart():
    assert len(RUN_ON) == len(ELSEWHERE) + len(RUNS_OUT) + len(STAYS_OWED) + len(HELD_BY_RULE)
