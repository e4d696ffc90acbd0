"""Articles of procedures that no service runs yet, each with what it asks for and the two sides of it."""

from dataclasses import replace
from typing import Any

import pytest

from services.law.procedures import procedures
from services.law.procedures.supervision_order import SupervisionDocument
from services.law.rule import Unlawful
from services.law.standing import Person
from tests.law.lawful import built
from tests.law.lawful_cases import LAWFUL

LAW = procedures()


def refused(name: str, act: str, state: str, **changed: Any) -> dict[str, str]:
    """The articles by the reasons for which an act is refused, its lawful record changed so."""
    case = LAWFUL[name].of(act)
    facts = {**case.facts, **{k: v for k, v in changed.items() if k in case.facts}}
    record = replace(case.record, **{k: v for k, v in changed.items() if k not in case.facts})
    try:
        LAW[name].tables[0].step(act, state, built(LAW[name].facts, record, facts))
    except Unlawful as no:
        return {b.reason: b.law for b in no.broken}
    return {}


def test_reconsideration_ends_when_the_applicant_withdraws_of_its_own_will() -> None:
    """ARL 41[1]."""
    begins = {m.source for m in LAW["reconsideration"].tables[0].moves if m.act == "WITHDRAW"}

    assert begins
    for state in begins:
        assert refused("reconsideration", "WITHDRAW", state) == {}
        no = refused("reconsideration", "WITHDRAW", state, own_will=False)
        assert no == {"NOT_OF_OWN_WILL": "ARL-2023:41[1];ARL-2023:74(2)"}


TAKING = [("SEAL", "APPROVED"), ("SEIZE", "APPROVED"), ("SEAL_URGENTLY", ""), ("SEIZE_URGENTLY", "")]
BLANK = {"days": 0, "seal_time": None}
STATED = ("party", "address", "reasons", "basis", "days", "remedies", "agency", "seal_time")


@pytest.mark.parametrize(("act", "state"), TAKING)
@pytest.mark.parametrize("missing", STATED)
def test_a_decision_to_seal_or_seize_states_all_that_it_has_to(act: str, state: str, missing: str) -> None:
    """ACL 24(2)."""
    whole = LAWFUL["measure"].record.decision

    assert refused("measure", act, state) == {}
    no = refused("measure", act, state, decision=replace(whole, **{missing: BLANK.get(missing, " ")}))
    assert no == {"DECISION_INCOMPLETE": "ACL-2011:24(2)"}


def test_it_names_what_is_taken_and_how_many() -> None:
    """ACL 24(2)[3]."""
    [thing] = LAWFUL["measure"].record.things

    for wrong in (replace(thing, name=" "), replace(thing, quantity=0)):
        assert refused("measure", "SEAL", "APPROVED", things=(wrong,)) == {
            "DECISION_INCOMPLETE": "ACL-2011:24(2)"
        }


@pytest.mark.parametrize("state", ["ACCEPTED", "NOTIFIED"])
def test_two_supervisors_inquire_who_took_no_part_in_the_case(state: str) -> None:
    """G-83: two at least; who enforced in the case does not supervise it."""
    order, law = "supervision_order", "ASR-2025:8;SH-SUP:20"

    assert refused(order, "INQUIRE", state) == {}
    for few in (("S-1",), ("S-1", "S-1"), ("S-1", " ")):
        assert refused(order, "INQUIRE", state, supervisors=few) == {"OVERSIGHT_TOO_FEW": law}
    no = refused(order, "INQUIRE", state, supervisors=("S-1", "O-1"))
    assert no == {"OVERSIGHT_ROLE_CONFLICT": "ASR-2025:8"}
    nobody = refused(order, "INQUIRE", state, supervisors=())
    assert nobody == {"OVERSIGHT_ROLE_CONFLICT": "ASR-2025:8", "OVERSIGHT_TOO_FEW": law}


ON_TRACKS = [
    ("ACCEPT_SIMPLE", "CLUE"), ("ACCEPT_WARNING", "CLUE"), ("ACCEPT_EXPLANATION", "EXPLAINED"), ("INQUIRE", "ACCEPTED"),
    ("TAKE_MEASURE", "EXPLAINING"), ("FIND_NOTHING", "INQUIRING"), ("CORRECT_ON_SPOT", "INQUIRING"),
    ("ISSUE_LETTER", "INQUIRING"), ("ISSUE_OPINION", "INQUIRING"), ("PROPOSE", "INQUIRING"), ("SEND_BACK", "CORRECTED"),
    ("VERIFY", "OPINION_REPORTED"), ("DECIDE_OBJECTION", "LETTER_SERVED"), ("WITHDRAW", "LETTER_SERVED"),
    ("CIRCULATE", "CLOSED"), ("PROPOSE_MEASURES", "CLOSED"), ("REPLACE_SUPERVISORS", "INQUIRING"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "state"), ON_TRACKS)
def test_whoever_supervises_holds_the_certificate_of_the_office(act: str, state: str) -> None:
    """G-83: on every track, at the moment of the act; a certificate that is suspended or covers something else is none."""
    fit, order = Person("S-1", certified=True), "supervision_order"
    law = {"SUPERVISOR_NOT_CERTIFIED": "ASR-2025:8;SH-SUP:20"}

    assert refused(order, act, state, people=(fit, fit._replace(officer_id="S-2"))) == {}
    for wrong in ({"certified": False}, {"suspended": True}, {"outside": True}, {"away": True}):
        assert refused(order, act, state, people=(fit, fit._replace(officer_id="S-2", **wrong))) == law
    assert refused(order, act, state, people=()) == law


@pytest.mark.parametrize(
    ("act", "state", "changed", "reason", "law"),
    [
        ("REPLY", "REPLY_DUE", {"answered": ("LEGALITY", "REQUEST")}, "REPLY_INCOMPLETE", "RIR-2026:41"),
        ("REPLY", "REPLY_DUE", {"staff_agents": ()}, "AGENTS_NOT_OF_STAFF", "RIR-2026:18(2)"),
        ("REPLY", "REPLY_DUE", {"staff_agents": ("甲", "乙", "丙")}, "AGENTS_NOT_OF_STAFF", "RIR-2026:18(2)"),
        ("UPHOLD", "HEARD", {"reviewers": ("甲", "甲")}, "REVIEWERS_TOO_FEW", "RIR-2026:39"),
        (
            "TELL_CORRECTION",
            "CORRECTED",
            {"competent_body_told": " "},
            "CORRECTION_NOT_TOLD",
            "RIR-2026:38(1);RIR-2026:38(2)",
        ),
    ],
)
def test_what_the_implementing_rules_of_reconsideration_ask(act, state, changed, reason, law):
    assert refused("reconsideration", act, state) == {}
    assert refused("reconsideration", act, state, **changed) == {reason: law}


def test_one_may_hear_a_case_of_the_simplified_procedure():
    assert refused("reconsideration", "UPHOLD", "HEARD", course="SIMPLIFIED", reviewers=("甲",)) == {}


def test_a_decision_of_the_government_states_its_facts_basis_and_correction_and_need_not_ask_for_a_report():
    """ASR 29 sets no term; letter and opinion set theirs (27(2), 28(2))."""
    bare = SupervisionDocument(facts="甲", basis="乙", correction="丙")

    assert refused("supervision_order", "DECIDE_CORRECTION", "PROPOSED", document=bare) == {}
    no = refused("supervision_order", "DECIDE_CORRECTION", "PROPOSED", document=SupervisionDocument())
    assert no == {"SUP_DOC_INCOMPLETE": "ASR-2025:29"}
    no = refused("supervision_order", "ISSUE_LETTER", "INQUIRING", document=bare)
    assert no == {"SUP_DOC_INCOMPLETE": "ASR-2025:27(2);ASR-2025:28(2);ASR-2025:30"}
