"""Two hundred cases under three packs: what comes of them differs where the ministries' rules differ, as their articles say, and
nowhere else.

The tables are written by hand from the articles; days are counted by the second counter, which shares nothing with the kernel.
"""

from datetime import timedelta
from typing import Any

import pytest

from services.law.calendar import china
from services.law.clock import catalogue, due
from tests.law.counting import due_day, last_day_before
from tests.law.penalty.known import NATION
from tests.law.replaying import SECTORS, Replayed, added_to, outcomes

WD, CD, H, OPEN = "working_day", "calendar_day", "hour", 10_000
# What differs, in market regulation, housing and environment. First how long a clock runs.
TERMS = {
    "PEN-03": ((15, WD), (15, WD), (15, CD)),
    "PEN-05": ((7, WD), (7, WD), None),
    "PEN-06": ((7, WD), (7, WD), None),
    "PEN-08": ((24, H), None, (24, H)),
    "PEN-09": ((10, WD), (10, WD), None),
    "PEN-13": ((3, WD), None, None),
    "PEN-14": ((3, WD), None, None),
    "PEN-18": ((7, WD), (3, WD), (3, WD)),
    "PEN-25": ((15, WD), (15, WD), None),
    "PEN-26": ((15, WD), None, None),
    "PEN-31": ((20, WD), None, None),
}
# The first or second extension: how long at most, OPEN where their decision says, and by whom.
EXTENSIONS = {
    ("PEN-03", 1): ((15, "agency_head"), (10, "agency_head"), (15, "agency_head")),
    ("PEN-09", 1): ((OPEN, "agency_head"), None, None),
    ("PEN-15", 2): ((OPEN, "collective"), (60, "collective"), (30, "collective")),
}
# Time that is left out of the count: by whose rule.
EXCLUDED = {
    ("PEN-03", "TESTING"): "market",
    ("PEN-03", "INSPECTION"): "market",
    ("PEN-03", "QUARANTINE"): "market",
    ("PEN-03", "APPRAISAL"): "market",
    ("PEN-03", "IDENTIFICATION"): "market",
    ("PEN-15", "PUBLIC_NOTICE"): "market environment",
    ("PEN-15", "INSPECTION"): "market housing",
    ("PEN-15", "QUARANTINE"): "market",
    ("PEN-15", "IDENTIFICATION"): "market",
    ("PEN-15", "REFUND"): "market",
    ("PEN-15", "MONITORING"): "environment",
    ("PEN-15", "ASSESSMENT"): "environment",
    ("PEN-15", "DETERMINATION"): "environment",
    ("PEN-15", "SERVICE"): "environment",
    ("PEN-15", "CRIMINAL_REFERRAL"): "environment",
    ("PEN-15", "OTHER"): "market housing",
}
# In fen; housing leaves its limits to the place, and without one the nation's default stands.
NUMBERS = {
    "hearing.fine.citizen": (10_000_00, 5_000_00, 5_000_00),
    "hearing.fine.organisation": (100_000_00, 50_000_00, 200_000_00),
    "hearing.confiscation.citizen": (10_000_00, 5_000_00, 5_000_00),
    "hearing.confiscation.organisation": (100_000_00, 50_000_00, 200_000_00),
    "collective.fine": (50_000_00, 50_000_00, 500_000_00),
    "collective.confiscation": (50_000_00, 50_000_00, 500_000_00),
    # Yes or no: SAMR 60(2); ENV 52(2), 46(1); ENV 32(2) and SAMR 33(2); ENV 77, SAMR 77, MOHURD 31.
    "collective.heard": (1, 0, 0),
    "collective.kind.lowering_of_grade": (1, 1, 0),
    "hearing.kind.restriction_of_operation": (0, 0, 1),
    "hearing.kind.suspension_of_licence": (0, 0, 1),
    "preservation.urgent": (1, 0, 1),
    "preservation.consent_first": (0, 1, 1),
    "closing.correction": (0, 0, 1),
    "closing.court_accepted": (0, 0, 1),
    "closing.enforcement_ended": (1, 1, 0),
    # SAMR hearings 11(1), 22(2), 29(1).
    "hearing.panel.most": (3, 0, 0),
    "hearing.report": (1, 0, 0),
}
# Rules that some ministry writes and others leave to the agency: whose law they are.
LAW = {
    "rule.punishable": "market environment",
    "rule.rights_told": "market",
    "rule.sampled_before_party": "market",
    "rule.sample_sealed": "market",
    "rule.sampler_qualified": "market",
    "rule.sampler_listed": "market",
    "rule.called_to_site": "market",
    "rule.site_signed": "market",
    "rule.heard_alone": "market",
    "rule.heard_apart": "market",
    "rule.inquiry_signed": "market",
    "rule.reviewer_apart": "market environment",
    "rule.heads_together": "market environment",
    "rule.not_sent_on": "market environment",
    "rule.transferred_in": "market environment",
    "rule.not_acknowledged": "market environment",
    "rule.not_disputed_yet": "market environment",
}
# Rules that come out otherwise on the same facts: they rest on the numbers above.
HOLDS = {"rule.hearing_right_told", "rule.discussed", "rule.discussed_as_the_sector_asks"}
# What the three have in common of PEN-15: how long it runs, and its first extension.
DECISION, FIRST = (90, CD), (30, "agency_head")


def by_hand() -> set[Any]:
    """Every item in which the three differ."""
    return {
        *(("ends", clock) for clock in TERMS),
        *(("extended", *item) for item in EXTENSIONS),
        *(("excluded", *item) for item in EXCLUDED),
        *(("numbers", key) for key in NUMBERS),
        *(("rules", name, "law") for name in LAW),
        *(("rules", name, "holds") for name in HOLDS),
    }


def test_the_three_differ_where_their_rules_do_and_nowhere_else():
    found = set()
    for _, three in outcomes():
        assert len({frozenset(one) for one in three}) == 1
        found |= {item for item in three[0] if not three[0][item] == three[1][item] == three[2][item]}

    assert found == by_hand()
    assert len({item for _, three in outcomes() for item in three[0]}) > 1000


@pytest.mark.parametrize("clock_id", TERMS)
def test_a_clock_ends_as_the_article_counts(clock_id: str):
    for case, three in outcomes():
        for term, one in zip(TERMS[clock_id], three, strict=True):
            assert one["ends", clock_id] == (term and counted(clock_id, case, *term)), case


def counted(clock_id: str, case: Replayed, amount: int, unit: str) -> Any:
    if unit == H:
        return case.at + timedelta(hours=amount)
    if catalogue()[clock_id].direction == "before":
        return last_day_before(case.hearing, amount, unit)[0]
    return due_day(case.day, amount, unit)


@pytest.mark.parametrize("item", EXTENSIONS, ids=str)
def test_an_extension_is_given_as_the_article_says(item: tuple[str, int]):
    clock_id, nth = item
    for case, three in outcomes():
        for n, (sector, one) in enumerate(zip(SECTORS, three, strict=True)):
            slot, term = EXTENSIONS[item][n], TERMS.get(clock_id, (DECISION,) * 3)[n]
            why = refused(case, slot)
            assert one["extended", *item] == why, (case, sector)
            if term is None:
                continue
            more = [(FIRST[0], term[1], case.day)] * (nth - 1)
            more += [(case.added, term[1], case.day)] * (not why)
            clock = NATION.clock(catalogue()[clock_id], case.day, sector)
            assert added_to(clock, case, nth).day == due_day(case.day, *term, extensions=more), (case, sector)


def refused(case: Replayed, slot: tuple[int, str] | None) -> list[str]:
    if slot is None:
        return ["EXTENSION_NOT_PROVIDED"]
    if case.by != slot[1]:
        return ["EXTENSION_NOT_COMPETENT"]
    return ["EXTENSION_TOO_LONG"] if case.added > slot[0] else []


@pytest.mark.parametrize("item", EXCLUDED, ids=str)
def test_time_is_left_out_as_the_article_says(item: tuple[str, str]):
    clock_id, ground = item
    on_it = [(case, three) for case, three in outcomes() if case.ground == ground]
    assert len(on_it) >= 8
    for case, three in on_it:
        for n, (sector, one) in enumerate(zip(SECTORS, three, strict=True)):
            assert one["excluded", *item] is (sector in EXCLUDED[item].split()), (case, sector)
            if one["excluded", *item]:
                clock = NATION.clock(catalogue()[clock_id], case.day, sector)
                term = TERMS.get(clock_id, (DECISION,) * 3)[n]
                found = due(clock, case.day, china(), [case.left_out])
                assert found.day == due_day(case.day, *term, excluded=[case.left_out]), (case, sector)


@pytest.mark.parametrize("key", NUMBERS)
def test_a_number_is_that_of_the_article(key: str):
    assert all(tuple(one["numbers", key] for one in three) == NUMBERS[key] for _, three in outcomes())


@pytest.mark.parametrize("name", LAW)
def test_a_rule_is_law_where_an_article_writes_it(name: str):
    wanted = tuple(sector in LAW[name].split() for sector in SECTORS)

    assert all(tuple(one["rules", name, "law"] for one in three) == wanted for _, three in outcomes())


def test_the_right_to_a_hearing_is_told_from_the_limit_of_the_article():
    for case, three in outcomes():
        who = "citizen" if case.citizen else "organisation"
        for n, one in enumerate(three):
            due_ = (
                case.fine >= NUMBERS[f"hearing.fine.{who}"][n]
                or case.confiscation >= NUMBERS[f"hearing.confiscation.{who}"][n]
            )
            assert one["rules", "rule.hearing_right_told", "holds"] is (case.told or not due_), case


def test_the_heads_discuss_from_the_amount_of_the_sector_or_of_all_others():
    for case, three in outcomes():
        for sector, one in zip(SECTORS, three, strict=True):
            least = NUMBERS["collective.fine"][SECTORS.index(sector)]
            kept = case.discussed or max(case.fine, case.confiscation) < least
            own = sector == "environment"
            assert one["rules", "rule.discussed_as_the_sector_asks", "holds"] is (kept if own else True), case
            assert one["rules", "rule.discussed", "holds"] is (True if own else kept), case
