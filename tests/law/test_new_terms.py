"""What the law since 2026 adds to the terms: reconsideration (复议法实施条例), credit repair, supervision; counted by hand."""

from datetime import date

import pytest
from yifa.enforcement.v1.case_pb2 import ServiceMethod

from services.law.calendar import china
from services.law.citation import cite, statutes
from services.law.clock import Extension, catalogue, due
from services.law.knowing import BY_SERVICE, known_from
from services.law.limitation import remedy_period
from tests.law.test_articles import refused

CLOCKS = catalogue()


@pytest.mark.parametrize(
    ("clock", "start", "last", "law"),
    [
        ("REC-23", "2026-09-21", "2026-09-29", "RIR-2026:38(1)"),  # 22, 23, 24, 28, 29: 25 to 27 are 中秋
        ("REC-24", "2026-07-01", "2026-07-08", "RIR-2026:40(3)"),
        ("REC-25", "2026-07-02", "2026-08-31", "RIR-2026:58(1)"),  # 29 + 31
        ("REC-25", "2026-08-03", "2026-10-08", "RIR-2026:58(1)"),  # day 60 is 2 October
        ("REC-26", "2026-08-03", "2026-10-02", "RIR-2026:24(1)[2]"),  # a wait does not roll on
        ("REC-11", "2026-07-06", "2026-09-04", "ARL-2023:62(1)"),
        ("CRD-06", "2026-04-01", "2026-04-16", "CREDIT-2025:16(1)"),  # 4 to 6 April are 清明
        ("CRD-07", "2026-04-03", "2026-04-09", "CREDIT-2025:16(2)"),  # 7, 8, 9
        ("CRD-08", "2026-04-03", "2026-04-15", "CREDIT-2025:16(3)"),  # 7 to 10, 13 to 15
        ("CRD-09", "2026-04-03", "2026-04-07", "CREDIT-2025:18"),
        ("CRD-10", "2026-09-30", "2026-10-15", "CREDIT-2025:18"),  # 8, 9, 10 (Saturday worked), 12 to 15
        (
            "CRD-11",
            "2026-04-30",
            "2026-05-18",
            "CREDIT-2025:20(1)",
        ),  # 6 to 8, 9 (Saturday worked), 11 to 15, 18
        ("CRD-12", "2026-04-01", "2029-04-01", "CREDIT-2025:25"),
        ("CRD-13", "2026-04-30", "2029-04-30", "CREDIT-2025:25"),
        ("CRD-02", "2026-04-01", "2026-07-01", "CREDIT-2025:12(1)"),  # from the day of the document, art. 7
        ("CRD-05", "2026-04-01", "2029-04-01", "CREDIT-2025:12(1)"),
    ],
)
def test_counted_by_hand(clock, start, last, law):
    found = due(CLOCKS[clock], date.fromisoformat(start), china())

    assert (found.day, CLOCKS[clock].law) == (date.fromisoformat(last), law)


@pytest.mark.parametrize(
    ("clock", "before"),
    [
        *((f"REC-{n}", "2026-06-30") for n in (23, 24, 25, 26)),
        *((f"CRD-{n:02}", "2026-03-31") for n in range(1, 14)),
    ],
)
def test_none_of_it_held_the_day_before(clock, before):
    with pytest.raises(ValueError, match="no term was in force"):
        due(CLOCKS[clock], date.fromisoformat(before), china())


def test_a_credit_repair_is_put_off_once_by_ten_working_days():
    ten = Extension(10, "working_day", date(2026, 4, 10), "agency")

    found = due(CLOCKS["CRD-08"], date(2026, 4, 3), china(), (), [ten, ten])

    assert found.day == date(2026, 4, 29)  # ten from 15 April: 16, 17, 20 to 24, 27 to 29
    assert [no.reason for no in found.void] == ["EXTENSION_NOT_PROVIDED"]


def test_time_until_the_agency_told_of_its_own_correction_is_not_counted_against_the_applicant():
    """Known on 1 July, handed in through the agency on 20 July, told on 27 July (RIR 38(2))."""
    found = due(CLOCKS["REC-01"], date(2026, 7, 1), china(), [(date(2026, 7, 20), date(2026, 7, 27))])

    assert found.day == date(2026, 9, 7)  # 30 August and seven days is Sunday the 6th
    assert "RIR-2026:38(2)" in CLOCKS["REC-01"].excluded_law


def test_no_clock_reads_silence_as_consent_to_what_the_oversight_body_found():
    """ASR 27 to 30: documents set their own terms, an objection has none."""
    assert "SUP-04" not in CLOCKS
    for clock in CLOCKS.values():
        if clock.law.startswith("ASR-2025"):
            assert clock.configurable and (clock.note_zh and clock.note_en), clock.id
            assert "视为" not in clock.late_zh, clock.id


def test_what_the_government_decides_leaves_no_objection_to_the_oversight_body():
    assert refused("supervision_order", "OBJECT", "LETTER_SERVED") == {}
    assert refused("supervision_order", "OBJECT", "OPINION_SERVED") == {}
    assert set(refused("supervision_order", "OBJECT", "DECISION_SERVED")) == {"ACT_NOT_OPEN"}


def test_every_way_of_service_says_from_when_the_time_to_apply_runs():
    """RIR 23(1)[2] to [5]."""
    assert BY_SERVICE.keys() == set(ServiceMethod.values()) - {0}
    for start in BY_SERVICE.values():
        assert cite(start.law).text_zh.startswith("《中华人民共和国行政复议法实施条例》第二十三条第一款")
    assert BY_SERVICE[ServiceMethod.SERVICE_METHOD_LEFT].law == "RIR-2026:23(1)[2]"  # refusal to sign counts


@pytest.mark.parametrize(
    ("more", "day"),
    [
        ({}, "2026-07-01"),
        ({"told": date(2026, 8, 3)}, "2026-08-03"),  # told of afterwards, 23(1)[6]
        ({"shown": date(2026, 6, 1)}, "2026-06-01"),  # proved to have known, 23(2)
        ({"told": date(2026, 8, 3), "shown": date(2026, 7, 20)}, "2026-07-20"),
        ({"shown": date(2026, 7, 2)}, "2026-07-01"),
    ],
)
def test_the_time_to_apply_runs_from_when_the_party_knew(more, day):
    assert known_from(date(2026, 7, 1), **more) == date.fromisoformat(day)


def test_the_six_months_run_from_when_the_party_was_told():
    told = remedy_period(date(2026, 3, 31), china(), told=date(2026, 5, 20))

    assert told.apply.day == date(2026, 11, 20)


def test_the_law_of_public_security_can_be_cited_and_has_no_clock_here():
    assert statutes()["PSL-2025"].in_force == date(2026, 1, 1)
    assert cite("PSL-2025:118(1)").text_zh == "《中华人民共和国治安管理处罚法》第一百一十八条第一款"
    assert not [c.id for c in CLOCKS.values() if c.law.startswith("PSL-2025")]
