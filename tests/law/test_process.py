"""Procedures as tables: what a move, a rule and a refusal promise."""

from enum import StrEnum
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.law.process import Move, Process
from services.law.rule import Broken, Unlawful, rule


class Act(StrEnum):
    FILE = "FILE"
    INVESTIGATE = "INVESTIGATE"
    DECIDE = "DECIDE"
    CLOSE = "CLOSE"


@rule("TOO_FEW_OFFICERS", law="APL-2021:42(1)", zh="执法人员不得少于两人。")
def two_officers(case) -> bool:
    """An inquiry is made by at least two officers."""
    return len(set(case.officers)) >= 2


@rule("CERTIFICATE_NOT_SHOWN", law="APL-2021:55(1)", zh="执法人员应当主动出示执法证件。")
def certificates_shown(case) -> bool:
    """Officers show their certificates
    before they act."""
    return case.shown


@rule("RECORD_GAP", law="APL-2021:47", zh="应当全过程记录。", severity="warn")
def recorded(case) -> bool:
    """The whole process is recorded."""
    return case.recorded


CASE = Process(
    "case",
    Move(Act.FILE, "", "FILED", "APL-2021:54(2)", title_zh="立案", title_en="File"),
    Move(
        Act.INVESTIGATE, "FILED", "INVESTIGATING", "APL-2021:54(1)",
        (two_officers, certificates_shown, recorded), ("HANDLER",), "调查", "Investigate",
    ),
    Move(Act.DECIDE, "INVESTIGATING", "DECIDED", "APL-2021:57(1)", title_zh="决定", title_en="Decide"),
    Move(Act.CLOSE, "FILED", "CLOSED", "APL-2021:57(1)"),
    Move(Act.CLOSE, "DECIDED", "CLOSED", "APL-2021:57(1)"),
)  # fmt: skip
LAWFUL = SimpleNamespace(officers=["1", "2"], shown=True, recorded=True)


def test_a_lawful_act_gives_its_move():
    move = CASE.step(Act.INVESTIGATE, "FILED", LAWFUL)

    assert (move.target, move.law, move.roles) == ("INVESTIGATING", "APL-2021:54(1)", ("HANDLER",))


def test_all_broken_rules_are_told_at_once():
    facts = SimpleNamespace(officers=["1", "1"], shown=False, recorded=False)

    with pytest.raises(Unlawful) as refusal:
        CASE.step(Act.INVESTIGATE, "FILED", facts)

    assert refusal.value.broken == [
        Broken(
            "TOO_FEW_OFFICERS",
            "APL-2021:42(1)",
            "Not met: An inquiry is made by at least two officers.",
            "执法人员不得少于两人。",
        ),
        Broken(
            "CERTIFICATE_NOT_SHOWN",
            "APL-2021:55(1)",
            "Not met: Officers show their certificates before they act.",
            "执法人员应当主动出示执法证件。",
        ),
    ]
    assert CASE.why_not(Act.INVESTIGATE, "FILED", facts) == refusal.value.broken


def test_a_warning_is_reported_and_stops_nothing():
    facts = SimpleNamespace(officers=["1", "2"], shown=True, recorded=False)

    move = CASE.step(Act.INVESTIGATE, "FILED", facts)

    assert move.target == "INVESTIGATING"
    assert [w.reason for w in CASE.warnings(Act.INVESTIGATE, "FILED", facts)] == ["RECORD_GAP"]
    assert CASE.warnings(Act.DECIDE, "FILED", facts) == []


def test_an_act_that_is_not_open_says_what_is():
    with pytest.raises(Unlawful) as refusal:
        CASE.step(Act.DECIDE, "FILED", LAWFUL)

    (broken,) = refusal.value.broken
    assert (broken.reason, broken.law) == ("ACT_NOT_OPEN", "APL-2021:57(1)")
    assert refusal.value.about == {"act": "Decide", "state": "FILED", "open_acts": "Investigate,Close"}
    assert "Investigate" in broken.says
    assert "决定" in broken.says_zh and "调查" in broken.says_zh


def test_nothing_is_open_in_an_end_state_or_an_unknown_one():
    assert CASE.open("CLOSED") == ()
    assert [b.reason for b in CASE.why_not("FLY", "NOWHERE", LAWFUL)] == ["ACT_NOT_OPEN"]


def test_two_moves_of_one_act_from_one_state_are_refused():
    with pytest.raises(ValueError, match="two moves of FILE from"):
        Process("bad", CASE.moves[0], Move("FILE", "", "ELSEWHERE", "APL-2021:54(2)"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reason": "too_few"}, "UPPER_SNAKE"),
        ({"reason": "TOO_FEW_"}, "UPPER_SNAKE"),
        ({"law": "APL-2021:142"}, "articles 1 to 86"),
        ({"law": "NOT-A-LAW:1"}, "unknown statute"),
        ({"zh": ""}, "in Chinese"),
        ({"doc": ""}, "in English"),
        ({"severity": "shout"}, "severity"),
    ],
)
def test_an_ill_formed_rule_is_refused_when_built(change, says):
    args = {"law": "APL-2021:42(1)", "zh": "有", "severity": "block", "doc": "Has.", **change}

    def predicate(facts) -> bool:
        return True

    predicate.__doc__ = args.pop("doc")
    with pytest.raises(ValueError, match=says):
        rule(args.pop("reason", "TOO_FEW"), **args)(predicate)


def test_a_move_must_cite_something_known():
    with pytest.raises(ValueError, match="unknown statute"):
        Move("FILE", "", "FILED", "NOPE:1")


def test_the_table_draws_itself():
    drawn = CASE.mermaid()

    assert drawn.startswith("stateDiagram-v2\n")
    assert "    [*] --> FILED: 立案\n" in drawn
    assert "    CLOSED --> [*]\n" in drawn
    assert "    FILED --> INVESTIGATING: Investigate\n" in CASE.mermaid("en")


FACTS = st.builds(
    SimpleNamespace,
    officers=st.lists(st.sampled_from("123"), max_size=3),
    shown=st.booleans(),
    recorded=st.booleans(),
)


@given(st.lists(st.tuples(st.sampled_from(Act), FACTS), max_size=30))
def test_no_walk_leaves_the_listed_states(walk):
    state = ""
    for act, facts in walk:
        refused = CASE.why_not(act, state, facts)
        try:
            state = CASE.step(act, state, facts).target
            assert not refused
        except Unlawful as unlawful:
            assert unlawful.broken == refused

        assert state in CASE.states
