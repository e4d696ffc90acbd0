"""Which facts a rule asks is read from its code, and so is what a report from outside cannot show of it."""

from services.law.procedures.penalty import decision as d
from services.law.procedures.penalty import inquiry as i
from services.law.procedures.shared import certificate_shown, two_officers
from services.lawdocs import paths
from services.supervision.case.facts import SeenFacts


def test_what_a_rule_asks_is_read_from_its_code() -> None:
    assert paths.asks(i.cause_given) == {"cause"}
    assert paths.asks(two_officers) >= {"officer_ids", "stood", "at", "place", "body"}
    assert paths.asks(d.discussed) == {"penalty", "at", "discussion"}


def test_what_a_report_does_not_show_is_not_judged() -> None:
    assert paths.unknown(i.by_handling_officers, "SUBMIT_REPORT") == {"roles", "caller"}
    assert paths.unknown(d.form_complete, "MAKE_SPOT_DECISION") == set()
    assert paths.unknown(d.decider_apart, "MAKE_DECISION") == set()


def test_a_guard_is_shown_on_the_ways_on_which_it_stands() -> None:
    assert list(paths.held("G-41").values()) == [(5, 5), (0, 0), (0, 0), (0, 0), (0, 0), (4, 4), (5, 5)]
    assert paths.held("G-78")[paths.FROM_LIST] == (1, 1)
    assert list(paths.held("G-07").values()) == [(1, 1), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (1, 1)]
    assert paths.held("G-59")[paths.FROM_OUTSIDE] == paths.held("G-59")[paths.BESIDE] != (0, 0)


def test_what_only_an_event_tells_is_not_told_by_a_report() -> None:
    assert paths.unknown(certificate_shown, "RECORD_EVIDENCE") == {"certificate_shown"}
    assert paths.unknown(certificate_shown, "MAKE_SPOT_DECISION") == set()
    assert paths.unknown(certificate_shown, "RECORD_EVIDENCE", SeenFacts) == set()
    assert paths.unknown(certificate_shown, "MAKE_SPOT_DECISION", SeenFacts) == set()
